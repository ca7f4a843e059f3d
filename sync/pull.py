"""Taking over what head office publishes (docs/sync.md, "Pull")."""

from __future__ import annotations

from pos_member.app.ports import Freshness
from pos_member.app.published import ChangePage, ReplicaFeed
from pos_member.domain.errors import Fault
from sync import wire
from sync.transport import Transport

PAGE_ROWS = 1000
"""A page holds the replica's write lock for some 40 ms."""
LATE_ROWS = 50_000
"""From here on a snapshot is quicker than its changes."""


def needs_snapshot(held: Freshness, answer: wire.FeedAnswer, late_rows: int) -> bool:
    """Whether the feed does not lead on from what the replica holds, or only slowly."""
    return (
        answer.hq_epoch != held.hq_epoch
        or (held.feed_no == 0 and answer.head > 0)
        or held.feed_no < answer.floor
        or held.feed_no > answer.head
        or answer.head - held.feed_no > late_rows
    )


def take_page(feed: ReplicaFeed, held: Freshness, answer: wire.FeedAnswer) -> None:
    """Puts one page into the replica, or just head office's word that nothing has changed.

    ``Fault`` ``feed_damaged`` (retryable) when the page is not what head office counted.
    """
    try:
        changes = wire.unpack_changes(answer)
    except ValueError as error:
        raise _damaged() from error
    if answer.after != held.feed_no or answer.upto < answer.after:
        raise _damaged()
    if answer.upto == held.feed_no:
        feed.touch(answer.as_of)
        return
    feed.apply(
        ChangePage(
            after=answer.after,
            upto=answer.upto,
            changes=changes,
            hq_epoch=answer.hq_epoch,
            as_of=answer.as_of,
            more=answer.more,
        )
    )


async def ask_page(transport: Transport, held: Freshness, wait: int) -> wire.FeedAnswer:
    """The next page after what the replica holds; when there is none, waits for one up to ``wait`` seconds."""
    return await transport.feed(held.feed_no, PAGE_ROWS, wait)


def _damaged() -> Fault:
    return Fault("feed_damaged", "总部发来的更新不完整，稍后自动重试；销售照常。", retryable=True)
