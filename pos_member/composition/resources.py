"""Where the files that come with the program lie."""

from __future__ import annotations

from pathlib import Path

from pos_member.domain.ruleset import Ruleset
from pos_member.domain.ruleset_document import parse_ruleset

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"
PRINTER_PROFILES = RESOURCES / "printer_profiles"
DEFAULT_RULESET = RESOURCES / "rulesets" / "default.toml"


def built_in_ruleset() -> Ruleset:
    """The rules that hold until head office has published any."""
    return parse_ruleset(DEFAULT_RULESET.read_text(encoding="utf-8"))
