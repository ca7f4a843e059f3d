"""What the slips of the till drawer say: that of a shift that was closed (交班单), and of cash moved (现金单)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from pos_member.domain.labels import tender_label
from pos_member.domain.receipt import FeedRow, ReceiptDocument, Row, RuleRow, TextRow
from pos_member.domain.receipt_rows import head, money, pair, when_and_who
from pos_member.domain.shift import CashDirection, CashMovement, ShiftClosing, ShiftOpening, ShiftTotals
from pos_member.domain.staff import Staff, Store
from pos_member.domain.tender import Tender, TenderKind

_SIGNATURES: Final = "签字 ____________  复核 ____________"
_DIRECTIONS: Final = {CashDirection.IN: "现金存入", CashDirection.OUT: "现金取出"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawerPlace:
    """Where a slip is printed and whom it names."""

    store: Store
    terminal_name: str
    person: Staff | None


def direction_label(direction: CashDirection) -> str:
    """What it is called: 现金存入, 现金取出."""
    return _DIRECTIONS[direction]


def closing_slip(
    closing: ShiftClosing, opening: ShiftOpening, place: DrawerPlace, opened_by: Staff | None
) -> ReceiptDocument:
    """The slip of a closed shift: sales, returns, tenders, and the cash counted beside what should be there."""
    totals = closing.totals
    rows: list[Row] = [
        *head(place.store, f"交班单 第 {closing.number} 班"),
        RuleRow(),
        *_opened(opening, place.store, opened_by),
        *when_and_who(closing.at, closing.business_date, place.store, place.terminal_name, place.person),
        RuleRow(),
        *_trade(totals),
        RuleRow(),
        *_drawer(closing, opening, totals),
        RuleRow(),
        pair("发放积分", f"{totals.points_earned:,}"),
        pair("使用积分", f"{totals.points_redeemed:,}"),
        FeedRow(),
        TextRow(text=_SIGNATURES),
    ]
    return ReceiptDocument(rows=tuple(rows))


def cash_slip(movement: CashMovement, number: int, place: DrawerPlace) -> ReceiptDocument:
    """The slip of cash put in or taken out in the shift of a number; it opens the drawer."""
    rows: list[Row] = [
        *head(place.store, f"{direction_label(movement.direction)} 第 {number} 班"),
        RuleRow(),
        *when_and_who(movement.at, movement.business_date, place.store, place.terminal_name, place.person),
        TextRow(text=f"金额 {money(movement.fen)}", align="right", bold=True, size=2),
        TextRow(text=f"原因 {movement.reason}"),
        FeedRow(),
        TextRow(text=_SIGNATURES),
    ]
    return ReceiptDocument(rows=tuple(rows), kick_drawer=True)


def _opened(opening: ShiftOpening, store: Store, opened_by: Staff | None) -> Iterator[Row]:
    local = opening.at.astimezone(ZoneInfo(store.zone))
    who = "首笔收款自动开班" if opening.by_itself else "开班" if opened_by is None else f"开班 {opened_by.name}"
    yield TextRow(text=f"{who} {local:%Y-%m-%d %H:%M:%S}")


def _trade(totals: ShiftTotals) -> Iterator[Row]:
    if totals.first_receipt_no is not None:
        yield TextRow(text=f"单号 {totals.first_receipt_no} 至 {totals.last_receipt_no}")
    yield pair(f"销售 {totals.sales} 笔，原价", money(totals.gross_fen))
    yield pair("销售应收", money(totals.net_fen), bold=True)
    for tender in totals.tenders:
        yield pair(f"  {tender_label(tender.kind)}", money(tender.fen))
    yield pair(f"退货 {totals.returns} 笔", money(-totals.refund_fen), bold=True)
    for tender in totals.refunds:
        yield pair(f"  退{tender_label(tender.kind)}", money(-tender.fen))


def _drawer(closing: ShiftClosing, opening: ShiftOpening, totals: ShiftTotals) -> Iterator[Row]:
    yield pair("备用金", money(opening.float_fen))
    yield pair("现金收款", money(_cash(totals.tenders)))
    yield pair("现金退款", money(-_cash(totals.refunds)))
    yield pair("现金存入", money(totals.cash_in_fen))
    yield pair("现金取出", money(-totals.cash_out_fen))
    yield pair("应有现金", money(totals.expected_cash_fen))
    yield pair("实点现金", money(closing.counted_fen))
    yield pair("差额", money(closing.difference_fen), bold=True)
    if closing.reason:
        yield TextRow(text=f"原因 {closing.reason}")


def _cash(tenders: tuple[Tender, ...]) -> int:
    return sum(tender.fen for tender in tenders if tender.kind is TenderKind.CASH)
