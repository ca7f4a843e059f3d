"""A copy of ``terminal.db`` taken while the till sells, proven before it gets its name, and put back when it is needed.

The till's identity is no part of it: its credential goes into no copy.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import bindparam, func, select, update

from pos_member.app.file_report import FileReport
from pos_member.domain.clock import Clock
from pos_member.domain.errors import Fault, Sentence
from pos_member.storage.database_file import TERMINAL, open_database, require_known, require_writable
from pos_member.storage.engine import fault_of, reading, write_failed, writing
from pos_member.storage.epochs import begin_epoch
from pos_member.storage.file_swap import finish_swap, make_names_durable, swap_in
from pos_member.storage.full_check import check_file
from pos_member.storage.snapshot_file import leave_one_file, make_durable, remove_database
from pos_member.storage.terminal_schema import meta
from pos_member.storage.witness import read_witness

_HEADER = b"SQLite format 3\0"
_NOT_BELOW = update(meta).values(receipt_number=func.max(meta.c.receipt_number, bindparam("present")))


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMade:
    """Where the backup is, and what was looked at in it."""

    path: Path
    report: FileReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """Where the file that was there before is now (None: there was none), and the last receipt number of the backup."""

    aside: Path | None
    last_receipt: int


def back_up(database: Path, target: Path, clock: Clock) -> BackupMade:
    """Copies the database to a file (a name that ends in ".db") or into a folder, under a name with the time.

    A file in which something does not add up has a backup like any other, for it is all there is; the report says what.
    ``Fault``: ``no_database``, ``not_a_database``, ``database_newer``, ``backup_exists``, ``backup_unsound`` (it cannot
    be read from end to end; the copy is removed), ``folder_unwritable``, ``disk_write_failed``.
    """
    require_database(database)
    path = target
    if target.suffix != ".db":
        path = target / f"terminal-{clock.now():%Y%m%dT%H%M%SZ}.db"
    if path.exists():
        raise Fault("backup_exists", "{path} 已经存在，没有覆盖：请换一个文件名", retryable=False, path=str(path))
    unfinished = path.with_name(path.name + ".part")
    require_writable(path.parent)
    try:
        remove_database(unfinished)
        _copy(database, unfinished)
        leave_one_file(open_database(unfinished, TERMINAL))
        report = check_file(unfinished)
        if report.damaged:
            remove_database(unfinished)
            raise Fault(
                "backup_unsound",
                "备份没有通过检查，已丢弃：{why}。请先运行 main.py check 检查本机数据",
                retryable=False,
                why=report.findings[0].what.message,
            )
        make_durable(unfinished)
        os.replace(unfinished, path)
        make_names_durable(path.parent)
    except OSError as error:
        raise write_failed(path, error) from error
    return BackupMade(path=path, report=report)


def restore(database: Path, backup: Path, *, terminal_id: str, new_epoch: str) -> Restored:
    """Puts a backup in the place of the database, which is set aside. The till must not run.

    What is restored begins a new epoch; its receipt numbers go on from the witness. ``Fault``: ``no_database``,
    ``not_a_database``, ``terminal_mismatch``, ``database_newer``, ``backup_unsound``, ``disk_write_failed``; then
    nothing has changed.
    """
    fresh = database.with_name(f"{database.stem}-restoring{database.suffix}")
    if backup.resolve() == fresh.resolve():
        raise _no_database_of_a_till(backup)  # what an earlier restore, cut short, has left: it goes
    require_database(backup)
    finish_swap(database)
    remove_database(fresh)
    try:
        try:
            _copy(backup, fresh)
            last = _renew(fresh, backup, database, terminal_id, new_epoch)
        except BaseException:
            remove_database(fresh)
            raise
        aside = swap_in(database, fresh)
    except OSError as error:
        raise write_failed(database, error) from error
    return Restored(aside=aside, last_receipt=last)


def _copy(source: Path, target: Path) -> None:
    """One look at the source from first to last page; writers go on beside it."""
    try:
        with (
            closing(sqlite3.connect(source.absolute().as_uri() + "?mode=ro", uri=True)) as held,
            closing(sqlite3.connect(target)) as copy,
        ):
            held.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        remove_database(target)
        fault = fault_of(error, source)
        full = fault is not None and fault.code == "disk_write_failed"
        raise (fault_of(error, target) if full else fault) or error from error


def _renew(fresh: Path, backup: Path, database: Path, terminal_id: str, epoch: str) -> int:
    """Proves the copy, brings it up to date and turns it over to a new epoch; its last receipt number."""
    engine = open_database(fresh, TERMINAL)
    try:
        with reading(engine) as connection:
            held = connection.execute(select(meta)).one_or_none()
        if held is None or held.terminal_id != terminal_id:
            template = "备份 {file} 属于另一台收银机，没有恢复：请使用本机自己的备份"
            raise Fault("terminal_mismatch", template, retryable=False, file=backup.name)
        report = check_file(fresh)
        if report.damaged:
            template = "备份 {file} 没有通过检查，没有恢复：{why}。请换一个备份"
            why = report.findings[0].what.message
            raise Fault("backup_unsound", template, retryable=False, file=backup.name, why=why)
        seen, present = read_witness(database), _last_receipt(database)
        with writing(engine) as connection:
            ours = seen if seen is not None and seen.terminal_id == terminal_id else None
            begin_epoch(connection, epoch, _notice(held.receipt_number), ours)
            connection.execute(_NOT_BELOW, {"present": present})
    except BaseException:
        engine.dispose()
        raise
    leave_one_file(engine)
    return int(held.receipt_number)


def _notice(last_receipt: int) -> Sentence:
    return Sentence(
        template="本机的数据已从备份恢复，备份到第 {receipt} 号小票为止；之后的销售若已上传，总部都有，"
        "没有上传的在恢复前的文件里。请联系总部核对；在总部重新登记本机之前，离线时不能使用积分",
        gaps={"receipt": last_receipt},
    )


def _last_receipt(database: Path) -> int:
    """Of the file that is about to be set aside; 0 where it cannot be read."""
    try:
        with closing(sqlite3.connect(database.absolute().as_uri() + "?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT receipt_number FROM meta").fetchone()[0])
    except (sqlite3.Error, TypeError):
        return 0


def require_database(path: Path, *, current: bool = False) -> None:
    """Whether a file is a till's database; with ``current``, of this very version.

    ``Fault``: ``no_database``, ``not_a_database``, ``database_older``, ``database_newer``.
    """
    if not path.is_file():
        raise Fault("no_database", "没有找到文件 {path}：请检查路径", retryable=False, path=str(path))
    try:
        with path.open("rb") as file:
            header = file.read(len(_HEADER))
        with closing(sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True)) as connection:
            known = connection.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('meta', 'events')").fetchone()
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except (OSError, sqlite3.Error):
        header, known, revision = b"", (0,), None
    if header != _HEADER or known != (2,) or revision is None:
        raise _no_database_of_a_till(path)
    if current and revision[0] != TERMINAL.head:
        require_known(revision[0], TERMINAL, path)
        template = "{path} 是由旧版本的程序写入的：请先启动一次收银终端，再检查"
        raise Fault("database_older", template, retryable=False, path=str(path))


def _no_database_of_a_till(path: Path) -> Fault:
    template = "{path} 不是收银机的数据文件，或者已损坏：请检查路径"
    return Fault("not_a_database", template, retryable=False, path=str(path))
