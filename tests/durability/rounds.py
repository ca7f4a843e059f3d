"""Rounds of killing: a child sells, is killed in the middle, and its files are opened again and examined."""

from __future__ import annotations

import os
import random
import re
import select
import shutil
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.durability import journal as lines
from tests.durability.check import examine
from tests.durability.findings import Findings
from tests.durability.journal import HEARD, Journal
from tests.durability.reopen import reopen
from tests.durability.shop import Shop, furnish
from tests.durability.worker import work_until_killed

ROUNDS_A_FOLDER = 25
_MOST_LINES = 220
_DEAF_S = 30
_LONGEST_STEP_S, _LONGEST_START_S = 0.004, 0.08
_RECORDING = re.compile(rb'"say": "trying", "step": {"do": "[a-z_]+", "id": "[0-9a-f]+"[^\n]*\n\Z')


@dataclass(slots=True)
class Life:
    """A till's life in one folder, over many kills."""

    folder: Path
    shop: Shop
    journal: Journal = field(default_factory=Journal)

    def begin(self) -> None:
        """Furnishes the folder afresh."""
        shutil.rmtree(self.folder, ignore_errors=True)
        furnish(self.folder, self.shop)
        (self.folder / HEARD).touch()
        self.journal = Journal()

    def round(self, seed: str) -> Findings:
        """One child, one kill, one examination."""
        heard = _run_and_kill(self.folder, self.shop, self.journal, seed)
        self.journal.hear_all(heard)
        found = reopen(self.folder, self.shop, self.journal)
        found.add(examine(self.folder, self.journal))
        with (self.folder / HEARD).open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in (*heard, lines.adopted(self.journal.seen)))
        return found


def kill_rounds(folder: Path, shop: Shop, rounds: int, seed: int, steps: Counter[str]) -> Findings:
    """So many rounds, in a folder begun afresh every 25; ``steps`` counts what was done."""
    found = Findings()
    life = Life(folder, shop)
    for number in range(rounds):
        if number % ROUNDS_A_FOLDER == 0:
            steps.update(life.journal.steps)
            life.begin()
        found.add(life.round(f"{seed}:{number}"), f"round {number} of seed {seed}: ")
    steps.update(life.journal.steps)
    return found


def _run_and_kill(folder: Path, shop: Shop, journal: Journal, seed: str) -> list[str]:
    """The lines of a child that was killed after so many of them, or so soon after its birth, as the seed says."""
    chance = random.Random(seed)
    most = chance.randint(1, _MOST_LINES) if chance.random() < 0.85 else 0
    pause_s = chance.random() * (_LONGEST_STEP_S if most else _LONGEST_START_S)
    recording = chance.random() < 0.7
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        try:
            work_until_killed(folder, shop, journal, seed, writing)
        finally:
            os._exit(1)
    os.close(writing)
    try:
        heard = _listen(reading, most, recording=recording)
        time.sleep(pause_s)
    finally:
        os.kill(pid, signal.SIGKILL)
        heard += _rest(reading)
        os.close(reading)
        os.waitpid(pid, 0)
    return heard.decode().splitlines()


def _listen(reading: int, most: int, *, recording: bool) -> bytes:
    """What is heard until there are so many lines, and, if asked, something is just being recorded."""
    heard = b""
    until = time.monotonic() + _DEAF_S
    while heard.count(b"\n") < most or (most and recording and not _RECORDING.search(heard)):
        if not select.select([reading], [], [], max(0.0, until - time.monotonic()))[0]:
            break
        more = os.read(reading, 1 << 16)
        if not more:
            break
        heard += more
    return heard


def _rest(reading: int) -> bytes:
    rest = b""
    while more := os.read(reading, 1 << 16):
        rest += more
    return rest
