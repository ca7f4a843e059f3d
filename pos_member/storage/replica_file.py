"""``replica.db`` as one shared thing: many short readers, one writer, and a swap of the whole file under them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Condition

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from pos_member.domain.errors import Fault
from pos_member.storage.database_file import REPLICA, open_database
from pos_member.storage.engine import fault_of, reading, writing
from pos_member.storage.snapshot_file import check_snapshot, remove_database


class ReplicaFile:
    """The file behind a till's :class:`Replica` and :class:`ReplicaFeed`. Safe to use from several threads.

    ``generation`` rises with every swap, so that whoever keeps something he read knows when to read it again.
    """

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self.generation = 1
        self._engine = engine
        self._users = 0
        self._swapping = False
        self._gate = Condition()

    @classmethod
    def open(cls, path: Path) -> ReplicaFile:
        """Opens the file, making an empty one if need be.

        A damaged one is begun afresh: head office has all that was in it. ``Fault`` as :func:`open_database`.
        """
        try:
            return cls(path, open_database(path, REPLICA))
        except Fault as fault:
            if fault.code != "database_damaged":
                raise
        remove_database(path)
        return cls(path, open_database(path, REPLICA))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent look. Waits only while the file is being swapped, some milliseconds."""
        with self._using() as engine, reading(engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A writing transaction; readers go on reading beside it."""
        with self._using() as engine, writing(engine) as connection:
            yield connection

    def swap(self, snapshot: Path) -> None:
        """Puts a snapshot, which must lie on the same disk, in this file's place; ``snapshot`` is used up.

        ``Fault``: ``snapshot_damaged``, ``database_newer``, ``disk_write_failed``; then nothing has changed. Killed at
        any moment, the file is the old one or the new one.
        """
        check_snapshot(snapshot)
        with self._alone():
            self._engine.dispose()
            try:
                self._fold_log_back()
                os.replace(snapshot, self.path)
                _make_names_durable(self.path.parent)
            except OSError as error:
                raise Fault(
                    "disk_write_failed",
                    "无法写入 {file}：{why}。本次操作没有保存；请检查磁盘空间与权限后再试",
                    retryable=True,
                    file=self.path.name,
                    why=error.strerror or type(error).__name__,
                ) from error
            self.generation += 1

    def close(self) -> None:
        """Lets go of the file once its last user is done."""
        with self._alone():
            self._engine.dispose()

    def _fold_log_back(self) -> None:
        """Leaves the old file without a log beside it: a log left behind would be read into the new file."""
        try:
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
        except DBAPIError as error:
            fault = fault_of(error.orig, self.path)
            if fault is None:
                raise
            if fault.code != "database_damaged":
                raise fault from error
        finally:
            self._engine.dispose()
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    @contextmanager
    def _using(self) -> Iterator[Engine]:
        with self._gate:
            self._gate.wait_for(lambda: not self._swapping)
            self._users += 1
        try:
            yield self._engine
        finally:
            with self._gate:
                self._users -= 1
                self._gate.notify_all()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Holds new users off and waits for the last one to be done."""
        with self._gate:
            self._gate.wait_for(lambda: not self._swapping)
            self._swapping = True
            self._gate.wait_for(lambda: self._users == 0)
        try:
            yield
        finally:
            with self._gate:
                self._swapping = False
                self._gate.notify_all()


def _make_names_durable(folder: Path) -> None:
    """Waits until a renaming is on the disk, where the system lets one ask for it."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
