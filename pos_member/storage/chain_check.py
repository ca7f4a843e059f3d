"""The check that a till makes at every start: the end of the chain of ``terminal.db``, whatever the file's size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from pos_member.app.file_report import Finding, FindingKind, finding
from pos_member.domain.event import GENESIS_HASH, chain_hash
from pos_member.storage.terminal_schema import events, meta, outbox
from pos_member.storage.witness import Witness

_LOOKED_AT = 50
_META = select(meta, outbox.c.acked_seq, outbox.c.acked_hash).outerjoin(outbox, outbox.c.epoch == meta.c.epoch)
_END = (
    select(events.c.seq, events.c.canonical, events.c.hash)
    .where(events.c.epoch == bindparam("of_epoch"))
    .order_by(events.c.seq.desc())
    .limit(_LOOKED_AT + 1)
)
_HASH = select(events.c.hash).where(events.c.epoch == bindparam("of_epoch"), events.c.seq == bindparam("at"))
_EPOCH = select(outbox.c.epoch).where(outbox.c.epoch == bindparam("of_epoch"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainEnd:
    """Where the file stands: what a witness of it says, and what is wrong with the end of its chain, if anything is."""

    witness: Witness
    wrong: Finding | None


def read_chain_end(connection: Connection) -> ChainEnd:
    """Looks at the last events of the epoch, at what follows them and at what head office confirmed."""
    row = connection.execute(_META).one()
    last = connection.execute(_END, {"of_epoch": row.epoch}).all()
    return ChainEnd(
        witness=Witness(
            terminal_id=row.terminal_id,
            epoch=row.epoch,
            seq=last[0].seq if last else 0,
            hash=_hex(last[0].hash if last else GENESIS_HASH),
            receipt_number=row.receipt_number,
            shift_number=row.shift_number,
            business_date=None if row.business_date is None else date.fromisoformat(row.business_date),
        ),
        wrong=_wrong_link(last) or _wrong_confirmation(connection, row),
    )


def is_rewound(connection: Connection, witness: Witness) -> bool:
    """Whether the file does not hold what the witness saw in it."""
    if witness.seq == 0:
        return connection.execute(_EPOCH, {"of_epoch": witness.epoch}).one_or_none() is None
    held = connection.execute(_HASH, {"of_epoch": witness.epoch, "at": witness.seq}).scalar_one_or_none()
    return held is None or _hex(held) != witness.hash


def follows(previous: object, canonical: object, its_hash: object) -> bool:
    """Whether an event, as it is stored, comes after the one with hash ``previous``."""
    return isinstance(previous, bytes) and isinstance(canonical, bytes) and chain_hash(previous, canonical) == its_hash


def _hex(stored: object) -> str:
    return stored.hex() if isinstance(stored, bytes) else ""


def _wrong_link(last: Sequence[Any]) -> Finding | None:
    """Each of the last events follows the one before it; the first event of the epoch follows nothing."""
    for position, event in enumerate(last[:_LOOKED_AT]):
        before = last[position + 1] if position + 1 < len(last) else None
        previous = GENESIS_HASH if before is None else before.hash
        expected = 1 if before is None else before.seq + 1
        if event.seq != expected or not follows(previous, event.canonical, event.hash):
            return finding(FindingKind.CHAIN, "本机第 {seq} 条记录与前一条接不上", seq=event.seq)
    return None


def _wrong_confirmation(connection: Connection, row: Row[Any]) -> Finding | None:
    """What head office confirmed stands here under the same number with the same hash."""
    held: bytes | None = GENESIS_HASH
    if row.acked_seq:
        held = connection.execute(_HASH, {"of_epoch": row.epoch, "at": row.acked_seq}).scalar_one_or_none()
    if held is None or held != row.acked_hash:
        return finding(FindingKind.CHAIN, "总部确认到第 {seq} 条，本机没有同样的记录", seq=row.acked_seq or 0)
    return None
