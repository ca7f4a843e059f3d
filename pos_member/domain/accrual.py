"""Points that a sale earns (消费积分), and the tier that it leads to (docs/programme §2, §4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pos_member.domain.calendar_days import plus_days
from pos_member.domain.product import Category
from pos_member.domain.quote import MemberStanding, Multiplier, PointsPart
from pos_member.domain.rates import decimal_text
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.tier import Tier, TierFigures, evaluate


@dataclass(frozen=True, slots=True, kw_only=True)
class Accrual:
    """What a sale earns, in parts none of which is 0, by which multipliers; the tier from the next sale on and why."""

    parts: tuple[PointsPart, ...]
    multipliers: tuple[Multiplier, ...]
    tier_after: Tier
    figures: TierFigures

    @property
    def points(self) -> int:
        """All that is earned."""
        return sum(part.points for part in self.parts)


def accrue(
    member: MemberStanding,
    on: date,
    earning: Sequence[tuple[Category, int]],
    payable_fen: int,
    ruleset: Ruleset,
) -> Accrual:
    """What a member earns by a sale on a business date; ``earning`` is each line's category and earning fen."""
    rates = _rates(member, on, ruleset)
    parts = []
    if any(fen for _, fen in earning):
        parts = purchase_parts(earning, rates, ruleset)
        if is_birthday_month(member.birthday, on) and on.year not in member.birthday_bonus_years:
            parts.append(("birthday", ruleset.accrual.birthday_points))
    after, figures = _tier_after(member, payable_fen, ruleset)
    if after.rank > _highest_rewarded(member, on, ruleset):
        parts.append(("upgrade", ruleset.accrual.upgrade_points))
    return Accrual(
        parts=tuple([PointsPart(kind=kind, points=points) for kind, points in parts if points]),
        multipliers=tuple([Multiplier(kind=kind, rate=decimal_text(rate)) for kind, rate in rates]),
        tier_after=after,
        figures=figures,
    )


def purchase_points(
    earning: Iterable[tuple[Category, int]], multipliers: Sequence[Multiplier], ruleset: Ruleset
) -> int:
    """⌊S3⌋: all that goods earn, by category and earning fen, with their sale's multipliers (docs/programme §4)."""
    rates = [(multiplier.kind, Fraction(multiplier.rate)) for multiplier in multipliers]
    return sum(points for _, points in purchase_parts(earning, rates, ruleset))


def purchase_parts(
    earning: Iterable[tuple[Category, int]], rates: Iterable[tuple[str, Fraction]], ruleset: Ruleset
) -> list[tuple[str, int]]:
    """The parts of the purchase entry, each by cumulative floor, so that they sum to what is posted; 0 among them."""
    numerator, denominator = base_points(earning, ruleset)
    floor = numerator // denominator
    parts = [("purchase", floor)]
    for kind, rate in rates:
        above, below = rate.as_integer_ratio()
        numerator, denominator = numerator * above, denominator * below
        counted, floor = floor, numerator // denominator
        parts.append((kind, floor - counted))
    return parts


def base_points(earning: Iterable[tuple[Category, int]], ruleset: Ruleset) -> tuple[int, int]:
    """S0 as an exact ratio: Σ earning yuan × points per yuan."""
    categories = ruleset.categories
    numerator, denominator = 0, 100
    for category, fen in earning:
        if fen:
            above, below = categories[category].points_per_yuan.as_integer_ratio()
            numerator = numerator * below + fen * above * (denominator // 100)
            denominator *= below
    return numerator, denominator


def is_birthday_month(birthday: date | None, on: date) -> bool:
    """Whether the business date falls in the month of birth; one born on 29 February has it in February."""
    return birthday is not None and birthday.month == on.month


def _rates(member: MemberStanding, on: date, ruleset: Ruleset) -> list[tuple[str, Fraction]]:
    """What multiplies the points of this sale, in order; rates of 1 left out."""
    rule = ruleset.accrual
    rates = [("tier_bonus", ruleset.tiers[member.tier].multiplier)]
    if member.tier in rule.birthday_multiplier_tiers and is_birthday_month(member.birthday, on):
        rates.append(("birthday_multiplier", rule.birthday_multiplier))
    if on.day == rule.member_day and member.tier.rank >= rule.member_day_from_tier.rank:
        rates.append(("member_day", rule.member_day_rate))
    return [(kind, rate) for kind, rate in rates if rate != 1]


def _tier_after(member: MemberStanding, payable_fen: int, ruleset: Ruleset) -> tuple[Tier, TierFigures]:
    """The tier with this sale counted, never below the one before, and the figures it rests on."""
    is_visit = payable_fen >= ruleset.tier_window.visit_min_fen and not member.visited_today
    figures = TierFigures(
        spend_fen=member.spend_365_fen + payable_fen,
        visits=member.visits_365 + is_visit,
        recency_days=0 if payable_fen > 0 else None,
    )
    earned = evaluate(figures, ruleset)
    return earned if earned.rank > member.tier.rank else member.tier, figures


def _highest_rewarded(member: MemberStanding, on: date, ruleset: Ruleset) -> int:
    """The rank that an upgrade has to be above to be rewarded: today's tier, and those rewarded within the window."""
    if not member.upgrade_bonuses:
        return member.tier.rank
    first = plus_days(on, 1 - ruleset.accrual.upgrade_window_days)
    ranks = [bonus.tier.rank for bonus in member.upgrade_bonuses if first <= bonus.on <= on]
    return max(member.tier.rank, *ranks) if ranks else member.tier.rank
