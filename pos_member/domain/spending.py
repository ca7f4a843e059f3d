"""Points spent on services, goods and donations (积分兑换), and how they come back (docs/programme §7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos_member.domain.errors import Refusal
from pos_member.domain.labels import tier_label
from pos_member.domain.ledger import EatenLot, eat, joined, unexpired
from pos_member.domain.quote import MemberStanding, OfflineLimit
from pos_member.domain.redemption import offline_left
from pos_member.domain.returns import refill
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.tier import Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """Points that a member spent on a business date, and the lots they came from, as eaten: first to expire first.

    ``on_what`` names it as the ledger does: a service or a reward by id, a donation by where it goes. Where a free
    quota paid, ``benefit_id`` names it and the points are 0.
    """

    on_what: str
    on: date
    points: int
    lots: tuple[EatenLot, ...]
    benefit_id: str | None = None


def check_tier(name: str, from_tier: Tier, held: Tier) -> None:
    """Refuses what is for members of a higher tier. ``Refusal``: ``redeem_tier``."""
    if held.rank < from_tier.rank:
        template = "{name}只换给{tier}及以上会员，该会员是{held}；请换别的"
        raise Refusal("redeem_tier", template, name=name, tier=tier_label(from_tier), held=tier_label(held))


def available_points(member: MemberStanding, on: date) -> int:
    """Points that the member can spend on a business date."""
    return sum(lot.points for lot in unexpired(member.lots, on))


def take(
    points: int, name: str, member: MemberStanding, on: date, offline: OfflineLimit | None, ruleset: Ruleset
) -> tuple[EatenLot, ...]:
    """The lots that so many points are eaten from, first to expire first; those with one last day joined.

    ``name`` is what the member gets for them, ``offline`` is None when no offline limit applies.
    ``Refusal``: ``redeem_balance``, ``redeem_offline_limit``, in this order.
    """
    available = available_points(member, on)
    if points > available:
        template = "{name}要 {points} 分，可用积分只有 {available} 分；请换别的，或攒够再换"
        raise Refusal("redeem_balance", template, name=name, points=points, available=available)
    if offline is not None and points > offline_left(offline, ruleset):
        raise _offline_refusal(points, name, offline, ruleset)
    return joined(eat(unexpired(member.lots, on), points))


def void(spending: Spending, on: date, ruleset: Ruleset, *, already_voided: bool) -> tuple[EatenLot, ...]:
    """The lots that a redemption's points come back into; a free use brings none, and counts no more.

    ``Refusal``: ``void_twice``, ``void_another_day``, in this order.
    """
    if already_voided:
        raise Refusal("void_twice", "这笔兑换已经作废，不能再作废；请核对兑换记录")
    if on != spending.on:
        template = "这笔兑换是 {day} 的，只能当天作废；积分有误请店长调整"
        raise Refusal("void_another_day", template, day=f"{spending.on:%Y-%m-%d}")
    return refill(spending.lots, 0, spending.points, on, ruleset.returns.giveback_days)


def _offline_refusal(points: int, name: str, offline: OfflineLimit, ruleset: Ruleset) -> Refusal:
    rule = ruleset.offline
    if offline.stopped:
        template = "本机的数据曾被还原或复制，离线时不能兑换{name}；请联系总部重新登记本机后再换"
        return Refusal("redeem_offline_limit", template, name=name)
    if offline.replica_expired:
        template = "本机的会员资料已超过 {days} 天没有更新，离线时不能兑换{name}；请连上总部后再换"
        return Refusal("redeem_offline_limit", template, days=rule.replica_max_age_days, name=name)
    template = "离线时本机今日对该会员还能扣 {left} 分（每日 {limit} 分），{name}要 {points} 分；请连上总部后再换"
    left, limit = offline_left(offline, ruleset), rule.points_per_member_day
    return Refusal("redeem_offline_limit", template, left=left, limit=limit, name=name, points=points)
