"""Fetching the whole replica as one file: resumable, checked, then swapped in (docs/sync.md, "Snapshot")."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

from pos_member.app.published import ReplicaFeed
from pos_member.domain.errors import Fault
from sync import wire
from sync.transport import Transport

_CHUNK = 256 * 1024


async def fetch_snapshot(transport: Transport, feed: ReplicaFeed, folder: Path) -> None:
    """Fetches what head office has and installs it. A download that was cut goes on where it stopped.

    ``Fault``: ``snapshot_damaged`` (retryable; what was fetched is thrown away), ``disk_write_failed``, and those of
    the transport. The replica changes only at the very end, whole.
    """
    manifest = await transport.snapshot()
    packed = folder / f"snapshot-{manifest.digest}.part"
    unpacked = folder / "snapshot.db"
    with _telling_disk(folder):
        _drop_strays(folder, packed)
        while (start := _size(packed)) < manifest.size:
            async with transport.download(manifest.digest, start) as (begins, chunks):
                await _append(packed, begins, chunks, manifest.size)
            if _size(packed) <= start:
                raise _damaged()
        try:
            _check(packed, manifest)
            _unpack(packed, unpacked, manifest)
        except ValueError as error:
            packed.unlink(missing_ok=True)
            raise _damaged() from error
        feed.install_snapshot(unpacked)
        _drop_strays(folder, None)


def _drop_strays(folder: Path, keep: Path | None) -> None:
    for stray in [*folder.glob("snapshot-*.part"), folder / "snapshot.db"]:
        if stray != keep:
            stray.unlink(missing_ok=True)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


async def _append(path: Path, begins: int, chunks: AsyncIterator[bytes], limit: int) -> None:
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.truncate(begins)
        file.seek(begins)
        async for chunk in chunks:
            file.write(chunk)
            if file.tell() > limit:
                break


def _check(path: Path, manifest: wire.SnapshotManifest) -> None:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    if digest.hexdigest() != manifest.digest:
        raise ValueError("digest")


def _unpack(packed: Path, unpacked: Path, manifest: wire.SnapshotManifest) -> None:
    """Unpacks as much as the manifest names and not a byte more."""
    inflater = zlib.decompressobj(wbits=31)
    left = manifest.unpacked
    with packed.open("rb") as source, unpacked.open("wb") as target:
        while not inflater.eof and (chunk := inflater.unconsumed_tail or source.read(_CHUNK)):
            try:
                left -= target.write(inflater.decompress(chunk, _CHUNK))
            except zlib.error as error:
                raise ValueError("compression") from error
            if left < 0:
                raise ValueError("size")
    if left or not inflater.eof:
        raise ValueError("size")


@contextmanager
def _telling_disk(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Fault(
            "disk_write_failed",
            "总部的数据写不进 {folder}：{reason}。销售照常；请检查磁盘空间与权限。",
            retryable=True,
            folder=folder,
            reason=error.strerror or "磁盘错误",
        ) from error


def _damaged() -> Fault:
    return Fault("snapshot_damaged", "从总部取来的数据不完整，稍后重新下载；销售照常。", retryable=True)
