"""What a shift came to, and how its slip says it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from pos_member.domain.errors import InvariantViolation
from pos_member.domain.ledger import LedgerEntry
from pos_member.domain.receipt import ColumnsRow, TextRow
from pos_member.domain.redeeming import VOID, Redemption, RedemptionKind, RedemptionVoid
from pos_member.domain.returns import GoodsReturn
from pos_member.domain.sale_return import SaleReturn
from pos_member.domain.shift import CashDirection, CashMovement, ShiftClosing, ShiftOpening
from pos_member.domain.shift_layout import DrawerPlace, closing_slip
from pos_member.domain.shift_totals import SoldInShift, shift_totals
from pos_member.domain.spending import Spending
from pos_member.domain.staff import Store
from pos_member.domain.tender import Tender, TenderKind

NOON = datetime(2026, 3, 5, 4, tzinfo=UTC)
NOTHING_SOLD = SoldInShift(
    sales=0,
    gross_fen=0,
    payable_fen=0,
    tenders=(),
    points_earned=0,
    points_redeemed=0,
    first_receipt_no=None,
    last_receipt_no=None,
)
STORE = Store(id="S001", name="安和大药房", address="", phone="")


def fact(fact_id: str) -> dict[str, Any]:
    return {
        "id": fact_id,
        "at": NOON,
        "business_date": date(2026, 3, 5),
        "store_id": "S001",
        "terminal_id": "t1",
        "staff_id": "c1",
        "shift_id": "s1",
    }


def returned(number: int, *tenders: Tender, taken_back: int = 0, given_back: int = 0) -> SaleReturn:
    goods = GoodsReturn(
        lines=(),
        refund_fen=sum(tender.fen for tender in tenders),
        tenders=tenders,
        points_taken_back=taken_back,
        birthday_taken_back=0,
        points_given_back=given_back,
        given_back_lots=(),
    )
    return SaleReturn(
        **fact(f"r{number}"),
        about="x",
        receipt_no=f"S001-01-{number:06d}",
        sale_receipt_no="S001-01-000001",
        sale_on=date(2026, 3, 1),
        reason="买多了",
        quality=False,
        confirmed_by=None,
        goods=goods,
        whole=True,
    )


def entry(kind: str, points: int) -> LedgerEntry:
    return LedgerEntry(
        id=f"{kind}{points}",
        member_id="m1",
        kind=kind,
        points=points,
        occurred_at=NOON,
        business_date=date(2026, 3, 5),
        store_id="S001",
        terminal_id="t1",
        source="x",
        ruleset="2026.1",
    )


def moved(direction: CashDirection, fen: int) -> CashMovement:
    return CashMovement(**fact(f"{direction}{fen}"), direction=direction, fen=fen, reason="换零钱")


def tender(kind: TenderKind, fen: int) -> Tender:
    return Tender(kind=kind, fen=fen)


def test_an_empty_shift_holds_its_float() -> None:
    totals = shift_totals(20_000, NOTHING_SOLD, (), (), ())
    assert (totals.expected_cash_fen, totals.tenders, totals.refunds) == (20_000, (), ())
    assert (totals.first_receipt_no, totals.last_receipt_no) == (None, None)


def test_change_leaves_the_drawer_again_and_only_cash_gives_any() -> None:
    handed = (tender(TenderKind.CASH, 10_000), tender(TenderKind.WECHAT, 3_000))
    sold = replace(NOTHING_SOLD, sales=2, gross_fen=9_000, payable_fen=8_000, tenders=handed)
    totals = shift_totals(500, sold, (), (), ())
    assert totals.tenders == (tender(TenderKind.CASH, 5_000), tender(TenderKind.WECHAT, 3_000))
    assert totals.expected_cash_fen == 5_500


def test_what_comes_back_and_what_is_moved_changes_what_should_be_there() -> None:
    refunds = (
        returned(7, tender(TenderKind.CASH, 300), tender(TenderKind.CARD, 200)),
        returned(8, tender(TenderKind.CASH, 50)),
    )
    movements = (moved(CashDirection.IN, 1_000), moved(CashDirection.OUT, 400), moved(CashDirection.OUT, 100))
    totals = shift_totals(2_000, NOTHING_SOLD, refunds, movements, ())
    assert totals.refunds == (tender(TenderKind.CASH, 350), tender(TenderKind.CARD, 200))
    assert (totals.returns, totals.refund_fen) == (2, 550)
    assert totals.expected_cash_fen == 2_000 - 350 + 1_000 - 500


def test_receipt_numbers_run_over_sales_and_returns_also_beyond_six_digits() -> None:
    sold = replace(NOTHING_SOLD, sales=2, first_receipt_no="S001-01-999998", last_receipt_no="S001-01-1000001")
    totals = shift_totals(0, sold, (returned(1_000_000), returned(1_000_002)), (), ())
    assert (totals.first_receipt_no, totals.last_receipt_no) == ("S001-01-999998", "S001-01-1000002")


def test_points_are_net_over_sales_returns_redemptions_and_voids() -> None:
    sold = replace(NOTHING_SOLD, points_earned=120, points_redeemed=1_500)
    spending = Spending(on_what="glucose", on=date(2026, 3, 5), points=500, lots=())
    redemption = Redemption(
        **fact("d1"),
        kind=RedemptionKind.SERVICE,
        name="血糖检测",
        spending=spending,
        entries=(entry("service", -500),),
    )
    void = RedemptionVoid(**fact("v1"), about="d1", reason="按错", entries=(entry(VOID, 300), entry(VOID, 100)))
    totals = shift_totals(0, sold, (returned(7, taken_back=20, given_back=200),), (), (redemption, void))
    assert (totals.points_earned, totals.points_redeemed) == (100, 1_500 - 200 + 500 - 400)


@pytest.mark.parametrize("handed", [(tender(TenderKind.CASH, 500),), (tender(TenderKind.WECHAT, 1_500),)])
def test_tenders_that_do_not_pay_what_was_payable_are_a_bug(handed: tuple[Tender, ...]) -> None:
    with pytest.raises(InvariantViolation):
        shift_totals(0, replace(NOTHING_SOLD, payable_fen=1_000, tenders=handed), (), (), ())


def test_the_slip_of_a_shift_says_what_it_came_to() -> None:
    handed = (tender(TenderKind.CASH, 10_000), tender(TenderKind.INSURANCE, 3_000))
    sold = replace(
        NOTHING_SOLD,
        sales=2,
        gross_fen=9_000,
        payable_fen=8_000,
        tenders=handed,
        points_earned=1_234,
        points_redeemed=100,
        first_receipt_no="S001-01-000004",
        last_receipt_no="S001-01-000005",
    )
    totals = shift_totals(500, sold, (returned(6, tender(TenderKind.CASH, 300)),), (moved(CashDirection.OUT, 900),), ())
    opening = ShiftOpening(**fact("s1"), number=12, float_fen=500, by_itself=True)
    closing = ShiftClosing(**fact("k1"), about="s1", number=12, counted_fen=4_200, totals=totals, reason="找错零钱")
    place = DrawerPlace(store=STORE, terminal_name="1号机", person=None)
    document = closing_slip(closing, opening, place, None)
    said = [
        row.text if isinstance(row, TextRow) else "|".join(cell.text for cell in row.cells)
        for row in document.rows
        if isinstance(row, TextRow | ColumnsRow)
    ]
    assert said == [
        "安和大药房",
        "交班单 第 12 班",
        "首笔收款自动开班 2026-03-05 12:00:00",
        "时间 2026-03-05 12:00:00",
        "终端 1号机",
        "单号 S001-01-000004 至 S001-01-000006",
        "销售 2 笔，原价|¥90.00",
        "销售应收|¥80.00",
        "  现金|¥50.00",
        "  医保|¥30.00",
        "退货 1 笔|-¥3.00",
        "  退现金|-¥3.00",
        "备用金|¥5.00",
        "现金收款|¥50.00",
        "现金退款|-¥3.00",
        "现金存入|¥0.00",
        "现金取出|-¥9.00",
        "应有现金|¥43.00",
        "实点现金|¥42.00",
        "差额|-¥1.00",
        "原因 找错零钱",
        "发放积分|1,234",
        "使用积分|100",
        "签字 ____________  复核 ____________",
    ]
