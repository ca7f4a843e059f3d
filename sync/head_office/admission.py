"""How many may come in at once, and how often: the rest are told when to come again (docs/sync.md, "Limits")."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class TooManyError(Exception):
    """Come again in ``retry_after`` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


class Admission:
    """A bounded number of requests at work or waiting for it."""

    def __init__(self, most: int, retry_after: int) -> None:
        self._most = most
        self._retry_after = retry_after
        self._inside = 0

    @contextmanager
    def one(self) -> Iterator[None]:
        """Lets one in while the block lasts. :class:`TooManyError` when it is full."""
        if self._inside >= self._most:
            raise TooManyError(self._retry_after)
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1


class Throttle:
    """A bounded number of tries within any ``seconds``, whoever makes them. ``seconds_now`` is a steady clock."""

    def __init__(self, most: int, seconds: int, seconds_now: Callable[[], float]) -> None:
        self._most = most
        self._seconds = seconds
        self._seconds_now = seconds_now
        self._tries: deque[float] = deque()

    def one_more(self) -> None:
        """Counts one try. :class:`TooManyError` when there were too many of late."""
        now = self._seconds_now()
        while self._tries and self._tries[0] <= now - self._seconds:
            self._tries.popleft()
        if len(self._tries) >= self._most:
            raise TooManyError(self._seconds)
        self._tries.append(now)
