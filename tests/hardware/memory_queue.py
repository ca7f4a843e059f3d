"""A print queue in memory that remembers every move of every job."""

from __future__ import annotations

import threading
from collections.abc import Callable

from hardware.document import PrintDocument
from hardware.errors import PrinterProblem
from hardware.spooler import SpoolJob

PATIENCE_S = 10.0


class MemoryQueue:
    """Satisfies ``JobSource``. ``moves`` of a job: the states it went through, with the problem after a colon."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._queued: dict[str, PrintDocument] = {}
        self._moves: dict[str, list[str]] = {}
        self.broken_writes = 0
        self.settled = 0

    def put(self, job_id: str, document: PrintDocument) -> None:
        with self._changed:
            self._queued[job_id] = document
            self._moves[job_id] = ["queued"]

    def moves(self, job_id: str) -> list[str]:
        with self._changed:
            return list(self._moves[job_id])

    def await_move(self, job_id: str, move: str) -> list[str]:
        """Waits until a job made a move; its moves so far."""
        self._await(lambda: move in self._moves[job_id], f"{job_id} never became {move}: {self._moves[job_id]}")
        return self.moves(job_id)

    def await_moves(self, job_id: str, count: int) -> list[str]:
        """Waits for so many moves."""
        self._await(lambda: len(self._moves[job_id]) >= count, f"{job_id} moved no more: {self._moves[job_id]}")
        return self.moves(job_id)

    def settle_interrupted(self) -> None:
        self.settled += 1

    def next_job(self) -> SpoolJob | None:
        with self._changed:
            return next((SpoolJob(id=job_id, document=document) for job_id, document in self._queued.items()), None)

    def mark_sending(self, job_id: str) -> None:
        self._move(job_id, "sending")

    def mark_done(self, job_id: str) -> None:
        self._move(job_id, "done")

    def mark_waiting(self, job_id: str, problem: PrinterProblem, retry_after_s: float) -> None:
        assert retry_after_s > 0
        self._move(job_id, f"queued:{problem}")

    def mark_uncertain(self, job_id: str, problem: PrinterProblem) -> None:
        self._move(job_id, f"uncertain:{problem}")

    def mark_failed(self, job_id: str, problem: PrinterProblem) -> None:
        self._move(job_id, f"failed:{problem}")

    def _move(self, job_id: str, move: str) -> None:
        with self._changed:
            if self.broken_writes and not move.startswith(("queued", "sending")):
                self.broken_writes -= 1
                raise OSError("disk full")
            if move.split(":")[0] in {"done", "failed", "uncertain"}:
                self._queued.pop(job_id, None)
            self._moves[job_id].append(move)
            self._changed.notify_all()

    def _await(self, reached: Callable[[], bool], complaint: str) -> None:
        with self._changed:
            assert self._changed.wait_for(reached, PATIENCE_S), complaint
