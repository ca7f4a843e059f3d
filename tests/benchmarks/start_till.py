"""From nothing to the first scan: a till with a million members and a year of sales, against one with none."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from pos_member.domain.product import Category
from tests.benchmarks.big_store import big_store, empty_store
from tests.benchmarks.figure import Figure
from tests.durability.shop import make_shop

_RUNS = 9
_ROOT = Path(__file__).resolve().parents[2]


def start_till(folder: Path) -> Figure:
    """``start_ready_ms``: a fresh process that opens the till, with all its checks, and takes a scanned barcode."""
    full, empty = big_store(folder), empty_store(folder)
    barcode = next(each.barcodes[0] for each in make_shop().goods if each.category is Category.SUNDRY)
    ours, theirs = [], []
    for number in range(_RUNS + 1):
        first, second = (full, empty) if number % 2 else (empty, full)
        times = {first: _start(first, barcode), second: _start(second, barcode)}
        if number:
            ours.append(times[full])
            theirs.append(times[empty])
    value = median(ours)
    return Figure(
        name="start_ready_ms",
        value=value,
        unit="ms",
        ratio=value / median(theirs),
        against="the same with no member and no sale",
        p50=value,
        p99=max(ours),
    )


def _start(folder: Path, barcode: str) -> float:
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-m", "tests.benchmarks.start_child", str(folder), barcode], check=True, cwd=_ROOT)
    return (time.perf_counter() - begin) * 1000
