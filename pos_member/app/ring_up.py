"""Rings up: puts goods and a member into the open basket, changes lines, abandons it."""

from __future__ import annotations

from pos_member.app.counter import CandidateKind, Choice, CounterState
from pos_member.app.identify import FoundMember, identify, normalise, usable_member
from pos_member.app.ports import TerminalRecords
from pos_member.app.price_basket import price_basket
from pos_member.app.workplace import Workplace
from pos_member.domain.basket import Basket
from pos_member.domain.errors import Refusal
from pos_member.domain.obligations import check_line
from pos_member.domain.product import Product
from pos_member.domain.quantity import Quantity

_MOST_UNITS = Quantity.whole(9999)
_MOST_LINES = 200


def open_basket(workplace: Workplace, records: TerminalRecords) -> Basket:
    """The basket at the counter; a fresh one where none was left open."""
    return records.load_basket() or Basket(id=workplace.ids.new())


def enter(workplace: Workplace, text: str) -> CounterState | Choice:
    """Takes scanned or typed text: adds the product or attaches the member it stands for; otherwise asks which."""
    found = identify(workplace.replica, text)
    if isinstance(found, Choice):
        return found
    return _take(workplace, found)


def choose(workplace: Workplace, key: str) -> CounterState:
    """Takes one candidate of a choice by its key."""
    kind, _, ident = key.partition(":")
    if kind == CandidateKind.MEMBER:
        return _take(workplace, FoundMember(state=usable_member(workplace.replica, ident), card_code=None))
    product = workplace.replica.product_by_sku(ident)
    if product is None:
        raise Refusal("product_gone", "这个商品刚刚停售：请重新查找")
    return _take(workplace, product)


def set_quantity(workplace: Workplace, line: int, text: str) -> CounterState:
    """Sets the quantity of a line."""
    with workplace.terminal.transaction() as records:
        basket = open_basket(workplace, records)
        product = _line_product(basket, line)
        changed = basket.with_quantity(line, _quantity(product, text))
        return _keep(workplace, records, changed, line)


def remove_line(workplace: Workplace, line: int) -> CounterState:
    """Takes a line out of the basket."""
    with workplace.terminal.transaction() as records:
        basket = open_basket(workplace, records)
        _line_product(basket, line)
        return _keep(workplace, records, basket.without_line(line), None)


def drop_member(workplace: Workplace) -> CounterState:
    """The sale is for nobody in particular."""
    with workplace.terminal.transaction() as records:
        return _keep(workplace, records, open_basket(workplace, records).for_member(None, None), None)


def void_basket(workplace: Workplace, staff_id: str) -> CounterState:
    """Abandons the open basket; that is audited."""
    with workplace.terminal.transaction() as records:
        basket = open_basket(workplace, records)
        if basket.lines:
            workplace.audit(records, "void_basket", staff_id, basket_id=basket.id, lines=len(basket.lines))
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
        check_line(found, on_duty, workplace.moment(records).ruleset)
        changed, index = basket.with_product(found, Quantity.whole(1))
        if len(changed.lines) > _MOST_LINES:
            raise Refusal("basket_full", "一单最多 {most} 种商品：请先收款，再开新的一单", most=_MOST_LINES)
        _check_most(changed.lines[index].quantity)
        return _keep(workplace, records, changed, index)


def _keep(workplace: Workplace, records: TerminalRecords, basket: Basket, touched: int | None) -> CounterState:
    records.save_basket(basket)
    return price_basket(workplace, records, basket, touched)


def _line_product(basket: Basket, line: int) -> Product:
    if not 0 <= line < len(basket.lines):
        raise Refusal("no_such_line", "购物篮里没有第 {line} 行", line=line + 1)
    return basket.lines[line].product


def _quantity(product: Product, text: str) -> Quantity:
    try:
        quantity = Quantity.parse(normalise(text))
    except ValueError:
        raise Refusal(
            "bad_quantity", "数量「{text}」不对：请输入大于 0 的数字，散称商品最多三位小数", text=text
        ) from None
    if not product.by_weight and not quantity.is_whole:
        raise Refusal("quantity_whole", "{name} 按{unit}整售，数量须是整数", name=product.name, unit=product.unit)
    _check_most(quantity)
    return quantity


def _check_most(quantity: Quantity) -> None:
    if quantity > _MOST_UNITS:
        raise Refusal("quantity_most", "一行最多 {most}：请核对数量", most=str(_MOST_UNITS))
