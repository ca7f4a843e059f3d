"""The virtual printer's receive buffer: bytes in order, worked off command by command, cut into jobs."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from hardware.virtual.commands import next_command

_COMPLETION = b"\x1dr"
_REAL_TIME_QUESTION = b"\x10\x04"


@dataclass(slots=True)
class _Segment:
    """What came over one connection: the bytes not worked off yet, and those worked off since the last job."""

    waiting: bytearray = field(default_factory=bytearray)
    printed: bytearray = field(default_factory=bytearray)
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BufferedJob:
    """The bytes of a job that reached the print head.

    ``asked`` when they end with the completion question; ``answerable`` when the asking connection is still there.
    """

    raw: bytes
    asked: bool
    answerable: bool


class JobBuffer:
    """A connection's bytes stay here while the printer cannot print, even after the connection has gone."""

    def __init__(self) -> None:
        self._segments: deque[_Segment] = deque()

    def begin_connection(self) -> None:
        """The next bytes come over a new connection."""
        self._segments.append(_Segment())

    def receive(self, chunk: bytes) -> None:
        """Bytes of the latest connection."""
        self._segments[-1].waiting += chunk

    def end_connection(self) -> None:
        """The latest connection is over: a command that is not complete never will be."""
        latest = self._segments[-1]
        latest.ended = True
        if not latest.waiting and not latest.printed:
            self._segments.pop()

    def work_off(self) -> Iterator[BufferedJob]:
        """The jobs that all bytes up to now make."""
        while self._segments:
            segment = self._segments[0]
            yield from self._work_off(segment)
            if not segment.ended:
                return
            self._segments.popleft()
            if segment.printed:
                yield BufferedJob(raw=bytes(segment.printed), asked=False, answerable=False)

    def _work_off(self, segment: _Segment) -> Iterator[BufferedJob]:
        while (command := next_command(bytes(segment.waiting), ended=segment.ended)) is not None:
            if command.name != _REAL_TIME_QUESTION:
                segment.printed += segment.waiting[: command.length]
            del segment.waiting[: command.length]
            if command.name == _COMPLETION:
                job = BufferedJob(raw=bytes(segment.printed), asked=True, answerable=not segment.ended)
                segment.printed.clear()
                yield job
        if segment.ended:
            segment.printed += segment.waiting
            segment.waiting.clear()
