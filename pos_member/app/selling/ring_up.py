"""Rings up: puts goods and a member into the open basket, changes lines, abandons it."""

from __future__ import annotations

from typing import Final

from pos_member.app.counter import CandidateKind, Choice, CounterState
from pos_member.app.members.identify import FoundMember, identify, normalise, require_usable
from pos_member.app.people.authorise import Approval, authorise
from pos_member.app.ports import TerminalRecords
from pos_member.app.selling.open_basket import open_basket, require_line, require_sane
from pos_member.app.selling.price_basket import price_basket
from pos_member.app.workplace import Workplace
from pos_member.domain.basket import Basket, BasketLine
from pos_member.domain.errors import Refusal
from pos_member.domain.obligations import check_duty
from pos_member.domain.product import Product
from pos_member.domain.quantity import Quantity
from pos_member.domain.rights import Right
from pos_member.domain.staff import Staff

_MOST_LINES: Final = 200


def enter(workplace: Workplace, text: str) -> CounterState | Choice:
    """Takes scanned or typed text: adds the product or attaches the member it stands for; otherwise asks which."""
    with workplace.terminal.reading() as records:
        found = identify(workplace.replica, records, text)
    if isinstance(found, Choice):
        return found
    return _take(workplace, found)


def choose(workplace: Workplace, key: str) -> CounterState:
    """Takes one candidate of a choice by its key."""
    kind, _, ident = key.partition(":")
    if kind == CandidateKind.MEMBER:
        with workplace.terminal.reading() as records:
            state = require_usable(workplace.member(records, ident))
        return _take(workplace, FoundMember(state=state, card_code=None))
    product = workplace.replica.product_by_sku(ident)
    if product is None:
        raise Refusal("product_gone", "这个商品刚刚停售：请重新查找")
    return _take(workplace, product)


def set_quantity(
    workplace: Workplace, person: Staff, line: int, text: str, approval: Approval | None = None
) -> CounterState:
    """Sets the quantity of a line. More at a price that somebody changed is a change of price once more (改价).

    ``Refusal``: ``no_such_line``, ``bad_quantity``, ``quantity_whole``, ``quantity_most``, ``right_missing``.
    """
    with workplace.terminal.reading() as records:
        extended = _more_at_a_changed_price(open_basket(workplace, records), line, text)
    allowed = authorise(workplace, person, Right.CHANGE_PRICE, approval) if extended else None
    with workplace.terminal.transaction() as records:
        basket = open_basket(workplace, records)
        require_line(basket, line)
        quantity = _quantity(basket.lines[line].product, text)
        if allowed is not None:
            allowed.record(workplace, records, basket_id=basket.id, quantity=str(quantity))
        return _keep(workplace, records, basket.with_quantity(line, quantity), line)


def remove_line(workplace: Workplace, person: Staff, line: int, approval: Approval | None = None) -> CounterState:
    """Takes a line out of the basket; audited with what was on it. ``Refusal``: ``no_such_line``, ``right_missing``."""
    allowed = authorise(workplace, person, Right.VOID_LINE, approval)
    with workplace.terminal.transaction() as records:
        basket = open_basket(workplace, records)
        require_line(basket, line)
        removed = basket.lines[line]
        workplace.audit(records, "void_line", person.id, basket_id=basket.id, goods=_written((removed,)))
        allowed.record(workplace, records, basket_id=basket.id)
        state = _keep(workplace, records, basket.without_line(line), None)
    workplace.wake_sync()
    return state


def drop_member(workplace: Workplace) -> CounterState:
    """The sale is for nobody in particular."""
    with workplace.terminal.transaction() as records:
        return _keep(workplace, records, open_basket(workplace, records).for_member(None, None), None)


def void_basket(workplace: Workplace, person: Staff, approval: Approval | None = None) -> CounterState:
    """Abandons the open basket; where goods are in it, audited with those. ``Refusal``: ``right_missing``."""
    allowed = authorise(workplace, person, Right.VOID_BASKET, approval)
    with workplace.terminal.transaction() as records:
        basket = open_basket(workplace, records)
        if basket.lines:
            goods = _written(basket.lines)
            workplace.audit(
                records, "void_basket", person.id, basket_id=basket.id, lines=len(basket.lines), goods=goods
            )
            allowed.record(workplace, records, basket_id=basket.id)
        state = _keep(workplace, records, Basket(id=workplace.ids.new()), None)
    workplace.wake_sync()
    return state


def counter(workplace: Workplace) -> CounterState:
    """The open basket as it stands."""
    with workplace.terminal.transaction() as records:
        return _keep(workplace, records, open_basket(workplace, records), None)


def _take(workplace: Workplace, found: Product | FoundMember) -> CounterState:
    with workplace.terminal.transaction() as records:
        basket = open_basket(workplace, records)
        if isinstance(found, FoundMember):
            return _keep(workplace, records, basket.for_member(found.state.member.id, found.card_code), None)
        on_duty = workplace.pharmacist(records) is not None
        check_duty(found, on_duty, workplace.moment(records).ruleset)
        changed, index = basket.with_product(found, Quantity.whole(1))
        if len(changed.lines) > _MOST_LINES:
            raise Refusal("basket_full", "一单最多 {most} 种商品：请先收款，再开新的一单", most=_MOST_LINES)
        require_sane(changed.lines[index].quantity)
        return _keep(workplace, records, changed, index)


def _keep(workplace: Workplace, records: TerminalRecords, basket: Basket, touched: int | None) -> CounterState:
    records.save_basket(basket)
    return price_basket(workplace, records, basket, touched)


def _more_at_a_changed_price(basket: Basket, line: int, text: str) -> bool:
    require_line(basket, line)
    held = basket.lines[line]
    return held.list_price_fen is not None and _quantity(held.product, text) > held.quantity


def _quantity(product: Product, text: str) -> Quantity:
    try:
        quantity = Quantity.parse(normalise(text))
    except ValueError:
        raise Refusal(
            "bad_quantity", "数量「{text}」不对：请输入大于 0 的数字，散称商品最多三位小数", text=text
        ) from None
    if not product.by_weight and not quantity.is_whole:
        raise Refusal("quantity_whole", "{name} 按{unit}整售，数量须是整数", name=product.name, unit=product.unit)
    require_sane(quantity)
    return quantity


def _written(lines: tuple[BasketLine, ...]) -> str:
    """What is in a basket, in one word a line: SKU, quantity, and the price of one in fen."""
    return " ".join(f"{line.product.sku}×{line.quantity}@{line.product.price_fen}" for line in lines)
