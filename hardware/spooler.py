"""The print spooler: one thread a printer, which brings queued jobs to paper and never prints one twice by itself."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Protocol

import structlog

from hardware.delivery import Deadlines, Delivery, Outcome, deliver
from hardware.document import PrintDocument
from hardware.encoder import encode
from hardware.errors import BrokenConnectionError, PrinterProblem, UnreachableError
from hardware.profiles import PrinterProfile
from hardware.status import Paper, PrinterStatus, ask_status
from hardware.transports import Transport

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpoolJob:
    """A document in the queue."""

    id: str
    document: PrintDocument


class JobSource(Protocol):
    """Where the queue is kept. Called on the spooler's thread alone; whatever it raises, the call is made again."""

    def settle_interrupted(self) -> None:
        """Once, before anything else: jobs left *sending* by a till that died become uncertain."""
        ...

    def next_job(self) -> SpoolJob | None:
        """The oldest queued job; never one that is sending, done, failed or uncertain."""
        ...

    def mark_sending(self, job_id: str) -> None:
        """queued → sending, before the first byte goes out."""
        ...

    def mark_done(self, job_id: str) -> None:
        """sending → done: the printer said so."""
        ...

    def mark_waiting(self, job_id: str, problem: PrinterProblem, retry_after_s: float) -> None:
        """Stays queued (or sending → queued): the printer took nothing of it."""
        ...

    def mark_uncertain(self, job_id: str, problem: PrinterProblem) -> None:
        """sending → uncertain: the printer took some of it and never said it was done. A person decides."""
        ...

    def mark_failed(self, job_id: str, problem: PrinterProblem) -> None:
        """queued → failed: it cannot be printed at all."""
        ...


class Readiness(StrEnum):
    """``unknown`` until first looked at; ``blocked`` always comes with a problem."""

    UNKNOWN = "unknown"
    READY = "ready"
    PRINTING = "printing"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpoolerStatus:
    """How a printer stands. ``paper_low`` is a warning only."""

    readiness: Readiness
    problem: PrinterProblem | None = None
    paper_low: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Seconds between looks at an idle printer, and the first and longest pause after a problem (it doubles)."""

    idle_s: float = 5.0
    first_retry_s: float = 1.0
    longest_retry_s: float = 15.0


class Spooler:
    """One printer's queue at work. ``on_status`` is called on the spooler's thread, at each change."""

    def __init__(
        self,
        *,
        name: str,
        transport: Transport,
        profile: PrinterProfile,
        source: JobSource,
        on_status: Callable[[SpoolerStatus], None],
        deadlines: Deadlines | None = None,
        pace: Pace | None = None,
    ) -> None:
        self._name = name
        self._transport = transport
        self._profile = profile
        self._source = source
        self._on_status = on_status
        self._deadlines = deadlines or Deadlines()
        self._pace = pace or Pace()
        self._retry_s = self._pace.first_retry_s
        self._status = SpoolerStatus(readiness=Readiness.UNKNOWN)
        self._unrecorded: Callable[[], None] | None = source.settle_interrupted
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"spooler-{name}", daemon=True)

    def start(self) -> None:
        """Starts the thread; once."""
        self._thread.start()

    def wake(self) -> None:
        """There is a new job, or a person wants another try: look now. Returns at once, on any thread."""
        self._woken.set()

    def stop(self, timeout_s: float = 2.0) -> bool:
        """Ends the thread; whether it did in time. A job on its way becomes uncertain."""
        self._stopping.set()
        self._woken.set()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                pause_s = self._turn()
            except Exception as error:  # noqa: BLE001 (the device loop's edge)
                where = traceback.format_tb(error.__traceback__)
                _log.error("spooler_turn_failed", printer=self._name, error=type(error).__name__, where=where)
                pause_s = self._next_retry()
            self._woken.wait(pause_s)
            self._woken.clear()

    def _turn(self) -> float:
        """One look at the queue; seconds until the next."""
        self._record()
        job = self._source.next_job()
        if job is None:
            self._look()
            return self._pace.idle_s
        # Whatever goes wrong with one document, it must not hold up those behind it.
        self._unrecorded = partial(self._source.mark_failed, job.id, PrinterProblem.UNPRINTABLE)
        payload = encode(job.document, self._profile)
        self._unrecorded = None
        return self._print(job.id, payload)

    def _look(self) -> None:
        try:
            with self._transport.open() as connection:
                if self._stopping.is_set():
                    return
                self._announce(ask_status(connection, self._deadlines.status_s))
        except (UnreachableError, BrokenConnectionError):
            self._announce_problem(PrinterProblem.UNREACHABLE)

    def _print(self, job_id: str, payload: bytes) -> float:
        try:
            with self._transport.open() as connection:
                if self._stopping.is_set():
                    return 0
                status = ask_status(connection, self._deadlines.status_s)
                self._announce(status)
                if status.problem is not None:
                    return self._postpone(job_id, status.problem)
                self._source.mark_sending(job_id)
                self._unrecorded = partial(self._source.mark_uncertain, job_id, PrinterProblem.INTERRUPTED)
                self._publish(SpoolerStatus(readiness=Readiness.PRINTING, paper_low=self._status.paper_low))
                outcome = deliver(connection, payload, self._deadlines, self._stopping.is_set)
        except (UnreachableError, BrokenConnectionError):
            self._announce_problem(PrinterProblem.UNREACHABLE)
            return self._postpone(job_id, PrinterProblem.UNREACHABLE)
        return self._conclude(job_id, outcome)

    def _conclude(self, job_id: str, outcome: Outcome) -> float:
        if outcome.delivery is Delivery.CONFIRMED:
            self._settle(partial(self._source.mark_done, job_id))
            self._publish(SpoolerStatus(readiness=Readiness.READY, paper_low=self._status.paper_low))
            return 0
        problem = outcome.problem or PrinterProblem.UNCONFIRMED
        self._announce_problem(problem)
        if outcome.delivery is Delivery.UNTOUCHED:
            return self._postpone(job_id, problem)
        self._settle(partial(self._source.mark_uncertain, job_id, problem))
        return self._next_retry()

    def _postpone(self, job_id: str, problem: PrinterProblem) -> float:
        pause_s = self._next_retry()
        self._settle(partial(self._source.mark_waiting, job_id, problem, pause_s))
        return pause_s

    def _settle(self, record: Callable[[], None]) -> None:
        self._unrecorded = record
        self._record()

    def _record(self) -> None:
        """Writes down the last outcome; one that could not be written is written before anything else is done."""
        if self._unrecorded is not None:
            self._unrecorded()
            self._unrecorded = None

    def _next_retry(self) -> float:
        pause_s = self._retry_s
        self._retry_s = min(pause_s * 2, self._pace.longest_retry_s)
        return pause_s

    def _announce(self, status: PrinterStatus) -> None:
        if status.problem is None:
            self._retry_s = self._pace.first_retry_s
        low = status.paper is Paper.NEAR_END
        readiness = Readiness.READY if status.problem is None else Readiness.BLOCKED
        self._publish(SpoolerStatus(readiness=readiness, problem=status.problem, paper_low=low))

    def _announce_problem(self, problem: PrinterProblem) -> None:
        self._publish(SpoolerStatus(readiness=Readiness.BLOCKED, problem=problem))

    def _publish(self, status: SpoolerStatus) -> None:
        if status != self._status:
            self._status = status
            self._on_status(status)
