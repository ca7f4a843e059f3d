"""How long to wait before asking again (docs/sync.md, "Waiting")."""

from __future__ import annotations

from typing import Protocol

FIRST_SECONDS = 1.0
LONGEST_SECONDS = 300.0


class Uniform(Protocol):
    """Where randomness comes from; :class:`random.Random` is one."""

    def uniform(self, a: float, b: float) -> float:
        """A number between ``a`` and ``b``, evenly spread."""
        ...


class Backoff:
    """Exponential with full jitter: each wait is evenly spread between nothing and twice the bound before it.

    So that four hundred tills that lost head office together do not come back together.
    """

    def __init__(self, random: Uniform, *, first: float = FIRST_SECONDS, longest: float = LONGEST_SECONDS) -> None:
        self._random = random
        self._first = first
        self._longest = longest
        self._failures = 0

    def failed(self, retry_after: float | None = None) -> float:
        """Seconds to wait after one more failure; never less than head office asked for."""
        bound = min(self._longest, self._first * 2.0 ** min(self._failures, 32))
        self._failures += 1
        wait = self._random.uniform(0.0, bound)
        return wait if retry_after is None else min(retry_after, self._longest) + wait

    def succeeded(self) -> None:
        """The next failure starts small again."""
        self._failures = 0
