from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_member.app.ports import PrintJob, PrintState
from pos_member.domain.receipt import TextRow
from pos_member.domain.shift import CashDirection
from tests.app.returning import pieces, take_back
from tests.app.shop import MASKS, Shop


@pytest.fixture
def without_printer(tmp_path: Path) -> Iterator[Shop]:
    opened = Shop(tmp_path, printer=False)
    opened.sign_in()
    yield opened
    opened.close()


def test_a_till_without_a_printer_queues_nothing_and_does_not_nag(without_printer: Shop) -> None:
    shop = without_printer
    assert all(shop.sell(MASKS).receipt_queued for _ in range(3))
    assert shop.till.print_jobs() == ()
    assert shop.refused(shop.till.reprint_last) == "no_printer"

    shop.restart(printer=True)
    job = shop.till.reprint_last()
    assert job.title == "S001-01-000003"
    assert shop.till.print_jobs() == (job,)


def test_with_two_hundred_receipts_waiting_the_sale_stands_and_its_receipt_can_be_had_later(shop: Shop) -> None:
    for _ in range(200):
        assert shop.sell(MASKS).receipt_queued
    last = shop.sell(MASKS)
    assert not last.receipt_queued
    assert shop.refused(shop.till.reprint_last) == "print_queue_full"

    queue = shop.print_queue()
    job = queue.next_job()
    assert job is not None
    queue.mark_done(job.id)
    queue.close()
    assert shop.till.reprint_last().title == last.sale.receipt_no


def test_a_reprint_is_marked_as_one_told_to_head_office_and_leaves_the_drawer_shut(shop: Shop) -> None:
    shop.sell(MASKS)
    (first,) = shop.till.print_jobs()
    again = shop.till.reprint_last()

    assert first.document.kick_drawer
    assert not again.document.kick_drawer
    assert again.reprint
    assert any(isinstance(row, TextRow) and row.text == "补打" for row in again.document.rows)
    assert shop.audited()[-1] == "reprint"


def test_before_the_first_sale_there_is_nothing_to_reprint(shop: Shop) -> None:
    assert shop.refused(shop.till.reprint_last) == "nothing_to_reprint"


def test_a_receipt_nobody_is_sure_of_waits_for_a_person(shop: Shop) -> None:
    shop.sell(MASKS)
    (job,) = shop.till.print_jobs()
    queue = shop.print_queue()
    queue.mark_sending(job.id)
    queue.mark_uncertain(job.id, "unconfirmed")
    queue.close()

    assert shop.refused(lambda: shop.till.retry_print(job.id)) == "print_uncertain"
    (again,) = shop.till.resolve_print(job.id, printed=False)
    assert again.reprint
    assert again.sale_id == job.sale_id
    assert shop.refused(lambda: shop.till.resolve_print(job.id, printed=True)) == "print_job_gone"
    assert shop.refused(lambda: shop.till.resolve_print(again.id, printed=True)) == "print_not_uncertain"


def test_a_receipt_that_came_out_after_all_is_done_with(shop: Shop) -> None:
    shop.sell(MASKS)
    (job,) = shop.till.print_jobs()
    queue = shop.print_queue()
    queue.mark_uncertain(job.id, "unconfirmed")
    queue.close()
    shop.restart(printer=False)

    assert shop.refused(lambda: shop.till.resolve_print(job.id, printed=False)) == "no_printer"
    assert shop.till.resolve_print(job.id, printed=True) == ()


def test_a_person_may_ask_for_another_try(shop: Shop) -> None:
    shop.sell(MASKS)
    (job,) = shop.till.print_jobs()
    queue = shop.print_queue()
    queue.mark_failed(job.id, "unprintable")
    queue.close()
    shop.woken.clear()

    (waiting,) = shop.till.retry_print(job.id)
    assert waiting.state is PrintState.QUEUED
    assert shop.woken == ["printer"]


def test_a_return_slip_nobody_is_sure_of_is_printed_again_as_itself(shop: Shop) -> None:
    sale = shop.sell(MASKS).sale
    returned = take_back(shop, sale, pieces(0)).fact
    job = next(each for each in shop.till.print_jobs() if each.title == returned.receipt_no)
    _leave_uncertain(shop, job.id)

    again = shop.till.resolve_print(job.id, printed=False)[-1]
    assert (again.title, again.sale_id, again.reprint) == (returned.receipt_no, returned.id, True)
    assert "补打" in _texts(again)
    assert not again.document.kick_drawer


def test_a_slip_of_the_drawer_that_did_not_come_out_is_printed_again_and_says_so(shop: Shop) -> None:
    shift_id = shop.till.new_id()
    shop.till.shifts.open_shift(shift_id, 20_000)
    shop.till.shifts.move_cash(shop.till.new_id(), shift_id, CashDirection.IN, 5_000, "找零备用")
    job = shop.till.print_jobs()[-1]
    _leave_uncertain(shop, job.id)

    again = shop.till.resolve_print(job.id, printed=False)[-1]
    assert (again.title, again.reprint, again.document.kick_drawer) == (job.title, True, False)
    assert _texts(again)[0] == "补打"
    assert again.document.rows[1:] == job.document.rows
    assert shop.audited()[-1] == "reprint"


def test_a_return_is_found_for_reprinting_by_its_own_number(shop: Shop) -> None:
    returned = take_back(shop, shop.sell(MASKS).sale, pieces(0)).fact
    assert shop.till.reprint(returned.receipt_no).sale_id == returned.id


def _leave_uncertain(shop: Shop, job_id: str) -> None:
    queue = shop.print_queue()
    queue.mark_sending(job_id)
    queue.mark_uncertain(job_id, "unconfirmed")
    queue.close()


def _texts(job: PrintJob) -> list[str]:
    return [row.text for row in job.document.rows if isinstance(row, TextRow)]
