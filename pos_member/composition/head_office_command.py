"""The head office commands: serving the tills, and making enrolment codes."""

from __future__ import annotations

import secrets
import signal
import sys
import threading
from pathlib import Path

from pos_member.composition.data_folder import owned_folder
from pos_member.composition.journal import keep_journal
from pos_member.composition.system import SystemClock, system_ids
from pos_member.domain.errors import Fault
from sync.head_office.office import HeadOffice

HEAD_OFFICE_FILE = "head-office.db"


def open_head_office(folder: Path) -> HeadOffice:
    """The head office of a data folder. ``Fault`` when its database cannot be opened, and why."""
    return HeadOffice.open(folder / HEAD_OFFICE_FILE, SystemClock(), system_ids(), secrets.token_bytes)


def serve(folder: Path, host: str, port: int, *, until_input_closes: bool) -> int:
    """Serves until a signal, or the end of standard input, says stop. The first line printed is the base address."""
    from sync.head_office.server import serve as serve_tills

    with owned_folder(folder):
        keep_journal(folder, "head-office")
        office = open_head_office(folder)
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        if until_input_closes:
            threading.Thread(target=_stop_at_end_of_input, args=(stop,), name="input", daemon=True).start()
        try:
            serve_tills(office, host, port, announce=lambda url: print(url, flush=True), stop=stop)
        finally:
            office.close()
    return 0


def enrolment_code(folder: Path, store_id: str, terminal_name: str) -> str:
    """A one-time code for a new till of a store; also while head office is serving.

    ``Fault`` ``no_head_office`` where none ever served.
    """
    if not (folder / HEAD_OFFICE_FILE).exists():
        raise Fault(
            "no_head_office",
            "{folder} 里没有总部的数据：请核对 --data，或先用它启动一次 head-office serve",
            retryable=False,
            folder=str(folder),
        )
    office = open_head_office(folder)
    keep_journal(folder, "enrolment")
    try:
        return office.new_enrolment_code(store_id, terminal_name)
    finally:
        office.close()


def _stop_at_end_of_input(stop: threading.Event) -> None:
    while sys.stdin.buffer.read(4096):
        pass
    stop.set()
