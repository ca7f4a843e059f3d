"""The points ledger as head office keeps it: every entry once, for ever."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from pos_member.domain.clock import parse_instant
from pos_member.domain.ledger import LedgerEntry
from pos_member.storage.fact_columns import entry_columns
from sync.head_office.schema import ledger_entries

_BY_IDS = select(ledger_entries).where(ledger_entries.c.id.in_(bindparam("ids", expanding=True)))
_BY_MEMBER = select(ledger_entries).where(ledger_entries.c.member_id == bindparam("member"))
_CHUNK = 500


def add_entries(connection: Connection, entries: Sequence[LedgerEntry]) -> None:
    """Adds entries; one that is already there is passed over. ``ValueError`` when it is there with another content."""
    rows = {entry.id: entry_columns(entry) for entry in entries}
    for known in _known(connection, list(rows)):
        if rows.pop(known.id) != known._asdict():
            raise ValueError(f"ledger entry {known.id} comes with two contents")
    if rows:
        connection.execute(insert(ledger_entries), list(rows.values()))


def entries_of_member(connection: Connection, member_id: str) -> tuple[LedgerEntry, ...]:
    """All entries of a member, in no particular order."""
    return tuple(_entry_of(row) for row in connection.execute(_BY_MEMBER, {"member": member_id}))


def any_known(connection: Connection, entry_ids: Sequence[str]) -> bool:
    """Whether any of these entries is in the ledger."""
    return any(True for _ in _known(connection, entry_ids))


def _known(connection: Connection, entry_ids: Sequence[str]) -> Iterable[Row[Any]]:
    for start in range(0, len(entry_ids), _CHUNK):
        yield from connection.execute(_BY_IDS, {"ids": entry_ids[start : start + _CHUNK]}).all()


def _entry_of(row: Row[Any]) -> LedgerEntry:
    return LedgerEntry(
        id=row.id,
        member_id=row.member_id,
        kind=row.kind,
        points=row.points,
        occurred_at=parse_instant(row.occurred_at),
        business_date=date.fromisoformat(row.business_date),
        store_id=row.store_id,
        terminal_id=row.terminal_id,
        source=row.source,
        ruleset=row.ruleset,
        expires_on=None if row.expires_on is None else date.fromisoformat(row.expires_on),
        of=row.of,
    )
