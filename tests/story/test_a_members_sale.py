"""A member's sale from the first scan to the other till."""

from __future__ import annotations

from PySide6.QtCore import Qt
from wcwidth import wcswidth

from hardware.virtual.printer import Faults
from pos_member.app.counter import Link, PrinterState
from tests.story.counter import DIAMOND, GOLD, Counter, good


def test_the_balance_is_one_number_on_screen_receipt_head_office_and_second_till(counter: Counter) -> None:
    shop = counter.shop
    counter.scan(good(shop, "fish_oil"))
    counter.scan(shop.facts.cards[GOLD].code)
    counter.scan(good(shop, "vitamin"))
    before = counter.state.member
    assert before is not None
    quote = counter.state.quote
    assert quote is not None
    assert quote.payable_fen == round(11800 * 0.85) + round(450 * 0.85 + 0.5)

    settled = counter.pay(points=500, cash_yuan="200")

    sale = settled.sale
    assert sale.quote.points_redeemed == 500
    assert sale.quote.payable_fen == quote.payable_fen - 500
    assert sale.quote.change_fen == 20000 - sale.quote.payable_fen
    assert settled.available == before.available - 500 + sale.quote.points_earned
    (paper,) = counter.wait_for_paper(sale.receipt_no)
    assert paper.paper.errors == ()
    assert f"{settled.available:,}" in next(line for line in paper.paper.text().splitlines() if "积分余额" in line)
    assert all(wcswidth(line.text()) * line.scale <= 48 for line in paper.paper.lines())
    assert paper.paper.drawer_kicks == 1
    counter.wait_online_and_sent()
    assert sale.member_id is not None
    assert counter.balance_at_head_office(sale.member_id) == settled.available
    state, at_second_till = counter.member_at_second_till(sale.member_id)
    assert at_second_till == settled.available
    assert state.completed_sales == before.standing.completed_sales + 1
    assert state.purchases[-1].sale_id == sale.id


def test_with_head_office_away_the_sale_goes_on_and_is_sent_when_it_is_back(counter: Counter) -> None:
    counter.wait_online_and_sent()
    counter.shop.office.kill()
    counter.wait(lambda: counter.head_office.link is Link.OFFLINE)
    counter.scan(counter.shop.facts.cards[DIAMOND].code)
    counter.scan(good(counter.shop, "fish_oil"))
    settled = counter.pay(points=300, cash_yuan="100")
    counter.wait_for_paper(settled.sale.receipt_no)
    counter.wait(lambda: counter.head_office.unsent == 1)

    counter.scan(counter.shop.facts.cards[DIAMOND].code)
    sheet = counter.state.member
    assert sheet is not None
    assert sheet.available == settled.available
    assert sheet.own_records == 1

    counter.shop.office.start()
    counter.wait_online_and_sent()
    assert settled.sale.member_id is not None
    assert counter.balance_at_head_office(settled.sale.member_id) == settled.available
    counter.wait(lambda: counter.state.member is not None and counter.state.member.own_records == 0)
    assert counter.state.member is not None
    assert counter.state.member.available == settled.available


def test_a_receipt_that_the_printer_refuses_waits_and_comes_out_once(counter: Counter) -> None:
    printer = counter.shop.printer
    printer.faults = Faults(paper_end=True)
    counter.wait(lambda: counter.printer.state is PrinterState.PAPER_END)
    counter.scan(good(counter.shop, "bag"))
    settled = counter.pay(points=0, cash_yuan="1")
    counter.wait(lambda: counter.printer.waiting == 1)
    assert all(settled.sale.receipt_no not in job.paper.text() for job in printer.jobs)
    printer.repair()
    counter.wait_for_paper(settled.sale.receipt_no)
    counter.wait(lambda: counter.printer.waiting == 0)
    assert len(counter.wait_for_paper(settled.sale.receipt_no)) == 1


def test_a_receipt_nobody_knows_about_is_asked_about_and_never_printed_by_itself(counter: Counter) -> None:
    printer = counter.shop.printer
    printer.faults = Faults(break_after=200)
    counter.scan(good(counter.shop, "bag"))
    settled = counter.pay(points=0, cash_yuan="1")
    counter.wait(lambda: counter.printer.uncertain == 1)
    printer.repair()
    counter.rest()
    (job_id,) = counter.print_jobs()
    counter.resolve_print(job_id, printed=False)
    (reprint,) = counter.wait_for_paper(settled.sale.receipt_no)
    assert reprint.paper.drawer_kicks == 0


def test_the_till_restarts_into_the_basket_it_had(counter: Counter) -> None:
    counter.scan(counter.shop.facts.cards[GOLD].code)
    counter.scan(good(counter.shop, "fish_oil"))
    counter.scan(good(counter.shop, "fish_oil"))
    basket = counter.state.basket
    counter.close()
    counter.open()
    counter.sign_in()
    assert counter.state.basket == basket
    assert counter.session is not None
    assert counter.session.pharmacist is not None


def test_last_receipt_again_is_marked_and_leaves_the_drawer_shut(counter: Counter) -> None:
    counter.scan(good(counter.shop, "bag"))
    settled = counter.pay(points=0, cash_yuan="1")
    counter.wait_for_paper(settled.sale.receipt_no)
    counter.press(Qt.Key.Key_F10)
    first, again = counter.wait_for_paper(settled.sale.receipt_no, copies=2)
    assert "补打" not in first.paper.text()
    assert "补打" in again.paper.text()
    assert (first.paper.drawer_kicks, again.paper.drawer_kicks) == (1, 0)
