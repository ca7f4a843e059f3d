"""The writing side of ``replica.db``: the :class:`pos_member.app.published.ReplicaFeed`."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, update

from pos_member.app.ports import Freshness
from pos_member.app.published import ChangePage
from pos_member.domain.clock import Clock, instant_text
from pos_member.domain.errors import InvariantViolation
from pos_member.storage.replica import read_freshness
from pos_member.storage.replica_file import ReplicaFile
from pos_member.storage.replica_rows import write_many
from pos_member.storage.replica_schema import cursor

_ADVANCE = update(cursor).values(
    hq_epoch=bindparam("to_epoch"),
    feed_no=bindparam("to_feed_no"),
    as_of=bindparam("to_as_of"),
    ahead_ms=bindparam("to_ahead_ms"),
)
_TOUCH = update(cursor).values(as_of=bindparam("to_as_of"), ahead_ms=bindparam("to_ahead_ms"))


class ReplicaFeed:
    """Takes in what head office publishes, page by page or whole. Used by one thread at a time.

    With each answer it keeps by how much this till's clock was ahead of head office's (docs/sync.md); a snapshot says
    nothing of that, the first answer after it does.
    """

    def __init__(self, file: ReplicaFile, clock: Clock) -> None:
        self._file = file
        self._clock = clock

    def cursor(self) -> Freshness:
        """How far the replica is; nowhere at all once it is known to be damaged, so that it is fetched anew."""
        if self._file.damaged:
            return Freshness(as_of=None, feed_no=0, hq_epoch="")
        with self._file.reading() as connection:
            return read_freshness(connection)

    def apply(self, page: ChangePage) -> None:
        """Rows and cursor in one commit. A change the replica has already had is passed over.

        ``InvariantViolation`` when the page does not join on to the cursor: it leaves changes out, or comes from a head
        office that began anew.
        """
        with self._file.writing() as connection:
            held = read_freshness(connection)
            if page.after > held.feed_no or (held.hq_epoch and held.hq_epoch != page.hq_epoch):
                raise InvariantViolation(
                    f"page after {page.after} of epoch {page.hq_epoch!r} put to a replica at {held.feed_no} of"
                    f" {held.hq_epoch!r}"
                )
            write_many(connection, (change for change in page.changes if change.feed_no > held.feed_no))
            if page.upto >= held.feed_no:
                reached = {"to_epoch": page.hq_epoch, "to_feed_no": page.upto}
                connection.execute(_ADVANCE, {**reached, **self._vouched(page.as_of)})

    def touch(self, as_of: datetime) -> None:
        """Head office vouches that nothing has changed."""
        with self._file.writing() as connection:
            connection.execute(_TOUCH, self._vouched(as_of))

    def install_snapshot(self, path: Path) -> None:
        """Checks a snapshot file on the same disk and swaps it in whole; the file is used up.

        ``Fault``: ``snapshot_damaged``, ``database_newer``, ``disk_write_failed``; then nothing has changed.
        """
        self._file.swap(path)

    def _vouched(self, as_of: datetime) -> dict[str, Any]:
        ahead = self._clock.now() - as_of
        return {"to_as_of": instant_text(as_of), "to_ahead_ms": ahead // timedelta(milliseconds=1)}
