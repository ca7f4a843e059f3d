"""Snapshots: the published state as one packed file, built when first asked for and kept while it is fresh enough."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import threading
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, select

from pos_member.domain.errors import Fault
from pos_member.storage.engine import reading
from pos_member.storage.snapshot_file import build_snapshot
from sync import wire
from sync.head_office.feed import feed_head
from sync.head_office.schema import feed_counter

FRESH_CHANGES = 5_000
"""A snapshot that is fewer changes late is given out again: the feed brings the rest, and cut downloads can resume."""
_KEPT = 2
_LEVEL = 3


class Snapshots:
    """The snapshots of one head office. One is built at a time; the one before stays for downloads under way."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._engine = engine
        self._folder = folder
        self._building = threading.Lock()
        self._kept: list[wire.SnapshotManifest] = []

    def current(self, hq_epoch: str, now: datetime) -> wire.SnapshotManifest:
        """One to fetch now. ``Fault`` ``disk_write_failed``."""
        with self._building:
            with reading(self._engine) as connection:
                head = feed_head(connection)
                floor = connection.execute(select(feed_counter.c.floor)).scalar_one()
            if self._kept and _fresh(self._kept[-1], head, floor):
                return self._kept[-1]
            try:
                manifest = self._build(hq_epoch, now)
            except OSError as error:
                raise Fault(
                    "disk_write_failed",
                    "总部的快照写不进 {folder}：{reason}。请检查磁盘空间与权限。",
                    retryable=True,
                    folder=self._folder,
                    reason=error.strerror or "磁盘错误",
                ) from error
            self._kept = [*self._kept, manifest][-_KEPT:]
            self._sweep()
            return manifest

    def file(self, digest: str) -> Path | None:
        """The packed file of a digest, None when there is none any more."""
        return next((self._path(each.digest) for each in self._kept if each.digest == digest), None)

    def _build(self, hq_epoch: str, now: datetime) -> wire.SnapshotManifest:
        self._folder.mkdir(exist_ok=True)
        plain = self._folder / "building.db"
        packed = self._folder / "building.gz"
        with reading(self._engine) as connection:
            feed_no = feed_head(connection)
            build_snapshot(connection, plain, hq_epoch=hq_epoch, feed_no=feed_no, as_of=now)
        with plain.open("rb") as source, gzip.GzipFile(packed, "wb", compresslevel=_LEVEL, mtime=0) as target:
            shutil.copyfileobj(source, target, 1024 * 1024)
        with packed.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        manifest = wire.SnapshotManifest(
            digest=digest,
            size=packed.stat().st_size,
            unpacked=plain.stat().st_size,
            hq_epoch=hq_epoch,
            feed_no=feed_no,
            as_of=now,
        )
        packed.replace(self._path(digest))
        plain.unlink()
        return manifest

    def _path(self, digest: str) -> Path:
        return self._folder / f"{digest}.gz"

    def _sweep(self) -> None:
        """Removes every packed file that is not given out any more, those of an earlier run too."""
        kept = {self._path(each.digest) for each in self._kept}
        for path in self._folder.glob("*.gz"):
            if path not in kept:
                path.unlink(missing_ok=True)


def _fresh(manifest: wire.SnapshotManifest, head: int, floor: int) -> bool:
    return manifest.feed_no == head or (0 < manifest.feed_no >= floor and head - manifest.feed_no <= FRESH_CHANGES)
