"""Taking over what head office publishes (docs/sync.md, "Pull")."""

from __future__ import annotations

from pathlib import Path

from pos_member.app.ports import Freshness
from pos_member.app.published import ChangePage, ReplicaFeed
from pos_member.domain.errors import Fault
from sync import wire
from sync.snapshot import fetch_snapshot
from sync.transport import Transport

PAGE_ROWS = 1000
"""A page holds the replica's write lock for some 40 ms."""
LATE_ROWS = 50_000
"""From here on a snapshot is quicker than its changes."""


class Pull:
    """Brings the replica up to head office, by changes or by a snapshot, which is fetched to ``folder``."""

    def __init__(self, feed: ReplicaFeed, folder: Path, late_rows: int = LATE_ROWS) -> None:
        self._feed = feed
        self._folder = folder
        self._late_rows = late_rows
        self._fetched_at = 0

    async def ask(self, transport: Transport, wait: int) -> wire.FeedAnswer:
        """The next page after what the replica holds; when there is none, waits for one up to ``wait`` seconds.

        A till that holds nothing yet only asks where head office stands: a snapshot brings the rest.
        """
        after = self._feed.cursor().feed_no
        return await transport.feed(after, PAGE_ROWS if after else 1, wait)

    async def take(self, transport: Transport, answer: wire.FeedAnswer) -> bool:
        """Puts an answer into the replica; whether there is more to ask for.

        ``Fault``: ``feed_damaged`` (retryable) when a page is not what head office counted, and those of
        :func:`sync.snapshot.fetch_snapshot`.
        """
        held = self._feed.cursor()
        if self._leads_on(held, answer):
            self._take_page(held, answer)
            return answer.more
        await fetch_snapshot(transport, self._feed, self._folder)
        self._fetched_at = answer.head
        return True

    def _leads_on(self, held: Freshness, answer: wire.FeedAnswer) -> bool:
        """Whether the changes join on to what is held, and are not so many that a snapshot is quicker.

        A snapshot may itself be old: what it leaves out is taken as changes, however many.
        """
        joins = (
            answer.hq_epoch == held.hq_epoch
            and answer.floor <= held.feed_no <= answer.head
            and (held.feed_no > 0 or answer.head == 0)
        )
        return joins and answer.head - max(held.feed_no, self._fetched_at) <= self._late_rows

    def _take_page(self, held: Freshness, answer: wire.FeedAnswer) -> None:
        try:
            changes = wire.unpack_changes(answer)
        except ValueError as error:
            raise _damaged() from error
        if answer.after != held.feed_no or answer.upto < answer.after:
            raise _damaged()
        if answer.upto == held.feed_no:
            self._feed.touch(answer.as_of)
            return
        self._feed.apply(
            ChangePage(
                after=answer.after,
                upto=answer.upto,
                changes=changes,
                hq_epoch=answer.hq_epoch,
                as_of=answer.as_of,
                more=answer.more,
            )
        )


def _damaged() -> Fault:
    return Fault("feed_damaged", "总部发来的更新不完整，稍后自动重试；销售照常。", retryable=True)
