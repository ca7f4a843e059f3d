"""A measured figure beside the limit it was measured against, in one run."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """``ratio`` is ours ÷ the reference that ``against`` names; ``value`` is in ``unit``."""

    name: str
    value: float
    unit: str
    ratio: float
    against: str
    p50: float
    p99: float


def beside(
    name: str, ours: Callable[[], object], reference: Callable[[], object], against: str, *, rounds: int, each: int
) -> Figure:
    """The median µs of processor time of one call of ours, turn by turn with the reference on the same machine.

    ``each`` calls make a round; percentiles are over ``rounds`` of them.
    """
    ours()
    reference()
    mine, theirs = [], []
    for _ in range(rounds):
        mine.append(_us(ours, each))
        theirs.append(_us(reference, each))
    value = median(mine)
    return Figure(
        name=name,
        value=value,
        unit="us",
        ratio=value / median(theirs),
        against=against,
        p50=value,
        p99=sorted(mine)[int(len(mine) * 0.99)],
    )


def _us(work: Callable[[], object], calls: int) -> float:
    begin = time.process_time_ns()
    for _ in range(calls):
        work()
    return (time.process_time_ns() - begin) / calls / 1000
