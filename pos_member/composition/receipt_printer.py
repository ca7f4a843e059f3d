"""Joins the till's print queue to a receipt printer: our documents to its rows, its troubles to our states."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hardware import document as paper
from hardware.errors import PrinterProblem
from hardware.profiles import PrinterProfile
from hardware.spooler import Readiness, Spooler, SpoolerStatus, SpoolJob
from hardware.transports import Transport
from pos_member.app.counter import PrinterState, PrinterStatus
from pos_member.domain import receipt
from pos_member.domain.clock import Clock
from pos_member.storage.print_queue import PrintQueue

_STATES = {
    PrinterProblem.COVER_OPEN: PrinterState.COVER_OPEN,
    PrinterProblem.PAPER_OUT: PrinterState.PAPER_END,
    PrinterProblem.OFFLINE: PrinterState.ERROR,
    PrinterProblem.PRINTER_ERROR: PrinterState.ERROR,
    PrinterProblem.UNREACHABLE: PrinterState.UNREACHABLE,
    PrinterProblem.NO_ANSWER: PrinterState.UNREACHABLE,
    PrinterProblem.INTERRUPTED: PrinterState.UNREACHABLE,
}

_CUSTOMER_WAITS = timedelta(minutes=1)
"""A receipt that comes out later than this leaves the drawer shut: nobody stands there with cash any more."""


class ReceiptPrinter:
    """The spooler of one receipt printer over the till's queue; tells how printer and queue stand, at each change."""

    def __init__(
        self,
        *,
        queue: PrintQueue,
        transport: Transport,
        profile: PrinterProfile,
        clock: Clock,
        on_status: Callable[[PrinterStatus], None],
    ) -> None:
        self._queue = queue
        self._clock = clock
        self._on_status = on_status
        self._spooler_status = SpoolerStatus(readiness=Readiness.UNKNOWN)
        self._told: PrinterStatus | None = None
        self._spooler = Spooler(
            name="receipts", transport=transport, profile=profile, source=self, on_status=self._follow
        )

    def start(self) -> None:
        """Begins to print what is queued."""
        self._spooler.start()

    def wake(self) -> None:
        """There is a new job, or a person wants another try."""
        self._spooler.wake()

    def stop(self) -> None:
        """Ends within two seconds; a job on its way becomes uncertain."""
        self._spooler.stop()
        self._queue.close()

    def settle_interrupted(self) -> None:
        """Opening the queue has made jobs of a till that died uncertain already; the counts are told."""
        self._tell()

    def next_job(self) -> SpoolJob | None:
        """The oldest queued job in the printer's own terms."""
        self._tell()
        job = self._queue.next_job()
        if job is None:
            return None
        prompt = abs(self._clock.now() - job.queued_at) <= _CUSTOMER_WAITS
        document = print_document(job.document, kick_drawer=job.document.kick_drawer and prompt)
        return SpoolJob(id=job.id, document=document)

    def mark_sending(self, job_id: str) -> None:
        """Recorded before the first byte goes out."""
        self._queue.mark_sending(job_id)
        self._tell()

    def mark_done(self, job_id: str) -> None:
        """The printer said so."""
        self._queue.mark_done(job_id)
        self._tell()

    def mark_waiting(self, job_id: str, problem: PrinterProblem, retry_after_s: float) -> None:  # noqa: ARG002
        """Stays queued; the spooler keeps the pause itself, so that a person's retry counts at once."""
        self._queue.mark_waiting(job_id, problem.value, 0)
        self._tell()

    def mark_uncertain(self, job_id: str, problem: PrinterProblem) -> None:
        """A person has to look at the paper."""
        self._queue.mark_uncertain(job_id, problem.value)
        self._tell()

    def mark_failed(self, job_id: str, problem: PrinterProblem) -> None:
        """It cannot be printed at all."""
        self._queue.mark_failed(job_id, problem.value)
        self._tell()

    def _follow(self, status: SpoolerStatus) -> None:
        self._spooler_status = status
        self._tell()

    def _tell(self) -> None:
        waiting, uncertain = self._queue.counts()
        held = self._spooler_status
        status = PrinterStatus(
            state=_state(held),
            waiting=waiting,
            uncertain=uncertain,
            near_end=held.paper_low,
            problem=held.problem.value if held.problem else "",
        )
        if status != self._told:
            self._told = status
            self._on_status(status)


def _state(status: SpoolerStatus) -> PrinterState:
    if status.readiness is Readiness.UNKNOWN:
        return PrinterState.UNKNOWN
    if status.problem is None:
        return PrinterState.READY
    return _STATES.get(status.problem, PrinterState.ERROR)


def print_document(document: receipt.ReceiptDocument, *, kick_drawer: bool) -> paper.PrintDocument:
    """A receipt in the printer's own terms, row by row."""
    return paper.PrintDocument(rows=tuple(map(_row, document.rows)), kick_drawer=kick_drawer)


def _row(row: receipt.Row) -> paper.Row:
    match row:
        case receipt.TextRow():
            return paper.TextRow(text=row.text, align=row.align, bold=row.bold, size=row.size)
        case receipt.ColumnsRow():
            cells = tuple(paper.Cell(text=cell.text, share=cell.share, align=cell.align) for cell in row.cells)
            return paper.ColumnsRow(cells=cells, bold=row.bold)
        case receipt.RuleRow():
            return paper.RuleRow()
        case receipt.QrRow():
            return paper.QrRow(payload=row.payload)
        case receipt.FeedRow():
            return paper.FeedRow(lines=row.lines)
