"""Short ways to say what a person does at the window, and to read what stands in the database then."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import Any

from PySide6.QtCore import Qt

from pos_member.app.counter import CounterState
from tests.ui.shell.conftest import Station
from ui.screens.selling import SellingScreen


def key(station: Station, *keys: Qt.Key) -> None:
    """Presses keys, one after the other."""
    for one in keys:
        station.keyboard.key(one)
        station.settle()


def type_in(station: Station, text: str) -> None:
    """Types."""
    station.keyboard.type(text)
    station.settle()


def scan(station: Station, *codes: str) -> None:
    """Scans, one after the other."""
    for code in codes:
        station.keyboard.scan(code)
        station.settle()


def shown(station: Station) -> CounterState:
    """The counter on the screen."""
    state = station.screen(SellingScreen).state
    assert state is not None
    return state


def rows(station: Station, sql: str) -> list[tuple[Any, ...]]:
    """What the database answers, asked past the program."""
    with closing(sqlite3.connect(station.shop.folder / "terminal.db")) as connection:
        return connection.execute(sql).fetchall()


def audits(station: Station, action: str) -> list[dict[str, Any]]:
    """What was audited of one kind, in order."""
    told = rows(station, "SELECT canonical FROM events WHERE kind = 'audit' ORDER BY seq")
    bodies = [json.loads(row[0])["body"] for row in told]
    return [body for body in bodies if body["action"] == action]
