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
from pos_member.storage.engine import fault_of, open_engine, reading, write_failed, writing
from pos_member.storage.file_swap import make_names_durable
from pos_member.storage.snapshot_file import check_snapshot, remove_database


class ReplicaFile:
    """The file behind a till's :class:`Replica` and :class:`ReplicaFeed`. Safe to use from several threads.

    ``generation`` rises with every swap, ``version`` with every change, after it can be read: whoever keeps something
    he read under the number that stood before he read it knows when to read it again.
    ``damaged`` once a look at it has found that it is, or is gone; a swap mends it, and what can still be read is read
    until then.
    """

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self.generation = 1
        self.version = 1
        self.damaged = False
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
        """One consistent look. Waits only while the file is being swapped, some milliseconds.

        ``Fault`` ``replica_damaged`` (retryable), and those of :func:`pos_member.storage.engine.reading`.
        """
        with self._noticing_damage(), self._using() as engine, reading(engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A writing transaction; readers go on reading beside it. Faults as :meth:`reading`."""
        with self._noticing_damage(), self._using() as engine:
            with writing(engine) as connection:
                yield connection
            self.version += 1

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
                make_names_durable(self.path.parent)
            except OSError as error:
                raise write_failed(self.path, error) from error
            self._engine = open_engine(self.path, REPLICA.durability)
            self.generation += 1
            self.version += 1
            self.damaged = False

    def close(self) -> None:
        """Lets go of the file once its last user is done."""
        with self._alone():
            self._engine.dispose()

    def _fold_log_back(self) -> None:
        """Leaves the old file without a log beside it: a log left behind would be read into the new file."""
        try:
            if self.path.exists():
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
    def _noticing_damage(self) -> Iterator[None]:
        try:
            yield
        except Fault as fault:
            if fault.code not in ("database_damaged", "database_gone") and self.path.exists():
                raise
            self.damaged = True
            raise Fault(
                "replica_damaged",
                "本机保存的总部资料有损坏，连上总部后会自动重新下载：请稍后再试，本机的销售记录不受影响",
                retryable=True,
            ) from fault

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
