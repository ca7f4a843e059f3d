"""A till put together from its data folder: databases, use cases, sync and printer; started, and stopped in order."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path

from hardware.profiles import load_profiles
from hardware.transports import TcpTransport
from pos_member.app.counter import HeadOfficeStatus, PrinterStatus
from pos_member.app.till import Till
from pos_member.app.workplace import TerminalIdentity, Workplace
from pos_member.composition.data_folder import REPLICA_FILE, TERMINAL_FILE
from pos_member.composition.file_watch import FileWatch
from pos_member.composition.receipt_printer import ReceiptPrinter
from pos_member.composition.resources import PRINTER_PROFILES, built_in_ruleset
from pos_member.composition.settings import TillSettings
from pos_member.composition.system import Argon2Pins, SystemClock, system_ids
from pos_member.domain.clock import Clock
from pos_member.domain.errors import Fault
from pos_member.storage.initials import initials
from pos_member.storage.outbox import Outbox
from pos_member.storage.print_queue import PrintQueue
from pos_member.storage.replica import Replica
from pos_member.storage.replica_feed import ReplicaFeed
from pos_member.storage.replica_file import ReplicaFile
from pos_member.storage.terminal_start import start_terminal
from sync.backoff import Backoff
from sync.desk import HeadOfficeDesk
from sync.enrolment import Identity, load_identity
from sync.loop import SyncLoop


class CounterPc:
    """A running till without its screens. ``till`` is to be used on one thread, the database lane, alone."""

    def __init__(
        self,
        folder: Path,
        *,
        identity: Identity,
        settings: TillSettings,
        on_head_office: Callable[[HeadOfficeStatus], None],
        on_printer: Callable[[PrinterStatus], None],
        clock: Clock | None = None,
    ) -> None:
        """Opens the databases of the folder; nothing runs yet. ``Fault`` when one cannot be opened, and why."""
        clock = clock or SystemClock()
        ids = system_ids()
        self.identity = identity
        self._replica_file = ReplicaFile.open(folder / REPLICA_FILE)
        self.replica = Replica(self._replica_file, store_id=identity.store_id)
        terminal_file = folder / TERMINAL_FILE
        self.started = start_terminal(terminal_file, terminal_id=identity.terminal_id, clock=clock, new_epoch=ids.new)
        self._terminal = self.started.store
        self._file_watch = FileWatch(terminal_file, self._terminal.warn)
        self._outbox = Outbox.open(terminal_file, new_epoch=ids.new)
        self._sync = SyncLoop(
            identity=identity,
            outbox=self._outbox,
            feed=ReplicaFeed(self._replica_file, clock),
            folder=folder,
            clock=clock,
            backoff=Backoff(random.SystemRandom()),
            on_status=on_head_office,
        )
        self._printer = _printer(terminal_file, settings, clock, on_printer)
        self.workplace = Workplace(
            identity=TerminalIdentity(
                terminal_id=identity.terminal_id,
                number=identity.terminal_no,
                name=identity.name,
                store_id=identity.store_id,
            ),
            terminal=self._terminal,
            replica=self.replica,
            clock=clock,
            ids=ids,
            pins=Argon2Pins(),
            built_in_ruleset=built_in_ruleset(),
            wake_sync=self._sync.wake,
            wake_printer=self._printer.wake if self._printer is not None else None,
            head_office=HeadOfficeDesk(identity),
            salt=partial(secrets.token_bytes, 16),
            initials=initials,
        )
        self.till = Till(self.workplace)

    def start(self) -> None:
        """Begins to sync, to print, and to look through what is on the disk."""
        self._sync.start()
        self._file_watch.start()
        if self._printer is not None:
            self._printer.start()

    def stop(self) -> None:
        """Ends printing and sync, each within two seconds. The databases stay open for the lane to finish."""
        self._file_watch.stop()
        if self._printer is not None:
            self._printer.stop()
        self._sync.stop()

    def close(self) -> None:
        """Lets go of the databases; the lane must have ended."""
        self._outbox.close()
        self._terminal.close()
        self._replica_file.close()


def enrolled_identity(folder: Path) -> Identity:
    """Who the till of this folder is. ``Fault`` ``not_enrolled`` says how to become one."""
    identity = load_identity(folder)
    if identity is None:
        raise Fault(
            "not_enrolled",
            "本机还没有接入总部：请向总部要一次性注册码，运行 main.py enrol --head-office 地址 --code 注册码",
            retryable=False,
        )
    return identity


def _printer(
    terminal_file: Path, settings: TillSettings, clock: Clock, on_printer: Callable[[PrinterStatus], None]
) -> ReceiptPrinter | None:
    address = settings.printer_address
    if address is None:
        return None
    return ReceiptPrinter(
        queue=PrintQueue.open(terminal_file, clock=clock),
        transport=TcpTransport(*address),
        profile=load_profiles(PRINTER_PROFILES)[settings.printer_profile],
        clock=clock,
        on_status=on_printer,
    )
