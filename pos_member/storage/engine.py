"""SQLite files under SQLAlchemy Core: how they are opened, and the two kinds of transaction on them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from traceback import clear_frames
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

from pos_member.domain.errors import Fault, InvariantViolation
from pos_member.storage.prepared import driver

_BUSY_TIMEOUT_S = 5
_PATH = "pos_member_path"
_OPENED = "pos_member_opened"
_READER = "pos_member_reader"
_KEEPS_MARK = "pos_member_keeps_mark"
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_REFUSED = {
    sqlite3.SQLITE_IOERR: "磁盘读写出错",
    sqlite3.SQLITE_FULL: "磁盘已满",
    sqlite3.SQLITE_READONLY: "文件只读",
    sqlite3.SQLITE_CANTOPEN: "文件无法打开",
    sqlite3.SQLITE_PERM: "没有权限",
}


class Durability(StrEnum):
    """What a commit waits for (SQLite's ``synchronous`` in WAL mode)."""

    FULL = "FULL"  # every commit is on the disk
    NORMAL = "NORMAL"  # a power cut may take the last commits, never the file's consistency


def open_engine(path: Path, durability: Durability) -> Engine:
    """An engine on a file that is there: WAL, foreign keys on, waiting at most 5 s for another writer.

    Reading has connections of its own, on which nothing can be written.
    """
    marks = {_PATH: path, _OPENED: _file_at(path), _KEEPS_MARK: durability is Durability.FULL}
    reader = _engine(path, durability, marks)
    engine = _engine(path, durability, {**marks, _READER: reader})

    @event.listens_for(reader, "connect")
    def _refuse_writes(dbapi_connection: Any, record: object) -> None:  # noqa: ARG001 - SQLAlchemy's signature
        dbapi_connection.execute("PRAGMA query_only=ON")  # a write would be lost with the rollback at the end

    @event.listens_for(engine, "engine_disposed")
    def _dispose_reader(disposed: Engine) -> None:  # noqa: ARG001
        reader.dispose()

    return engine


def _engine(path: Path, durability: Durability, marks: Mapping[str, object]) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=path.absolute().as_uri(), query={"mode": "rw", "uri": "true"}),
        connect_args={"timeout": _BUSY_TIMEOUT_S},
        hide_parameters=True,  # they are personal, and errors are logged
        execution_options=marks,
    )

    @event.listens_for(engine, "connect")
    def _settle(dbapi_connection: Any, record: object) -> None:  # noqa: ARG001 - SQLAlchemy's signature
        dbapi_connection.isolation_level = None  # transactions begin where the two functions below say, nowhere else
        dbapi_connection.execute("PRAGMA journal_mode=WAL")
        dbapi_connection.execute(f"PRAGMA synchronous={durability.value}")
        dbapi_connection.execute("PRAGMA foreign_keys=ON")
        dbapi_connection.execute("PRAGMA secure_delete=ON")  # what is personal is gone from the file once deleted
        dbapi_connection.execute("PRAGMA recursive_triggers=ON")  # else REPLACE slips past the append-only triggers

    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A writing transaction, exclusive from its first moment: commits at the end, rolls back on any exception.

    ``Fault`` ``disk_write_failed``, ``database_busy`` or ``database_damaged``; then nothing was written, and the file
    is opened afresh the next time. ``database_gone`` when another file, or none, is where this one was: what is written
    to a file without a name is lost when the program ends.
    """
    with telling(engine), engine.connect() as connection:
        driver(connection).execute("BEGIN IMMEDIATE")
        yield connection
        _require_in_place(engine)
        driver(connection).commit()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent look at the file. Keep it short: the log cannot be folded back while it lasts.

    ``InvariantViolation`` when something is written in it, and the faults of :func:`writing`.
    """
    reader: Engine = engine.get_execution_options()[_READER]
    with telling(engine), reader.connect() as connection:
        driver(connection).execute("BEGIN")
        try:
            yield connection
        except (OperationalError, sqlite3.OperationalError) as error:
            if getattr(_driver_error(error), "sqlite_errorcode", 0) != sqlite3.SQLITE_READONLY:
                raise
            raise InvariantViolation("something was written in a transaction that reads") from error


@contextmanager
def telling(engine: Engine) -> Iterator[None]:
    """Turns a driver's error into a fault that a person can act on, those of :func:`writing` but ``database_gone``.

    Whoever keeps an error keeps what was at work when it came: cursors among it, which would hold the log in use.
    """
    try:
        with _letting_go_of_cursors():
            yield
    except (DBAPIError, sqlite3.Error) as error:
        options = engine.get_execution_options()
        cause = _driver_error(error)
        fault = fault_of(cause, options[_PATH])
        if fault is None:
            raise
        engine.dispose()
        if options[_KEEPS_MARK] and (fault.code == "database_damaged" or _primary(cause) == sqlite3.SQLITE_IOERR):
            mark_doubtful(options[_PATH])
        raise fault from error


@contextmanager
def _letting_go_of_cursors() -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        clear_frames(error.__traceback__)
        raise


def _driver_error(error: Exception) -> BaseException | None:
    """The driver's own error, as it came or under SQLAlchemy's."""
    return error.orig if isinstance(error, DBAPIError) else error


def doubt_mark(path: Path) -> Path:
    """The file that stands beside a database which SQLite could not read or write: it is to be checked whole."""
    return path.with_name(path.name + ".doubtful")


def mark_doubtful(path: Path) -> None:
    """Leaves the mark. A disk that takes not even that has said so already."""
    with suppress(OSError):
        doubt_mark(path).touch()


def fault_of(error: BaseException | None, path: Path) -> Fault | None:
    """What a driver's error means for the file at ``path``; None when it is no matter of the surroundings."""
    if not isinstance(error, sqlite3.Error):
        return None
    primary = _primary(error)
    if primary in _REFUSED:
        return _write_failed(path, _REFUSED[primary])
    if primary in _BUSY:
        return Fault(
            "database_busy",
            "{file} 正被其他程序占用。本次操作没有保存；请关闭占用它的程序后再试",
            retryable=True,
            file=path.name,
        )
    unreadable = isinstance(error, sqlite3.OperationalError) and not hasattr(error, "sqlite_errorcode")
    if primary in _DAMAGED or unreadable:  # Python's own error, when a text is none
        return damaged(path)
    return None


def damaged(path: Path) -> Fault:
    """The fault of a file that SQLite cannot make sense of."""
    return Fault(
        "database_damaged",
        "{file} 已损坏，无法读取。请停止收银，保留该文件，并联系总部技术支持",
        retryable=False,
        file=path.name,
    )


def _primary(error: BaseException | None) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def write_failed(path: Path, error: OSError) -> Fault:
    """The fault of a file that the system did not let be written."""
    return _write_failed(path, error.strerror or type(error).__name__)


def _write_failed(path: Path, why: str) -> Fault:
    return Fault(
        "disk_write_failed",
        "无法写入 {file}：{why}。本次操作没有保存；请检查磁盘空间与权限后再试",
        retryable=True,
        file=path.name,
        why=why,
    )


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file has this name now; None for none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _require_in_place(engine: Engine) -> None:
    options = engine.get_execution_options()
    path: Path = options[_PATH]
    if _file_at(path) != options[_OPENED]:
        raise Fault(
            "database_gone",
            "{file} 已被移走、删除或替换。本次操作没有保存；请停止收银并退出程序，把原来的文件放回 {folder} 后再启动",
            retryable=False,
            file=path.name,
            folder=str(path.parent),
        )
