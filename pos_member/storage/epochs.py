"""Epochs of ``terminal.db``: a new one is begun where the file may not be what it was (docs/sync.md, "In doubt")."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, or_, select, update

from pos_member.app.codec import from_text, to_text
from pos_member.app.facts import SALE
from pos_member.app.published import Verdict
from pos_member.domain.clock import parse_instant
from pos_member.domain.errors import Sentence
from pos_member.domain.event import GENESIS_HASH, PersonalPart
from pos_member.storage.chain_check import follows
from pos_member.storage.event_rows import append_event
from pos_member.storage.terminal_schema import (
    event_parts,
    events,
    facts,
    judgements,
    local_members,
    meta,
    outbox,
    sales,
)
from pos_member.storage.witness import Witness

RETOLD = "retold"
"""The judgement on an event that is told again in a later epoch: it counts no more, that one does."""

_LAST_EPOCH = select(func.coalesce(func.max(outbox.c.number), 0))
_TURN = update(meta).values(epoch=bindparam("new_epoch"), spending_stopped=True, notice=bindparam("told"))
_NOT_BELOW = update(meta).values(
    receipt_number=func.max(meta.c.receipt_number, bindparam("receipt")),
    shift_number=func.max(meta.c.shift_number, bindparam("shift")),
)
_DATE_NOT_BELOW = (
    update(meta)
    .where(or_(meta.c.business_date.is_(None), meta.c.business_date < bindparam("on")))
    .values(business_date=bindparam("on"))
)
_before = events.alias()
_TOLD = (
    select(
        events,
        event_parts.c.salt,
        event_parts.c.content,
        _before.c.hash.label("previous"),
        func.coalesce(sales.c.document, facts.c.document).label("recorded"),
    )
    .outerjoin(event_parts, (event_parts.c.epoch == events.c.epoch) & (event_parts.c.seq == events.c.seq))
    .outerjoin(_before, (_before.c.epoch == events.c.epoch) & (_before.c.seq == events.c.seq - 1))
    .outerjoin(sales, (sales.c.id == events.c.subject_id) & (events.c.kind == SALE))
    .outerjoin(facts, (facts.c.id == events.c.subject_id) & (facts.c.kind == events.c.kind))
    .where(events.c.epoch == bindparam("of_epoch"), events.c.seq == bindparam("at"))
)
_AFTER = (
    select(events.c.seq)
    .where(events.c.epoch == bindparam("of_epoch"), events.c.seq > bindparam("after"))
    .order_by(events.c.seq)
)
_JUDGE = insert(judgements)
_MOVE_MEMBER = (
    update(local_members)
    .where(local_members.c.epoch == bindparam("old_epoch"), local_members.c.seq == bindparam("old_seq"))
    .values(epoch=bindparam("new_epoch"), seq=bindparam("new_seq"))
)
_NOTICE = select(meta.c.notice)


def add_epoch(connection: Connection, epoch: str) -> None:
    """Opens the row of an epoch, of which head office holds nothing yet."""
    number = connection.execute(_LAST_EPOCH).scalar_one() + 1
    connection.execute(
        insert(outbox),
        {
            "epoch": epoch,
            "number": number,
            "acked_seq": 0,
            "acked_hash": GENESIS_HASH,
            "attempts": 0,
            "last_error": "",
        },
    )


def begin_epoch(connection: Connection, epoch: str, notice: Sentence, witness: Witness | None = None) -> None:
    """Turns the file over to a new epoch: no points are spent offline from here on, and ``notice`` says why.

    Receipts, shifts and the business date go on from the witness where that is further.
    """
    add_epoch(connection, epoch)
    connection.execute(_TURN, {"new_epoch": epoch, "told": to_text(notice)})
    if witness is not None:
        connection.execute(_NOT_BELOW, {"receipt": witness.receipt_number, "shift": witness.shift_number})
        if witness.business_date is not None:
            connection.execute(_DATE_NOT_BELOW, {"on": witness.business_date.isoformat()})


def read_notice(connection: Connection) -> Sentence | None:
    """What a person has to be told of this file; None when all is well with it."""
    told = connection.execute(_NOTICE).scalar_one()
    return None if told is None else from_text(Sentence, told)


def events_after(connection: Connection, epoch: str, seq: int) -> tuple[int, ...]:
    """The numbers of the events of an epoch after one, in order."""
    return tuple(connection.execute(_AFTER, {"of_epoch": epoch, "after": seq}).scalars())


def retell(connection: Connection, epoch: str, numbers: Iterable[int], *, now_in: str) -> None:
    """Tells events of an epoch that head office will never take there again, in the epoch ``now_in``.

    What they are about, and when it happened, stays; the event has an id of its own. Of one whose hash does not hold
    what is recorded beside it is told; one that cannot be read at all stays where it is.
    """
    for seq in numbers:
        row = connection.execute(_TOLD, {"of_epoch": epoch, "at": seq}).one()
        told = _what_is_told(row)
        if told is None:
            connection.execute(_JUDGE, {"epoch": epoch, "seq": seq, "verdict": Verdict.QUARANTINED.value, "why": ""})
            continue
        at, body = told
        again = append_event(
            connection,
            terminal_id=row.terminal_id,
            epoch=now_in,
            kind=row.kind,
            event_id=retold_id(row.event_id, now_in),
            at=at,
            body=body,
            member_id=row.member_id,
            part=None if row.content is None else PersonalPart(salt=row.salt, content=row.content),
        )
        connection.execute(_JUDGE, {"epoch": epoch, "seq": seq, "verdict": RETOLD, "why": ""})
        moved = {"old_epoch": epoch, "old_seq": seq, "new_epoch": now_in, "new_seq": again.key.seq}
        connection.execute(_MOVE_MEMBER, moved)


def _what_is_told(row: Row[Any]) -> tuple[datetime, Mapping[str, Any]] | None:
    """When it happened, and the body; None when neither the event nor the record can be read."""
    previous = GENESIS_HASH if row.seq == 1 else row.previous
    holds = follows(previous, row.canonical, row.hash)
    with suppress(ValueError, TypeError, LookupError):
        if row.recorded is not None and not holds:
            body = json.loads(row.recorded)
            return parse_instant(body["at"]), body
    with suppress(ValueError, TypeError, LookupError):
        told = json.loads(row.canonical)
        return parse_instant(told["occurred_at"]), told["body"]
    return None


def retold_id(event_id: str, epoch: str) -> str:
    """The id of an event that is told again: in the same place among ids, the same whenever it is asked for."""
    number = int.from_bytes(hashlib.sha256(f"{epoch} {event_id}".encode()).digest()[:8], "big")
    return f"{event_id[:16]}{0b10 << 62 | number >> 2:016x}"
