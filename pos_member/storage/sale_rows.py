"""A settled sale as rows of ``terminal.db`` and back."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select

from pos_member.app.codec import from_text
from pos_member.domain.errors import InvariantViolation
from pos_member.domain.postings import SPENDING
from pos_member.domain.sale import Sale
from pos_member.storage.fact_columns import entry_columns, sale_columns
from pos_member.storage.prepared import Prepared, words
from pos_member.storage.terminal_schema import (
    ledger_entries,
    sale_lines,
    sale_prescriptions,
    sales,
    tenders,
)

_INSERT_SALE = Prepared(insert(sales))
_INSERT_LINE = Prepared(insert(sale_lines))
_INSERT_TENDER = Prepared(insert(tenders))
_INSERT_ENTRY = Prepared(insert(ledger_entries))
_INSERT_PRESCRIPTION = Prepared(insert(sale_prescriptions))
_BY_ID = Prepared(select(sales.c.document).where(sales.c.id == bindparam("sale")))
_LAST = Prepared(select(sales.c.document).order_by(sales.c.number.desc()).limit(1))
_BY_RECEIPT = Prepared(select(sales.c.document).where(sales.c.receipt_no == bindparam("receipt")))
_OF_COUPON = Prepared(select(sales.c.id).where(sales.c.coupon == bindparam("code")))
_OF_PRESCRIPTION = Prepared(
    select(sale_prescriptions.c.sale_id).where(sale_prescriptions.c.prescription_id == bindparam("prescription"))
)
_REDEEMED = Prepared(
    select(func.coalesce(-func.sum(ledger_entries.c.points), 0)).where(
        ledger_entries.c.member_id == bindparam("member"),
        ledger_entries.c.business_date == bindparam("on"),
        ledger_entries.c.kind.in_(words(SPENDING)),
    )
)


def write_sale(connection: Connection, sale: Sale) -> None:
    """Writes a sale with its lines, tenders and ledger entries.

    ``InvariantViolation`` when its parts do not fit together: a line without its product, a tender too little, an entry
    of somebody else.
    """
    _require_whole(sale)
    staff = {"cashier_id": sale.cashier_id, "pharmacist_id": sale.pharmacist_id}
    coupon = None if sale.coupon_id is None else sale.coupon_id.upper()
    row = {"number": None, **sale_columns(sale), **staff, "shift_id": sale.shift_id, "coupon": coupon}
    _INSERT_SALE.run(connection, row)
    _INSERT_LINE.run_many(connection, _line_params(sale))
    if sale.tenders:
        _INSERT_TENDER.run_many(
            connection,
            [
                {"sale_id": sale.id, "position": position, "kind": tender.kind.value, "fen": tender.fen}
                for position, tender in enumerate(sale.tenders)
            ],
        )
    if sale.prescription_ids:
        used = [{"prescription_id": each, "sale_id": sale.id} for each in sale.prescription_ids]
        _INSERT_PRESCRIPTION.run_many(connection, used)
    if sale.entries:
        _INSERT_ENTRY.run_many(connection, [{**entry_columns(entry), "sale_id": sale.id} for entry in sale.entries])


def read_sale(connection: Connection, sale_id: str) -> Sale | None:
    """The sale of an id, exactly as it was settled."""
    document = _BY_ID.value(connection, {"sale": sale_id})
    return None if document is None else from_text(Sale, document)


def read_last_sale(connection: Connection) -> Sale | None:
    """The sale that was settled last."""
    document = _LAST.value(connection)
    return None if document is None else from_text(Sale, document)


def read_sale_by_receipt(connection: Connection, receipt_no: str) -> Sale | None:
    """The sale with this number on its receipt."""
    document = _BY_RECEIPT.value(connection, {"receipt": receipt_no})
    return None if document is None else from_text(Sale, document)


def read_sale_of_coupon(connection: Connection, code: str) -> str | None:
    """The sale that used a coupon (case-insensitive)."""
    sale_id: str | None = _OF_COUPON.value(connection, {"code": code.upper()})
    return sale_id


def read_sale_of_prescription(connection: Connection, prescription_id: str) -> str | None:
    """The sale that used a prescription."""
    sale_id: str | None = _OF_PRESCRIPTION.value(connection, {"prescription": prescription_id})
    return sale_id


def read_points_redeemed(connection: Connection, member_id: str, on: date) -> int:
    """Points that sales here took from a member on a business date."""
    taken = _REDEEMED.value(connection, {"member": member_id, "on": on.isoformat()})
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
            "order_reduction_fen": line.order_reduction_fen,
            "rounding_fen": line.rounding_fen,
            "insured_fen": line.insured_fen,
        }
        for number, (line, product) in enumerate(zip(sale.quote.lines, sale.products, strict=True))
    ]
