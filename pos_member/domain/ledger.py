"""The points ledger (积分流水): append-only entries folded to lots and a balance (programme.md §6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One movement of points. ``points`` is signed and never 0; what adds carries the last day it can be spent.

    ``of`` names the entry that a taking entry reverses. ``source`` is the sale, activity or person behind it.
    """

    id: str
    member_id: str
    kind: str
    points: int
    occurred_at: datetime
    business_date: date
    store_id: str
    terminal_id: str
    source: str
    ruleset: str
    expires_on: date | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """Points still unspent out of one adding entry, whose id it bears."""

    entry_id: str
    points: int
    earned_on: date
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What a set of entries folds to: open lots, first to expire first, or a debt; never both."""

    lots: tuple[Lot, ...]
    debt: int
    expired: int

    @property
    def available(self) -> int:
        """Points a member may spend."""
        return sum(lot.points for lot in self.lots)

    @property
    def total(self) -> int:
        """The balance, negative while there is debt."""
        return self.available - self.debt
