"""Identifiers: UUIDv7 as 32 lower-case hex digits, so that text order is the order of making."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from pos_member.domain.clock import Clock


class IdFactory(Protocol):
    """Where new identifiers come from."""

    def new(self) -> str:
        """A UUIDv7 as 32 hex digits, greater than every one this factory gave before."""
        ...


def made_at(identifier: str) -> datetime:
    """When a UUIDv7 was made, to the millisecond; after a clock was set back, when the latest before it was."""
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(identifier[:12], 16))


class Uuid7Factory:
    """UUIDv7 (RFC 9562) from an injected clock and source of random bits, strictly rising within one factory."""

    def __init__(self, clock: Clock, random_bits: Callable[[int], int]) -> None:
        self._clock = clock
        self._random_bits = random_bits
        self._last_ms = -1
        self._counter = 0

    def new(self) -> str:
        """A new identifier; a clock that stands still or goes back only moves the 12-bit counter on."""
        ms = int(self._clock.now().timestamp() * 1000)
        if ms > self._last_ms:
            self._last_ms = ms
            self._counter = self._random_bits(10)
        else:
            self._counter += 1
            if self._counter > 0xFFF:
                self._last_ms += 1
                self._counter = 0
        value = (self._last_ms & 0xFFFF_FFFF_FFFF) << 80
        value |= 0x7 << 76 | self._counter << 64
        value |= 0b10 << 62 | self._random_bits(62)
        return f"{value:032x}"
