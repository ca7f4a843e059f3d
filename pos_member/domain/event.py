"""A till's facts as a chain: dense numbers, canonical bytes, each hash over the one before (docs/sync.md, "Events")."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
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
class Event:
    """A fact in its chain. ``canonical`` is the whole event as bytes; ``hash`` = SHA-256(previous hash ‖ canonical)."""

    key: EventKey
    event_id: str
    kind: str
    canonical: bytes
    hash: bytes


def chain_hash(previous: bytes, canonical: bytes) -> bytes:
    """The hash of an event that follows one with hash ``previous``."""
    return hashlib.sha256(previous + canonical).digest()


def canonical_bytes(value: Mapping[str, object]) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8: the one form of a value that has no floats in it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def chain_event(
    *, key: EventKey, previous: bytes, event_id: str, kind: str, at: datetime, body: Mapping[str, object]
) -> Event:
    """The next event of a chain."""
    canonical = canonical_bytes(
        {
            "v": 1,
            "event_id": event_id,
            "terminal_id": key.terminal_id,
            "epoch": key.epoch,
            "seq": key.seq,
            "kind": kind,
            "occurred_at": instant_text(at),
            "body": body,
        }
    )
    return Event(key=key, event_id=event_id, kind=kind, canonical=canonical, hash=chain_hash(previous, canonical))
