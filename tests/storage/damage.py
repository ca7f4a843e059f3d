"""Ways in which a file on a disk goes bad."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def fold_log_back(path: Path) -> None:
    """Leaves everything in the database file itself."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def pages_of(path: Path, table: str) -> list[int]:
    """The pages of a table's own tree that are no overflow pages, its root first."""
    fold_log_back(path)
    size = page_size(path)
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    content = path.read_bytes()
    found, waiting = [], [root]
    while waiting:
        number = waiting.pop(0)
        found.append(number)
        page = content[(number - 1) * size : number * size]
        if page[0] == 5:
            cells = int.from_bytes(page[3:5], "big")
            starts = [int.from_bytes(page[12 + 2 * cell : 14 + 2 * cell], "big") for cell in range(cells)]
            waiting += [int.from_bytes(page[start : start + 4], "big") for start in starts]
            waiting.append(int.from_bytes(page[8:12], "big"))
    return found


def page_size(path: Path) -> int:
    return int.from_bytes(path.read_bytes()[16:18], "big")


def wipe(path: Path, page: int, *, length: int | None = None) -> None:
    """Zeroes a page, or the beginning of one."""
    size = page_size(path) or 4096
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(bytes(size if length is None else length))
