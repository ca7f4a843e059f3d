"""The check of all that is in ``terminal.db``: readable, chained, paired and numbered without gaps.

It reads in short queries on a connection of its own, so that a till can sell meanwhile; what is sold meanwhile is left
to the next one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from pos_member.app.facts import FACTS, SALE
from pos_member.app.file_report import FileReport, Finding, FindingKind, finding
from pos_member.domain.event import GENESIS_HASH
from pos_member.storage.chain_check import follows
from pos_member.storage.number_check import check_numbers
from pos_member.storage.terminal_schema import terminal_metadata

_PAGE = 200
_MOST_FINDINGS = 100
_TOLD_KINDS = ", ".join(f"'{kind}'" for kind in (SALE, *FACTS))

_EVENTS = "SELECT seq, canonical, hash FROM events WHERE epoch = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?"
_UNTOLD_EVENTS = f"""
    SELECT e.seq FROM events e WHERE e.epoch = ? AND e.seq BETWEEN ? AND ? AND e.kind IN ({_TOLD_KINDS})
    AND NOT EXISTS (SELECT 1 FROM sales s WHERE e.kind = '{SALE}' AND s.id = e.subject_id)
    AND NOT EXISTS (SELECT 1 FROM facts f WHERE f.kind = e.kind AND f.id = e.subject_id)
    AND NOT EXISTS (SELECT 1 FROM judgements j WHERE j.epoch = e.epoch AND j.seq = e.seq AND j.verdict = 'quarantined')
"""  # noqa: S608 - our own words
_SALES = """
    SELECT s.number, s.receipt_no,
        s.document, (SELECT e.canonical FROM events e WHERE e.subject_id = s.id AND e.kind = 'sale' LIMIT 1) AS told,
        (SELECT count(*) FROM sale_lines l WHERE l.sale_id = s.id) <> json_array_length(s.document, '$.quote.lines')
        OR (SELECT count(*) FROM tenders t WHERE t.sale_id = s.id) <> json_array_length(s.document, '$.tenders')
        OR (SELECT coalesce(sum(l.net_fen), 0) FROM sale_lines l WHERE l.sale_id = s.id) <> s.payable_fen AS unequal,
        EXISTS (SELECT 1 FROM json_each(s.document, '$.entries') d
            LEFT JOIN ledger_entries l ON l.id = json_extract(d.value, '$.id') AND l.sale_id = s.id
            AND l.points = json_extract(d.value, '$.points') WHERE l.id IS NULL) AS unposted,
        coalesce(json_array_length(s.document, '$.entries'), 0) AS entries
    FROM sales s WHERE s.number > ? AND s.number <= ? ORDER BY s.number LIMIT ?
"""
_FACTS = """
    SELECT f.number, f.kind || ' ' || f.id,
        f.document, (SELECT e.canonical FROM events e WHERE e.subject_id = f.id AND e.kind = f.kind LIMIT 1) AS told,
        0 AS unequal,
        EXISTS (SELECT 1 FROM json_each(f.document, '$.entries') d
            LEFT JOIN ledger_entries l ON l.id = json_extract(d.value, '$.id') AND l.sale_id IS NULL
            AND l.points = json_extract(d.value, '$.points') WHERE l.id IS NULL) AS unposted,
        coalesce(json_array_length(f.document, '$.entries'), 0) AS entries
    FROM facts f WHERE f.number > ? AND f.number <= ? ORDER BY f.number LIMIT ?
"""
_EPOCHS = """
    SELECT epoch, ends_at, (SELECT coalesce(max(seq), 0) FROM events e WHERE e.epoch = o.epoch) FROM outbox o
    ORDER BY number
"""
_LAST = """
    SELECT (SELECT coalesce(max(number), 0) FROM sales), (SELECT coalesce(max(number), 0) FROM facts),
        (SELECT coalesce(max(rowid), 0) FROM ledger_entries)
"""
_WRONG = (
    ("unequal", "{what} 的明细或收款与单据不符"),
    ("unposted", "{what} 的积分流水与单据不符"),
)


def check_file(path: Path, breathe: Callable[[], bool] = lambda: True) -> FileReport:
    """Looks at everything. ``breathe`` is called between queries: it may wait, and with False ends the check."""
    check = _Check(path, breathe)
    return check.run()


class _Check:
    def __init__(self, path: Path, breathe: Callable[[], bool]) -> None:
        self._path = path
        self._breathe = breathe
        self._findings: list[Finding] = []
        self._events = self._sales = self._facts = self._entries = 0
        self._whole = False

    def run(self) -> FileReport:
        try:
            with closing(sqlite3.connect(self._path.absolute().as_uri() + "?mode=ro", uri=True)) as connection:
                connection.isolation_level = None
                connection.row_factory = sqlite3.Row
                self._whole = all(self._breathe() for _ in self._steps(connection))
        except sqlite3.Error as error:
            self._found(FindingKind.DAMAGED, "{file} 有读不出来的地方：{why}", file=self._path.name, why=str(error))
        return FileReport(
            events=self._events,
            sales=self._sales,
            facts=self._facts,
            whole=self._whole,
            findings=tuple(self._findings),
        )

    def _steps(self, connection: sqlite3.Connection) -> Iterator[None]:
        """The check in pieces, each a query or a few; what is damaged is not looked into any further."""
        for table in terminal_metadata.sorted_tables:
            self._check_pages(connection, table.name)
            yield
        if self._findings:
            return
        for row in connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST_FINDINGS):
            self._found(FindingKind.UNPAIRED, "{table} 里有一行没有它所属的单据", table=row[0])
        yield
        last_sale, last_fact, last_entry = connection.execute(_LAST).fetchone()
        for epoch, ends_at, last_seq in connection.execute(_EPOCHS).fetchall():
            yield from self._check_chain(connection, epoch, last_seq, has_gaps=ends_at is not None)
        yield from self._check_documents(connection, _SALES, last_sale)
        yield from self._check_documents(connection, _FACTS, last_fact)
        entries = "SELECT count(*) FROM ledger_entries WHERE rowid <= ?"
        posted = connection.execute(entries, (last_entry,)).fetchone()[0]
        if posted != self._entries and not self._findings:
            template = "积分流水有 {posted} 条，各单据合计 {told} 条"
            self._found(FindingKind.UNPAIRED, template, posted=posted, told=self._entries)
        yield
        for found in check_numbers(connection):
            self._findings.append(found)
        yield

    def _check_pages(self, connection: sqlite3.Connection, table: str) -> None:
        for (said,) in connection.execute(f'PRAGMA integrity_check("{table}")').fetchall():
            if said != "ok":
                self._found(FindingKind.DAMAGED, "{file} 有损坏：{why}", file=self._path.name, why=said)

    def _check_chain(self, connection: sqlite3.Connection, epoch: str, last: int, *, has_gaps: bool) -> Iterator[None]:
        """Every event follows the one before; each that speaks of a sale or a fact has it here."""
        seq, previous = 0, GENESIS_HASH
        while rows := connection.execute(_EVENTS, (epoch, seq, last, _PAGE)).fetchall():
            first = rows[0]["seq"]
            for row in rows:
                joins = row["seq"] == seq + 1
                if not joins and not has_gaps:
                    self._found(FindingKind.CHAIN, "第 {seq} 条之后缺少记录", seq=seq)
                if joins and not follows(previous, row["canonical"], row["hash"]):
                    self._found(FindingKind.CHAIN, "第 {seq} 条记录的校验值对不上", seq=row["seq"])
                seq, previous = row["seq"], row["hash"]
            self._events += len(rows)
            for (untold,) in connection.execute(_UNTOLD_EVENTS, (epoch, first, seq)).fetchall():
                self._found(FindingKind.UNPAIRED, "第 {seq} 条记录没有对应的单据", seq=untold)
            yield

    def _check_documents(self, connection: sqlite3.Connection, statement: str, last: int) -> Iterator[None]:
        """Sales or facts: each is told in an event, and its rows are what its document says."""
        number = 0
        while rows := connection.execute(statement, (number, last, _PAGE)).fetchall():
            for row in rows:
                self._check_document(row)
            number = rows[-1]["number"]
            if statement is _SALES:
                self._sales += len(rows)
            else:
                self._facts += len(rows)
            yield

    def _check_document(self, row: Any) -> None:
        self._entries += row["entries"]
        if row["told"] is None:
            self._found(FindingKind.UNPAIRED, "{what} 没有对应的上传记录", what=row[1])
        elif not _says_the_same(row["told"], row["document"]):
            template = "{what} 的单据与上传记录不同"
            self._found(FindingKind.UNPAIRED, template, what=row[1])
        for column, template in _WRONG:
            if row[column]:
                self._found(FindingKind.UNPAIRED, template, what=row[1])

    def _found(self, kind: FindingKind, template: str, **gaps: object) -> None:
        if len(self._findings) < _MOST_FINDINGS:
            self._findings.append(finding(kind, template, **gaps))


def _says_the_same(canonical: bytes, document: str) -> bool:
    """Whether an event tells what was recorded."""
    try:
        return bool(json.loads(canonical)["body"] == json.loads(document))
    except (ValueError, TypeError, LookupError):
        return False
