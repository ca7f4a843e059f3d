"""What the cashier is told when a card is scanned: the most valuable prompts (提示) first (docs/programme §9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pos_member.domain.accrual import is_birthday_month
from pos_member.domain.labels import tier_label
from pos_member.domain.ledger import expiring
from pos_member.domain.member import MemberState
from pos_member.domain.money import yuan
from pos_member.domain.quote import MemberStanding
from pos_member.domain.rates import decimal_text
from pos_member.domain.ruleset import Requires, Ruleset
from pos_member.domain.tier import Tier


class PromptKind(StrEnum):
    """What a prompt is about."""

    EXPIRING = "expiring"
    NEXT_TIER = "next_tier"
    BIRTHDAY = "birthday"
    FIRST_PURCHASE = "first_purchase"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A prompt: its kind and the sentence as a template with gaps (see :class:`pos_member.domain.errors.Spoken`)."""

    kind: PromptKind
    template: str
    gaps: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class TierProgress:
    """The way to the next tier by spending: ``missing_fen`` more, having done ``spent_fen`` of ``needed_fen``.

    ``missing_visits`` are the days with a purchase that it takes besides, today's included if it is none yet.
    """

    tier: Tier
    missing_fen: int
    spent_fen: int
    needed_fen: int
    missing_visits: int = 0


def next_tier(standing: MemberStanding, ruleset: Ruleset) -> TierProgress | None:
    """The lowest tier above the member's that spending leads to; None at the top."""
    for tier in Tier:
        rule = ruleset.tiers[tier]
        if tier.rank <= standing.tier.rank or rule.spend_fen is None:
            continue
        missing_visits = 0
        if rule.requires is Requires.ALL and rule.visits is not None:
            missing_visits = max(0, rule.visits - standing.visits_365)
        return TierProgress(
            tier=tier,
            missing_fen=max(0, rule.spend_fen - standing.spend_365_fen),
            spent_fen=standing.spend_365_fen,
            needed_fen=rule.spend_fen,
            missing_visits=missing_visits,
        )
    return None


def prompts(standing: MemberStanding, state: MemberState, on: date, ruleset: Ruleset) -> tuple[Prompt, ...]:
    """What to tell of a member, at most as many as the ruleset wants. Gaps are words, points, yuan, or rates paid."""
    candidates = (
        _expiring(standing, on, ruleset),
        _next_tier(standing, ruleset),
        _birthday(standing, state, on, ruleset),
        _first_purchase(standing, ruleset),
    )
    return tuple(prompt for prompt in candidates if prompt is not None)[: ruleset.prompts.most]


def _expiring(standing: MemberStanding, on: date, ruleset: Ruleset) -> Prompt | None:
    lots = expiring(standing.lots, on, ruleset.ledger.expiring_days)
    if not lots:
        return None
    points = sum(lot.points for lot in lots)
    rule = ruleset.deduction
    steps = points - points % rule.step
    gaps: dict[str, object] = {"points": f"{points:,}", "by": f"{lots[0].expires_on:%m-%d}"}
    if steps < rule.minimum:
        return Prompt(kind=PromptKind.EXPIRING, template="{points} 分 {by} 起到期", gaps=gaps)
    gaps["worth"] = yuan(rule.worth_fen(steps))
    return Prompt(kind=PromptKind.EXPIRING, template="{points} 分 {by} 起到期，可抵 {worth}", gaps=gaps)


def _next_tier(standing: MemberStanding, ruleset: Ruleset) -> Prompt | None:
    way = next_tier(standing, ruleset)
    if way is None:
        return None
    rule = ruleset.tiers[way.tier]
    gaps: dict[str, object] = {"tier": tier_label(way.tier), "discount": rule.discount}
    wanted = rule.visits if rule.requires is Requires.ANY else None
    if wanted is not None and not standing.visited_today and standing.visits_365 + 1 >= wanted:
        gaps["least"] = yuan(min(way.missing_fen, ruleset.tier_window.visit_min_fen))
        return Prompt(kind=PromptKind.NEXT_TIER, template="本次消费满 {least} 升{tier}（{discount}）", gaps=gaps)
    gaps["missing"] = yuan(way.missing_fen)
    today = 0 if standing.visited_today else 1
    missing_visits = way.missing_visits if way.missing_visits > today else 0
    template = {
        (True, True): "再消费 {missing}、到店 {visits} 天升{tier}（{discount}）",
        (True, False): "再消费 {missing} 升{tier}（{discount}）",
        (False, True): "再到店 {visits} 天升{tier}（{discount}）",
        (False, False): "本单完成后升{tier}（{discount}）",
    }[way.missing_fen > 0, missing_visits > 0]
    if missing_visits:
        gaps["visits"] = missing_visits
    return Prompt(kind=PromptKind.NEXT_TIER, template=template, gaps=gaps)


def _birthday(standing: MemberStanding, state: MemberState, on: date, ruleset: Ruleset) -> Prompt | None:
    if not is_birthday_month(state.member.birthday, on):
        return None
    rule = ruleset.accrual
    extra = 0 if on.year in standing.birthday_bonus_years else rule.birthday_points
    doubled = standing.tier in rule.birthday_multiplier_tiers
    gaps: dict[str, object] = {}
    if extra:
        gaps["points"] = extra
    if doubled:
        gaps["times"] = decimal_text(rule.birthday_multiplier)
    template = {
        (True, True): "本月生日：本单送 {points} 分，消费积分 ×{times}",
        (True, False): "本月生日：本单送 {points} 分",
        (False, True): "本月生日：消费积分 ×{times}",
        (False, False): "本月生日，祝生日快乐",
    }[extra > 0, doubled]
    return Prompt(kind=PromptKind.BIRTHDAY, template=template, gaps=gaps)


def _first_purchase(standing: MemberStanding, ruleset: Ruleset) -> Prompt | None:
    if standing.completed_sales:
        return None
    return Prompt(kind=PromptKind.FIRST_PURCHASE, template="首单 {rate}", gaps={"rate": ruleset.first_purchase_rate})
