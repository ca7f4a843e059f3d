"""What ``terminal.db`` last held, written down outside it: a file put back from an old image is noticed by it.

The witness may lag behind the database, by a commit that a power cut came after, but never leads: it is written after
the commit, over itself, and nobody waits for the disk.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pos_member.app.codec import from_text, to_text
from pos_member.storage.engine import write_failed

_SECTOR = 512
_DIGITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """The last event (``seq`` 0: the epoch has none), and the last receipt, shift and business date."""

    terminal_id: str
    epoch: str
    seq: int
    hash: str
    receipt_number: int
    shift_number: int
    business_date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    witness: Witness
    checksum: str


class WitnessFile:
    """``witness.json`` beside the database: one sector, written whole, with a checksum that tells a torn one."""

    def __init__(self, database: Path) -> None:
        """``Fault`` ``disk_write_failed`` where no file can be made."""
        path = witness_path(database)
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        except OSError as error:
            raise write_failed(path, error) from error

    def write(self, witness: Witness) -> None:
        """Replaces what stood there. That this cannot be done is no reason to stop selling: it then lags."""
        try:
            os.lseek(self._handle, 0, os.SEEK_SET)
            os.write(self._handle, to_text(_Kept(witness=witness, checksum=_checksum(witness))).ljust(_SECTOR).encode())
        except OSError:
            return

    def close(self) -> None:
        """Lets go of the file."""
        os.close(self._handle)


def witness_path(database: Path) -> Path:
    """Where the witness of a database is."""
    return database.with_name("witness.json")


def read_witness(database: Path) -> Witness | None:
    """The witness of a database; None when there is none, or it was torn."""
    try:
        kept = from_text(_Kept, witness_path(database).read_bytes())
    except (OSError, ValueError):
        return None
    return kept.witness if kept.checksum == _checksum(kept.witness) else None


def _checksum(witness: Witness) -> str:
    return hashlib.sha256(to_text(witness).encode()).hexdigest()[:_DIGITS]
