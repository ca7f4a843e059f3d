"""Goods for points (积分换礼), out of head office's list and the store's stock (docs/programme §7)."""

from __future__ import annotations

from datetime import date

from pos_member.domain.errors import Refusal
from pos_member.domain.labels import category_label
from pos_member.domain.product import Category
from pos_member.domain.quote import MemberStanding, OfflineLimit
from pos_member.domain.ruleset import Reward, Ruleset
from pos_member.domain.spending import Spending, check_tier, take


def redeem_reward(
    reward: Reward,
    category: Category,
    stock: int | None,
    member: MemberStanding,
    on: date,
    offline: OfflineLimit | None,
    ruleset: Ruleset,
) -> Spending:
    """One reward on a business date. ``category`` is that of the goods handed out, whatever the list says.

    ``stock`` are the pieces the store has left; None where it keeps no stock of them. ``Refusal``, tested in this
    order: ``redeem_never_free``, ``redeem_tier``, ``redeem_stock``, ``redeem_balance``, ``redeem_offline_limit``.
    """
    if {category, reward.category} & ruleset.obligations.never_free:
        template = "{name}属于{category}，依法不得赠送，不能用积分换；请换别的"
        never = category if category in ruleset.obligations.never_free else reward.category
        raise Refusal("redeem_never_free", template, name=reward.name, category=category_label(never))
    check_tier(reward.name, reward.from_tier, member.tier)
    if stock is not None and stock < 1:
        raise Refusal("redeem_stock", "{name}本店已换完；请换别的，或到货后再来", name=reward.name)
    lots = take(reward.points, reward.name, member, on, offline, ruleset)
    return Spending(on_what=reward.id, on=on, points=reward.points, lots=lots)
