"""The points ledger as head office keeps it: every entry once, for ever, and what a member's entries come to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from pos_member.domain.bonuses import BonusKind, PastBonus, past_bonuses
from pos_member.domain.ledger import LedgerEntry, fold
from pos_member.domain.member import MemberState
from pos_member.storage.fact_columns import entry_columns, entry_of
from sync.head_office.schema import ledger_entries

_BY_IDS = select(ledger_entries).where(ledger_entries.c.id.in_(bindparam("ids", expanding=True)))
_BY_MEMBER = select(ledger_entries).where(ledger_entries.c.member_id == bindparam("member"))
_INSERT = insert(ledger_entries)
_CHUNK = 500
_OF_A_MONTH = frozenset({BonusKind.CHECK_IN, BonusKind.ADJUSTMENT})
"""Bonuses of which only a month's sum, or nothing, decides about others; all else is given once and kept for ever."""


def add_entries(connection: Connection, entries: Sequence[LedgerEntry]) -> None:
    """Adds entries; one that is already there is passed over. ``ValueError`` when it is there with another content."""
    rows = {entry.id: entry_columns(entry) for entry in entries}
    for known in _known(connection, list(rows)):
        if rows.pop(known.id) != known._asdict():
            raise ValueError(f"ledger entry {known.id} comes with two contents")
    if rows:
        connection.execute(_INSERT, list(rows.values()))


def post_entries(connection: Connection, entries: Sequence[LedgerEntry]) -> None:
    """Adds entries none of which is there (:func:`any_known`)."""
    if entries:
        connection.execute(_INSERT, [entry_columns(entry) for entry in entries])


def entries_of_member(connection: Connection, member_id: str) -> tuple[LedgerEntry, ...]:
    """All entries of a member, in no particular order."""
    return tuple(entry_of(row) for row in connection.execute(_BY_MEMBER, {"member": member_id}))


def any_known(connection: Connection, entry_ids: Sequence[str]) -> bool:
    """Whether any of these entries is in the ledger."""
    return any(True for _ in _known(connection, entry_ids))


def with_ledger(connection: Connection, state: MemberState, on: date) -> MemberState:
    """The state with what the member's whole ledger comes to: lots, debt, and the bonuses that were given."""
    entries = entries_of_member(connection, state.member.id)
    balance = fold(entries, on)
    return replace(state, lots=balance.lots, debt=balance.debt, bonuses=_kept(past_bonuses(entries), on))


def _kept(given: Iterable[PastBonus], on: date) -> tuple[PastBonus, ...]:
    """Those that still decide something: once-only ones, and those of this calendar month and the one before."""
    oldest = (on.replace(day=1) - timedelta(days=1)).replace(day=1)
    kept = (bonus for bonus in given if bonus.kind not in _OF_A_MONTH or bonus.on >= oldest)
    return tuple(sorted(kept, key=lambda bonus: (bonus.on, bonus.kind, bonus.source, bonus.points)))


def _known(connection: Connection, entry_ids: Sequence[str]) -> Iterable[Row[Any]]:
    for start in range(0, len(entry_ids), _CHUNK):
        yield from connection.execute(_BY_IDS, {"ids": entry_ids[start : start + _CHUNK]}).all()
