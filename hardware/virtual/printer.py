"""A receipt printer that is only software: a real TCP server with real bytes, and faults at will."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from hardware.profiles import PrinterProfile
from hardware.virtual.job_buffer import BufferedJob, JobBuffer
from hardware.virtual.paper import PaperStrip
from hardware.virtual.print_head import read_paper

_POLL_S = 0.05
_CHUNK = 4096
_QUESTION = re.compile(rb"\x10\x04([\x01\x02\x04])")
_FIXED_BITS = 0b0001_0010


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """What is wrong with the printer; nothing by default.

    ``refuse``: switched off, nobody listens. ``mute``: takes and prints, never says it is done. ``silent``: answers
    nothing at all. ``break_after`` closes a connection after so many bytes of a job. ``delay_s`` before it says it is
    done.
    """

    refuse: bool = False
    offline: bool = False
    paper_end: bool = False
    paper_near_end: bool = False
    cover_open: bool = False
    mute: bool = False
    silent: bool = False
    break_after: int | None = None
    delay_s: float = 0.0

    @property
    def stops_printing(self) -> bool:
        """Whether bytes are kept unprinted."""
        return self.offline or self.paper_end or self.cover_open

    def answer(self, topic: int) -> int:
        """The answer to ``DLE EOT`` 1, 2 or 4."""
        bits = {
            1: 0b0000_1000 if self.stops_printing else 0,
            2: (0b0000_0100 if self.cover_open else 0) | (0b0010_0000 if self.paper_end else 0),
            4: (0b0000_1100 if self.paper_near_end or self.paper_end else 0) | (0b0110_0000 if self.paper_end else 0),
        }
        return _FIXED_BITS | bits[topic]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedJob:
    """A job's bytes and the paper they made."""

    raw: bytes
    paper: PaperStrip


class VirtualPrinter:
    """Listens on a loopback port of its own. ``on_paper`` is called on the printer's thread for each strip of paper.

    Like most network printers it serves one connection at a time. The last ``keep`` jobs are kept.
    """

    def __init__(
        self, profile: PrinterProfile, *, on_paper: Callable[[PrintedJob], None] | None = None, keep: int = 50
    ) -> None:
        self._profile = profile
        self._on_paper = on_paper
        self._keep = keep
        self._jobs: tuple[PrintedJob, ...] = ()
        self._kicks = 0
        self._faults = Faults()
        self._buffer = JobBuffer()
        self._stopping = threading.Event()
        self._listener: socket.socket | None = _listen(0)
        self._port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, name="virtual-printer", daemon=True)

    @property
    def address(self) -> tuple[str, int]:
        """Host and port, the same for its whole life."""
        return "127.0.0.1", self._port

    @property
    def jobs(self) -> tuple[PrintedJob, ...]:
        """What was printed, oldest first."""
        return self._jobs

    @property
    def drawer_kicks(self) -> int:
        """How often the drawer was opened."""
        return self._kicks

    @property
    def faults(self) -> Faults:
        """What is wrong now. Setting it takes effect within 0.1 s; what was held back is then printed."""
        return self._faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self._faults = faults

    def repair(self) -> None:
        """Nothing is wrong any more."""
        self._faults = Faults()

    def start(self) -> None:
        """Switches it on; once."""
        self._thread.start()

    def stop(self) -> None:
        """Switches it off for good, within a second."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(1.0)
        self._close_listener()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def _serve(self) -> None:
        while not self._stopping.is_set():
            self._work(None)
            if self._faults.refuse:
                self._close_listener()
                self._stopping.wait(_POLL_S)
                continue
            if self._listener is None:
                self._listener = _listen(self._port)
            self._listener.settimeout(_POLL_S)
            try:
                wire, _ = self._listener.accept()
            except TimeoutError:
                continue
            with wire:
                self._converse(wire)

    def _close_listener(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def _converse(self, wire: socket.socket) -> None:
        wire.settimeout(_POLL_S)
        self._buffer.begin_connection()
        with suppress(OSError):  # The till went away, as tills do; what it sent before is kept.
            self._listen_to(wire)
        self._buffer.end_connection()

    def _listen_to(self, wire: socket.socket) -> None:
        tail = b""
        room: int | None = None
        while not self._stopping.is_set() and not self._faults.refuse:
            self._work(wire)
            try:
                chunk = wire.recv(_CHUNK)
            except TimeoutError:
                continue
            if not chunk:
                return
            heard = tail + chunk
            questions = _QUESTION.findall(heard)
            if not self._faults.silent:
                wire.sendall(bytes(self._faults.answer(topic[0]) for topic in questions))
            tail = _unfinished_question(heard)
            if not _QUESTION.sub(b"", chunk):
                continue
            if room is None:
                room = self._faults.break_after
            self._buffer.receive(chunk[:room])
            if room is not None:
                room -= len(chunk)
                if room <= 0:
                    return

    def _work(self, wire: socket.socket | None) -> None:
        if self._faults.stops_printing:
            return
        for job in self._buffer.work_off():
            self._put_out(job)
            if job.asked and job.answerable and wire is not None:
                self._confirm(wire)

    def _put_out(self, job: BufferedJob) -> None:
        paper = read_paper(job.raw, self._profile)
        if not paper.rows and not paper.drawer_kicks and not paper.errors:
            return
        printed = PrintedJob(raw=job.raw, paper=paper)
        self._jobs = (*self._jobs, printed)[-self._keep :]
        self._kicks += paper.drawer_kicks
        if self._on_paper is not None:
            self._on_paper(printed)

    def _confirm(self, wire: socket.socket) -> None:
        if self._faults.delay_s:
            self._stopping.wait(self._faults.delay_s)
        if not (self._faults.mute or self._faults.silent):
            wire.sendall(b"\x03" if self._faults.paper_near_end else b"\x00")


def _listen(port: int) -> socket.socket:
    listener = socket.create_server(("127.0.0.1", port))
    listener.settimeout(_POLL_S)
    return listener


def _unfinished_question(heard: bytes) -> bytes:
    if heard.endswith(b"\x10\x04"):
        return b"\x10\x04"
    return b"\x10" if heard.endswith(b"\x10") else b""
