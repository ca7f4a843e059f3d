"""Tells long polls that the feed has moved on."""

from __future__ import annotations

import asyncio


class Bell:
    """Rung from any thread, heard by whoever waits on the event loop it was made on."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._rung = asyncio.Event()
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether nobody should wait any more."""
        return self._closed

    def listen(self) -> asyncio.Event:
        """What the next ring sets. Taken before looking at the feed, no ring is missed."""
        return self._rung

    def ring(self) -> None:
        """The feed has moved on; from any thread."""
        self._loop.call_soon_threadsafe(self._ring)

    def close(self) -> None:
        """Sends everyone home; on the loop."""
        self._closed = True
        self._ring()

    def _ring(self) -> None:
        rung, self._rung = self._rung, asyncio.Event()
        rung.set()
