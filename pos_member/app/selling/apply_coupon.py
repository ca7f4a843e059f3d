"""Puts a coupon (券) into the open basket, and takes it out again."""

from __future__ import annotations

from dataclasses import replace

from pos_member.app.counter import CounterState
from pos_member.app.members.identify import normalise
from pos_member.app.selling.open_basket import open_basket
from pos_member.app.selling.price_basket import price_basket
from pos_member.app.selling.usable_coupon import usable_coupon
from pos_member.app.workplace import Workplace
from pos_member.domain.errors import Refusal


def apply_coupon(workplace: Workplace, text: str) -> CounterState:
    """The basket with the coupon of a scanned or typed code, in place of another.

    Where the goods do not reach its threshold yet it is kept, and :attr:`CounterState.coupon_problem` says why it takes
    nothing off. ``Refusal``: ``coupon_missing``, and those of :func:`usable_coupon`; then the basket is as it was.
    """
    code = normalise(text)
    if not code:
        raise Refusal("coupon_missing", "请扫券码，或输入券码")
    with workplace.terminal.transaction() as records:
        basket = replace(open_basket(workplace, records), coupon=code)
        coupon = usable_coupon(workplace, records, basket, workplace.moment(records))
        basket = replace(basket, coupon=coupon.id)
        records.save_basket(basket)
        return price_basket(workplace, records, basket)


def drop_coupon(workplace: Workplace) -> CounterState:
    """The basket without its coupon."""
    with workplace.terminal.transaction() as records:
        basket = replace(open_basket(workplace, records), coupon=None)
        records.save_basket(basket)
        return price_basket(workplace, records, basket)
