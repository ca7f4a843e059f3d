"""``python -m tests.durability --rounds N [--seed S]``: kills, disks that fail, power cuts; the figures come last.

A finding names what repeats it. Rounds are repeated by their seed, as far as the moment of a kill can be.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.durability.disk_trials import failing_syncs, full_disk, read_only, size_limit
from tests.durability.findings import Findings
from tests.durability.power_cut import power_cuts
from tests.durability.rounds import kill_rounds
from tests.durability.shop import Shop, make_shop

_TRIALS: dict[str, Callable[[Path, Shop, int, int], Findings | None]] = {
    "failing syncs": failing_syncs,
    "limited file size": size_limit,
    "full disk": full_disk,
}


def main() -> int:
    """Runs all, says what was done and what was found; 1 when anything was found."""
    asked = _arguments()
    found = Findings()
    with tempfile.TemporaryDirectory(prefix="durability-", dir=asked.scratch) as scratch:
        folder, shop = Path(scratch), make_shop()
        steps: Counter[str] = Counter()
        found.add(kill_rounds(asked.keep or folder / "killed", shop, asked.rounds, asked.seed, steps))
        _say(f"seed {asked.seed}: " + ", ".join(f"{name} {count}" for name, count in sorted(steps.items())))
        for name, trial in _TRIALS.items():
            found.add(_tried(name, partial(trial, folder / name, shop, asked.seed, asked.troubles)))
        found.add(_tried("read-only files", partial(read_only, folder / "read-only", shop, asked.seed)))
        cut = partial(power_cuts, folder / "power", shop, asked.cuts, asked.seed)
        found.add(_tried(f"{asked.cuts} power cuts", cut))
    for line in found.lines():
        _say(line)
    _say(found.summary("rounds", asked.rounds))
    return 0 if found.clean else 1


def _tried(name: str, trial: Callable[[], Findings | None]) -> Findings:
    begin = time.monotonic()
    found = trial()
    if found is None:
        _say(f"{name}: skipped, this machine does not let it be done")
        return Findings()
    _say(f"{name}: {'as it should be' if found.clean else 'see below'} ({time.monotonic() - begin:.1f} s)")
    named = Findings()
    named.add(found, f"{name}: ")
    return named


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.durability", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="how often the till is killed")
    parser.add_argument("--cuts", type=int, default=60, help="how many power cuts")
    parser.add_argument("--troubles", type=int, default=12, help="how often each kind of disk fails")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="repeats a run that found something")
    parser.add_argument("--scratch", type=Path, help="where the files lie while it runs; the system's own place else")
    parser.add_argument("--keep", type=Path, help="keeps the last killed till's files in this folder")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
