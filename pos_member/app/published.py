"""What head office publishes to its tills, and the ports through which sync reaches a till's two databases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from pos_member.app.ports import CouponState, Freshness, RewardStock
from pos_member.domain.errors import Sentence
from pos_member.domain.event import Event
from pos_member.domain.member import Card, MemberState
from pos_member.domain.product import Product
from pos_member.domain.staff import Staff, Store


class EntityKind(StrEnum):
    """The kinds of things a feed carries."""

    PRODUCT = "product"
    MEMBER = "member"
    STAFF = "staff"
    STORE = "store"
    RULESET = "ruleset"
    OFFER = "offer"
    COUPON = "coupon"
    REWARD_STOCK = "reward_stock"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedMember:
    """A member's state with all cards."""

    state: MemberState
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRuleset:
    """A ruleset as its TOML text. In force at ``stores`` (empty: everywhere) from a business date on."""

    version: str
    effective_from: date
    stores: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedOffer:
    """An offer as :func:`pos_member.app.offer_text.offer_to_text` writes it."""

    id: str
    text: str


Entity = Product | PublishedMember | Staff | Store | PublishedRuleset | PublishedOffer | CouponState | RewardStock


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The latest version of one thing; ``entity`` None: it is gone."""

    kind: EntityKind
    entity_id: str
    feed_no: int
    entity: Entity | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage:
    """Changes with ``after`` < feed_no ≤ ``upto``. ``as_of``: head office's clock; ``more``: the head is further on."""

    after: int
    upto: int
    changes: tuple[Change, ...]
    hq_epoch: str
    as_of: datetime
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxHead:
    """How far head office has confirmed this till's chain, and how far the chain goes. ``acked_seq`` 0: nothing yet."""

    terminal_id: str
    epoch: str
    acked_seq: int
    acked_hash: bytes
    last_seq: int


class Verdict(StrEnum):
    """What became of an event at head office."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The verdict on one event; ``why`` is a sentence when it was not accepted."""

    seq: int
    verdict: Verdict
    why: str = ""


class Outbox(Protocol):
    """The events of ``terminal.db`` that head office has not confirmed. Used on sync's own thread and connection."""

    def head(self) -> OutboxHead:
        """Where the chain that this till writes now stands."""
        ...

    def chains(self) -> tuple[OutboxHead, ...]:
        """The chains to be handed over, oldest first, the one that is written now last; none that is set aside."""
        ...

    def unsent(self) -> int:
        """How many events of those chains head office has not confirmed."""
        ...

    def batch(self, after_seq: int, limit: int, max_bytes: int, epoch: str | None = None) -> tuple[Event, ...]:
        """The events of a chain (None: of the one written now) after a number, in order, at least one if there is any.

        It ends where an event is missing; nothing after that can be handed over in this chain.
        """
        ...

    def set_aside(self, epoch: str, problem: Sentence) -> bool:
        """Head office takes no more of a chain: what is written from here on goes into another, and it is so told.

        The events that head office does not hold are told again in that one. False, and nothing is changed, when the
        chain was itself begun for that reason and head office holds nothing of it.
        """
        ...

    def problem(self) -> Sentence | None:
        """Why a chain of this till is set aside; None when none is."""
        ...

    def acknowledge(self, epoch: str, seq: int, acked_hash: bytes, judgements: Sequence[Judgement]) -> None:
        """Head office holds everything up to ``seq``. ``InvariantViolation`` if its hash is not ours at that number."""
        ...

    def put_off(self, problem: str, next_attempt_at: datetime) -> None:
        """Sending failed: counted, with the reason and when it is tried again, until something is confirmed."""
        ...


class ReplicaFeed(Protocol):
    """The writing side of ``replica.db``. Used on sync's own thread and connection."""

    def cursor(self) -> Freshness:
        """How far the replica is."""
        ...

    def apply(self, page: ChangePage) -> None:
        """Rows and cursor in one commit; a lower version than the one held is ignored."""
        ...

    def touch(self, as_of: datetime) -> None:
        """Head office vouches that nothing has changed."""
        ...

    def install_snapshot(self, path: Path) -> None:
        """Checks a snapshot file and swaps it in whole. ``Fault`` ``snapshot_damaged``; then nothing has changed."""
        ...
