from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_member.app.ports import PrintJob, PrintState
from pos_member.domain.errors import InvariantViolation, Refusal
from pos_member.storage.print_queue import PrintQueue
from pos_member.storage.terminal_store import TerminalStore
from tests.storage.makers import HandClock, new_id, open_store, print_job, sale, settle


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "terminal.db"


@pytest.fixture
def store(path: Path) -> Iterator[TerminalStore]:
    store = open_store(path)
    yield store
    store.close()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def queue(path: Path, store: TerminalStore, clock: HandClock) -> Iterator[PrintQueue]:
    queue = PrintQueue.open(path, clock=clock)
    yield queue
    queue.close()


def put(store: TerminalStore, *jobs: PrintJob) -> None:
    with store.transaction() as records:
        for job in jobs:
            records.enqueue_print(job)


def open_jobs(store: TerminalStore) -> list[tuple[str, PrintState, int, str]]:
    with store.reading() as records:
        return [(job.title, job.state, job.attempts, job.problem) for job in records.open_print_jobs()]


def test_a_receipt_comes_out_of_the_queue_as_it_went_in(store: TerminalStore, queue: PrintQueue) -> None:
    job = print_job(sale_id=new_id(), reprint=True)
    put(store, job)
    assert queue.next_job() == job


def test_receipts_print_in_the_order_of_the_sales(store: TerminalStore, queue: PrintQueue) -> None:
    first, second = print_job("1"), print_job("2")
    put(store, first, second)
    assert queue.next_job() == first
    queue.mark_sending(first.id)
    assert queue.counts() == (2, 0)
    queue.mark_done(first.id)
    assert queue.next_job() == second
    assert open_jobs(store) == [("2", PrintState.QUEUED, 0, "")]
    queue.mark_sending(second.id)
    queue.mark_done(second.id)
    assert queue.next_job() is None
    assert queue.counts() == (0, 0)


def test_while_the_printer_is_away_the_first_receipt_waits_and_none_overtakes_it(
    store: TerminalStore, queue: PrintQueue, clock: HandClock
) -> None:
    first, second = print_job("1"), print_job("2")
    put(store, first, second)
    queue.mark_waiting(first.id, "打印机缺纸", 5)
    assert queue.next_job() is None
    assert open_jobs(store)[0] == ("1", PrintState.QUEUED, 0, "打印机缺纸")
    clock.pass_by(seconds=4.9)
    assert queue.next_job() is None
    clock.pass_by(seconds=0.1)
    waiting = queue.next_job()
    assert waiting is not None
    assert waiting.id == first.id


def test_a_clock_set_back_does_not_hold_a_receipt_for_a_year(
    store: TerminalStore, queue: PrintQueue, clock: HandClock
) -> None:
    job = print_job()
    put(store, job)
    queue.mark_waiting(job.id, "打印机脱机", 15)
    clock.pass_by(days=-365)
    assert queue.next_job() is not None


def test_when_a_person_asks_nothing_waits(store: TerminalStore, queue: PrintQueue) -> None:
    job = print_job()
    put(store, job)
    queue.mark_waiting(job.id, "打印机脱机", 15)
    with store.transaction() as records:
        records.set_print_state(job.id, PrintState.QUEUED)
    assert queue.next_job() == job


def test_a_receipt_that_was_being_sent_when_the_till_stopped_is_uncertain(
    path: Path, store: TerminalStore, queue: PrintQueue, clock: HandClock
) -> None:
    sent, waiting = print_job("1"), print_job("2")
    put(store, sent, waiting)
    queue.mark_sending(sent.id)
    queue.mark_waiting(waiting.id, "打印机脱机", 15)
    queue.close()

    again = PrintQueue.open(path, clock=clock)
    assert again.counts() == (1, 1)
    title, state, attempts, problem = open_jobs(store)[0]
    assert (title, state, attempts) == ("1", PrintState.UNCERTAIN, 1)
    assert problem
    follower = again.next_job()
    assert follower is not None
    assert follower.id == waiting.id
    again.close()


def test_an_uncertain_or_failed_receipt_is_never_given_out_again_by_itself(
    store: TerminalStore, queue: PrintQueue, clock: HandClock
) -> None:
    uncertain, failed = print_job("1"), print_job("2")
    put(store, uncertain, failed)
    queue.mark_sending(uncertain.id)
    queue.mark_uncertain(uncertain.id, "打印机没有回应")
    queue.mark_sending(failed.id)
    queue.mark_failed(failed.id, "小票内容有误")
    clock.pass_by(days=1)
    assert queue.next_job() is None
    assert queue.counts() == (1, 1)
    assert open_jobs(store) == [
        ("1", PrintState.UNCERTAIN, 1, "打印机没有回应"),
        ("2", PrintState.FAILED, 1, "小票内容有误"),
    ]


def test_the_queue_takes_two_hundred_receipts_and_then_says_no_without_spoiling_the_sale(
    store: TerminalStore, queue: PrintQueue
) -> None:
    jobs = [print_job(str(number)) for number in range(200)]
    put(store, *jobs)
    sold = sale(1)
    with store.transaction() as records:
        settle(records, sold)
        with pytest.raises(Refusal) as told:
            records.enqueue_print(print_job())
    assert told.value.code == "print_queue_full"
    with store.reading() as records:
        assert records.last_sale() == sold
        assert len(records.open_print_jobs()) == 200

    queue.mark_sending(jobs[0].id)
    queue.mark_done(jobs[0].id)
    put(store, print_job("room again"))


def test_of_receipts_long_printed_only_the_last_are_kept(store: TerminalStore, queue: PrintQueue) -> None:
    jobs = [print_job(str(number)) for number in range(205)]
    for start in range(0, 205, 41):
        put(store, *jobs[start : start + 41])
        for job in jobs[start : start + 41]:
            queue.mark_done(job.id)
    with pytest.raises(InvariantViolation):
        queue.mark_failed(jobs[4].id, "")
    queue.mark_failed(jobs[5].id, "")
    assert queue.counts() == (1, 0)


def test_a_job_that_is_not_there_cannot_be_moved(store: TerminalStore) -> None:
    with pytest.raises(InvariantViolation), store.transaction() as records:
        records.set_print_state(new_id(), PrintState.DONE)
