"""A number as it is typed, key by key: an amount of cash, a quantity."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos_member.domain.money import parse_yuan

BACKSPACE = "backspace"
"""The key that takes the last character back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberEntry:
    """Digits as typed, empty before the first key. ``offered``: put there for her, so that typing replaces it."""

    text: str = ""
    offered: bool = False
    whole_digits: int = 6
    decimals: int = 2

    @property
    def fen(self) -> int | None:
        """The number as yuan, in fen; None while nothing was entered."""
        return parse_yuan(self.text.rstrip(".")) if self.text else None

    @property
    def grouped(self) -> str:
        """As it is read: thousands set apart."""
        whole, point, decimals = self.text.partition(".")
        return f"{int(whole):,}{point}{decimals}" if whole else self.text

    def after(self, key: str) -> NumberEntry:
        """After a digit, a point or :data:`BACKSPACE`; a key that makes no number changes nothing."""
        if key == BACKSPACE:
            return replace(self, text="" if self.offered else self.text[:-1], offered=False)
        before = "" if self.offered else self.text
        text = (f"{before or '0'}.") if key == "." else f"{'' if before == '0' else before}{key}"
        whole, _point, decimals = text.partition(".")
        if text.count(".") > 1 or len(whole) > self.whole_digits or len(decimals) > self.decimals:
            return self
        return replace(self, text=text, offered=False)

    def offer(self, text: str) -> NumberEntry:
        """With a number put there for her."""
        return replace(self, text=text, offered=True)

    def offer_fen(self, fen: int) -> NumberEntry:
        """With an amount in fen put there for her, written in yuan."""
        whole, rest = divmod(fen, 100)
        return self.offer(f"{whole}.{rest:02d}" if rest else str(whole))
