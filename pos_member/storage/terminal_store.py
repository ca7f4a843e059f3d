"""``terminal.db``: the :class:`pos_member.app.ports.TerminalStore`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select

from pos_member.domain.clock import Clock, instant_text
from pos_member.domain.errors import Fault
from pos_member.domain.event import GENESIS_HASH
from pos_member.storage.database_file import TERMINAL, open_database
from pos_member.storage.engine import reading, writing
from pos_member.storage.terminal_records import TerminalRecords
from pos_member.storage.terminal_schema import meta, outbox


class TerminalStore:
    """What this till made and must never lose. One writer at a time; a commit is on the disk before it returns."""

    def __init__(self, engine: Engine, *, terminal_id: str, epoch: str) -> None:
        self._engine = engine
        self.terminal_id = terminal_id
        self.epoch = epoch

    @classmethod
    def open(cls, path: Path, *, terminal_id: str, clock: Clock, new_epoch: str) -> TerminalStore:
        """Opens the file of a terminal. If there is none it is made, as the beginning of epoch ``new_epoch``.

        ``Fault``: ``terminal_mismatch`` when it was made by another terminal, and those of
        :func:`pos_member.storage.database_file.open_database`.
        """
        engine = open_database(path, TERMINAL)
        try:
            with reading(engine) as connection:
                found = connection.execute(select(meta.c.terminal_id, meta.c.epoch)).one_or_none()
            if found is None:
                with writing(engine) as connection:
                    _begin(connection, terminal_id, new_epoch, instant_text(clock.now()))
                return cls(engine, terminal_id=terminal_id, epoch=new_epoch)
            if found.terminal_id != terminal_id:
                raise Fault(
                    "terminal_mismatch",
                    "{file} 属于另一台收银机，本机不能使用：请恢复本机原来的数据文件夹，或联系总部重新登记本机",
                    retryable=False,
                    file=path.name,
                )
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, terminal_id=terminal_id, epoch=found.epoch)

    @contextmanager
    def transaction(self) -> Iterator[TerminalRecords]:
        """A writing transaction: commits durably at the end of the block, rolls back on any exception.

        ``Fault`` ``disk_write_failed`` when the disk refuses, ``database_busy`` after 5 s behind another writer.
        """
        with writing(self._engine) as connection:
            records = self._records(connection)
            yield records
            records.require_whole()

    @contextmanager
    def reading(self) -> Iterator[TerminalRecords]:
        """A short reading transaction; whatever would write in it fails."""
        with reading(self._engine) as connection:
            yield self._records(connection)

    def close(self) -> None:
        """Lets go of the file."""
        self._engine.dispose()

    def _records(self, connection: Connection) -> TerminalRecords:
        return TerminalRecords(connection, terminal_id=self.terminal_id, epoch=self.epoch)


def _begin(connection: Connection, terminal_id: str, epoch: str, now: str) -> None:
    connection.execute(
        insert(meta),
        {"id": 1, "terminal_id": terminal_id, "epoch": epoch, "created_at": now, "receipt_number": 0},
    )
    connection.execute(
        insert(outbox), {"epoch": epoch, "acked_seq": 0, "acked_hash": GENESIS_HASH, "attempts": 0, "last_error": ""}
    )
