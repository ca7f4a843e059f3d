"""What a person at head office has to look at (待办): raised once for an event, never personal."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from pos_member.domain.clock import instant_text
from pos_member.domain.event import EventKey
from pos_member.domain.ids import IdFactory
from sync.head_office.schema import tasks


class Tasks:
    """The tasks that one transaction raises."""

    def __init__(self, connection: Connection, ids: IdFactory, now: datetime) -> None:
        self._connection = connection
        self._ids = ids
        self._now = instant_text(now)

    def raise_once(self, kind: str, key: EventKey, what: str, member_id: str | None = None) -> None:
        """Raises a task of a kind about an event, unless it was raised before. ``what`` is a sentence."""
        same = (
            tasks.c.kind == kind,
            tasks.c.terminal_id == key.terminal_id,
            tasks.c.epoch == key.epoch,
            tasks.c.seq == key.seq,
        )
        if self._connection.execute(select(tasks.c.id).where(*same)).one_or_none() is not None:
            return
        self._connection.execute(
            insert(tasks).values(
                id=self._ids.new(),
                kind=kind,
                terminal_id=key.terminal_id,
                epoch=key.epoch,
                seq=key.seq,
                member_id=member_id,
                what=what,
                raised_at=self._now,
            )
        )
