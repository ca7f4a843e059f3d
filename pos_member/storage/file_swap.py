"""Putting another file in the place of ``terminal.db``: the one that was there is set aside whole, never deleted.

Killed at any moment, the next start finds the old file, or goes on here: what is to come in stands complete under a
name of its own before anything is moved.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from pos_member.storage.engine import doubt_mark, write_failed
from pos_member.storage.snapshot_file import make_durable
from pos_member.storage.witness import witness_path

_SUFFIXES = ("", "-wal", "-shm", "-journal")


def swap_in(path: Path, complete: Path, report: str | None = None) -> Path | None:
    """Puts a complete database, which must lie in the same folder, in the place of ``path``.

    Gives where the one before was set aside, None when there was none; ``report`` lies beside it then. The witness of
    the one before goes: the complete one has taken from it what counts. ``Fault`` ``disk_write_failed``.
    """
    try:
        if report is not None:
            _report(path).write_text(report, encoding="utf-8")
        make_durable(complete)
        os.replace(complete, _ready(path))
        make_names_durable(path.parent)
        return _finish(path)
    except OSError as error:
        raise write_failed(path, error) from error


def finish_swap(path: Path) -> None:
    """Goes on with a swap that was cut short; nothing mostly. ``Fault`` ``disk_write_failed``."""
    if _ready(path).exists():
        try:
            _finish(path)
        except OSError as error:
            raise write_failed(path, error) from error


def make_names_durable(folder: Path) -> None:
    """Waits until a renaming is on the disk, where the system lets one ask for it."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _finish(path: Path) -> Path | None:
    ready = _ready(path)
    aside = _aside(path, ready)
    moved = False
    for suffix in _SUFFIXES:
        part = path.with_name(path.name + suffix)
        if part.exists():
            os.replace(part, aside.with_name(aside.name + suffix))
            moved = True
    if _report(path).exists():
        os.replace(_report(path), aside.with_suffix(".txt"))
    doubt_mark(path).unlink(missing_ok=True)
    witness_path(path).unlink(missing_ok=True)
    make_names_durable(path.parent)
    os.replace(ready, path)
    make_names_durable(path.parent)
    return aside if moved else None


def _ready(path: Path) -> Path:
    return path.with_name(f"{path.stem}-ready{path.suffix}")


def _report(path: Path) -> Path:
    return _ready(path).with_suffix(".txt")


def _aside(path: Path, ready: Path) -> Path:
    """A name with the date on which the file that comes in was finished, so that going on finds the same one."""
    finished = datetime.fromtimestamp(ready.stat().st_mtime_ns / 1e9, UTC)
    return path.with_name(f"{path.stem}-{finished:%Y%m%dT%H%M%S%f}Z-aside{path.suffix}")
