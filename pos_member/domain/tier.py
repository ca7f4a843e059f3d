"""Tiers (等级) and the purchase history that earns them (programme.md §2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Tier(StrEnum):
    """The four tiers; :attr:`rank` orders them."""

    BASIC = "basic"
    SILVER = "silver"
    GOLD = "gold"
    DIAMOND = "diamond"

    @property
    def rank(self) -> int:
        """0 for basic up to 3 for diamond."""
        return tuple(Tier).index(self)


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
