"""Reading ``terminal.db`` past the program, with plain SQL."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.durability.journal import Journal, Seen


class RawLook:
    """A connection of its own that tells what came since it last looked. It only reads."""

    def __init__(self, path: Path, journal: Journal) -> None:
        self._connection = sqlite3.connect(path, timeout=5)
        self._connection.execute("PRAGMA query_only=ON")
        self._sale = self._last("SELECT number, id FROM sales ORDER BY number DESC", journal.sales)
        self._fact = self._last("SELECT number, id FROM facts ORDER BY number DESC", set(journal.facts))

    def close(self) -> None:
        self._connection.close()

    def look(self) -> Seen:
        """What was added, and what is in hand."""
        asked = self._connection.execute
        sales = asked("SELECT number, id FROM sales WHERE number > ?", (self._sale,)).fetchall()
        facts = asked("SELECT number, id, kind FROM facts WHERE number > ?", (self._fact,)).fetchall()
        self._sale = max([self._sale, *(row[0] for row in sales)])
        self._fact = max([self._fact, *(row[0] for row in facts)])
        basket = asked("SELECT document FROM open_basket").fetchone()
        return Seen(
            sales=tuple(row[1] for row in sales),
            facts=tuple((row[1], row[2]) for row in facts),
            events=asked("SELECT coalesce(max(rowid), 0) FROM events").fetchone()[0],
            basket=None if basket is None else basket[0],
            suspended=tuple(row[0] for row in asked("SELECT id FROM suspended_baskets")),
        )

    def receipts(self) -> list[str]:
        """Numbers of the latest sales."""
        rows = self._connection.execute("SELECT receipt_no FROM sales ORDER BY number DESC LIMIT 40")
        return [row[0] for row in rows]

    def _last(self, rows_backwards: str, known: set[str]) -> int:
        """The number of the last row that was heard of."""
        rows = self._connection.execute(rows_backwards)
        return next((number for number, row_id in rows if row_id in known), 0)
