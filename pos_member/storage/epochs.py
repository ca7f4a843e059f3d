"""Epochs of ``terminal.db``: a new one is begun where the file may not be what it was (docs/sync.md, "In doubt")."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, func, insert, or_, select, update

from pos_member.app.codec import from_text, to_text
from pos_member.domain.clock import parse_instant
from pos_member.domain.errors import Sentence
from pos_member.domain.event import GENESIS_HASH, PersonalPart
from pos_member.storage.event_rows import append_event
from pos_member.storage.terminal_schema import event_parts, events, judgements, local_members, meta, outbox
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
_TOLD = (
    select(events, event_parts.c.salt, event_parts.c.content)
    .outerjoin(event_parts, (event_parts.c.epoch == events.c.epoch) & (event_parts.c.seq == events.c.seq))
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

    What they are about, and when it happened, stays; the event has an id of its own.
    """
    for seq in numbers:
        row = connection.execute(_TOLD, {"of_epoch": epoch, "at": seq}).one()
        told = json.loads(row.canonical)
        again = append_event(
            connection,
            terminal_id=row.terminal_id,
            epoch=now_in,
            kind=row.kind,
            event_id=retold_id(row.event_id, now_in),
            at=parse_instant(told["occurred_at"]),
            body=told["body"],
            member_id=row.member_id,
            part=None if row.content is None else PersonalPart(salt=row.salt, content=row.content),
        )
        connection.execute(_JUDGE, {"epoch": epoch, "seq": seq, "verdict": RETOLD, "why": ""})
        moved = {"old_epoch": epoch, "old_seq": seq, "new_epoch": now_in, "new_seq": again.key.seq}
        connection.execute(_MOVE_MEMBER, moved)


def retold_id(event_id: str, epoch: str) -> str:
    """The id of an event that is told again: in the same place among ids, the same whenever it is asked for."""
    number = int.from_bytes(hashlib.sha256(f"{epoch} {event_id}".encode()).digest()[:8], "big")
    return f"{event_id[:16]}{0b10 << 62 | number >> 2:016x}"
