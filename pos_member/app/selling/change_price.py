"""Sells a line at another price (改价), by right and for a reason."""

from __future__ import annotations

from typing import Final

from pos_member.app.counter import CounterState
from pos_member.app.people.authorise import Approval, authorise
from pos_member.app.selling.open_basket import open_basket, require_line, require_sane
from pos_member.app.selling.price_basket import price_basket
from pos_member.app.workplace import Workplace
from pos_member.app.written import required_reason
from pos_member.domain.basket import BasketLine
from pos_member.domain.errors import Refusal
from pos_member.domain.labels import category_label
from pos_member.domain.money import yuan
from pos_member.domain.rights import Right
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.staff import Staff

_MOST_TIMES_THE_LIST_PRICE: Final = 10
"""More than this is a slip of the finger, not a price."""


def change_price(
    workplace: Workplace, person: Staff, line: int, price_fen: int, reason: str, approval: Approval | None = None
) -> CounterState:
    """The basket with another price a unit (fen) on a line (index from 0); audited with both prices and the reason.

    ``Refusal``: ``right_missing``, ``price_reason``, ``no_such_line``, ``price_too_low``, ``price_too_high``.
    """
    allowed = authorise(workplace, person, Right.CHANGE_PRICE, approval)
    why = required_reason("price_reason", "改价必须写明原因：请填写原因", reason)
    with workplace.terminal.transaction() as records:
        basket = open_basket(workplace, records)
        require_line(basket, line)
        before = basket.lines[line]
        _check(before, price_fen, workplace.moment(records).ruleset)
        basket, touched = basket.with_price(line, price_fen)
        require_sane(basket.lines[touched].quantity)
        records.save_basket(basket)
        facts: dict[str, str | int] = {
            "basket_id": basket.id,
            "sku": before.product.sku,
            "from_fen": before.product.price_fen,
            "to_fen": price_fen,
        }
        workplace.audit(records, "change_price", person.id, **facts, reason=why)
        allowed.record(workplace, records, **facts)
        state = price_basket(workplace, records, basket, touched)
    workplace.wake_sync()
    return state


def _check(line: BasketLine, price_fen: int, ruleset: Ruleset) -> None:
    product = line.product
    least = 1 if product.category in ruleset.obligations.never_free else 0
    if price_fen < least:
        template = "{name} 是{category}，单价不能低于 {least}；请重新输入"
        gaps = {"name": product.name, "category": category_label(product.category), "least": yuan(least)}
        raise Refusal("price_too_low", template, **gaps)
    most = _MOST_TIMES_THE_LIST_PRICE * (product.price_fen if line.list_price_fen is None else line.list_price_fen)
    if price_fen > most:
        template = "{name} 的单价 {price} 过高，最多 {most}；请核对后重新输入"
        raise Refusal("price_too_high", template, name=product.name, price=yuan(price_fen), most=yuan(most))
