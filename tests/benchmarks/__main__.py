"""Measures every figure beside its limit and writes ``build/bench.json``: ``make bench``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from pos_member.domain.ruleset_document import parse_ruleset
from tests.benchmarks.fold_ledger import fold_ledger
from tests.benchmarks.price_basket import price_basket

_ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Runs all, prints a line each, writes the file."""
    text = (_ROOT / "resources" / "rulesets" / "default.toml").read_text(encoding="utf-8")
    figures = [price_basket(parse_ruleset(text)), *fold_ledger()]
    target = _ROOT / "build" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    written = {}
    for figure in figures:
        facts = {key: round(value, 3) if isinstance(value, float) else value for key, value in asdict(figure).items()}
        name = str(facts.pop("name"))
        written[name] = facts
        sys.stdout.write(f"{name:24} {facts['value']:>12} {facts['unit']:3} {facts['ratio']:>9} × {facts['against']}\n")
    target.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
