"""Redeems a reward (积分换礼): goods of the store's stock for points."""

from __future__ import annotations

from functools import partial

from pos_member.app.people.authorise import Approval
from pos_member.app.points.handed_goods import handed_goods
from pos_member.app.points.record_redemption import Granted, Redeemed, RedemptionCase, RedemptionRequest, redeem
from pos_member.app.ports import TerminalRecords
from pos_member.app.workplace import Workplace
from pos_member.domain import rewards
from pos_member.domain.errors import Refusal
from pos_member.domain.product import Product
from pos_member.domain.redeeming import RedemptionKind
from pos_member.domain.staff import Staff


def redeem_reward(
    workplace: Workplace,
    person: Staff,
    redemption_id: str,
    member_id: str,
    reward_id: str,
    code: str,
    approval: Approval | None = None,
) -> Redeemed:
    """Records that goods, by bar code or SKU, were handed out as a reward, and prints its slip.

    ``Refusal``: ``reward_unknown``, those of :func:`pos_member.app.points.handed_goods.handed_goods`, of
    :func:`pos_member.domain.rewards.redeem_reward` and of :func:`pos_member.app.points.record_redemption.redeem`.
    """
    goods = handed_goods(workplace.replica, code)
    asked: dict[str, object] = {"about": reward_id, "sku": goods.sku}
    request = RedemptionRequest(
        redemption_id=redemption_id, member_id=member_id, kind=RedemptionKind.REWARD, asked=asked
    )
    return redeem(workplace, person, request, approval, partial(_decide, workplace, reward_id, goods))


def stock_left(workplace: Workplace, records: TerminalRecords, reward_id: str) -> int | None:
    """Pieces of a reward that the store has left as far as this till knows; None where it keeps no stock of it."""
    stock = workplace.replica.reward_stock(reward_id)
    if stock is None:
        return None
    return max(0, stock.pieces - records.handed_out(reward_id, stock.applied))


def _decide(
    workplace: Workplace, reward_id: str, goods: Product, records: TerminalRecords, case: RedemptionCase
) -> Granted:
    moment = case.moment
    reward = moment.ruleset.rewards.get(reward_id)
    if reward is None:
        template = "现行会员规则里没有礼品 {reward}，可能已撤下；请从列表里重选"
        raise Refusal("reward_unknown", template, reward=reward_id)
    if goods.category not in (reward.category, *moment.ruleset.obligations.never_free):
        template = "{goods}不是「{reward}」这一类的商品；请扫「{reward}」的商品，或换别的礼品"
        raise Refusal("reward_goods", template, goods=goods.name, reward=reward.name)
    spending = rewards.redeem_reward(
        reward,
        goods.category,
        stock_left(workplace, records, reward_id),
        case.member.standing,
        moment.on,
        case.offline,
        moment.ruleset,
    )
    return Granted(about=reward.id, name=reward.name, spending=spending, sku=goods.sku, goods=goods.name)
