"""Bringing one job's bytes to a printer, and what may be said about it afterwards.

A time-out is not a failure: what the printer took it may yet print, so nothing that was accepted is ever sent again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from hardware.errors import BrokenConnectionError, PrinterProblem
from hardware.status import ask_status
from hardware.transports import Connection, drain

_SLICE_S = 0.2
"""How long a wait goes on before it looks whether the spooler stops."""


class Delivery(Enum):
    """``confirmed``: the printer says it is done. ``untouched``: not one byte was taken. ``uncertain``: all between."""

    CONFIRMED = auto()
    UNTOUCHED = auto()
    UNCERTAIN = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of the bytes, and the problem unless they are confirmed."""

    delivery: Delivery
    problem: PrinterProblem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """Longest waits in seconds: for one status answer, for the whole job to be taken, for the printer to be done."""

    status_s: float = 0.5
    send_s: float = 5.0
    completion_s: float = 10.0


def deliver(connection: Connection, payload: bytes, deadlines: Deadlines, stopping: Callable[[], bool]) -> Outcome:
    """Sends the job and waits for the answer to the completion question at its end."""
    accepted = 0
    try:
        drain(connection)
        deadline = time.monotonic() + deadlines.send_s
        while accepted < len(payload):
            if stopping():
                return _unfinished(accepted, PrinterProblem.STOPPED)
            left = deadline - time.monotonic()
            if left <= 0:
                return _unfinished(accepted, _reason(connection, deadlines))
            accepted += connection.write(payload[accepted:], min(left, _SLICE_S))
        return _await_completion(connection, deadlines, stopping)
    except BrokenConnectionError:
        return _unfinished(accepted, PrinterProblem.INTERRUPTED)


def _await_completion(connection: Connection, deadlines: Deadlines, stopping: Callable[[], bool]) -> Outcome:
    deadline = time.monotonic() + deadlines.completion_s
    while (left := deadline - time.monotonic()) > 0:
        if stopping():
            return _uncertain(PrinterProblem.STOPPED)
        if any(_is_completion(byte) for byte in connection.read(min(left, _SLICE_S))):
            return Outcome(delivery=Delivery.CONFIRMED)
    return _uncertain(_reason(connection, deadlines))


def _is_completion(byte: int) -> bool:
    """An answer to ``GS r`` is ``0xx0xxxx``; a late status answer is not."""
    return byte & 0b1001_0000 == 0


def _reason(connection: Connection, deadlines: Deadlines) -> PrinterProblem:
    return ask_status(connection, deadlines.status_s).problem or PrinterProblem.UNCONFIRMED


def _unfinished(accepted: int, problem: PrinterProblem) -> Outcome:
    return _uncertain(problem) if accepted else Outcome(delivery=Delivery.UNTOUCHED, problem=problem)


def _uncertain(problem: PrinterProblem) -> Outcome:
    return Outcome(delivery=Delivery.UNCERTAIN, problem=problem)
