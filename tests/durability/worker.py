"""The child: a till that works as fast as it can and says, over a pipe, what it is doing and what has been done."""

from __future__ import annotations

import json
import os
import random
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from pos_member.composition.data_folder import TERMINAL_FILE
from pos_member.domain.errors import Refusal
from tests.durability import journal as lines
from tests.durability.desk_errands import DeskErrands
from tests.durability.desk_steps import perform
from tests.durability.journal import Journal, Seen, Step
from tests.durability.raw import RawLook
from tests.durability.shop import Shop, open_till
from tests.durability.steps import Hand

Say = Callable[[str], None]


class Worker:
    """One life of the till: opens it, does the step again that was cut off, then runs errands."""

    def __init__(self, folder: Path, shop: Shop, journal: Journal, seed: str, say: Say) -> None:
        self._chance = random.Random(seed)
        self._say = say
        self.pc = open_till(folder)
        self.hand = Hand(till=self.pc.till, folder=folder)
        self._look = RawLook(folder / TERMINAL_FILE, journal)
        self.seen = self._look.look()
        self._errands = DeskErrands(self.hand.till, shop, self._chance, self.basket, self._look.receipts)
        self._again = journal.again

    def steps(self) -> Iterator[Step]:
        """What is done, without end."""
        yield from self._errands.counter.sign_in()
        if self._again is not None:
            yield self._again
        while True:
            yield from self._errands.one()

    def basket(self) -> dict[str, object]:
        """The open basket as it was last seen on the disk."""
        found: dict[str, object] = json.loads(self.seen.basket or "{}")
        return found

    def do(self, step: Step) -> bool:
        """Does a step and says so before and after; whether the till did it. Any ``Fault`` goes through."""
        self._say(lines.trying(step))
        try:
            answer = perform(self.hand, step)
        except Refusal as refusal:
            self._say(lines.refused(step, refusal.code))
            return False
        self.see(step, answer.promised, answer.unqueued)
        return True

    def see(self, step: Step, promised: dict[str, str], unqueued: tuple[str, ...]) -> Seen:
        """Says what stands on the disk after a step."""
        self.seen = self._look.look()
        self._say(lines.done(step, self.seen, promised, unqueued))
        return self.seen


def work_until_killed(folder: Path, shop: Shop, journal: Journal, seed: str, pipe: int) -> None:
    """Never returns but by an error, which it tells; the sync loop and the printer run beside it."""

    def say(line: str) -> None:
        os.write(pipe, line.encode() + b"\n")

    try:
        worker = Worker(folder, shop, journal, seed, say)
        worker.pc.start()
        for step in worker.steps():
            worker.do(step)
    except BaseException:
        say(lines.crashed(traceback.format_exc()))
        raise
