"""Points earned otherwise than by buying (其他积分): what each occasion still gives (docs/programme §5)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from pos_member.domain.calendar_days import month_end, plus_days
from pos_member.domain.errors import Refusal
from pos_member.domain.ledger import LedgerEntry
from pos_member.domain.money import yuan
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.staff import Role, Staff


class BonusKind(StrEnum):
    """The kinds of ledger entries that post such points, and what the entry's source names.

    (kind, source) is given once to a member for ``REGISTRATION`` (source: the member), ``REVIEW`` (the review),
    ``REFERRAL`` (the person referred), ``ACTIVITY`` and ``FESTIVAL`` (the one occasion, "spring-2026"); ``CHECK_IN``
    once a business date (source: that date). An ``ADJUSTMENT`` (source: who made it) may be made any number of times.
    """

    REGISTRATION = "registration"
    CHECK_IN = "check_in"
    REVIEW = "review"
    REFERRAL = "referral"
    ACTIVITY = "activity"
    FESTIVAL = "festival"
    ADJUSTMENT = "adjustment"


_KINDS: Final = frozenset(BonusKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastBonus:
    """Points that a member was given already: kind and source as in the ledger, on which business date."""

    kind: str
    points: int
    on: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bonus:
    """Points to post to a member, never 0. ``withheld`` are those that a monthly limit cut off; they are told."""

    kind: BonusKind
    points: int
    source: str
    withheld: int = 0


def past_bonuses(entries: Iterable[LedgerEntry]) -> tuple[PastBonus, ...]:
    """What a member's ledger says was given, an entry that comes twice counted once.

    Taking points back makes no room again: a bonus that was given counts although an entry ``of`` it reversed it.
    """
    once = {entry.id: entry for entry in entries if entry.points > 0 and entry.kind in _KINDS}
    return tuple(
        PastBonus(kind=entry.kind, points=entry.points, on=entry.business_date, source=entry.source)
        for entry in once.values()
    )


def registration_bonus(past: Sequence[PastBonus], member_id: str, ruleset: Ruleset) -> Bonus:
    """For becoming a member. ``Refusal``: ``registration_given``, ``bonus_not_offered``."""
    if any(bonus.kind == BonusKind.REGISTRATION for bonus in past):
        raise Refusal("registration_given", "该会员已得过注册积分，每位会员只有一次，不必再加")
    return _bonus(BonusKind.REGISTRATION, ruleset.bonuses.registration_points, member_id)


def check_in_bonus(past: Sequence[PastBonus], on: date, ruleset: Ruleset) -> Bonus:
    """For signing in at the store on a business date.

    ``Refusal``: ``check_in_given`` today, ``check_in_month_limit``, ``bonus_not_offered``.
    """
    if any(bonus.kind == BonusKind.CHECK_IN and bonus.on == on for bonus in past):
        again = plus_days(on, 1).isoformat()
        raise Refusal("check_in_given", "该会员今天已签到，每天一次；{again} 起可再签到", again=again)
    rule = ruleset.bonuses
    room, given = _room(past, BonusKind.CHECK_IN, on, rule.check_in_month_limit)
    if room == 0:
        template = "该会员本月签到已得 {given} 分，每月至多 {limit} 分；{again} 起可再得"
        raise Refusal(
            "check_in_month_limit", template, given=given, limit=rule.check_in_month_limit, again=_next_month(on)
        )
    return _bonus(BonusKind.CHECK_IN, rule.check_in_points, on.isoformat(), room)


def review_bonus(
    past: Sequence[PastBonus], review_id: str, sku: str, bought: Collection[str], on: date, ruleset: Ruleset
) -> Bonus:
    """For a review of goods; ``bought`` are the SKUs that the member has bought, whenever that was.

    ``Refusal``: ``review_not_bought``, ``review_given``, ``review_month_limit``, ``bonus_not_offered``.
    """
    if sku not in bought:
        template = "该会员没有买过商品 {sku}，只有买过的商品评价后才有积分；请核对商品"
        raise Refusal("review_not_bought", template, sku=sku)
    if _is_given(past, BonusKind.REVIEW, review_id):
        raise Refusal("review_given", "这条评价已给过积分，每条一次；请核对评价")
    rule = ruleset.bonuses
    room, given = _room(past, BonusKind.REVIEW, on, rule.review_month_limit)
    if room == 0:
        template = "该会员本月评价已得 {given} 分，每月至多 {limit} 分；{again} 起可再得"
        raise Refusal("review_month_limit", template, given=given, limit=rule.review_month_limit, again=_next_month(on))
    return _bonus(BonusKind.REVIEW, rule.review_points, review_id, room)


def referral_bonus(
    past: Sequence[PastBonus], referrer_id: str, referred_id: str, spend_fen: int, ruleset: Ruleset
) -> Bonus:
    """For the referrer, whose ``past`` it is; ``spend_fen`` is what the person referred has paid since joining, net.

    ``Refusal``: ``referral_self``, ``referral_given``, ``referral_spend``, ``bonus_not_offered``.
    """
    if referrer_id == referred_id:
        raise Refusal("referral_self", "推荐人与被推荐人是同一位会员，没有推荐积分；请核对推荐人")
    if _is_given(past, BonusKind.REFERRAL, referred_id):
        raise Refusal("referral_given", "推荐这位会员的积分已给过，每推荐一人一次，不必再加")
    rule = ruleset.bonuses
    if spend_fen < rule.referral_spend_fen:
        template = "被推荐的会员入会后净消费 {spent}，满 {needed} 时推荐人得积分；还差 {missing}，届时再加"
        needed, missing = yuan(rule.referral_spend_fen), yuan(rule.referral_spend_fen - spend_fen)
        raise Refusal("referral_spend", template, spent=yuan(spend_fen), needed=needed, missing=missing)
    return _bonus(BonusKind.REFERRAL, rule.referral_points, referred_id)


def activity_bonus(past: Sequence[PastBonus], activity_id: str, points: int, ruleset: Ruleset) -> Bonus:
    """For taking part in an activity that gives ``points``.

    ``Refusal``: ``activity_points``, ``activity_given``, ``bonus_not_offered``.
    """
    least, most = ruleset.bonuses.activity_points_least, ruleset.bonuses.activity_points_most
    if not least <= points <= most:
        template = "活动积分应为 {least} 至 {most} 分，本活动设为 {points} 分，不能发；请总部更正活动"
        raise Refusal("activity_points", template, least=least, most=most, points=points)
    if _is_given(past, BonusKind.ACTIVITY, activity_id):
        raise Refusal("activity_given", "该会员已得过本活动的积分，每个活动一次，不必再加")
    return _bonus(BonusKind.ACTIVITY, points, activity_id)


def festival_bonus(past: Sequence[PastBonus], festival_id: str, ruleset: Ruleset) -> Bonus:
    """For a festival. ``Refusal``: ``festival_given``, ``bonus_not_offered``."""
    if _is_given(past, BonusKind.FESTIVAL, festival_id):
        raise Refusal("festival_given", "该会员已得过本节日的积分，每个节日一次，不必再加")
    return _bonus(BonusKind.FESTIVAL, ruleset.bonuses.festival_points, festival_id)


def adjustment(points: int, reason: str, by: Staff) -> Bonus:
    """Points added, or taken where ``points`` is below 0, by hand; the reason belongs into the audit trail.

    ``Refusal``: ``adjustment_store_manager``, ``adjustment_zero``, ``adjustment_reason``, in this order.
    """
    if by.role is not Role.STORE_MANAGER:
        raise Refusal("adjustment_store_manager", "调整积分只能由店长办理；请店长登录后再调整")
    if points == 0:
        raise Refusal("adjustment_zero", "调整的积分不能为 0；请填写要加或要减的积分")
    if not reason.strip():
        raise Refusal("adjustment_reason", "调整积分必须写明原因，留作审计；请填写原因")
    return Bonus(kind=BonusKind.ADJUSTMENT, points=points, source=by.id)


def _bonus(kind: BonusKind, points: int, source: str, room: int | None = None) -> Bonus:
    """What is posted of ``points`` where a limit leaves ``room``; None is no limit."""
    if points == 0:
        raise Refusal("bonus_not_offered", "现行会员规则不给这项积分；如有疑问请联系总部")
    posted = points if room is None else min(points, room)
    return Bonus(kind=kind, points=posted, source=source, withheld=points - posted)


def _is_given(past: Iterable[PastBonus], kind: BonusKind, source: str) -> bool:
    return any((bonus.kind, bonus.source) == (kind, source) for bonus in past)


def _room(past: Iterable[PastBonus], kind: BonusKind, on: date, limit: int) -> tuple[int, int]:
    """Points that the limit leaves in the calendar month of ``on``, and those given in it."""
    month = (on.year, on.month)
    given = sum(bonus.points for bonus in past if bonus.kind == kind and (bonus.on.year, bonus.on.month) == month)
    return max(0, limit - given), given


def _next_month(on: date) -> str:
    return plus_days(month_end(on), 1).isoformat()
