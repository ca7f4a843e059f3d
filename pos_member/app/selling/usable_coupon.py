"""Whether the coupon (券) in a basket may be used: by this customer, today, once (docs/programme §3.3)."""

from __future__ import annotations

from pos_member.app.ports import TerminalRecords
from pos_member.app.workplace import Moment, Workplace
from pos_member.domain.basket import Basket
from pos_member.domain.errors import Refusal
from pos_member.domain.offers import Coupon


def usable_coupon(workplace: Workplace, records: TerminalRecords, basket: Basket, moment: Moment) -> Coupon:
    """The coupon whose code the basket bears. Whether the goods reach its threshold is for pricing to say.

    ``Refusal``, in this order: ``coupon_unknown``, ``coupon_used``, ``coupon_expired``, ``coupon_not_yet``,
    ``coupon_needs_member``, ``coupon_of_another``.
    """
    code = basket.coupon or ""
    state = workplace.replica.coupon(code)
    if state is None:
        raise Refusal("coupon_unknown", "没有券 {coupon}：请核对券码，或不用券收款", coupon=code)
    coupon = state.coupon
    if state.used_by is not None or records.sale_of_coupon(coupon.id) is not None:
        raise Refusal("coupon_used", "券 {coupon} 已经用过，不能再用：请不用券收款", coupon=coupon.id)
    first, last = coupon.scope.first, coupon.scope.last
    if last is not None and last < moment.on:
        template = "券 {coupon} 已于 {day} 到期，不能再用：请不用券收款"
        raise Refusal("coupon_expired", template, coupon=coupon.id, day=f"{last:%Y-%m-%d}")
    if first is not None and moment.on < first:
        template = "券 {coupon} 从 {day} 起才能用：请到时再用，或不用券收款"
        raise Refusal("coupon_not_yet", template, coupon=coupon.id, day=f"{first:%Y-%m-%d}")
    if state.member_id is not None and basket.member_id is None:
        template = "券 {coupon} 是会员专用的：请先扫会员卡，或不用券收款"
        raise Refusal("coupon_needs_member", template, coupon=coupon.id)
    if state.member_id not in (None, basket.member_id):
        template = "券 {coupon} 属于另一位会员，不能用在本单上：请核对会员，或不用券收款"
        raise Refusal("coupon_of_another", template, coupon=coupon.id)
    return coupon
