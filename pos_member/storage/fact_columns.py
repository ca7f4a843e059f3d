"""A sale and a ledger entry as the columns that a till and head office both keep of them."""

from __future__ import annotations

from typing import Any

from pos_member.app.codec import to_text
from pos_member.domain.clock import instant_text
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
