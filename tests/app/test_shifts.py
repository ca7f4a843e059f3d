"""Shifts of the till drawer: opened with a float, moved by cash, closed by a blind count, and then never changed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from pos_member.app.people.authorise import Approval
from pos_member.app.ports import PrintJob
from pos_member.app.returns.return_goods import GoodsBack
from pos_member.app.shifts.close_shift import ShiftClosed
from pos_member.app.shifts.move_cash import CashMoved
from pos_member.app.shifts.shift_desk import OpenShift
from pos_member.domain.errors import Refusal
from pos_member.domain.quantity import Quantity
from pos_member.domain.receipt import ColumnsRow, TextRow
from pos_member.domain.returns import ReturnedLine
from pos_member.domain.shift import CashDirection
from pos_member.domain.staff import Staff
from pos_member.domain.tender import Tender, TenderKind
from tests.app.people import SUN_WEI, audits, rights_with
from tests.app.shop import LI_FANG, MASKS, VITAMIN, Shop, cash
from tests.storage.makers import print_job


def begin(shop: Shop, float_fen: int = 20_000) -> str:
    return shop.till.shifts.open_shift(shop.till.new_id(), float_fen).id


def move(
    shop: Shop, shift_id: str, direction: CashDirection, fen: int, reason: str = "换零钱", movement_id: str = ""
) -> CashMoved:
    return shop.till.shifts.move_cash(movement_id or shop.till.new_id(), shift_id, direction, fen, reason)


def close(shop: Shop, shift_id: str, counted_fen: int, reason: str = "", closing_id: str = "") -> ShiftClosed:
    return shop.till.shifts.close_shift(closing_id or shop.till.new_id(), shift_id, counted_fen, reason)


def open_now(shop: Shop) -> OpenShift:
    shift = shop.till.shifts.state().shift
    assert shift is not None
    return shift


def pay(shop: Shop, code: str, *tenders: Tender) -> str:
    """Sells one piece to nobody in particular; the receipt's number."""
    shop.scan(code)
    return shop.settle(tenders=tenders).sale.receipt_no


def take_back(shop: Shop, receipt_no: str) -> None:
    line = ReturnedLine(line=0, quantity=Quantity.whole(1))
    back = GoodsBack(sale=shop.till.returns.find(receipt_no), lines=(line,), reason="买多了")
    shop.till.returns.take_back(shop.till.new_id(), back)


def slips(shop: Shop) -> list[PrintJob]:
    return [job for job in shop.till.print_jobs() if job.sale_id is None]


def words(job: PrintJob) -> str:
    rows = [row for row in job.document.rows if isinstance(row, TextRow | ColumnsRow)]
    texts = [row.text if isinstance(row, TextRow) else " ".join(cell.text for cell in row.cells) for row in rows]
    return "\n".join(texts)


def test_a_shift_of_sales_returns_and_cash_adds_up_and_prints_its_slip(shop: Shop) -> None:
    shift_id = begin(shop)
    first = pay(shop, VITAMIN, *cash(10_000))
    pay(shop, MASKS, Tender(kind=TenderKind.WECHAT, fen=1000))
    pay(shop, VITAMIN, Tender(kind=TenderKind.ALIPAY, fen=2000), *cash(3_500))
    pay(shop, MASKS)
    take_back(shop, first)
    move(shop, shift_id, CashDirection.IN, 3_000)
    move(shop, shift_id, CashDirection.OUT, 15_000, "存银行")
    shop.clock.pass_by(hours=1)

    expected = 20_000 + 5_000 + 3_000 + 1_000 - 5_000 + 3_000 - 15_000
    closed = close(shop, shift_id, expected)
    totals = closed.closing.totals
    assert (totals.sales, totals.returns) == (4, 1)
    assert (totals.gross_fen, totals.net_fen, totals.refund_fen) == (12_000, 12_000, 5_000)
    assert {tender.kind.value: tender.fen for tender in totals.tenders} == {
        "cash": 9_000,
        "wechat": 1_000,
        "alipay": 2_000,
    }
    assert totals.refunds == cash(5_000)
    assert (totals.cash_in_fen, totals.cash_out_fen, totals.expected_cash_fen) == (3_000, 15_000, expected)
    assert (totals.first_receipt_no, totals.last_receipt_no) == ("S001-01-000001", "S001-01-000005")
    assert (closed.closing.difference_fen, closed.suspended, closed.slip_queued) == (0, 0, True)
    slip = slips(shop)[-1]
    assert slip.title == "交班单 第 1 班"
    assert not slip.document.kick_drawer
    for said in ("应有现金 ¥120.00", "实点现金 ¥120.00", "差额 ¥0.00", "单号 S001-01-000001 至 S001-01-000005"):
        assert said in words(slip)
    assert shop.till.shifts.state().shift is None


def test_points_of_a_shift_are_net_of_what_came_back(shop: Shop) -> None:
    shop.scan_member()
    sold = shop.sell(VITAMIN, points=1000).sale
    shop.scan_member()
    kept = shop.sell(MASKS).sale
    take_back(shop, sold.receipt_no)
    shift = open_now(shop)
    totals = close(shop, shift.id, 0, "未点").closing.totals
    assert sold.quote.points_earned > 0
    assert (totals.points_earned, totals.points_redeemed) == (kept.quote.points_earned, 0)


def test_the_first_sale_opens_a_shift_by_itself_and_it_is_open_after_a_power_cut(shop: Shop) -> None:
    assert shop.till.shifts.state().shift is None
    pay(shop, VITAMIN)
    shift = open_now(shop)
    assert (shift.number, shift.by_itself, shift.since, shift.opened_by) == (1, True, shop.clock.now(), LI_FANG)
    shop.restart()
    pay(shop, MASKS)
    assert open_now(shop) == shift
    assert close(shop, shift.id, 6_000).closing.totals.sales == 2


def test_a_count_that_differs_is_refused_without_a_figure_and_seen_by_the_audit(shop: Shop) -> None:
    shift_id = begin(shop)
    pay(shop, VITAMIN)
    for counted in (24_900, 25_100):
        with pytest.raises(Refusal) as told:
            close(shop, shift_id, counted, "  ")
        assert told.value.code == "difference_reason"
        assert told.value.gaps == {}
        assert not any(character.isdigit() for character in told.value.message)
    assert [(body["staff_id"], body["counted_fen"]) for body in audits(shop, "count_differs")] == [
        (LI_FANG.id, 24_900),
        (LI_FANG.id, 25_100),
    ]
    assert open_now(shop).id == shift_id
    closing = close(shop, shift_id, 24_900, " 找错零钱 ").closing
    assert (closing.difference_fen, closing.reason) == (-100, "找错零钱")
    assert "差额 -¥1.00\n原因 找错零钱" in words(slips(shop)[-1])


def test_what_is_asked_twice_is_done_once_also_after_a_restart(shop: Shop) -> None:
    shift_id, movement_id, closing_id = (shop.till.new_id() for _ in range(3))
    opening = shop.till.shifts.open_shift(shift_id, 500)
    moved = move(shop, shift_id, CashDirection.OUT, 200, movement_id=movement_id)
    closed = close(shop, shift_id, 300, closing_id=closing_id)
    before = (shop.count("facts"), shop.count("print_jobs"))
    shop.restart()
    assert shop.till.shifts.open_shift(shift_id, 500) == opening
    assert move(shop, shift_id, CashDirection.OUT, 200, movement_id=movement_id) == moved
    assert close(shop, shift_id, 300, closing_id=closing_id) == closed
    assert (shop.count("facts"), shop.count("print_jobs")) == before


def test_an_id_stands_for_one_thing_only(shop: Shop) -> None:
    shift_id, movement_id, closing_id = (shop.till.new_id() for _ in range(3))
    shop.till.shifts.open_shift(shift_id, 500)
    assert shop.refused(lambda: shop.till.shifts.open_shift(shift_id, 600)) == "id_used"
    move(shop, shift_id, CashDirection.OUT, 200, movement_id=movement_id)
    assert shop.refused(lambda: move(shop, shift_id, CashDirection.OUT, 300, movement_id=movement_id)) == "id_used"
    close(shop, shift_id, 300, closing_id=closing_id)
    assert shop.refused(lambda: close(shop, shift_id, 400, closing_id=closing_id)) == "id_used"


def test_one_shift_is_open_at_a_time(shop: Shop) -> None:
    begin(shop)
    with pytest.raises(Refusal) as told:
        begin(shop)
    assert told.value.code == "shift_open"
    assert told.value.message == "第 1 班（2026-03-05 10:30 开班）还没有交班：请先交班，再开新班"


def test_what_is_asked_of_the_wrong_shift_is_refused(shop: Shop) -> None:
    unknown = shop.till.new_id()
    assert shop.refused(lambda: close(shop, unknown, 0)) == "shift_unknown"
    assert shop.refused(lambda: move(shop, unknown, CashDirection.IN, 100)) == "shift_unknown"
    first = begin(shop)
    close(shop, first, 20_000)
    assert shop.refused(lambda: close(shop, first, 20_000)) == "shift_closed"
    assert shop.refused(lambda: move(shop, first, CashDirection.IN, 100)) == "shift_closed"
    second = begin(shop)
    assert shop.refused(lambda: close(shop, first, 20_000)) == "shift_closed"
    assert shop.refused(lambda: move(shop, first, CashDirection.IN, 100)) == "shift_other"
    assert open_now(shop).id == second
    assert open_now(shop).number == 2


def test_negative_cash_is_refused(shop: Shop) -> None:
    assert shop.refused(lambda: begin(shop, -1)) == "cash_negative"
    shift_id = begin(shop, 0)
    for fen in (0, -100):
        assert shop.refused(lambda: move(shop, shift_id, CashDirection.IN, fen)) == "cash_negative"  # noqa: B023
    assert shop.refused(lambda: close(shop, shift_id, -1, "少了")) == "cash_negative"
    assert audits(shop, "count_differs") == []


def test_cash_is_moved_for_a_reason_and_opens_the_drawer(shop: Shop) -> None:
    shift_id = begin(shop)
    assert shop.refused(lambda: move(shop, shift_id, CashDirection.OUT, 100, " ")) == "cash_reason"
    shop.woken.clear()
    moved = move(shop, shift_id, CashDirection.OUT, 10_000, "存银行")
    assert sorted(shop.woken) == ["printer", "sync"]
    (slip,) = slips(shop)
    assert slip.document.kick_drawer
    assert "现金取出 第 1 班" in words(slip)
    assert "金额 ¥100.00\n原因 存银行" in words(slip)
    (opened,) = audits(shop, "open_drawer")
    assert (opened["staff_id"], opened["movement_id"]) == (LI_FANG.id, moved.movement.id)


def test_more_than_the_drawer_should_hold_may_be_taken_out_for_a_refusal_would_tell_how_much(shop: Shop) -> None:
    shift_id = begin(shop, 5_000)
    move(shop, shift_id, CashDirection.OUT, 9_000)
    assert close(shop, shift_id, 0, "待查").closing.totals.expected_cash_fen == -4_000


def test_a_shift_is_not_closed_over_goods_that_wait_to_be_paid(shop: Shop) -> None:
    shift_id = begin(shop)
    basket_id = shop.scan(VITAMIN).basket.id
    assert shop.refused(lambda: close(shop, shift_id, 20_000)) == "basket_open"
    shop.till.suspend(basket_id)
    assert shop.till.shifts.state().suspended == 1
    assert close(shop, shift_id, 20_000).suspended == 1


def test_what_comes_after_the_closing_is_the_next_shifts(shop: Shop) -> None:
    shift_id = begin(shop)
    sold = pay(shop, VITAMIN)
    closing = close(shop, shift_id, 25_000).closing
    take_back(shop, sold)
    shift = open_now(shop)
    assert (shift.number, shift.by_itself) == (2, True)
    with shop.terminal.reading() as records:
        assert records.fact(type(closing), closing.id) == closing
    with sqlite3.connect(shop.folder / "terminal.db") as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("UPDATE facts SET document = '{}' WHERE id = ?", (closing.id,))
    assert close(shop, shift.id, 0, "待查").closing.totals.expected_cash_fen == -5_000


def test_a_full_print_queue_keeps_no_shift_open(shop: Shop) -> None:
    shift_id = begin(shop)
    with shop.terminal.transaction() as records:
        for _ in range(200):
            records.enqueue_print(print_job(id=shop.till.new_id()))
    moved = move(shop, shift_id, CashDirection.IN, 100)
    assert not moved.slip_queued
    assert audits(shop, "open_drawer") == []
    assert not close(shop, shift_id, 20_100).slip_queued


def test_a_till_without_a_printer_opens_no_drawer_and_closes_its_shifts(tmp_path: Path) -> None:
    shop = Shop(tmp_path, printer=False)
    shop.sign_in()
    shift_id = begin(shop)
    move(shop, shift_id, CashDirection.IN, 100)
    assert close(shop, shift_id, 20_100).slip_queued
    assert (shop.count("print_jobs"), audits(shop, "open_drawer")) == (0, [])
    shop.close()


@pytest.mark.parametrize("right", ["open_shift", "close_shift"])
def test_who_may_open_and_close_is_the_rulesets_and_a_managers_pin_does(shop: Shop, right: str) -> None:
    shop.publish(SUN_WEI, rights_with(right, "store_manager"))
    approval = Approval(staff_id=SUN_WEI.id, pin="3333")
    shift_id, closing_id = shop.till.new_id(), shop.till.new_id()
    desk = shop.till.shifts
    if right == "open_shift":
        assert shop.refused(lambda: desk.open_shift(shift_id, 0)) == "right_missing"
    opening = desk.open_shift(shift_id, 0, approval)
    if right == "close_shift":
        assert shop.refused(lambda: desk.close_shift(closing_id, shift_id, 0)) == "right_missing"
    closing = desk.close_shift(closing_id, shift_id, 0, "", approval).closing
    by_right = {"open_shift": opening.approved_by, "close_shift": closing.approved_by}
    assert by_right == {"open_shift": None, "close_shift": None, right: SUN_WEI.id}
    assert len(audits(shop, "override")) == 1


def test_who_opened_the_shift_may_have_left(shop: Shop) -> None:
    shop.publish(SUN_WEI)
    shop.till.sign_in(SUN_WEI.id, "3333")
    shift_id = begin(shop)
    gone: Staff = SUN_WEI
    shop.till.sign_in(LI_FANG.id, "1111")
    shop.publish(gone=gone)
    assert open_now(shop).opened_by is None
    close(shop, shift_id, 20_000)
    assert "\n开班 2026-03-05" in words(slips(shop)[-1])
