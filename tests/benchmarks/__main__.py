"""Measures every figure beside its limit and writes ``build/bench.json``: ``make bench``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from pos_member.composition.resources import built_in_ruleset
from tests.benchmarks.figure import Figure
from tests.benchmarks.fold_ledger import fold_ledger
from tests.benchmarks.price_basket import price_basket
from tests.benchmarks.settle_sale import settle_sale
from tests.benchmarks.start_till import start_till

_TARGET = Path(__file__).resolve().parents[2] / "build" / "bench.json"


def main() -> int:
    """Runs all, prints a line each, writes the file."""
    disk = _TARGET.parent / "bench"
    disk.mkdir(parents=True, exist_ok=True)
    figures = [price_basket(built_in_ruleset()), *fold_ledger(), settle_sale(disk / "settle"), start_till(disk)]
    for each in figures:
        sys.stdout.write(f"{each.name:24} {each.value:>12.3f} {each.unit:3} {each.ratio:>9.3f} × {each.against}\n")
    _TARGET.write_text(written(figures), encoding="utf-8")
    return 0


def written(figures: list[Figure]) -> str:
    """The figures by their names, as JSON."""
    by_name = {}
    for figure in figures:
        facts = {key: round(value, 3) if isinstance(value, float) else value for key, value in asdict(figure).items()}
        by_name[facts.pop("name")] = facts
    return json.dumps(by_name, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(main())
