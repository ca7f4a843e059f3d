"""The database lane: one thread runs every use case in turn, and its answers come back to the GUI thread."""

from __future__ import annotations

import threading
import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import Shiboken

from pos_member.domain.errors import Spoken, UserCancelled

T = TypeVar("T")
Done = Callable[[T], object]
Failed = Callable[[Spoken], object]


class IncidentLog(Protocol):
    """Where incidents are written; a structlog logger is one."""

    def error(self, event: str, /, **fields: object) -> object:
        """Writes one record."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A bug that was caught: its number, the kind of exception, where it came from. Never what was being worked on."""

    id: str
    kind: str
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    work: Callable[[], Any]
    done: Callable[[Any], object] | None
    failed: Failed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    task: _Task
    value: Any = None
    error: BaseException | None = None


class TaskRunner(QObject):
    """Runs work on the database lane.

    ``started``: somebody asked for something (background work says nothing). ``unheard``: a refusal or a fault that
    nobody asked to hear. ``broke``: an :class:`Incident`. Callbacks of a screen that is gone are dropped.
    """

    started = Signal()
    unheard = Signal(object)
    broke = Signal(object)
    _finished = Signal(object)

    def __init__(self, *, log: IncidentLog, new_incident_id: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log = log
        self._new_incident_id = new_incident_id
        self._wake = threading.Condition()
        self._queue: deque[_Task] = deque()
        self._stopping = False
        self._open = 0
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._lane = threading.Thread(target=self._work_off, name="database-lane", daemon=True)
        self._lane.start()

    @property
    def idle(self) -> bool:
        """Whether everything asked for has been answered. GUI thread only."""
        return self._open == 0

    def run(
        self,
        work: Callable[[], T],
        done: Done[T] | None = None,
        failed: Failed | None = None,
        *,
        background: bool = False,
    ) -> bool:
        """Queues work; ``done`` or ``failed`` is called on the GUI thread. False, and nothing happens, after a stop."""
        with self._wake:
            if self._stopping:
                return False
            self._queue.append(_Task(work=work, done=done, failed=failed))
            self._wake.notify()
        self._open += 1
        if not background:
            self.started.emit()
        return True

    def report(self, error: BaseException) -> Incident:
        """Writes a bug to the log under a new incident number and shows the safe screen."""
        incident = Incident(id=self._new_incident_id(), kind=type(error).__qualname__, where=_frames(error))
        self._log.error("incident", incident_id=incident.id, kind=incident.kind, where=list(incident.where))
        self.broke.emit(incident)
        return incident

    def stop(self, timeout: float) -> bool:
        """Finishes what is queued, takes nothing new, and waits so many seconds. Whether the lane ended in time."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        self._lane.join(timeout)
        return not self._lane.is_alive()

    def _work_off(self) -> None:
        while True:
            with self._wake:
                while not self._queue and not self._stopping:
                    self._wake.wait()
                if not self._queue:
                    return
                task = self._queue.popleft()
            self._finished.emit(_attempt(task))

    @Slot(object)
    def _deliver(self, outcome: _Outcome) -> None:
        self._open -= 1
        task, error = outcome.task, outcome.error
        if error is None:
            if task.done is not None and listening(task.done):
                task.done(outcome.value)
        elif isinstance(error, Spoken):
            if task.failed is None:
                self.unheard.emit(error)
            elif listening(task.failed):
                task.failed(error)
        elif not isinstance(error, UserCancelled):
            self.report(error)


def _attempt(task: _Task) -> _Outcome:
    try:
        return _Outcome(task=task, value=task.work())
    except Exception as error:  # noqa: BLE001 - the edge: whatever a use case raises is answered on the GUI thread
        return _Outcome(task=task, error=error)


def listening(callback: Callable[..., object]) -> bool:
    """Whether the screen that a callback belongs to is still there."""
    owner = getattr(getattr(callback, "func", callback), "__self__", None)
    return not isinstance(owner, QObject) or Shiboken.isValid(owner)


def _frames(error: BaseException) -> tuple[str, ...]:
    """File, line and function of each frame: where, and nothing of what."""
    frames = traceback.extract_tb(error.__traceback__)
    return tuple(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
