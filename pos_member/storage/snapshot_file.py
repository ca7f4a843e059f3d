"""A snapshot: a whole replica in one SQLite file, built at head office and checked at a till before it is used."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Table, insert, literal_column, select, update

from pos_member.domain.clock import instant_text
from pos_member.domain.errors import Fault
from pos_member.storage.database_file import REPLICA, open_database
from pos_member.storage.engine import telling, writing
from pos_member.storage.replica_schema import SCHEMA_VERSION, cursor, replica_metadata

_ROWS_AT_ONCE = 5_000


def build_snapshot(source: Connection, path: Path, *, hq_epoch: str, feed_no: int, as_of: datetime) -> None:
    """Writes every published row that ``source`` sees into a new file at ``path``, whose folder must exist.

    The caller's transaction on ``source`` decides what belongs together with ``feed_no``. The file appears under its
    name only once it is whole and on the disk. ``Fault`` ``disk_write_failed``.
    """
    unfinished = path.with_name(path.name + ".part")
    remove_database(unfinished)
    engine = open_database(unfinished, REPLICA)
    try:
        with writing(engine) as target:
            indexes = _take_indexes_off(target)
            for table in replica_metadata.sorted_tables:
                if table is not cursor:
                    _copy(source, target, table)
            for statement in indexes:
                target.exec_driver_sql(statement)
            target.execute(
                update(cursor).values(
                    hq_epoch=hq_epoch, feed_no=feed_no, as_of=instant_text(as_of), schema_version=SCHEMA_VERSION
                )
            )
    finally:
        leave_one_file(engine)
    make_durable(unfinished)
    os.replace(unfinished, path)


def check_snapshot(path: Path) -> None:
    """Proves a snapshot sound before it is used, and brings an older schema up to date.

    ``Fault``: ``snapshot_damaged`` (retryable), ``database_newer``.
    """
    try:
        with closing(sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True)) as connection:
            verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()
            held = connection.execute("SELECT hq_epoch, schema_version FROM cursor").fetchall()
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise _damaged() from error
    if verdict != ("ok",) or len(held) != 1 or not held[0][0]:
        raise _damaged()
    if revision != (REPLICA.head,):
        engine = open_database(path, REPLICA)
        leave_one_file(engine)
    elif held[0][1] != SCHEMA_VERSION:
        raise _damaged()
    make_durable(path)


def make_durable(path: Path) -> None:
    """Waits until a file's content is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def remove_database(path: Path) -> None:
    """Removes a database file and the log beside it, if they are there."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def leave_one_file(engine: Engine) -> None:
    """Folds the log back and lets go of the file. ``Fault`` ``disk_write_failed``."""
    engine.dispose()  # whoever still holds the file open keeps the log in use
    try:
        with telling(engine), engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
    finally:
        engine.dispose()


def _damaged() -> Fault:
    return Fault("snapshot_damaged", "从总部取来的数据不完整，稍后重新下载；销售照常", retryable=True)


def _take_indexes_off(target: Connection) -> list[str]:
    """Drops the indexes, for they are made faster over the whole than row by row; gives the statements to do so."""
    rows = target.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").all()
    for name, _ in rows:
        target.exec_driver_sql(f'DROP INDEX "{name}"')
    return [sql for _, sql in rows]


def _copy(source: Connection, target: Connection, table: Table) -> None:
    """Copies a table's raw values in the order of its key."""
    raw: list[ColumnElement[Any]] = [literal_column(column.name) for column in table.c]
    key: list[ColumnElement[Any]] = [literal_column(column.name) for column in table.primary_key]
    rows = source.execution_options(yield_per=_ROWS_AT_ONCE).execute(select(*raw).select_from(table).order_by(*key))
    statement = str(insert(table).compile(dialect=target.dialect))
    for batch in rows.partitions():
        target.exec_driver_sql(statement, [tuple(row) for row in batch])
