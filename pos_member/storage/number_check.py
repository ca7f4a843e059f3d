"""Whether the receipts and shifts of ``terminal.db`` are numbered without gaps, epoch by epoch."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from pos_member.app.facts import kind_of
from pos_member.app.file_report import Finding, FindingKind, finding
from pos_member.domain.shift import ShiftOpening

_NUMBER = re.compile(r"\d+$", re.ASCII)
_FIRST_TOLD = "(SELECT min(o.number) FROM events e JOIN outbox o ON o.epoch = e.epoch WHERE e.subject_id = {0}.id)"
_RECEIPTS = f"""
    SELECT {_FIRST_TOLD.format("sales")} AS turn, receipt_no FROM sales
    UNION ALL
    SELECT {_FIRST_TOLD.format("facts")}, receipt_no FROM facts WHERE receipt_no IS NOT NULL
"""  # noqa: S608 - our own words
_SHIFTS = f"""
    SELECT {_FIRST_TOLD.format("facts")} AS turn, CAST(json_extract(document, '$.number') AS TEXT) FROM facts
    WHERE kind = '{kind_of(ShiftOpening)}'
"""  # noqa: S608 - our own words


class _Words(NamedTuple):
    doubled: str
    missing: str
    beyond: str


_ROWS = (
    (
        _RECEIPTS,
        "receipt_number",
        _Words(
            doubled="小票号有重复（{lowest}–{highest}）",
            missing="小票号不连续（{lowest}–{highest}）",
            beyond="小票号 {highest} 比记下的最后一号 {last} 大",
        ),
    ),
    (
        _SHIFTS,
        "shift_number",
        _Words(
            doubled="班次号有重复（{lowest}–{highest}）",
            missing="班次号不连续（{lowest}–{highest}）",
            beyond="班次号 {highest} 比记下的最后一号 {last} 大",
        ),
    ),
)


def check_numbers(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Within an epoch numbers follow each other, and a later one goes on above the one before.

    Some may be missing up to where a damaged file was recovered, and before an epoch that goes on from a witness.
    """
    (torn,) = connection.execute("SELECT coalesce(max(number), 0) FROM outbox WHERE ends_at IS NOT NULL").fetchone()
    for statement, column, words in _ROWS:
        turns: dict[int, list[int]] = {}
        for turn, text in connection.execute(statement).fetchall():
            number = _NUMBER.search(text)
            if number is not None and turn is not None:
                turns.setdefault(max(turn, torn + 1), []).append(int(number.group()))
        (last,) = connection.execute(f"SELECT {column} FROM meta").fetchone()  # noqa: S608 - our own words
        yield from _check_turns(turns, torn + 1 if torn else 0, last, words)


def _check_turns(turns: dict[int, list[int]], torn: int, last: int, words: _Words) -> Iterator[Finding]:
    above = 0
    for turn, numbers in sorted(turns.items()):
        lowest, highest = min(numbers), max(numbers)
        if len(numbers) > len(set(numbers)) or lowest <= above:
            yield finding(FindingKind.NUMBERS, words.doubled, lowest=lowest, highest=highest)
        elif highest - lowest + 1 > len(numbers) and turn != torn:
            yield finding(FindingKind.NUMBERS, words.missing, lowest=lowest, highest=highest)
        above = max(above, highest)
    if above > last:
        yield finding(FindingKind.NUMBERS, words.beyond, highest=above, last=last)
