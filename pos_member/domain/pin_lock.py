"""Wrong PINs in a row lock an account for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class PinPolicy:
    """How many wrong PINs in a row lock an account, and for how long; the ruleset says (docs/programme §11)."""

    tries: int
    lock: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class PinCount:
    """Wrong PINs in a row so far, and until when the account is locked."""

    wrong: int
    locked_until: datetime | None


def locked_seconds(count: PinCount, now: datetime, policy: PinPolicy) -> float:
    """Seconds that the account is still locked, 0 when it is not.

    A lock that would last longer than any does tells of a clock that was set back; it is over.
    """
    if count.locked_until is None or not now < count.locked_until <= now + policy.lock:
        return 0.0
    return (count.locked_until - now).total_seconds()


def after_wrong_pin(count: PinCount, now: datetime, policy: PinPolicy) -> PinCount:
    """The count after one more wrong PIN. The one that locks the account starts a new count."""
    wrong = count.wrong + 1
    if wrong < policy.tries:
        return PinCount(wrong=wrong, locked_until=None)
    return PinCount(wrong=0, locked_until=now + policy.lock)


def wrong_pins_left(count: PinCount, policy: PinPolicy) -> int:
    """How many more wrong PINs it takes to lock the account."""
    return policy.tries - count.wrong
