"""The sales of a shift summed by their columns: what a thousand sales came to, without reading one of them."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, func, select

from pos_member.domain.shift_totals import SoldInShift
from pos_member.domain.tender import Tender, TenderKind
from pos_member.storage.terminal_schema import sales, tenders

_IN_SHIFT = sales.c.shift_id == bindparam("shift")
_SUMS = select(
    func.count().label("sales"),
    func.coalesce(func.sum(sales.c.gross_fen), 0).label("gross_fen"),
    func.coalesce(func.sum(sales.c.payable_fen), 0).label("payable_fen"),
    func.coalesce(func.sum(sales.c.points_earned), 0).label("points_earned"),
    func.coalesce(func.sum(sales.c.points_redeemed), 0).label("points_redeemed"),
).where(_IN_SHIFT)
_TENDERS = (
    select(tenders.c.kind, func.sum(tenders.c.fen).label("fen"))
    .join(sales, sales.c.id == tenders.c.sale_id)
    .where(_IN_SHIFT)
    .group_by(tenders.c.kind)
)
_FIRST = select(sales.c.receipt_no).where(_IN_SHIFT).order_by(sales.c.number).limit(1)
_LAST = select(sales.c.receipt_no).where(_IN_SHIFT).order_by(sales.c.number.desc()).limit(1)


def read_sold_in_shift(connection: Connection, shift_id: str) -> SoldInShift:
    """What the sales of a shift come to."""
    asked = {"shift": shift_id}
    sums = connection.execute(_SUMS, asked).one()
    return SoldInShift(
        sales=sums.sales,
        gross_fen=sums.gross_fen,
        payable_fen=sums.payable_fen,
        tenders=tuple(Tender(kind=TenderKind(row.kind), fen=row.fen) for row in connection.execute(_TENDERS, asked)),
        points_earned=sums.points_earned,
        points_redeemed=sums.points_redeemed,
        first_receipt_no=connection.execute(_FIRST, asked).scalar_one_or_none(),
        last_receipt_no=connection.execute(_LAST, asked).scalar_one_or_none(),
    )
