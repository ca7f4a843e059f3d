"""Points deduction (积分抵现): how many points may pay, and why no more (docs/programme §3.4, §8)."""

from __future__ import annotations

from enum import StrEnum

from pos_member.domain.errors import Refusal
from pos_member.domain.quote import OfflineLimit
from pos_member.domain.rates import percent_text
from pos_member.domain.ruleset import Ruleset


class RedemptionLimit(StrEnum):
    """What keeps a member from paying with more points."""

    BALANCE = "balance"
    SHARE = "share"
    OFFLINE = "offline"
    REPLICA_EXPIRED = "replica_expired"
    STOPPED = "stopped"
    NO_MEMBER = "no_member"
    NOTHING_PAYABLE = "nothing_payable"


def offline_left(offline: OfflineLimit | None, ruleset: Ruleset) -> int:
    """Points that this till may still take from the member today without asking; the whole day's when it can ask."""
    most = ruleset.offline.points_per_member_day
    if offline is None:
        return most
    return 0 if offline.replica_expired or offline.stopped else max(0, most - offline.redeemed_today)


def greatest(
    base_fen: int, available: int | None, offline: OfflineLimit | None, ruleset: Ruleset
) -> tuple[int, RedemptionLimit]:
    """The most points that pass :func:`check`, possibly 0, and the limit that sets them: of equals the first named.

    ``base_fen`` is what points may pay a share of, ``available`` the member's points; None for a stranger.
    """
    if available is None:
        return 0, RedemptionLimit.NO_MEMBER
    if base_fen == 0:
        return 0, RedemptionLimit.NOTHING_PAYABLE
    points, limit = available, RedemptionLimit.BALANCE
    cap = _cap(base_fen, ruleset)
    if cap < points:
        points, limit = cap, RedemptionLimit.SHARE
    left = offline_left(offline, ruleset)
    if offline is not None and left < points:
        points = left
        limit = _limit(offline)
    return _whole_steps(points, ruleset), limit


def check(points: int, base_fen: int, available: int | None, offline: OfflineLimit | None, ruleset: Ruleset) -> None:
    """Refuses what may not be paid with points; 0 always may.

    ``Refusal``, tested in this order: ``points_no_member``, ``points_step``, ``points_balance``, ``points_cap``,
    ``points_offline_limit``. ``ValueError`` below 0.
    """
    if points < 0:
        raise ValueError("points_to_redeem: below 0")
    if points == 0:
        return
    if available is None:
        raise Refusal("points_no_member", "积分抵现要先有会员。请扫会员卡，或不用积分收款")
    rule = ruleset.deduction
    if points % rule.step or points < rule.minimum:
        template = "积分抵现至少 {minimum} 分，按 {step} 分一档，{points} 分不成整档。请改用整档积分"
        raise Refusal("points_step", template, minimum=rule.minimum, step=rule.step, points=points)
    if points > available:
        template = "可用积分只有 {available} 分，不够抵 {points} 分。请减少抵现积分"
        raise Refusal("points_balance", template, available=available, points=points)
    if base_fen == 0:
        raise Refusal("points_cap", "本单没有可以用积分抵的金额。请不用积分收款")
    cap = _cap(base_fen, ruleset)
    if points > cap:
        template = "积分最多抵应付金额的 {share}，本单至多 {most} 分，{points} 分超出。请减少抵现积分"
        most = _whole_steps(cap, ruleset)
        raise Refusal("points_cap", template, share=percent_text(rule.max_share), most=most, points=points)
    if offline is not None and points > offline_left(offline, ruleset):
        raise _offline_refusal(points, offline, ruleset)


def _limit(offline: OfflineLimit) -> RedemptionLimit:
    if offline.stopped:
        return RedemptionLimit.STOPPED
    return RedemptionLimit.REPLICA_EXPIRED if offline.replica_expired else RedemptionLimit.OFFLINE


def _offline_refusal(points: int, offline: OfflineLimit, ruleset: Ruleset) -> Refusal:
    if offline.stopped:
        template = "本机的数据曾被还原或复制，离线时不能用积分。请联系总部重新登记本机，或不用积分收款"
        return Refusal("points_offline_limit", template)
    if offline.replica_expired:
        template = "本机的会员资料已超过 {days} 天没有更新，离线时不能用积分。请连上总部后再抵，或不用积分收款"
        return Refusal("points_offline_limit", template, days=ruleset.offline.replica_max_age_days)
    template = "离线时本机今日对该会员还能抵 {left} 分（每日 {limit} 分），{points} 分超出。请减少，或连上总部后再抵"
    left = _whole_steps(offline_left(offline, ruleset), ruleset)
    limit = ruleset.offline.points_per_member_day
    return Refusal("points_offline_limit", template, left=left, limit=limit, points=points)


def _cap(base_fen: int, ruleset: Ruleset) -> int:
    rule = ruleset.deduction
    numerator, denominator = rule.max_share.as_integer_ratio()
    return base_fen * numerator * 100 // (denominator * rule.fen_per_100_points)


def _whole_steps(points: int, ruleset: Ruleset) -> int:
    rule = ruleset.deduction
    whole = points - points % rule.step
    return whole if whole >= rule.minimum else 0
