"""Points that a sale earns (消费积分), and the tier that it leads to (docs/programme §2, §4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pos_member.domain.labels import category_label, tier_label
from pos_member.domain.money import yuan
from pos_member.domain.product import Category
from pos_member.domain.quote import MemberStanding, PointsPart, TraceStep
from pos_member.domain.rates import decimal_text, ratio_text
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.tier import Tier, TierFigures, evaluate


@dataclass(frozen=True, slots=True, kw_only=True)
class Accrual:
    """What a sale earns, in parts none of which is 0, the tier from the next sale on, and how both came about."""

    parts: tuple[PointsPart, ...]
    tier_after: Tier
    trace: tuple[TraceStep, ...]

    @property
    def points(self) -> int:
        """All that is earned."""
        return sum(part.points for part in self.parts)


def accrue(
    member: MemberStanding, on: date, earning: Sequence[tuple[Category, int]], payable_fen: int, ruleset: Ruleset
) -> Accrual:
    """What a member earns by a sale on a business date; ``earning`` is each line's category and earning fen."""
    after, figures = _tier_after(member, payable_fen, ruleset)
    steps = _purchase(member, on, earning, ruleset)
    if _earns_birthday(member, on) and any(fen for _, fen in earning):
        why = f"{on.year} 年生日月的第一笔消费，每年一次"
        steps.append(TraceStep(rule="birthday", line=None, points=ruleset.accrual.birthday_points, why=why))
    if after.rank > _highest_rewarded(member, on, ruleset):
        spent, days = yuan(figures.spend_fen), ruleset.tier_window.days
        why = f"近 {days} 天消费 {spent}、到店 {figures.visits} 天，由{tier_label(member.tier)}升为{tier_label(after)}"
        steps.append(TraceStep(rule="upgrade", line=None, points=ruleset.accrual.upgrade_points, why=why))
    earned = [step for step in steps if step.points]
    parts = tuple(PointsPart(kind=step.rule, points=step.points or 0) for step in earned)
    return Accrual(parts=parts, tier_after=after, trace=tuple(earned))


def is_birthday_month(birthday: date | None, on: date) -> bool:
    """Whether the business date falls in the month of birth; one born on 29 February has it in February."""
    return birthday is not None and birthday.month == on.month


def _earns_birthday(member: MemberStanding, on: date) -> bool:
    return is_birthday_month(member.birthday, on) and on.year not in member.birthday_bonus_years


def _purchase(
    member: MemberStanding, on: date, earning: Sequence[tuple[Category, int]], ruleset: Ruleset
) -> list[TraceStep]:
    """The parts of the purchase entry, each by cumulative floor, so that they sum to what is posted."""
    numerator, denominator, why = _base(earning, ruleset)
    floor = numerator // denominator
    why = f"{why} = {ratio_text(numerator, denominator)}，取整 {floor}"
    steps = [TraceStep(rule="purchase", line=None, points=floor, why=why)]
    rule = ruleset.accrual
    rates = [("tier_bonus", ruleset.tiers[member.tier].multiplier, tier_label(member.tier))]
    if member.tier in rule.birthday_multiplier_tiers and is_birthday_month(member.birthday, on):
        rates.append(("birthday_multiplier", rule.birthday_multiplier, "生日月"))
    if on.day == rule.member_day and member.tier.rank >= rule.member_day_from_tier.rank:
        rates.append(("member_day", rule.member_day_rate, f"{on.day} 日会员日"))
    for kind, rate, name in rates:
        if rate == 1:
            continue
        before, before_text = floor, ratio_text(numerator, denominator)
        numerator, denominator = numerator * rate.numerator, denominator * rate.denominator
        floor = numerator // denominator
        product = f"{before_text} × {decimal_text(rate)}（{name}）= {ratio_text(numerator, denominator)}"
        why = f"{product}，取整 {floor}，减去已计 {before}"
        steps.append(TraceStep(rule=kind, line=None, points=floor - before, why=why))
    return steps


def _base(earning: Sequence[tuple[Category, int]], ruleset: Ruleset) -> tuple[int, int, str]:
    """Σ earning yuan × points per yuan as an exact ratio, and how it is written."""
    by_category: dict[Category, int] = {}
    for category, fen in earning:
        if fen:
            by_category[category] = by_category.get(category, 0) + fen
    numerator, denominator = 0, 100
    terms = []
    for category, fen in by_category.items():
        rate = ruleset.categories[category].points_per_yuan
        above, below = rate.as_integer_ratio()
        numerator = numerator * below + fen * above * (denominator // 100)
        denominator *= below
        terms.append(f"{category_label(category)} {yuan(fen)} × {decimal_text(rate)}")
    return numerator, denominator, " + ".join(terms)


def _tier_after(member: MemberStanding, payable_fen: int, ruleset: Ruleset) -> tuple[Tier, TierFigures]:
    """The tier with this sale counted, never below the one before, and the figures it rests on."""
    is_visit = payable_fen >= ruleset.tier_window.visit_min_fen and not member.visited_today
    figures = TierFigures(
        spend_fen=member.spend_365_fen + payable_fen,
        visits=member.visits_365 + is_visit,
        recency_days=0 if payable_fen > 0 else None,
    )
    return max(member.tier, evaluate(figures, ruleset), key=lambda tier: tier.rank), figures


def _highest_rewarded(member: MemberStanding, on: date, ruleset: Ruleset) -> int:
    """The rank that an upgrade has to be above to be rewarded: today's tier, and those rewarded within the window."""
    first = on - timedelta(days=ruleset.accrual.upgrade_window_days - 1)
    ranks = [bonus.tier.rank for bonus in member.upgrade_bonuses if first <= bonus.on <= on]
    return max(member.tier.rank, *ranks) if ranks else member.tier.rank
