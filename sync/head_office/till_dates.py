"""A till's clock alone makes no points lapse (docs/sync.md, "Posting"): what it dates ahead is posted under today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from pos_member.domain.ledger import LedgerEntry, expiry_of
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.sale import Sale

_AHEAD = timedelta(days=1)
"""A shop further east may be in tomorrow already."""


def held_to(today: date, sale: Sale, ruleset: Ruleset | None) -> Sale:
    """The sale as it is posted: itself, or under head office's date when the till's is more than a day ahead.

    Points it adds last as long as if they were earned today; under an unknown ruleset until the day the till said.
    """
    if sale.business_date <= today + _AHEAD:
        return sale
    entries = tuple(_held_entry(entry, today, ruleset) for entry in sale.entries)
    return replace(sale, business_date=today, entries=entries)


def _held_entry(entry: LedgerEntry, today: date, ruleset: Ruleset | None) -> LedgerEntry:
    expires_on = entry.expires_on
    if expires_on is not None and ruleset is not None:
        expires_on = expiry_of(today, ruleset.ledger.expiry_months)
    return replace(entry, business_date=today, expires_on=expires_on)
