"""A settled sale as rows of ``terminal.db`` and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select

from pos_member.app.codec import from_text, to_text
from pos_member.domain.clock import instant_text
from pos_member.domain.errors import InvariantViolation
from pos_member.domain.sale import Sale
from pos_member.storage.terminal_schema import events, ledger_entries, sale_lines, sales, tenders

_INSERT_SALE = insert(sales)
_INSERT_LINE = insert(sale_lines)
_INSERT_TENDER = insert(tenders)
_INSERT_ENTRY = insert(ledger_entries)
_BY_ID = select(sales.c.document).where(sales.c.id == bindparam("sale"))
_LAST = select(sales.c.document).order_by(sales.c.number.desc()).limit(1)
_OF_MEMBER = (
    select(sales.c.id, events.c.terminal_id, events.c.epoch, events.c.seq)
    .join(events, (events.c.subject_id == sales.c.id) & (events.c.kind == "sale"))
    .where(sales.c.member_id == bindparam("member"))
    .order_by(sales.c.number)
)
_REDEEMED = select(func.coalesce(-func.sum(ledger_entries.c.points), 0)).where(
    ledger_entries.c.member_id == bindparam("member"),
    ledger_entries.c.business_date == bindparam("on"),
    ledger_entries.c.kind == "redemption",
)


def write_sale(connection: Connection, sale: Sale) -> None:
    """Writes a sale with its lines, tenders and ledger entries.

    ``InvariantViolation`` when its parts do not fit together: a line without its product, a tender too little, an entry
    of somebody else.
    """
    _require_whole(sale)
    connection.execute(_INSERT_SALE, _sale_params(sale))
    connection.execute(_INSERT_LINE, _line_params(sale))
    if sale.tenders:
        connection.execute(
            _INSERT_TENDER,
            [
                {"sale_id": sale.id, "position": position, "kind": tender.kind.value, "fen": tender.fen}
                for position, tender in enumerate(sale.tenders)
            ],
        )
    if sale.entries:
        connection.execute(_INSERT_ENTRY, _entry_params(sale))


def read_sale(connection: Connection, sale_id: str) -> Sale | None:
    """The sale of an id, exactly as it was settled."""
    document = connection.execute(_BY_ID, {"sale": sale_id}).scalar_one_or_none()
    return None if document is None else from_text(Sale, document)


def read_last_sale(connection: Connection) -> Sale | None:
    """The sale that was settled last."""
    document = connection.execute(_LAST).scalar_one_or_none()
    return None if document is None else from_text(Sale, document)


def read_sales_not_applied(connection: Connection, member_id: str, applied: Mapping[str, int]) -> tuple[Sale, ...]:
    """A member's sales whose events are beyond what ``applied`` ("terminal:epoch" → seq) says, oldest first."""
    own = [
        row.id
        for row in connection.execute(_OF_MEMBER, {"member": member_id})
        if row.seq > applied.get(f"{row.terminal_id}:{row.epoch}", 0)
    ]
    return tuple(from_text(Sale, connection.execute(_BY_ID, {"sale": sale_id}).scalar_one()) for sale_id in own)


def read_points_redeemed(connection: Connection, member_id: str, on: date) -> int:
    """Points that sales here took from a member on a business date."""
    taken = connection.execute(_REDEEMED, {"member": member_id, "on": on.isoformat()}).scalar_one()
    return max(0, int(taken))


def _require_whole(sale: Sale) -> None:
    quote = sale.quote
    if [product.sku for product in sale.products] != [line.sku for line in quote.lines] or not quote.lines:
        raise InvariantViolation(f"sale {sale.id}: products and lines differ")
    paid = sum(tender.fen for tender in sale.tenders)
    if paid - quote.change_fen != quote.payable_fen:
        raise InvariantViolation(f"sale {sale.id}: tenders less change are not what is payable")
    if any(entry.member_id != sale.member_id or entry.source != sale.id for entry in sale.entries):
        raise InvariantViolation(f"sale {sale.id}: a ledger entry of another sale or member")


def _sale_params(sale: Sale) -> dict[str, Any]:
    return {
        "id": sale.id,
        "receipt_no": sale.receipt_no,
        "store_id": sale.store_id,
        "terminal_id": sale.terminal_id,
        "cashier_id": sale.cashier_id,
        "pharmacist_id": sale.pharmacist_id,
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


def _line_params(sale: Sale) -> list[dict[str, Any]]:
    return [
        {
            "sale_id": sale.id,
            "line": number,
            "sku": line.sku,
            "name": product.name,
            "specification": product.specification,
            "unit": product.unit,
            "category": line.category.value,
            "quantity_milli": line.quantity.milli,
            "unit_price_fen": line.unit_price_fen,
            "gross_fen": line.gross_fen,
            "offer_id": None if line.offer is None else line.offer.id,
            "offer_reduction_fen": 0 if line.offer is None else line.offer.reduction_fen,
            "points_redeemed": line.points_redeemed,
            "points_reduction_fen": line.points_reduction_fen,
            "net_fen": line.net_fen,
            "earning_fen": line.earning_fen,
        }
        for number, (line, product) in enumerate(zip(sale.quote.lines, sale.products, strict=True))
    ]


def _entry_params(sale: Sale) -> list[dict[str, Any]]:
    return [
        {
            "id": entry.id,
            "sale_id": sale.id,
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
        for entry in sale.entries
    ]
