"""A store manager, and rules that give rights otherwise."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from typing import Any

from pos_member.app.published import PublishedRuleset
from pos_member.domain.staff import Role, Staff
from tests.app.shop import Shop
from tests.storage.makers import RULESET_TEXT

SUN_WEI = Staff(
    id="0197a0000000700080000000000000d1", number="3", name="孙伟", role=Role.STORE_MANAGER, pin_hash="3333"
)


def rules_with(line: str, instead: str) -> PublishedRuleset:
    """The built-in rules with one line otherwise, in force since the beginning of the year."""
    assert RULESET_TEXT.count(line) == 1
    text = RULESET_TEXT.replace(line, instead).replace('version = "2026.1"', 'version = "2026.2"', 1)
    return PublishedRuleset(version="2026.2", effective_from=date(2026, 1, 1), stores=(), text=text)


def rights_with(right: str, *roles: str) -> PublishedRuleset:
    """The built-in rules with a right for other roles."""
    line = next(line for line in RULESET_TEXT.splitlines() if line.startswith(f"{right} = "))
    return rules_with(line, f"{right} = {json.dumps(roles)}")


def audits(shop: Shop, action: str) -> list[dict[str, Any]]:
    """What was audited of one kind, in order, read past the program."""
    with sqlite3.connect(shop.folder / "terminal.db") as connection:
        rows = connection.execute("SELECT canonical FROM events WHERE kind = 'audit' ORDER BY seq").fetchall()
    bodies = [json.loads(row[0])["body"] for row in rows]
    return [body for body in bodies if body["action"] == action]
