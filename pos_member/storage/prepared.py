"""Statements on the way of every sale: made by SQLAlchemy Core, compiled once, run on the driver's own connection.

Core's executing costs more than SQLite's for a statement of one row, and a sale takes some twenty of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import ClauseElement, ColumnElement, Connection, literal_column
from sqlalchemy.dialects import sqlite

_DIALECT = sqlite.dialect(paramstyle="named")


class Prepared:
    """A statement whose values SQLite stores as they are (text, integers, bytes, None)."""

    def __init__(self, statement: ClauseElement) -> None:
        compiled = statement.compile(dialect=_DIALECT)
        self._sql = str(compiled)
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}

    def run(self, connection: Connection, asked: Mapping[str, Any] | None = None) -> sqlite3.Cursor:
        """Runs it once; rows answer to their columns' names."""
        cursor = driver(connection).cursor()
        cursor.row_factory = sqlite3.Row
        return cursor.execute(self._sql, {**self._fixed, **asked} if asked else self._fixed)

    def run_many(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Runs it for each row."""
        driver(connection).executemany(self._sql, rows)

    def row(self, connection: Connection, asked: Mapping[str, Any] | None = None) -> sqlite3.Row | None:
        """The first row, None where there is none."""
        return cast(sqlite3.Row | None, self.run(connection, asked).fetchone())

    def value(self, connection: Connection, asked: Mapping[str, Any] | None = None) -> Any:
        """The first column of the first row, None where there is none."""
        found = self.run(connection, asked).fetchone()
        return None if found is None else found[0]


def words(values: Iterable[str]) -> list[ColumnElement[str]]:
    """The program's own words (kinds, states) as part of a statement, for ``in_``."""
    return [literal_column(f"'{value}'") for value in sorted(values)]


def driver(connection: Connection) -> sqlite3.Connection:
    """The driver's connection under SQLAlchemy's, in the same transaction."""
    return cast(sqlite3.Connection, connection.connection.driver_connection)
