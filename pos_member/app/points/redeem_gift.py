"""Hands out the gift (礼品) that a benefit of the member's tier is; it takes a free use and no points."""

from __future__ import annotations

from functools import partial

from pos_member.app.people.authorise import Approval
from pos_member.app.points.handed_goods import handed_goods
from pos_member.app.points.record_redemption import Granted, Redeemed, RedemptionCase, RedemptionRequest, redeem
from pos_member.app.ports import TerminalRecords
from pos_member.app.workplace import Workplace
from pos_member.domain.benefits import check_gift
from pos_member.domain.errors import Refusal
from pos_member.domain.product import Product
from pos_member.domain.redeeming import RedemptionKind
from pos_member.domain.spending import Spending
from pos_member.domain.staff import Staff


def redeem_gift(
    workplace: Workplace,
    person: Staff,
    redemption_id: str,
    member_id: str,
    benefit_id: str,
    code: str,
    approval: Approval | None = None,
) -> Redeemed:
    """Records that goods, by bar code or SKU, were handed out as the gift of a benefit, and prints its slip.

    ``Refusal``: ``benefit_unknown`` where there is none or it is no gift, those of
    :func:`pos_member.app.points.handed_goods.handed_goods`, of :func:`pos_member.domain.benefits.check_gift` and of
    :func:`pos_member.app.points.record_redemption.redeem`.
    """
    goods = handed_goods(workplace.replica, code)
    asked: dict[str, object] = {"about": benefit_id, "sku": goods.sku}
    request = RedemptionRequest(redemption_id=redemption_id, member_id=member_id, kind=RedemptionKind.GIFT, asked=asked)
    return redeem(workplace, person, request, approval, partial(_decide, benefit_id, goods))


def _decide(benefit_id: str, goods: Product, _records: TerminalRecords, case: RedemptionCase) -> Granted:
    moment, member = case.moment, case.member
    benefit = moment.ruleset.benefits.get(benefit_id)
    if benefit is None or benefit.category is None:
        template = "现行会员规则里没有礼品权益 {benefit}，可能已撤下；请从列表里重选"
        raise Refusal("benefit_unknown", template, benefit=benefit_id)
    check_gift(benefit, goods.category, member.standing, member.benefit_uses, moment.on, moment.ruleset)
    spending = Spending(on_what=benefit.id, on=moment.on, points=0, lots=(), benefit_id=benefit.id)
    return Granted(about=benefit.id, name=benefit.name, spending=spending, sku=goods.sku, goods=goods.name)
