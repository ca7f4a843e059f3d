"""The chain of events as rows of ``terminal.db``: appended in order, with the personal part beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select

from pos_member.domain.event import GENESIS_HASH, Event, EventKey, PersonalPart, chain_event
from pos_member.domain.ids import made_at
from pos_member.storage.terminal_schema import event_parts, events

_LAST = (
    select(events.c.seq, events.c.hash)
    .where(events.c.epoch == bindparam("of_epoch"))
    .order_by(events.c.seq.desc())
    .limit(1)
)
_GREATEST_ID = select(func.max(events.c.event_id))
_INSERT = insert(events)
_INSERT_PART = insert(event_parts)
_PART_ABOUT = (
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
    body: Mapping[str, object],
    member_id: str | None,
    part: PersonalPart | None,
) -> Event:
    """Chains a fact to the last event of the epoch."""
    last = connection.execute(_LAST, {"of_epoch": epoch}).one_or_none()
    seq, previous = (0, GENESIS_HASH) if last is None else (last.seq, last.hash)
    event = chain_event(
        key=EventKey(terminal_id=terminal_id, epoch=epoch, seq=seq + 1),
        previous=previous,
        event_id=event_id,
        kind=kind,
        at=at,
        body=body,
        part=part,
    )
    subject = body.get("id")
    subject_id = subject if isinstance(subject, str) else None
    connection.execute(
        _INSERT,
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
        connection.execute(
            _INSERT_PART,
            {
                "epoch": epoch,
                "seq": event.key.seq,
                "subject_id": subject_id,
                "salt": part.salt,
                "content": part.content,
            },
        )
    return event


def read_latest_at(connection: Connection) -> datetime | None:
    """The latest moment at which an event was recorded, by this till's clock; one that was set back hides nothing."""
    greatest = connection.execute(_GREATEST_ID).scalar_one()
    return None if greatest is None else made_at(greatest)


def read_part_about(connection: Connection, subject_id: str) -> Mapping[str, Any] | None:
    """The personal part of the last event about something; None when there is none, or it was erased."""
    content = connection.execute(_PART_ABOUT, {"subject": subject_id}).scalar_one_or_none()
    if content is None:
        return None
    plain: dict[str, Any] = json.loads(content)
    return plain
