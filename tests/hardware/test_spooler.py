from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest

from hardware.delivery import Deadlines
from hardware.document import PrintDocument, QrRow, TextRow
from hardware.errors import PrinterProblem
from hardware.spooler import Pace, Readiness, Spooler, SpoolerStatus
from hardware.transports import TcpTransport
from hardware.virtual.printer import Faults, VirtualPrinter
from tests.hardware.memory_queue import PATIENCE_S, MemoryQueue
from tests.hardware.receipts import WIDE, receipt

QUICK = Deadlines(status_s=0.3, send_s=1.0, completion_s=0.4)
BRISK = Pace(idle_s=0.05, first_retry_s=0.02, longest_retry_s=0.05)


class StatusLog:
    """Every status the spooler announced."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._seen: list[SpoolerStatus] = []

    def __call__(self, status: SpoolerStatus) -> None:
        with self._changed:
            self._seen.append(status)
            self._changed.notify_all()

    def await_status(self, wanted: Callable[[SpoolerStatus], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: any(map(wanted, self._seen)), PATIENCE_S), self._seen

    def seen(self) -> list[SpoolerStatus]:
        with self._changed:
            return list(self._seen)


@pytest.fixture
def printer() -> Iterator[VirtualPrinter]:
    with VirtualPrinter(WIDE) as virtual:
        yield virtual


@pytest.fixture
def queue() -> MemoryQueue:
    return MemoryQueue()


@pytest.fixture
def log() -> StatusLog:
    return StatusLog()


@contextmanager
def spooling(
    printer: VirtualPrinter, queue: MemoryQueue, log: StatusLog, *, deadlines: Deadlines = QUICK, pace: Pace = BRISK
) -> Iterator[Spooler]:
    spooler = Spooler(
        name="receipt",
        transport=TcpTransport(*printer.address, connect_s=0.5),
        profile=WIDE,
        source=queue,
        on_status=log,
        deadlines=deadlines,
        pace=pace,
    )
    spooler.start()
    try:
        yield spooler
    finally:
        assert spooler.stop()


def papers_with(printer: VirtualPrinter, text: str) -> int:
    return sum(text in job.paper.text() for job in printer.jobs)


def test_a_receipt_in_the_queue_is_printed_and_done(
    printer: VirtualPrinter, queue: MemoryQueue, log: StatusLog
) -> None:
    with spooling(printer, queue, log) as spooler:
        queue.put("a", receipt(kick_drawer=True))
        spooler.wake()
        assert queue.await_move("a", "done") == ["queued", "sending", "done"]
    (job,) = printer.jobs
    assert job.paper.errors == ()
    assert "应收 ￥44.30" in job.paper.text()
    assert printer.drawer_kicks == 1


def test_jobs_come_to_paper_in_order(printer: VirtualPrinter, queue: MemoryQueue, log: StatusLog) -> None:
    for index in range(5):
        queue.put(f"job-{index}", receipt(number=f"N{index}"))
    with spooling(printer, queue, log):
        queue.await_move("job-4", "done")
    assert [f"N{index}" in job.paper.text() for index, job in enumerate(printer.jobs)] == [True] * 5


@pytest.mark.parametrize(
    ("faults", "problem"),
    [
        (Faults(offline=True), PrinterProblem.OFFLINE),
        (Faults(paper_end=True), PrinterProblem.PAPER_OUT),
        (Faults(cover_open=True), PrinterProblem.COVER_OPEN),
        (Faults(silent=True), PrinterProblem.NO_ANSWER),
        (Faults(refuse=True), PrinterProblem.UNREACHABLE),
    ],
)
def test_a_job_waits_with_the_reason_and_prints_once_when_the_printer_is_back(
    printer: VirtualPrinter, queue: MemoryQueue, log: StatusLog, faults: Faults, problem: PrinterProblem
) -> None:
    printer.faults = faults
    queue.put("a", receipt())
    with spooling(printer, queue, log) as spooler:
        queue.await_moves("a", 4)
        assert printer.jobs == ()
        log.await_status(lambda status: (status.readiness, status.problem) == (Readiness.BLOCKED, problem))
        printer.repair()
        spooler.wake()
        moves = queue.await_move("a", "done")
    assert set(moves) == {"queued", f"queued:{problem}", "sending", "done"}
    assert moves.count("sending") == 1
    assert papers_with(printer, "S001-01-000042") == 1


def test_waking_the_spooler_tries_again_at_once(printer: VirtualPrinter, queue: MemoryQueue, log: StatusLog) -> None:
    printer.faults = Faults(cover_open=True)
    queue.put("a", receipt())
    patient = Pace(idle_s=60, first_retry_s=60, longest_retry_s=60)
    with spooling(printer, queue, log, pace=patient) as spooler:
        queue.await_move("a", "queued:cover_open")
        printer.repair()
        spooler.wake()
        queue.await_move("a", "done")


def test_a_printer_that_never_confirms_leaves_the_job_uncertain_and_it_is_never_printed_again(
    printer: VirtualPrinter, queue: MemoryQueue, log: StatusLog
) -> None:
    printer.faults = Faults(mute=True)
    queue.put("a", receipt())
    with spooling(printer, queue, log) as spooler:
        queue.await_move("a", "uncertain:unconfirmed")
        printer.repair()
        spooler.wake()
        queue.put("b", receipt(number="NEXT"))
        spooler.wake()
        queue.await_move("b", "done")
    assert queue.moves("a") == ["queued", "sending", "uncertain:unconfirmed"]
    assert papers_with(printer, "S001-01-000042") == 1


def test_a_connection_cut_in_the_middle_leaves_the_job_uncertain(
    printer: VirtualPrinter, queue: MemoryQueue, log: StatusLog
) -> None:
    printer.faults = Faults(break_after=100)
    queue.put("a", receipt())
    with spooling(printer, queue, log) as spooler:
        assert queue.await_move("a", "uncertain:interrupted") == ["queued", "sending", "uncertain:interrupted"]
        printer.repair()
        spooler.wake()
        queue.put("b", receipt(number="NEXT"))
        spooler.wake()
        queue.await_move("b", "done")
    assert [job.paper.finished for job in printer.jobs] == [False, True]
    assert printer.jobs[1].paper.errors == ()


def test_paper_that_ends_while_a_job_is_on_its_way_prints_later_and_only_once(
    printer: VirtualPrinter, log: StatusLog
) -> None:
    class EndingPaper(MemoryQueue):
        def mark_sending(self, job_id: str) -> None:
            super().mark_sending(job_id)
            if job_id == "a":
                printer.faults = Faults(paper_end=True)

    queue = EndingPaper()
    queue.put("a", receipt())
    with spooling(printer, queue, log) as spooler:
        queue.await_move("a", "uncertain:paper_out")
        assert printer.jobs == ()
        printer.repair()
        queue.put("b", receipt(number="NEXT"))
        spooler.wake()
        queue.await_move("b", "done")
    assert queue.moves("a") == ["queued", "sending", "uncertain:paper_out"]
    assert papers_with(printer, "S001-01-000042") == 1
    assert papers_with(printer, "NEXT") == 1


def test_a_slow_printer_is_waited_for(printer: VirtualPrinter, queue: MemoryQueue, log: StatusLog) -> None:
    printer.faults = Faults(delay_s=0.3)
    queue.put("a", receipt())
    with spooling(printer, queue, log, deadlines=Deadlines(completion_s=5.0)):
        assert queue.await_move("a", "done") == ["queued", "sending", "done"]


def test_paper_running_low_is_told_and_the_job_is_printed(
    printer: VirtualPrinter, queue: MemoryQueue, log: StatusLog
) -> None:
    printer.faults = Faults(paper_near_end=True)
    queue.put("a", receipt())
    with spooling(printer, queue, log):
        queue.await_move("a", "done")
        log.await_status(lambda status: status.readiness is Readiness.READY and status.paper_low)


@pytest.mark.logs_warnings
def test_a_document_that_cannot_be_printed_fails_and_holds_nobody_up(
    printer: VirtualPrinter, queue: MemoryQueue, log: StatusLog
) -> None:
    queue.put("bad", PrintDocument(rows=(QrRow(payload="x" * 5000),)))
    queue.put("good", receipt())
    with spooling(printer, queue, log):
        assert queue.await_move("good", "done")
    assert queue.moves("bad") == ["queued", "failed:unprintable"]


@pytest.mark.logs_warnings
def test_an_outcome_that_cannot_be_written_down_is_written_before_anything_is_printed_again(
    printer: VirtualPrinter, queue: MemoryQueue, log: StatusLog
) -> None:
    queue.broken_writes = 3
    queue.put("a", receipt())
    with spooling(printer, queue, log):
        assert queue.await_move("a", "done") == ["queued", "sending", "done"]
    assert papers_with(printer, "S001-01-000042") == 1


def test_jobs_a_dead_till_left_on_the_way_are_settled_before_the_first_print(
    printer: VirtualPrinter, queue: MemoryQueue, log: StatusLog
) -> None:
    queue.put("a", receipt())
    with spooling(printer, queue, log):
        queue.await_move("a", "done")
    assert queue.settled == 1


def test_an_idle_printer_is_watched(printer: VirtualPrinter, queue: MemoryQueue, log: StatusLog) -> None:
    with spooling(printer, queue, log):
        log.await_status(lambda status: status.readiness is Readiness.READY)
        printer.faults = Faults(cover_open=True)
        log.await_status(lambda status: status.problem is PrinterProblem.COVER_OPEN)
        printer.faults = Faults(refuse=True)
        log.await_status(lambda status: status.problem is PrinterProblem.UNREACHABLE)
    changes = log.seen()
    assert all(first != second for first, second in pairwise(changes))


def test_closing_the_till_does_not_wait_for_a_printer_that_never_answers(
    printer: VirtualPrinter, queue: MemoryQueue, log: StatusLog
) -> None:
    printer.faults = Faults(mute=True)
    queue.put("a", receipt())
    with spooling(printer, queue, log, deadlines=Deadlines(completion_s=3600)) as spooler:
        queue.await_move("a", "sending")
        log.await_status(lambda status: status.readiness is Readiness.PRINTING)
        assert spooler.stop()
    assert queue.moves("a")[-1] in {"uncertain:stopped", "queued:stopped"}


def test_a_long_receipt_over_many_packets_arrives_whole(
    printer: VirtualPrinter, queue: MemoryQueue, log: StatusLog
) -> None:
    rows = tuple(TextRow(text=f"第{index:04}行 " + "药" * 18) for index in range(2000))
    queue.put("a", PrintDocument(rows=rows))
    with spooling(printer, queue, log, deadlines=Deadlines(completion_s=30)):
        queue.await_move("a", "done")
    (job,) = printer.jobs
    assert job.paper.errors == ()
    assert len(job.paper.text().split("\n")) == 2000 + WIDE.feed_lines
