"""Starting on ``terminal.db``: checked whole after an error, recovered where it is damaged, opened in any case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pos_member.app.file_report import FileReport
from pos_member.domain.clock import Clock
from pos_member.domain.errors import Fault
from pos_member.storage.carry_over import Recovery
from pos_member.storage.engine import doubt_mark
from pos_member.storage.file_swap import finish_swap
from pos_member.storage.full_check import check_file
from pos_member.storage.recovery import recover_terminal
from pos_member.storage.terminal_store import TerminalStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The store, what a check before selling found (None: none was called for), and what a recovery came to, if any."""

    store: TerminalStore
    report: FileReport | None
    recovery: Recovery | None


def start_terminal(path: Path, *, terminal_id: str, clock: Clock, new_epoch: Callable[[], str]) -> Started:
    """Opens the file of a terminal. After an error in the last run it is first looked at from end to end.

    ``Fault``: those of :meth:`TerminalStore.open` but ``database_damaged``, for then it is recovered.
    """
    finish_swap(path)
    report = None
    if doubt_mark(path).exists():
        report = check_file(path) if path.exists() else None
        if report is None or not report.damaged:
            doubt_mark(path).unlink()
    recovery = None
    if report is not None and report.damaged:
        recovery = recover_terminal(path, terminal_id=terminal_id, clock=clock, new_epoch=new_epoch())
    try:
        store = TerminalStore.open(path, terminal_id=terminal_id, clock=clock, new_epoch=new_epoch())
    except Fault as fault:
        if fault.code != "database_damaged" or recovery is not None:
            raise
        recovery = recover_terminal(path, terminal_id=terminal_id, clock=clock, new_epoch=new_epoch())
        store = TerminalStore.open(path, terminal_id=terminal_id, clock=clock, new_epoch=new_epoch())
    return Started(store=store, report=report, recovery=recovery)
