"""A till's facts as a chain: dense numbers, canonical bytes, each hash over the one before (docs/sync.md, "Events")."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pos_member.domain.clock import instant_text

GENESIS_HASH = bytes(32)
"""What the first event of an epoch follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKey:
    """Where an event stands: till, epoch of its database, and its number there, dense from 1."""

    terminal_id: str
    epoch: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalPart:
    """What is personal about a fact. The chain covers ``digest`` alone, so that erasing the part breaks nothing.

    ``salt`` are 16 unguessable bytes: without them nobody can try out phone numbers against the digest.
    """

    salt: bytes
    content: bytes

    @property
    def digest(self) -> str:
        """SHA-256(salt ‖ content), in hex."""
        return hashlib.sha256(self.salt + self.content).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact in its chain. ``canonical`` is the whole event as bytes; ``hash`` = SHA-256(previous hash ‖ canonical).

    ``part`` is what is personal about it; None where nothing is, or where it was erased since.
    """

    key: EventKey
    event_id: str
    kind: str
    canonical: bytes
    hash: bytes
    part: PersonalPart | None = None


def chain_hash(previous: bytes, canonical: bytes) -> bytes:
    """The hash of an event that follows one with hash ``previous``."""
    return hashlib.sha256(previous + canonical).digest()


def canonical_bytes(value: Mapping[str, object]) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8: the one form of a value that has no floats in it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def chain_event(
    *,
    key: EventKey,
    previous: bytes,
    event_id: str,
    kind: str,
    at: datetime,
    body: object,
    part: PersonalPart | None = None,
    encode: Callable[[Mapping[str, object]], bytes] = canonical_bytes,
) -> Event:
    """The next event of a chain; of its personal part, if it has one, it holds the digest.

    ``encode`` gives the bytes that :func:`canonical_bytes` gives, also of a ``body`` that is no mapping yet.
    """
    told: dict[str, object] = {
        "v": 1,
        "event_id": event_id,
        "terminal_id": key.terminal_id,
        "epoch": key.epoch,
        "seq": key.seq,
        "kind": kind,
        "occurred_at": instant_text(at),
        "body": body,
    }
    if part is not None:
        told["part"] = part.digest
    canonical = encode(told)
    return Event(
        key=key, event_id=event_id, kind=kind, canonical=canonical, hash=chain_hash(previous, canonical), part=part
    )
