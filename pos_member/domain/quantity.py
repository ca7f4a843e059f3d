"""Quantities: whole units, or decimals with at most three places for goods sold by weight (docs/programme §1)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PLAIN = re.compile(r"(\d{1,9})(?:\.(\d{1,3}))?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """An exact quantity, kept as thousandths of the product's unit."""

    milli: int

    @classmethod
    def parse(cls, text: str) -> Quantity:
        """The quantity written in plain decimal ("3", "2.5"). ``ValueError`` for anything else, zero included."""
        match = _PLAIN.fullmatch(text)
        if match is None:
            raise ValueError(text)
        milli = int(match[1]) * 1000 + int((match[2] or "").ljust(3, "0"))
        if milli == 0:
            raise ValueError(text)
        return cls(milli)

    @classmethod
    def whole(cls, units: int) -> Quantity:
        """So many whole units."""
        return cls(units * 1000)

    @property
    def is_whole(self) -> bool:
        """Whether it counts whole units."""
        return self.milli % 1000 == 0

    def __add__(self, other: Quantity) -> Quantity:
        return Quantity(self.milli + other.milli)

    def __str__(self) -> str:
        """The shortest plain decimal."""
        units, rest = divmod(self.milli, 1000)
        return f"{units}.{rest:03d}".rstrip("0") if rest else str(units)
