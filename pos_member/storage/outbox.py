"""The events that head office has not confirmed: the :class:`pos_member.app.published.Outbox` of ``terminal.db``."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, bindparam, func, literal, select, update
from sqlalchemy.dialects.sqlite import insert

from pos_member.app.codec import from_text, to_text
from pos_member.app.published import Judgement, OutboxHead, Verdict
from pos_member.domain.clock import instant_text
from pos_member.domain.errors import InvariantViolation, Sentence
from pos_member.domain.event import GENESIS_HASH, Event, EventKey, PersonalPart
from pos_member.storage.database_file import TERMINAL, open_database
from pos_member.storage.engine import reading, writing
from pos_member.storage.epochs import begin_epoch, events_after, retell
from pos_member.storage.terminal_schema import event_parts, events, judgements, meta, outbox

_LAST_SEQ = select(func.coalesce(func.max(events.c.seq), 0)).where(events.c.epoch == outbox.c.epoch).scalar_subquery()
_HEADS = select(
    meta.c.terminal_id,
    outbox.c.epoch,
    outbox.c.acked_seq,
    outbox.c.acked_hash,
    func.coalesce(outbox.c.ends_at, _LAST_SEQ).label("last_seq"),
).select_from(outbox.join(meta, literal(value=True)))
_HEAD = _HEADS.where(outbox.c.epoch == meta.c.epoch)
_CHAINS = _HEADS.where(outbox.c.problem.is_(None)).order_by(outbox.c.number)
_OF_EPOCH = select(outbox).where(outbox.c.epoch == bindparam("of_epoch"))
_REFUSE = update(outbox).where(outbox.c.epoch == bindparam("of_epoch")).values(problem=bindparam("why"))
_PROBLEM = select(outbox.c.problem).where(outbox.c.problem.is_not(None)).order_by(outbox.c.number.desc()).limit(1)
_MOST_REFUSED = select(func.count()).select_from(outbox).where(outbox.c.problem.is_not(None))
_BATCH = (
    select(events, event_parts.c.salt, event_parts.c.content)
    .outerjoin(event_parts, (event_parts.c.epoch == events.c.epoch) & (event_parts.c.seq == events.c.seq))
    .join(outbox, outbox.c.epoch == events.c.epoch)
    .where(
        events.c.epoch == bindparam("of_epoch"),
        events.c.seq > bindparam("after"),
        events.c.seq <= func.coalesce(outbox.c.ends_at, events.c.seq),
    )
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


def _random_epoch() -> str:
    return secrets.token_hex(16)


class Outbox:
    """What is to be sent, and how far it is confirmed. Used by one thread, on a connection of its own."""

    def __init__(self, engine: Engine, new_epoch: Callable[[], str]) -> None:
        self._engine = engine
        self._new_epoch = new_epoch

    @classmethod
    def open(cls, path: Path, *, new_epoch: Callable[[], str] = _random_epoch) -> Outbox:
        """The outbox of a ``terminal.db`` that :class:`TerminalStore` has made.

        ``Fault`` as :func:`pos_member.storage.database_file.open_database`.
        """
        return cls(open_database(path, TERMINAL), new_epoch)

    def close(self) -> None:
        """Lets go of the file."""
        self._engine.dispose()

    def head(self) -> OutboxHead:
        """Where the chain that this till writes now stands."""
        with reading(self._engine) as connection:
            return _read_head(connection)

    def chains(self) -> tuple[OutboxHead, ...]:
        """The chains to be handed over, oldest first; none that is set aside."""
        with reading(self._engine) as connection:
            return tuple(map(_head_of, connection.execute(_CHAINS)))

    def unsent(self) -> int:
        """How many events of those chains head office has not confirmed."""
        return sum(head.last_seq - head.acked_seq for head in self.chains())

    def batch(self, after_seq: int, limit: int, max_bytes: int, epoch: str | None = None) -> tuple[Event, ...]:
        """The events after a number, in order: at most ``limit`` and ``max_bytes`` of canonical form, at least one."""
        batch: list[Event] = []
        size = 0
        with reading(self._engine) as connection:
            asked = {"of_epoch": epoch or _read_head(connection).epoch, "after": after_seq, "most": limit}
            for expected, row in enumerate(connection.execute(_BATCH, asked), after_seq + 1):
                size += len(row.canonical) + len(row.content or b"")
                if row.seq != expected or (batch and size > max_bytes):
                    break
                batch.append(_event_of(row))
        return tuple(batch)

    def acknowledge(self, epoch: str, seq: int, acked_hash: bytes, judgements: Sequence[Judgement]) -> None:
        """Head office holds everything up to ``seq``; a confirmation already passed changes nothing.

        Verdicts other than accepted are kept. ``InvariantViolation`` if its hash is not ours at that number.
        """
        with writing(self._engine) as connection:
            row = connection.execute(_OF_EPOCH, {"of_epoch": epoch}).one_or_none()
            if row is None:
                raise InvariantViolation(f"confirmed epoch {epoch} is none of this file's")
            if _hash_at(connection, epoch, seq) != acked_hash:
                raise InvariantViolation(f"event {seq} has another hash at head office")
            if seq > row.acked_seq:
                connection.execute(_ADVANCE, {"of_epoch": epoch, "to_seq": seq, "to_hash": acked_hash})
            kept = [
                {"epoch": epoch, "seq": judgement.seq, "verdict": judgement.verdict.value, "why": judgement.why}
                for judgement in judgements
                if judgement.verdict is not Verdict.ACCEPTED
            ]
            if kept:
                connection.execute(_JUDGE, kept)

    def set_aside(self, epoch: str, problem: Sentence) -> bool:
        """Head office takes no more of a chain: what it lacks is told again in another; whether it was set aside.

        A chain that was begun because another was refused, and of which head office holds nothing, is not: it would go
        on like that for ever.
        """
        with writing(self._engine) as connection:
            row = connection.execute(_OF_EPOCH, {"of_epoch": epoch}).one()
            if row.acked_seq == 0 and connection.execute(_MOST_REFUSED).scalar_one():
                return False
            connection.execute(_REFUSE, {"of_epoch": epoch, "why": to_text(problem)})
            now_in = _read_head(connection).epoch
            if now_in == epoch:
                now_in = self._new_epoch()
                begin_epoch(connection, now_in, _refused(problem))
            retell(connection, epoch, events_after(connection, epoch, row.acked_seq), now_in=now_in)
            return True

    def problem(self) -> Sentence | None:
        """Why a chain of this till is set aside, the latest one; None when none is."""
        with reading(self._engine) as connection:
            told = connection.execute(_PROBLEM).scalar_one_or_none()
        return None if told is None else from_text(Sentence, told)

    def put_off(self, problem: str, next_attempt_at: datetime) -> None:
        """A push failed: counted, with the reason and when the next is due, until something is confirmed again."""
        with writing(self._engine) as connection:
            epoch = _read_head(connection).epoch
            connection.execute(
                _PUT_OFF, {"of_epoch": epoch, "error": problem, "next_at": instant_text(next_attempt_at)}
            )


def _read_head(connection: Connection) -> OutboxHead:
    return _head_of(connection.execute(_HEAD).one())


def _head_of(row: Any) -> OutboxHead:
    return OutboxHead(
        terminal_id=row.terminal_id,
        epoch=row.epoch,
        acked_seq=row.acked_seq,
        acked_hash=row.acked_hash,
        last_seq=row.last_seq,
    )


def _refused(problem: Sentence) -> Sentence:
    return Sentence(
        template="总部不接收本机原来那一段记录：{why}已另起一段继续收银，原来的记录都保留着。"
        "请联系总部核对；在总部重新登记本机之前，离线时不能使用积分",
        gaps={"why": problem.message},
    )


def _hash_at(connection: Connection, epoch: str, seq: int) -> bytes | None:
    if seq == 0:
        return GENESIS_HASH
    return connection.execute(_HASH, {"of_epoch": epoch, "at": seq}).scalar_one_or_none()


def _bytes(stored: bytes | str) -> bytes:
    """What stands there, also where a bit that went bad has made text of it: head office is to see for itself."""
    return stored if isinstance(stored, bytes) else stored.encode()


def _event_of(row: Row[Any]) -> Event:
    return Event(
        key=EventKey(terminal_id=row.terminal_id, epoch=row.epoch, seq=row.seq),
        event_id=row.event_id,
        kind=row.kind,
        canonical=_bytes(row.canonical),
        hash=_bytes(row.hash),
        part=None if row.content is None else PersonalPart(salt=row.salt, content=row.content),
    )
