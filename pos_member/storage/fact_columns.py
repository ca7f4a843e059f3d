"""A sale and a ledger entry as the columns that a till and head office both keep of them, and back."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Row

from pos_member.app.codec import to_text
from pos_member.domain.clock import instant_text, parse_instant
from pos_member.domain.ledger import LedgerEntry
from pos_member.domain.sale import Sale


def sale_columns(sale: Sale) -> dict[str, Any]:
    """A sale: what is searched and summed by, and the whole of it as JSON, the exact way back."""
    return {
        "id": sale.id,
        "receipt_no": sale.receipt_no,
        "store_id": sale.store_id,
        "terminal_id": sale.terminal_id,
        "member_id": sale.member_id,
        "at": instant_text(sale.at),
        "business_date": sale.business_date.isoformat(),
        "gross_fen": sale.quote.gross_fen,
        "payable_fen": sale.quote.payable_fen,
        "points_redeemed": sale.quote.points_redeemed,
        "points_earned": sale.quote.points_earned,
        "ruleset": sale.quote.ruleset,
        "document": to_text(sale),
    }


def entry_columns(entry: LedgerEntry) -> dict[str, Any]:
    """A ledger entry."""
    return {
        "id": entry.id,
        "member_id": entry.member_id,
        "kind": entry.kind,
        "points": entry.points,
        "occurred_at": instant_text(entry.occurred_at),
        "business_date": entry.business_date.isoformat(),
        "store_id": entry.store_id,
        "terminal_id": entry.terminal_id,
        "source": entry.source,
        "ruleset": entry.ruleset,
        "expires_on": None if entry.expires_on is None else entry.expires_on.isoformat(),
        "of": entry.of,
    }


def entry_of(row: Row[Any]) -> LedgerEntry:
    """The ledger entry in a row of these columns."""
    return LedgerEntry(
        id=row.id,
        member_id=row.member_id,
        kind=row.kind,
        points=row.points,
        occurred_at=parse_instant(row.occurred_at),
        business_date=date.fromisoformat(row.business_date),
        store_id=row.store_id,
        terminal_id=row.terminal_id,
        source=row.source,
        ruleset=row.ruleset,
        expires_on=None if row.expires_on is None else date.fromisoformat(row.expires_on),
        of=row.of,
    )
