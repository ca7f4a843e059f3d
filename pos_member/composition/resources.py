"""Where the files that come with the program lie."""

from __future__ import annotations

from pathlib import Path

from pos_member.composition.calc.ruleset_file import load_ruleset
from pos_member.domain.ruleset import Ruleset

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"
PRINTER_PROFILES = RESOURCES / "printer_profiles"


def built_in_ruleset() -> Ruleset:
    """The rules that hold until head office has published any."""
    return load_ruleset(None)
