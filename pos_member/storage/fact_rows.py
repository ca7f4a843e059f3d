"""Facts beside sales as rows of ``terminal.db`` and back, and what a member's records come to."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, bindparam, exists, func, insert, literal, select

from pos_member.app.codec import from_text, to_text
from pos_member.app.facts import FACTS, SALE, kind_of
from pos_member.domain.clock import instant_text
from pos_member.domain.errors import InvariantViolation
from pos_member.domain.fact import Fact
from pos_member.domain.own_records import OwnRecords
from pos_member.domain.redeeming import Redemption, RedemptionKind, RedemptionVoid
from pos_member.domain.sale import Sale
from pos_member.domain.sale_return import SaleReturn
from pos_member.domain.shift import ShiftClosing, ShiftOpening
from pos_member.storage.fact_columns import entry_columns
from pos_member.storage.prepared import Prepared
from pos_member.storage.terminal_schema import events, facts, judgements, ledger_entries, sales

F = TypeVar("F", bound=Fact)

_INSERT = insert(facts)
_INSERT_ENTRY = insert(ledger_entries)
_BY_ID = select(facts.c.kind, facts.c.document).where(facts.c.id == bindparam("fact"))
_BY_RECEIPT = select(facts.c.document).where(facts.c.receipt_no == bindparam("receipt"))
_OF_KIND = select(facts.c.kind, facts.c.document).where(facts.c.kind == bindparam("of_kind")).order_by(facts.c.number)
_ABOUT = _OF_KIND.where(facts.c.about == bindparam("key"))
_OF_MEMBER = _OF_KIND.where(facts.c.member_id == bindparam("key"))
_OF_SHIFT = _OF_KIND.where(facts.c.shift_id == bindparam("key"))
_closing = facts.alias()
_LAST_SHIFT = Prepared(
    select(facts.c.document, _closing.c.id.label("closing"))
    .outerjoin(_closing, (_closing.c.about == facts.c.id) & (_closing.c.kind == kind_of(ShiftClosing)))
    .where(facts.c.kind == kind_of(ShiftOpening))
    .order_by(facts.c.number.desc())
    .limit(1)
)
_first, _first_judged = events.alias(), judgements.alias()
_TOLD_OF_IT = (
    select(_first.c.seq)
    .outerjoin(_first_judged, (_first_judged.c.epoch == _first.c.epoch) & (_first_judged.c.seq == _first.c.seq))
    .where(_first.c.subject_id == facts.c.about)
    .correlate(facts)
)
_ABOUT_NOTHING_POSTED = (
    facts.c.about.is_not(None)
    & exists(_TOLD_OF_IT.where(_first_judged.c.seq.is_not(None)))
    & ~exists(_TOLD_OF_IT.where(_first_judged.c.seq.is_(None)))
)
"""A return or a void of what head office did not post gives nothing back: nothing of it is in the figures."""
_RECORDED = Prepared(
    select(events.c.epoch, events.c.seq, events.c.kind, sales.c.document.label("sale"), facts.c.document.label("fact"))
    .outerjoin(sales, (sales.c.id == events.c.subject_id) & (events.c.kind == SALE))
    .outerjoin(facts, (facts.c.id == events.c.subject_id) & (facts.c.kind == events.c.kind))
    .outerjoin(judgements, (judgements.c.epoch == events.c.epoch) & (judgements.c.seq == events.c.seq))
    .where(
        events.c.member_id == bindparam("member"),
        (events.c.epoch != bindparam("of_epoch")) | (events.c.seq > bindparam("after")),
        judgements.c.seq.is_(None),
        ~_ABOUT_NOTHING_POSTED,
    )
    .order_by(events.c.event_id)
)
_voided = facts.alias()
_TOLD = select(events.c.epoch, events.c.seq).outerjoin(
    judgements, (judgements.c.epoch == events.c.epoch) & (judgements.c.seq == events.c.seq)
)
_HANDED_OUT = (
    _TOLD.add_columns(literal(1).label("pieces"))
    .join(facts, (facts.c.id == events.c.subject_id) & (facts.c.kind == events.c.kind))
    .where(
        facts.c.kind == kind_of(Redemption),
        facts.c.about == bindparam("reward"),
        func.json_extract(facts.c.document, "$.kind") == RedemptionKind.REWARD.value,
        judgements.c.seq.is_(None),
    )
)
_TAKEN_BACK = (
    _TOLD.add_columns(literal(-1).label("pieces"))
    .join(facts, (facts.c.id == events.c.subject_id) & (facts.c.kind == events.c.kind))
    .join(_voided, _voided.c.id == facts.c.about)
    .where(
        facts.c.kind == kind_of(RedemptionVoid),
        _voided.c.about == bindparam("reward"),
        func.json_extract(_voided.c.document, "$.kind") == RedemptionKind.REWARD.value,
        judgements.c.seq.is_(None),
    )
)


def write_fact(connection: Connection, kind: str, fact: Fact, receipt_no: str | None) -> None:
    """Writes a fact and its ledger entries."""
    connection.execute(
        _INSERT,
        {
            "id": fact.id,
            "kind": kind,
            "receipt_no": receipt_no,
            "store_id": fact.store_id,
            "terminal_id": fact.terminal_id,
            "staff_id": fact.staff_id,
            "member_id": fact.member_id,
            "shift_id": fact.shift_id,
            "about": fact.about,
            "at": instant_text(fact.at),
            "business_date": fact.business_date.isoformat(),
            "document": to_text(fact),
        },
    )
    if fact.entries:
        connection.execute(_INSERT_ENTRY, [{**entry_columns(entry), "sale_id": None} for entry in fact.entries])


def read_fact(connection: Connection, kind: type[F], fact_id: str) -> F | None:
    """A fact by its id. ``InvariantViolation`` when the id is that of another kind of fact."""
    row = connection.execute(_BY_ID, {"fact": fact_id}).one_or_none()
    if row is None:
        return None
    if row.kind != kind_of(kind):
        raise InvariantViolation(f"{fact_id} is a {row.kind}, no {kind_of(kind)}")
    return from_text(kind, row.document)


def read_return_by_receipt(connection: Connection, receipt_no: str) -> SaleReturn | None:
    """The return with this number on its slip."""
    document = connection.execute(_BY_RECEIPT, {"receipt": receipt_no}).scalar_one_or_none()
    return None if document is None else from_text(SaleReturn, document)


def read_facts_about(connection: Connection, kind: type[F], about: str) -> tuple[F, ...]:
    """Facts of a kind about one thing, in the order in which they were recorded."""
    return _read(connection, _ABOUT, kind, about)


def read_facts_of_member(connection: Connection, kind: type[F], member_id: str) -> tuple[F, ...]:
    """Facts of a kind about a member, in the order in which they were recorded."""
    return _read(connection, _OF_MEMBER, kind, member_id)


def read_facts_of_shift(connection: Connection, kind: type[F], shift_id: str) -> tuple[F, ...]:
    """Facts of a kind in a shift, in the order in which they were recorded."""
    return _read(connection, _OF_SHIFT, kind, shift_id)


def read_last_shift(connection: Connection) -> ShiftOpening | None:
    """The shift that was opened last."""
    row = _LAST_SHIFT.row(connection)
    return None if row is None else from_text(ShiftOpening, row["document"])


def read_open_shift(connection: Connection) -> ShiftOpening | None:
    """The shift that was opened and is not closed; there is one at most."""
    row = _LAST_SHIFT.row(connection)
    return None if row is None or row["closing"] is not None else from_text(ShiftOpening, row["document"])


def read_own_records(
    connection: Connection, terminal_id: str, epoch: str, member_id: str, applied: Mapping[str, int]
) -> OwnRecords:
    """What is recorded of a member beyond what ``applied`` ("terminal:epoch" → seq) says, oldest first.

    What head office has said not to have posted (see ``judgements``) is none of it: its figures stand.
    """
    asked = {"member": member_id, "of_epoch": epoch, "after": applied.get(f"{terminal_id}:{epoch}", 0)}
    found = (
        _record_of(row)
        for row in _RECORDED.run(connection, asked)
        if row["seq"] > applied.get(f"{terminal_id}:{row['epoch']}", 0)
    )
    return OwnRecords.of(each for each in found if each is not None)


def read_handed_out(connection: Connection, terminal_id: str, reward_id: str, applied: Mapping[str, int]) -> int:
    """Pieces of a reward handed out beyond what ``applied`` says, less those that were taken back beyond it."""
    asked = {"reward": reward_id}
    rows = (*connection.execute(_HANDED_OUT, asked), *connection.execute(_TAKEN_BACK, asked))
    return sum(row.pieces for row in rows if row.seq > applied.get(f"{terminal_id}:{row.epoch}", 0))


def _record_of(row: sqlite3.Row) -> Sale | Fact | None:
    if row["kind"] == SALE:
        return from_text(Sale, row["sale"])
    kind = FACTS.get(row["kind"])
    return None if kind is None or row["fact"] is None else from_text(kind, row["fact"])


def _read(connection: Connection, statement: Select[Any], kind: type[F], key: str) -> tuple[F, ...]:
    rows = connection.execute(statement, {"of_kind": kind_of(kind), "key": key})
    return tuple(from_text(kind, row.document) for row in rows)
