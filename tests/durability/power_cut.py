"""A power cut: what was synced is on the disk, of the rest some writes are, whole or torn, in any order."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from tests.durability.check import examine
from tests.durability.child import in_child
from tests.durability.faulty_vfs import (
    Delete,
    FaultyDisk,
    Operation,
    Shim,
    Sync,
    Told,
    Truncate,
    Write,
    library_of_sqlite,
)
from tests.durability.findings import Findings
from tests.durability.journal import Journal
from tests.durability.reopen import reopen
from tests.durability.shop import Shop, furnish
from tests.durability.worker import Worker

_SECTOR = 512
_SCRIPTED_STEPS = 260
_EMPTIED = 0.1  # of the files that nobody waits for: there by name, and nothing in them
_DATABASES = (".db", ".db-wal", ".db-shm", ".db-journal")

Change = Write | Truncate | Delete


def power_cuts(folder: Path, shop: Shop, cuts: int, seed: int) -> Findings | None:
    """So many cuts in the life of one till; None where SQLite cannot be listened to."""
    library = library_of_sqlite()
    if library is None:
        return None
    base, life, after = folder / "base", folder / "life", folder / "after"
    furnish(base, shop)
    shutil.copytree(base, life)
    operations = in_child(lambda: _scripted_life(life, shop, f"{seed}:power", library))
    found = Findings()
    chance = random.Random(seed)
    places = sorted(chance.randint(1, len(operations)) for _ in range(cuts))
    for place, disk, journal in _disks_at(places, operations, base):
        shutil.rmtree(after, ignore_errors=True)
        disk.write_to(after, chance)
        found.add(reopen(after, shop, journal), f"cut {place} of seed {seed}: ")
        found.add(examine(after, journal), f"cut {place} of seed {seed}: ")
    return found


def _scripted_life(folder: Path, shop: Shop, seed: str, library: str) -> list[Operation]:
    disk = FaultyDisk(recording=True)
    shim = Shim(library, disk)

    def say(line: str) -> None:
        beside = {
            path.name: path.read_bytes()
            for path in folder.iterdir()
            if path.is_file() and not path.name.endswith(_DATABASES)
        }
        disk.note(Told(line, beside))

    worker = Worker(folder, shop, Journal(), seed, say)
    for step in islice(worker.steps(), _SCRIPTED_STEPS):
        worker.do(step)
    assert shim is not None
    return disk.operations


@dataclass(slots=True)
class _Disk:
    """The files as they surely are, and what may have come to them since, in order."""

    durable: dict[str, bytearray]
    pending: dict[str, list[Change]] = field(default_factory=dict)
    beside: list[dict[str, bytes]] = field(default_factory=list)

    def happen(self, operation: Operation) -> None:
        match operation:
            case Sync(file):
                for change in self.pending.pop(file, []):
                    _apply(self.durable, change)
                self._journal_removals()
            case Delete(file, True):
                self.pending.pop(file, None)
                self.durable.pop(file, None)
            case Told(_, beside):
                self.beside.append(beside)
            case _:
                self.pending.setdefault(operation.file, []).append(operation)

    def _journal_removals(self) -> None:
        """A file system writes its own log in order: what was removed before a sync of any file is gone with it."""
        for file, changes in self.pending.items():
            removals = [index for index, change in enumerate(changes) if isinstance(change, Delete)]
            if removals:
                self.durable.pop(file, None)
                del changes[: removals[-1] + 1]

    def write_to(self, folder: Path, chance: random.Random) -> None:
        """The folder as one power cut leaves it."""
        folder.mkdir()
        files = {name: bytearray(content) for name, content in self.durable.items()}
        for changes in self.pending.values():
            for change in _survivors(changes, chance):
                _apply(files, change)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        if self.beside:
            for name, kept in chance.choice(self.beside[-5:]).items():
                (folder / name).write_bytes(b"" if chance.random() < _EMPTIED else kept)


def _disks_at(places: list[int], operations: list[Operation], base: Path) -> Iterator[tuple[int, _Disk, Journal]]:
    disk = _Disk({path.name: bytearray(path.read_bytes()) for path in base.iterdir()})
    told: list[str] = []
    done = 0
    for place in places:
        for operation in operations[done:place]:
            disk.happen(operation)
            if isinstance(operation, Told):
                told.append(operation.line)
        done = place
        journal = Journal()
        journal.hear_all(told)
        yield place, disk, journal


def _survivors(changes: list[Change], chance: random.Random) -> Iterator[Change]:
    """All, none or some of what was not synced; a write that survives may be torn between sectors."""
    share = chance.choice((0.0, 0.5, 0.9, 1.0))
    torn = chance.random() < 0.5
    for change in changes:
        if chance.random() >= share:
            continue
        if torn and isinstance(change, Write) and chance.random() < 0.3:
            yield from _sectors(change, lambda: chance.random() < 0.5)
        else:
            yield change


def _sectors(write: Write, survives: Callable[[], bool]) -> Iterator[Write]:
    end = write.offset + len(write.content)
    begin = write.offset
    while begin < end:
        until = min(end, begin // _SECTOR * _SECTOR + _SECTOR)
        if survives():
            yield Write(write.file, begin, write.content[begin - write.offset : until - write.offset])
        begin = until


def _apply(files: dict[str, bytearray], change: Change) -> None:
    match change:
        case Delete(file, _):
            files.pop(file, None)
        case Truncate(file, size):
            content = files.setdefault(file, bytearray())
            del content[size:]
            content.extend(bytes(size - len(content)))
        case Write(file, offset, written):
            content = files.setdefault(file, bytearray())
            content.extend(bytes(max(0, offset - len(content))))
            content[offset : offset + len(written)] = written
