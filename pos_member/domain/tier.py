"""Tiers (等级) and the purchase history that earns them (docs/programme §2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from pos_member.domain.calendar_days import plus_days

if TYPE_CHECKING:
    from pos_member.domain.ruleset import Ruleset, TierRule


class Tier(StrEnum):
    """The four tiers; :attr:`rank` orders them."""

    BASIC = "basic"
    SILVER = "silver"
    GOLD = "gold"
    DIAMOND = "diamond"

    @property
    def rank(self) -> int:
        """0 for basic up to 3 for diamond."""
        return _RANK[self]


_RANK = {tier: rank for rank, tier in enumerate(Tier)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """One completed sale of a member as the tier sees it: business date and net paid after returns, in fen."""

    sale_id: str
    on: date
    net_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UpgradeBonus:
    """An upgrade bonus that was posted: for which tier, on which business date."""

    tier: Tier
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TierFigures:
    """The rolling 365 days: fen spent, days that count as visits, days since the last purchase (None without one)."""

    spend_fen: int
    visits: int
    recency_days: int | None


def figures(purchases: Iterable[Purchase], on: date, window_days: int, visit_min_fen: int) -> TierFigures:
    """What counts towards the tier on a business date: that day and the ``window_days`` − 1 before it."""
    first = plus_days(on, 1 - window_days)
    spend = 0
    visits: set[date] = set()
    last: date | None = None
    for purchase in purchases:
        if not first <= purchase.on <= on:
            continue
        spend += purchase.net_fen
        if purchase.net_fen >= visit_min_fen:
            visits.add(purchase.on)
        if purchase.net_fen > 0 and (last is None or purchase.on > last):
            last = purchase.on
    return TierFigures(spend_fen=spend, visits=len(visits), recency_days=None if last is None else (on - last).days)


def evaluate(figures: TierFigures, ruleset: Ruleset) -> Tier:
    """The highest tier whose conditions the figures meet."""
    return _highest(figures, ruleset, 0)


def review(figures: TierFigures, ruleset: Ruleset) -> Tier:
    """The tier that the monthly review leaves a member in; the one place where a tier may fall.

    ``figures`` are those of the review's day, returns taken off. A recency that a tier asks for may be as long as the
    review allows, so that a purchase on the first day of a long month still counts at the next review.
    """
    return _highest(figures, ruleset, ruleset.tier_window.review_recency_days)


def latest_review(on: date, ruleset: Ruleset) -> date:
    """The day of the last monthly review on or before a business date."""
    day = ruleset.tier_window.review_day
    if on.day >= day:
        return on.replace(day=day)
    return plus_days(on.replace(day=1), -1).replace(day=day)


def _highest(figures: TierFigures, ruleset: Ruleset, lenient_days: int) -> Tier:
    for tier in reversed(Tier):
        if _holds(ruleset.tiers[tier], figures, lenient_days):
            return tier
    return Tier.BASIC


def _holds(rule: TierRule, figures: TierFigures, lenient_days: int) -> bool:
    tests = []
    if rule.spend_fen is not None:
        tests.append(figures.spend_fen >= rule.spend_fen)
    if rule.visits is not None:
        tests.append(figures.visits >= rule.visits)
    if rule.recency_days is not None:
        most = max(rule.recency_days, lenient_days)
        tests.append(figures.recency_days is not None and figures.recency_days <= most)
    return all(tests) if rule.requires == "all" else any(tests)
