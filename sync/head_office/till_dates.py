"""A till's clock alone makes no points lapse (docs/sync.md, "Posting"): what it dates ahead is posted under today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from pos_member.domain.fact import Fact
from pos_member.domain.ledger import LedgerEntry, expiry_of
from pos_member.domain.postings import REDEMPTION_REVERSAL
from pos_member.domain.redeeming import VOID
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.sale import Sale

R = TypeVar("R", bound=Sale | Fact)

_AHEAD = timedelta(days=1)
"""A shop further east may be in tomorrow already."""
_COME_BACK = frozenset({REDEMPTION_REVERSAL, VOID})
"""Points that come back have the last day of the lot they were eaten from, not one of their own."""


def held_to(today: date, record: R, ruleset_of: Callable[[str], Ruleset | None]) -> R:
    """The record as it is posted: itself, or under head office's date when the till's is more than a day ahead.

    Points it gives last as long as if they were earned today; under an unknown ruleset until the day the till said.
    """
    if record.business_date <= today + _AHEAD:
        return record
    entries = tuple(_held_entry(entry, today, ruleset_of(entry.ruleset)) for entry in record.entries)
    return replace(record, business_date=today, entries=entries)


def _held_entry(entry: LedgerEntry, today: date, ruleset: Ruleset | None) -> LedgerEntry:
    expires_on = entry.expires_on
    if expires_on is not None and ruleset is not None and entry.kind not in _COME_BACK:
        expires_on = expiry_of(today, ruleset.ledger.expiry_months)
    return replace(entry, business_date=today, expires_on=expires_on)
