"""What a printer says of itself: ``DLE EOT n``, answered at once even when it is offline."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from escpos import constants

from hardware.errors import PrinterProblem
from hardware.transports import Connection, drain

REAL_TIME_QUESTION: Final[bytes] = constants.RT_STATUS
_OFFLINE = 0b0000_1000
_DRAWER = 0b0000_0100
_COVER_OPEN = 0b0000_0100
_PAPER_STOP = 0b0010_0000
_ERROR = 0b0100_0000
_NEAR_END = 0b0000_1100
_PAPER_OUT = 0b0110_0000


class Paper(StrEnum):
    """The paper roll; ``unknown`` when the printer did not say."""

    OK = "ok"
    NEAR_END = "near_end"
    OUT = "out"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterStatus:
    """A printer's answers; None where there was none. ``drawer_signal`` is the level at connector pin 3."""

    online: bool | None = None
    drawer_signal: bool | None = None
    cover_open: bool | None = None
    error: bool | None = None
    paper: Paper = Paper.UNKNOWN

    @property
    def problem(self) -> PrinterProblem | None:
        """What keeps it from printing, the most telling first; an answer that is missing is a problem too."""
        if self.cover_open:
            return PrinterProblem.COVER_OPEN
        if self.paper is Paper.OUT:
            return PrinterProblem.PAPER_OUT
        if self.error:
            return PrinterProblem.PRINTER_ERROR
        if self.online is False:
            return PrinterProblem.OFFLINE
        if self.online is None or self.cover_open is None or self.paper is Paper.UNKNOWN:
            return PrinterProblem.NO_ANSWER
        return None


def is_status_byte(byte: int) -> bool:
    """Whether a byte has the fixed bits of an answer, ``0xx1xx10``."""
    return byte & 0b1001_0011 == 0b0001_0010


def ask_status(connection: Connection, wait_s: float) -> PrinterStatus:
    """Asks for everything; each answer may take ``wait_s``. After the first silence the rest is unknown."""
    general = _ask(connection, 1, wait_s)
    cause = None if general is None else _ask(connection, 2, wait_s)
    roll = None if cause is None else _ask(connection, 4, wait_s)
    return read_status(general, cause, roll)


def read_status(general: int | None, cause: int | None, roll: int | None) -> PrinterStatus:
    """The answers to ``DLE EOT`` 1, 2 and 4."""
    return PrinterStatus(
        online=None if general is None else not general & _OFFLINE,
        drawer_signal=None if general is None else bool(general & _DRAWER),
        cover_open=None if cause is None else bool(cause & _COVER_OPEN),
        error=None if cause is None else bool(cause & _ERROR),
        paper=_paper(cause, roll),
    )


def _paper(cause: int | None, roll: int | None) -> Paper:
    if (cause is not None and cause & _PAPER_STOP) or (roll is not None and roll & _PAPER_OUT):
        return Paper.OUT
    if roll is None:
        return Paper.UNKNOWN
    return Paper.NEAR_END if roll & _NEAR_END else Paper.OK


def _ask(connection: Connection, topic: int, wait_s: float) -> int | None:
    drain(connection)
    deadline = time.monotonic() + wait_s
    if not connection.write(REAL_TIME_QUESTION + bytes((topic,)), wait_s):
        return None
    while (left := deadline - time.monotonic()) > 0:
        for byte in connection.read(left):
            if is_status_byte(byte):
                return byte
    return None
