"""A second, naive way to fold a member's ledger, written apart from the product's (docs/programme §6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Entry = dict[str, Any]


@dataclass(slots=True)
class OpenLot:
    """Points left of one entry; dates as ISO text."""

    entry_id: str
    points: int
    earned_on: str
    expires_on: str


def fold(lots: Iterable[OpenLot], debt: int, entries: Sequence[Entry], on: str) -> tuple[int, int]:
    """Points that can be spent on a date, and the debt, after all entries in the order (occurred_at, id)."""
    open_lots = [OpenLot(each.entry_id, each.points, each.earned_on, each.expires_on) for each in lots]
    for entry in sorted(entries, key=lambda each: (each["occurred_at"], each["id"])):
        open_lots = [each for each in open_lots if each.expires_on >= entry["business_date"] and each.points]
        if entry["points"] > 0:
            paid = min(debt, entry["points"])
            debt -= paid
            if entry["points"] > paid:
                left = entry["points"] - paid
                open_lots.append(OpenLot(entry["id"], left, entry["business_date"], entry["expires_on"]))
        else:
            debt += _take(open_lots, -entry["points"], entry["of"])
    return sum(each.points for each in open_lots if each.expires_on >= on), debt


def _take(open_lots: list[OpenLot], points: int, of: str | None) -> int:
    """Eats lots, the reversed entry's own first; what no lot had."""
    order = sorted(open_lots, key=lambda each: (each.expires_on, each.earned_on, each.entry_id))
    own = [each for each in order if each.entry_id == of]
    for each in [*own, *(lot for lot in order if lot.entry_id != of)]:
        taken = min(each.points, points)
        each.points -= taken
        points -= taken
    return points
