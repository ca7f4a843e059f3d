"""The messages between a till and head office: MessagePack, protocol version 1 (docs/sync.md, "Messages").

A field that a reader does not know is passed over, a field that a writer does not know has a default here; so either
side may be newer. The facts themselves travel as the canonical bytes they were chained as, never re-encoded.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

import msgspec

from pos_member.app.ports import CouponState, RewardStock
from pos_member.app.published import (
    Change,
    Entity,
    EntityKind,
    PublishedMember,
    PublishedOffer,
    PublishedRuleset,
    Verdict,
)
from pos_member.domain.ledger import Lot
from pos_member.domain.product import Product
from pos_member.domain.returns import ReturnedLine
from pos_member.domain.staff import Staff, Store

PROTOCOL = 1
MEDIA_TYPE = "application/msgpack"
SNAPSHOT_MEDIA_TYPE = "application/gzip"

MAX_EVENTS = 500
MAX_PUSH_BYTES = 256 * 1024
"""Bound on the canonical bytes of one push, a single larger event excepted."""
MAX_BODY_BYTES = 4 * 1024 * 1024
"""Bound on a request's body as unpacked; no event comes near it."""
MAX_WAIT_SECONDS = 25
RECEIPT_NO = re.compile(r"[\w-]{1,64}")
"""What a receipt number can look like; only such a one is asked about."""

M = TypeVar("M", bound="Message")


class Message(msgspec.Struct, kw_only=True, frozen=True):
    """What every message is made from."""


class Problem(Message, frozen=True, kw_only=True):
    """Why a request was not answered: a stable code and a sentence in Simplified Chinese."""

    code: str
    message: str


class Health(Message, frozen=True, kw_only=True):
    """That head office is up, and where its feed stands."""

    protocol: int
    hq_epoch: str
    feed_no: int
    now: datetime


class EnrolRequest(Message, frozen=True, kw_only=True):
    """A new terminal asks for its identity with a one-time code; ``name`` is what the store calls it."""

    code: str
    name: str
    protocol: int = PROTOCOL


class EnrolAnswer(Message, frozen=True, kw_only=True):
    """A terminal's identity; ``terminal_no`` counts within the store ("01").

    The credential is shown this once; head office keeps only a hash of it.
    """

    terminal_id: str
    terminal_no: str
    name: str
    store_id: str
    credential: str
    hq_epoch: str


class WireEvent(Message, frozen=True, kw_only=True):
    """A fact as it was chained: the canonical bytes and SHA-256(previous hash ‖ canonical bytes).

    ``part`` is what is personal about it, with its ``salt``; the canonical bytes hold SHA-256(salt ‖ part) in hex. Both
    are empty where nothing is, or where it was erased since.
    """

    canonical: bytes
    hash: bytes
    salt: bytes = b""
    part: bytes = b""


class PushRequest(Message, frozen=True, kw_only=True):
    """Events ``first_seq``, ``first_seq`` + 1, … of an epoch; ``prev_hash`` is the hash of the one before the first."""

    epoch: str
    first_seq: int
    prev_hash: bytes
    events: tuple[WireEvent, ...]
    protocol: int = PROTOCOL


class WireVerdict(Message, frozen=True, kw_only=True):
    """What became of one event."""

    seq: int
    verdict: Verdict
    why: str = ""


class PushAnswer(Message, frozen=True, kw_only=True):
    """Head office holds the events up to ``acked_seq``, whose hash in its chain is ``acked_hash``.

    ``acked_seq`` is at most the last number pushed. ``need_from``: earlier events are missing, push from there.
    ``problem``: a code when the chain does not hold (``chain_diverged``, ``chain_broken``); ``why`` in a sentence.
    """

    epoch: str
    acked_seq: int
    acked_hash: bytes
    verdicts: tuple[WireVerdict, ...]
    hq_epoch: str
    now: datetime
    need_from: int | None = None
    problem: str = ""
    why: str = ""


class WireChange(Message, frozen=True, kw_only=True):
    """The latest version of one thing, nil when it is gone. The kind says how to read the entity."""

    kind: str
    id: str
    feed_no: int
    entity: msgspec.Raw


class FeedAnswer(Message, frozen=True, kw_only=True):
    """Changes with ``after`` < feed_no ≤ ``upto``: ``rows`` of them packed in ``changes``, with its SHA-256 ``digest``.

    ``head`` is the newest number at head office, ``floor`` the oldest ``after`` a feed can start from. ``applied`` says
    how far this terminal's own events are in these figures: epoch → seq.
    """

    after: int
    upto: int
    rows: int
    digest: bytes
    changes: bytes
    hq_epoch: str
    head: int
    floor: int
    as_of: datetime
    more: bool
    applied: dict[str, int] = {}


class SnapshotManifest(Message, frozen=True, kw_only=True):
    """A prebuilt replica to fetch: ``digest`` (SHA-256, hex) and ``size`` of the packed file; ``unpacked`` in bytes."""

    digest: str
    size: int
    unpacked: int
    hq_epoch: str
    feed_no: int
    as_of: datetime


class MemberFigure(Message, frozen=True, kw_only=True):
    """A member's points as head office holds them at this moment."""

    member_id: str
    tier: str
    available: int
    debt: int
    lots: tuple[Lot, ...]
    as_of: datetime


class SaleAnswer(Message, frozen=True, kw_only=True):
    """A sale as JSON, and what has come back of it: return id → lines and quantities."""

    document: bytes
    returned: dict[str, tuple[ReturnedLine, ...]]


def encode(message: Message) -> bytes:
    """A message as bytes."""
    return msgspec.msgpack.encode(message)


def decode(kind: type[M], body: bytes) -> M:
    """The message again. ``ValueError`` when it does not fit."""
    return msgspec.msgpack.decode(body, type=kind)


_GONE = msgspec.Raw(msgspec.msgpack.encode(None))
_ENTITIES: dict[str, type[Entity]] = {
    EntityKind.PRODUCT: Product,
    EntityKind.MEMBER: PublishedMember,
    EntityKind.STAFF: Staff,
    EntityKind.STORE: Store,
    EntityKind.RULESET: PublishedRuleset,
    EntityKind.OFFER: PublishedOffer,
    EntityKind.COUPON: CouponState,
    EntityKind.REWARD_STOCK: RewardStock,
}


def pack_changes(changes: Iterable[Change]) -> tuple[bytes, bytes]:
    """Changes as bytes, and the SHA-256 of those."""
    packed = msgspec.msgpack.encode(
        [
            WireChange(kind=each.kind, id=each.entity_id, feed_no=each.feed_no, entity=_pack(each.entity))
            for each in changes
        ]
    )
    return packed, hashlib.sha256(packed).digest()


def unpack_changes(answer: FeedAnswer) -> tuple[Change, ...]:
    """The changes of a feed answer; what this version does not know, a kind of thing or a word in it, is passed over.

    ``ValueError`` when the count or the digest does not fit.
    """
    if hashlib.sha256(answer.changes).digest() != answer.digest:
        raise ValueError("digest")
    rows = msgspec.msgpack.decode(answer.changes, type=list[WireChange])
    if len(rows) != answer.rows:
        raise ValueError("rows")
    changes = (_unpack(row) for row in rows if row.kind in _ENTITIES)
    return tuple(change for change in changes if change is not None)


def _pack(entity: Entity | None) -> msgspec.Raw:
    return msgspec.Raw(msgspec.msgpack.encode(entity))


def _unpack(row: WireChange) -> Change | None:
    entity: Entity | None = None
    if row.entity != _GONE:
        try:
            entity = msgspec.msgpack.decode(row.entity, type=_ENTITIES[row.kind])
        except msgspec.ValidationError as error:
            logging.getLogger(__name__).warning("passed over %s %d of the feed: %s", row.kind, row.feed_no, error)
            return None
    return Change(kind=EntityKind(row.kind), entity_id=row.id, feed_no=row.feed_no, entity=entity)
