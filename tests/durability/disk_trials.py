"""A disk that is full, read-only or does not sync: the till says so, does nothing by half, and goes on afterwards."""

from __future__ import annotations

import ctypes
import os
import random
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pos_member.composition.data_folder import TERMINAL_FILE
from pos_member.domain.errors import Fault, Spoken
from tests.durability.check import examine
from tests.durability.child import in_child
from tests.durability.faulty_vfs import FaultyDisk, Shim, library_of_sqlite
from tests.durability.findings import Findings
from tests.durability.journal import Journal, Step
from tests.durability.reopen import reopen
from tests.durability.shop import Shop, furnish, open_till
from tests.durability.worker import Worker

_STEPS_BETWEEN = 25
_MOST_TRIES = 400
_ROOM = 200_000
_OVERRIDING = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
_CAPABILITIES_V3 = 0x20080522

Trouble = Callable[[], None]
"""Begins or ends what is wrong with the disk."""


class TroubledLife:
    """A till that runs errands while its disk fails now and then; every step that failed is done again with its ids."""

    def __init__(self, folder: Path, shop: Shop, seed: str) -> None:
        self.found = Findings()
        self.heard: list[str] = []
        self.chance = random.Random(seed)
        self._worker = Worker(folder, shop, Journal(), seed, self.heard.append)
        self._steps = self._worker.steps()

    def go(self, begin: Trouble, end: Trouble, troubles: int) -> None:
        """Trouble after trouble, with some good steps between them."""
        faults = sum(self._one(begin, end) for _ in range(troubles))
        if not faults:
            self.found.broken.append("the disk never failed")

    def end_in_trouble(self, begin: Trouble) -> None:
        """The last step fails, and the till is never seen again."""
        begin()
        self._until_it_fails()

    def live(self, steps: int) -> None:
        """Steps while all is well."""
        for _ in range(steps):
            self._worker.do(next(self._steps))

    def _one(self, begin: Trouble, end: Trouble) -> bool:
        self.live(self.chance.randint(1, _STEPS_BETWEEN))
        begin()
        failed = self._until_it_fails()
        end()
        if failed is not None:
            self._again(failed)
        return failed is not None

    def _until_it_fails(self) -> Step | None:
        for _ in range(_MOST_TRIES):
            step = next(self._steps)
            try:
                self._worker.do(step)
            except Fault as fault:
                if not fault.retryable:
                    self.found.broken.append(f"{step.do}: not to be tried again, says {fault.message}")
                return step
        return None

    def _again(self, step: Step) -> None:
        try:
            self._worker.do(step)
        except Spoken as spoken:
            self.found.broken.append(f"{step.do} fails though the disk is well: {spoken.message}")


def failing_syncs(folder: Path, shop: Shop, seed: int, troubles: int) -> Findings | None:
    """Syncs fail; the process ends as in a kill. None where SQLite cannot be reached beneath."""
    library = library_of_sqlite()
    if library is None:
        return None

    def life() -> tuple[Findings, list[str]]:
        disk = FaultyDisk()
        shim = Shim(library, disk)
        till = TroubledLife(folder, shop, f"{seed}:fsync")

        def begin() -> None:
            disk.fail_syncs = till.chance.choice((1, 1, 2))

        def end() -> None:
            disk.fail_syncs = 0

        till.go(begin, end, troubles)
        till.end_in_trouble(begin)
        assert shim is not None
        return till.found, till.heard

    return _examined(folder, shop, life)


def size_limit(folder: Path, shop: Shop, seed: int, troubles: int) -> Findings:
    """No file may grow beyond a size (RLIMIT_FSIZE)."""

    def life() -> tuple[Findings, list[str]]:
        till = TroubledLife(folder, shop, f"{seed}:size")
        log = folder / f"{TERMINAL_FILE}-wal"

        def begin() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + till.chance.randint(0, 9000), -1))

        def end() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))

        till.go(begin, end, troubles)
        return till.found, till.heard

    return _examined(folder, shop, life)


def full_disk(folder: Path, shop: Shop, seed: int, troubles: int) -> Findings | None:
    """A small disk that is filled to the brim. None where none may be mounted."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "none", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        return None

    def life() -> tuple[Findings, list[str]]:
        till = TroubledLife(folder / "till", shop, f"{seed}:full")
        ballast = folder / "ballast"

        def begin() -> None:
            free = os.statvfs(folder)
            left = till.chance.randint(0, _ROOM)
            with suppress(OSError):
                ballast.write_bytes(bytes(max(0, free.f_bavail * free.f_bsize - left)))

        def end() -> None:
            ballast.unlink(missing_ok=True)

        till.go(begin, end, troubles)
        return till.found, till.heard

    try:
        return _examined(folder / "till", shop, life)
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def read_only(folder: Path, shop: Shop, seed: int) -> Findings:
    """The database, then the whole folder may only be read: said at the start or at the first step, nothing changes."""
    furnish(folder, shop)
    heard = in_child(lambda: _some_steps(folder, shop, seed))
    found = Findings()
    for path, mode in ((folder / TERMINAL_FILE, 0o444), (folder, 0o555)):
        before = path.stat().st_mode
        path.chmod(mode)
        said = in_child(lambda: _refusal_of_the_disk(folder, shop))
        path.chmod(before)
        if said is None:
            found.broken.append(f"{path.name} cannot be written, and the till said nothing")
    journal = Journal()
    journal.hear_all(heard)
    found.add(reopen(folder, shop, journal))
    found.add(examine(folder, journal))
    return found


def _some_steps(folder: Path, shop: Shop, seed: int) -> list[str]:
    till = TroubledLife(folder, shop, f"{seed}:read-only")
    till.live(3 * _STEPS_BETWEEN)
    return till.heard


def _refusal_of_the_disk(folder: Path, shop: Shop) -> str | None:
    """What the till says that starts there and sells; None when it finds nothing amiss."""
    with _without_overriding():
        try:
            pc = open_till(folder)
            pc.till.seat.take(shop.staff[0])
            pc.till.enter(shop.barcodes[0])
        except Fault as fault:
            return fault.code
        return None


@contextmanager
def _without_overriding() -> Iterator[None]:
    """Root, too, is bound by the modes of files from here on."""
    if os.geteuid() == 0:
        header = (ctypes.c_uint32 * 2)(_CAPABILITIES_V3, 0)
        sets = (ctypes.c_uint32 * 6)()
        libc = ctypes.CDLL(None, use_errno=True)
        libc.capget(header, sets)
        sets[0] &= ~_OVERRIDING
        if libc.capset(header, sets):
            raise OSError(ctypes.get_errno(), "capset")
    yield


def _examined(folder: Path, shop: Shop, life: Callable[[], tuple[Findings, list[str]]]) -> Findings:
    furnish(folder, shop)
    found, heard = in_child(life)
    journal = Journal()
    journal.hear_all(heard)
    found.add(reopen(folder, shop, journal))
    found.add(examine(folder, journal))
    return found
