"""The chain of events as rows of ``terminal.db``: appended in order, with the personal part beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select

from pos_member.app.codec import to_canonical
from pos_member.domain.event import GENESIS_HASH, Event, EventKey, PersonalPart, chain_event
from pos_member.domain.ids import made_at
from pos_member.storage.prepared import Prepared
from pos_member.storage.terminal_schema import event_parts, events

_LAST = Prepared(
    select(events.c.seq, events.c.hash)
    .where(events.c.epoch == bindparam("of_epoch"))
    .order_by(events.c.seq.desc())
    .limit(1)
)
_GREATEST_ID = Prepared(select(func.max(events.c.event_id)))
_INSERT = Prepared(insert(events))
_INSERT_PART = Prepared(insert(event_parts))
_PART_ABOUT = Prepared(
    select(event_parts.c.content)
    .join(events, (events.c.epoch == event_parts.c.epoch) & (events.c.seq == event_parts.c.seq))
    .where(event_parts.c.subject_id == bindparam("subject"))
    .order_by(events.c.event_id.desc())
    .limit(1)
)


def append_event(
    connection: Connection,
    *,
    terminal_id: str,
    epoch: str,
    kind: str,
    event_id: str,
    at: datetime,
    body: object,
    member_id: str | None,
    part: PersonalPart | None,
) -> Event:
    """Chains a fact to the last event of the epoch."""
    last = _LAST.row(connection, {"of_epoch": epoch})
    seq, previous = (0, GENESIS_HASH) if last is None else (last["seq"], last["hash"])
    event = chain_event(
        key=EventKey(terminal_id=terminal_id, epoch=epoch, seq=seq + 1),
        previous=previous,
        event_id=event_id,
        kind=kind,
        at=at,
        body=body,
        part=part,
        encode=to_canonical,
    )
    subject_id = subject_of(body)
    _INSERT.run(
        connection,
        {
            "epoch": epoch,
            "seq": event.key.seq,
            "terminal_id": terminal_id,
            "event_id": event_id,
            "kind": kind,
            "subject_id": subject_id,
            "canonical": event.canonical,
            "hash": event.hash,
            "member_id": member_id,
        },
    )
    if part is not None:
        _INSERT_PART.run(
            connection,
            {
                "epoch": epoch,
                "seq": event.key.seq,
                "subject_id": subject_id,
                "salt": part.salt,
                "content": part.content,
            },
        )
    return event


def subject_of(body: object) -> str | None:
    """The id of what an event is about: that of its body, where it has one."""
    subject = body.get("id") if isinstance(body, Mapping) else getattr(body, "id", None)
    return subject if isinstance(subject, str) else None


def read_latest_at(connection: Connection) -> datetime | None:
    """The latest moment at which an event was recorded, by this till's clock; one that was set back hides nothing."""
    greatest = _GREATEST_ID.value(connection)
    return None if greatest is None else made_at(greatest)


def read_part_about(connection: Connection, subject_id: str) -> Mapping[str, Any] | None:
    """The personal part of the last event about something; None when there is none, or it was erased."""
    content = _PART_ABOUT.value(connection, {"subject": subject_id})
    if content is None:
        return None
    plain: dict[str, Any] = json.loads(content)
    return plain
