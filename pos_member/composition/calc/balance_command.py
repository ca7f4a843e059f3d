"""``calc balance``: ledger entries folded to a balance."""

from __future__ import annotations

from pos_member.composition.calc import fields
from pos_member.composition.calc.fields import Table
from pos_member.domain.ledger import LedgerEntry, expiring, fold, with_expiry
from pos_member.domain.ruleset import Ruleset


def balance_command(given: Table, ruleset: Ruleset) -> dict[str, object]:
    """The balance and its lots in points. ``Malformed`` names a field."""
    on = fields.moment(given, "at").date()
    rule = ruleset.ledger
    entries = [with_expiry(entry, rule.expiry_months) for entry in fields.each(given, "entries", _entry)]
    fields.finish(given)
    balance = fold(entries, on)
    return {
        "balance": balance.total,
        "available": max(balance.total, 0),
        "debt": balance.debt,
        "expired": balance.expired,
        "expiring_30_days": sum(lot.points for lot in expiring(balance.lots, on, rule.expiring_days)),
        "lots": [
            {"id": lot.entry_id, "points": lot.points, "expires_on": lot.expires_on.isoformat()} for lot in balance.lots
        ],
    }


def _entry(left: Table) -> LedgerEntry:
    entry = LedgerEntry(
        id=fields.text(left, "id"),
        occurred_at=fields.moment(left, "occurred_at"),
        business_date=fields.day(left, "business_date"),
        points=fields.signed(left, "points"),
        expires_on=fields.day(left, "expires_on") if "expires_on" in left else None,
        of=fields.text(left, "of") if "of" in left else None,
        member_id="",
        kind="",
        store_id="",
        terminal_id="",
        source="",
        ruleset="",
    )
    fields.finish(left)
    return entry
