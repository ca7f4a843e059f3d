"""What the parent heard of a till: every step that was tried, and what was promised of it before the kill."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

HEARD = "heard.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing done at the till. ``id`` is what it is recorded under, empty where nothing is recorded."""

    do: str
    id: str = ""
    args: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What stood on the disk once a step had been answered: ids of the rows it added, and the work in hand."""

    sales: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    events: int
    basket: str | None
    suspended: tuple[str, ...]


@dataclass(slots=True)
class Journal:
    """All that was heard of one data folder, over all its kills.

    ``trying`` was begun and never answered; ``again`` was left so in an earlier life and is to be done once more.
    ``promised`` are digests of the documents that use cases answered with, by id. ``unqueued`` are those whose receipt
    found the printer's queue full, ``printed`` those whose receipt came out. ``steps`` counts what was done, by name.
    """

    sales: set[str] = field(default_factory=set)
    facts: dict[str, str] = field(default_factory=dict)
    promised: dict[str, str] = field(default_factory=dict)
    printed: set[str] = field(default_factory=set)
    unqueued: set[str] = field(default_factory=set)
    suspended: set[str] = field(default_factory=set)
    events: int = 0
    basket: str | None = None
    trying: Step | None = None
    again: Step | None = None
    doubles: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)
    steps: Counter[str] = field(default_factory=Counter)

    def hear(self, line: str) -> None:
        """Takes in one line of the pipe; one that was cut off in the middle tells nothing."""
        try:
            told = json.loads(line)
        except ValueError:
            return
        step = Step(**told.get("step", {"do": "none"}))
        match told["say"]:
            case "trying":
                self.trying = step
                if step.do == "print":
                    self.printed.update(step.args["sales"])
            case "refused":
                self._answered(step)
                self.steps[f"{step.do}!{told['code']}"] += 1
            case "done":
                self.steps["again"] += self.again == step
                self._answered(step)
                self._confirm(step, told)
            case "crashed":
                self.crashes.append(told["why"])
            case "adopted":
                self.adopt(_seen_of(told))

    def hear_all(self, lines: Iterable[str]) -> None:
        """Takes in many."""
        for line in lines:
            self.hear(line)

    def adopt(self, seen: Seen) -> None:
        """What the unanswered step left behind counts as done; where it has an id, it is to be done again."""
        self._count(seen)
        if self.trying is not None and self.trying.id:
            self.again = self.trying
        self.trying = None

    @property
    def seen(self) -> Seen:
        """All that counts as done, as one look would show it."""
        return Seen(
            sales=tuple(self.sales),
            facts=tuple(self.facts.items()),
            events=self.events,
            basket=self.basket,
            suspended=tuple(self.suspended),
        )

    def _answered(self, step: Step) -> None:
        self.trying = None
        if self.again == step:
            self.again = None

    def _confirm(self, step: Step, told: dict[str, Any]) -> None:
        self.steps[step.do] += 1
        self.promised.update(told["promised"])
        self.unqueued.update(told["unqueued"])
        seen = _seen_of(told)
        known = step.id in self.sales or step.id in self.facts
        if known and (seen.sales or seen.facts):
            self.doubles.append(f"{step.do} {step.id}, done again, left {seen.sales} {seen.facts}")
        self._count(seen)

    def _count(self, seen: Seen) -> None:
        self.sales.update(seen.sales)
        self.facts.update(dict(seen.facts))
        self.events = seen.events
        self.basket = seen.basket
        self.suspended = set(seen.suspended)


def trying(step: Step) -> str:
    """The line that says that a step begins."""
    return json.dumps({"say": "trying", "step": asdict(step)})


def refused(step: Step, code: str) -> str:
    """The line that says that the till said no: nothing has changed."""
    return json.dumps({"say": "refused", "step": asdict(step), "code": code})


def done(step: Step, seen: Seen, promised: dict[str, str], unqueued: tuple[str, ...]) -> str:
    """The line that says that a step was answered; ``unqueued`` are sales whose receipt found the queue full."""
    told = {"say": "done", "step": asdict(step), "seen": asdict(seen), "promised": promised, "unqueued": unqueued}
    return json.dumps(told)


def adopted(seen: Seen) -> str:
    """The line that says what was found after a kill, and counts as done from then on."""
    return json.dumps({"say": "adopted", "seen": asdict(seen)})


def crashed(why: str) -> str:
    """The line that says that the till ended by itself."""
    return json.dumps({"say": "crashed", "why": why})


def digest(document: str) -> str:
    """What stands for a document in a promise."""
    return hashlib.sha256(document.encode()).hexdigest()


def heard_in(folder: Path) -> Journal:
    """The journal that was kept beside the files of a folder."""
    journal = Journal()
    journal.hear_all((folder / HEARD).read_text(encoding="utf-8").splitlines())
    return journal


def _seen_of(told: dict[str, Any]) -> Seen:
    seen = told["seen"]
    return Seen(**{**seen, "facts": tuple((each[0], each[1]) for each in seen["facts"])})
