"""``terminal.db``: the :class:`pos_member.app.ports.TerminalStore`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select

from pos_member.domain.clock import Clock, instant_text
from pos_member.domain.errors import Fault, Sentence
from pos_member.storage.chain_check import is_rewound, read_chain_end
from pos_member.storage.database_file import TERMINAL, open_database
from pos_member.storage.engine import damaged, reading, writing
from pos_member.storage.epochs import add_epoch, begin_epoch, read_notice
from pos_member.storage.file_swap import finish_swap
from pos_member.storage.terminal_records import TerminalRecords
from pos_member.storage.terminal_schema import meta
from pos_member.storage.witness import Witness, WitnessFile, read_witness

_FAILED = frozenset({"disk_write_failed", "database_damaged"})


class TerminalStore:
    """What this till made and must never lose. One writer at a time; a commit is on the disk before it returns.

    ``epoch`` is the one that was last written in. After a failed read or write the end of the chain is checked before
    the next write.
    """

    def __init__(self, engine: Engine, witness_file: WitnessFile, *, terminal_id: str, epoch: str) -> None:
        self._engine = engine
        self._witness_file = witness_file
        self._failed = False
        self._warning: Sentence | None = None
        self.terminal_id = terminal_id
        self.epoch = epoch

    @classmethod
    def open(cls, path: Path, *, terminal_id: str, clock: Clock, new_epoch: str) -> TerminalStore:
        """Opens the file of a terminal. If there is none it is made, as the beginning of epoch ``new_epoch``.

        Checks the end of the chain and the witness, however large the file is: where they do not agree, epoch
        ``new_epoch`` begins in the file and :meth:`notice` says why. ``Fault``: ``terminal_mismatch`` when another
        terminal made it, and those of :func:`pos_member.storage.database_file.open_database`.
        """
        finish_swap(path)
        _require_its_pages(path)
        engine = open_database(path, TERMINAL)
        try:
            with reading(engine) as connection:
                held_by = connection.execute(select(meta.c.terminal_id)).scalar_one_or_none()
            if held_by not in (None, terminal_id):
                raise Fault(
                    "terminal_mismatch",
                    "{file} 属于另一台收银机，本机不能使用：请恢复本机原来的数据文件夹，或联系总部重新登记本机",
                    retryable=False,
                    file=path.name,
                )
            seen = read_witness(path)
            if seen is not None and seen.terminal_id != terminal_id:
                seen = None
            if held_by is None:
                with writing(engine) as connection:
                    _begin(connection, terminal_id, new_epoch, instant_text(clock.now()), seen)
                    stands = read_chain_end(connection).witness
            else:
                stands = _settle_doubts(engine, seen, new_epoch)
            witness_file = WitnessFile(path)
        except BaseException:
            engine.dispose()
            raise
        witness_file.write(stands)
        return cls(engine, witness_file, terminal_id=terminal_id, epoch=stands.epoch)

    @contextmanager
    def transaction(self) -> Iterator[TerminalRecords]:
        """A writing transaction: commits durably at the end of the block, rolls back on any exception.

        ``Fault`` ``disk_write_failed`` when the disk refuses, ``database_busy`` after 5 s behind another writer,
        ``database_damaged``.
        """
        if self._failed:
            self._look_again()
        stands = None
        try:
            with writing(self._engine) as connection:
                records = self._records(connection)
                yield records
                records.finish()
                stands = records.witness()
        except Fault as fault:
            self._failed = self._failed or fault.code in _FAILED
            raise
        if stands is not None:
            self._witness_file.write(stands)

    @contextmanager
    def reading(self) -> Iterator[TerminalRecords]:
        """A short reading transaction; whatever would write in it fails."""
        with reading(self._engine) as connection:
            yield self._records(connection)

    def notice(self) -> Sentence | None:
        """What people have to be told of this file: that it was rewound, restored or recovered, or what a check of it
        has found since the start; None mostly.
        """
        if self._warning is not None:
            return self._warning
        with reading(self._engine) as connection:
            return read_notice(connection)

    def warn(self, warning: Sentence) -> None:
        """A check of the file has found something, which people are told until the till is switched off."""
        self._warning = warning

    def close(self) -> None:
        """Lets go of the file."""
        self._engine.dispose()
        self._witness_file.close()

    def _records(self, connection: Connection) -> TerminalRecords:
        records = TerminalRecords(connection, terminal_id=self.terminal_id)
        self.epoch = records.epoch
        return records

    def _look_again(self) -> None:
        """After a failure the file is opened afresh; what was written last must be whole before anything follows it."""
        with reading(self._engine) as connection:
            end = read_chain_end(connection)
        if end.wrong is not None:
            raise Fault(
                "chain_end_damaged",
                "磁盘出错后本机的最后几条记录对不上（{what}）：请退出程序后重新启动，启动时会检查并抢救数据",
                retryable=False,
                what=end.wrong.what.message,
            )
        self._failed = False


def _require_its_pages(path: Path) -> None:
    """SQLite throws the log of an empty file away; what was sold last is in it. ``Fault`` ``database_damaged``."""
    log = path.with_name(path.name + "-wal")
    empty = not path.exists() or path.stat().st_size == 0
    if empty and log.exists() and log.stat().st_size > 0:
        raise damaged(path)


def _begin(connection: Connection, terminal_id: str, epoch: str, now: str, seen: Witness | None) -> None:
    """A file without anything in it; one that had a predecessor, as its witness says, goes on from there."""
    connection.execute(
        insert(meta),
        {"id": 1, "terminal_id": terminal_id, "epoch": epoch, "created_at": now, "receipt_number": 0},
    )
    if seen is None or seen.seq == 0:
        add_epoch(connection, epoch)
        return
    begin_epoch(
        connection,
        epoch,
        Sentence(
            template="本机的数据文件不见了，已新建空的文件继续收银；原来最后的小票是第 {receipt} 号。"
            "没有上传的销售只在原来的文件里：请找回它，并联系总部。在总部重新登记本机之前，离线时不能使用积分",
            gaps={"receipt": seen.receipt_number},
        ),
        seen,
    )


def _settle_doubts(engine: Engine, seen: Witness | None, new_epoch: str) -> Witness:
    """Where the file stands; in a new epoch when it is not what it was."""
    with reading(engine) as connection:
        end = read_chain_end(connection)
        rewound = seen is not None and is_rewound(connection, seen)
    if end.wrong is None and not rewound:
        return end.witness
    with writing(engine) as connection:
        begin_epoch(connection, new_epoch, _doubt(end.wrong.what if end.wrong else None, seen), seen)
        return read_chain_end(connection).witness


def _doubt(wrong: Sentence | None, seen: Witness | None) -> Sentence:
    if wrong is None and seen is not None:
        return Sentence(
            template="本机的数据被换成了旧的：原来记到第 {receipt} 号小票，现在的文件里没有。缺少的销售若已上传，"
            "总部都有；请联系总部核对。小票号从 {next} 继续；在总部重新登记本机之前，离线时不能使用积分",
            gaps={"receipt": seen.receipt_number, "next": seen.receipt_number + 1},
        )
    return Sentence(
        template="本机最后的记录对不上（{what}），已另起一段继续收银，原来的记录都保留着：请联系总部核对。"
        "在总部重新登记本机之前，离线时不能使用积分",
        gaps={"what": "" if wrong is None else wrong.message},
    )
