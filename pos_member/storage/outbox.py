"""The events that head office has not confirmed: the :class:`pos_member.app.published.Outbox` of ``terminal.db``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, bindparam, func, select, update
from sqlalchemy.dialects.sqlite import insert

from pos_member.app.published import Judgement, OutboxHead, Verdict
from pos_member.domain.clock import instant_text
from pos_member.domain.errors import InvariantViolation
from pos_member.domain.event import GENESIS_HASH, Event, EventKey, PersonalPart
from pos_member.storage.database_file import TERMINAL, open_database
from pos_member.storage.engine import reading, writing
from pos_member.storage.terminal_schema import event_parts, events, judgements, meta, outbox

_LAST_SEQ = select(func.coalesce(func.max(events.c.seq), 0)).where(events.c.epoch == outbox.c.epoch).scalar_subquery()
_HEAD = select(meta.c.terminal_id, outbox.c.epoch, outbox.c.acked_seq, outbox.c.acked_hash, _LAST_SEQ.label("last_seq"))
_HEAD = _HEAD.join(outbox, outbox.c.epoch == meta.c.epoch)
_BATCH = (
    select(events, event_parts.c.salt, event_parts.c.content)
    .outerjoin(event_parts, (event_parts.c.epoch == events.c.epoch) & (event_parts.c.seq == events.c.seq))
    .where(events.c.epoch == bindparam("of_epoch"), events.c.seq > bindparam("after"))
    .order_by(events.c.seq)
    .limit(bindparam("most"))
)
_HASH = select(events.c.hash).where(events.c.epoch == bindparam("of_epoch"), events.c.seq == bindparam("at"))
_ADVANCE = (
    update(outbox)
    .where(outbox.c.epoch == bindparam("of_epoch"))
    .values(
        acked_seq=bindparam("to_seq"), acked_hash=bindparam("to_hash"), attempts=0, last_error="", next_attempt_at=None
    )
)
_PUT_OFF = (
    update(outbox)
    .where(outbox.c.epoch == bindparam("of_epoch"))
    .values(attempts=outbox.c.attempts + 1, last_error=bindparam("error"), next_attempt_at=bindparam("next_at"))
)
_JUDGE = insert(judgements)
_JUDGE = _JUDGE.on_conflict_do_update(
    index_elements=["epoch", "seq"], set_={"verdict": _JUDGE.excluded.verdict, "why": _JUDGE.excluded.why}
)


class Outbox:
    """What is to be sent, and how far it is confirmed. Used by one thread, on a connection of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, path: Path) -> Outbox:
        """The outbox of a ``terminal.db`` that :class:`TerminalStore` has made.

        ``Fault`` as :func:`pos_member.storage.database_file.open_database`.
        """
        return cls(open_database(path, TERMINAL))

    def close(self) -> None:
        """Lets go of the file."""
        self._engine.dispose()

    def head(self) -> OutboxHead:
        """Where the chain stands."""
        with reading(self._engine) as connection:
            return _read_head(connection)

    def batch(self, after_seq: int, limit: int, max_bytes: int) -> tuple[Event, ...]:
        """The events after a number, in order: at most ``limit`` and ``max_bytes`` of canonical form, at least one."""
        batch: list[Event] = []
        size = 0
        with reading(self._engine) as connection:
            epoch = _read_head(connection).epoch
            for row in connection.execute(_BATCH, {"of_epoch": epoch, "after": after_seq, "most": limit}):
                size += len(row.canonical) + len(row.content or b"")
                if batch and size > max_bytes:
                    break
                batch.append(_event_of(row))
        return tuple(batch)

    def acknowledge(self, epoch: str, seq: int, acked_hash: bytes, judgements: Sequence[Judgement]) -> None:
        """Head office holds everything up to ``seq``; a confirmation already passed changes nothing.

        Verdicts other than accepted are kept. ``InvariantViolation`` if its hash is not ours at that number.
        """
        with writing(self._engine) as connection:
            head = _read_head(connection)
            if epoch != head.epoch:
                raise InvariantViolation(f"confirmed epoch {epoch} is not this file's {head.epoch}")
            if _hash_at(connection, epoch, seq) != acked_hash:
                raise InvariantViolation(f"event {seq} has another hash at head office")
            if seq > head.acked_seq:
                connection.execute(_ADVANCE, {"of_epoch": epoch, "to_seq": seq, "to_hash": acked_hash})
            kept = [
                {"epoch": epoch, "seq": judgement.seq, "verdict": judgement.verdict.value, "why": judgement.why}
                for judgement in judgements
                if judgement.verdict is not Verdict.ACCEPTED
            ]
            if kept:
                connection.execute(_JUDGE, kept)

    def put_off(self, problem: str, next_attempt_at: datetime) -> None:
        """A push failed: counted, with the reason and when the next is due, until something is confirmed again."""
        with writing(self._engine) as connection:
            epoch = _read_head(connection).epoch
            connection.execute(
                _PUT_OFF, {"of_epoch": epoch, "error": problem, "next_at": instant_text(next_attempt_at)}
            )


def _read_head(connection: Connection) -> OutboxHead:
    row = connection.execute(_HEAD).one()
    return OutboxHead(
        terminal_id=row.terminal_id,
        epoch=row.epoch,
        acked_seq=row.acked_seq,
        acked_hash=row.acked_hash,
        last_seq=row.last_seq,
    )


def _hash_at(connection: Connection, epoch: str, seq: int) -> bytes | None:
    if seq == 0:
        return GENESIS_HASH
    return connection.execute(_HASH, {"of_epoch": epoch, "at": seq}).scalar_one_or_none()


def _event_of(row: Row[Any]) -> Event:
    return Event(
        key=EventKey(terminal_id=row.terminal_id, epoch=row.epoch, seq=row.seq),
        event_id=row.event_id,
        kind=row.kind,
        canonical=row.canonical,
        hash=row.hash,
        part=None if row.content is None else PersonalPart(salt=row.salt, content=row.content),
    )
