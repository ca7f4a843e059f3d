"""Balances: what receipts promised and what the till would say now, against a fold written apart from the product's."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from tests.durability.findings import Findings
from tests.durability.ledger_fold import OpenLot, fold
from tests.durability.records_check import Records

_BALANCE = "积分余额"
Base = tuple[list[OpenLot], int]


def check_balances(
    connection: sqlite3.Connection, replica: sqlite3.Connection, records: Records, out: Findings
) -> None:
    """After each sale: document and paper say what all entries until then come to."""
    printed = _printed(connection)
    rank = _in_order_of_recording(connection)
    entries: dict[str, list[dict[str, Any]]] = {}
    for entry in records.entries:
        entries.setdefault(entry["member_id"], []).append(entry)
    owner = {entry["id"]: key for key, document in _all(records) for entry in document["entries"]}
    bases: dict[str, Base] = {}
    for sale, document in records.sales.items():
        member = document["member_id"]
        if member is None or sale not in rank:
            continue
        base = bases.setdefault(member, base_of(replica, member))
        until = [each for each in entries.get(member, []) if rank.get(owner.get(each["id"], ""), 0) <= rank[sale]]
        available, _ = fold(*base, until, document["business_date"])
        if available != document["quote"]["available_after"]:
            said = document["quote"]["available_after"]
            out.broken.append(f"sale {sale}: {said} points are said to be left, the entries come to {available}")
        if sale in printed and printed[sale] != f"{available:,}":
            out.broken.append(f"sale {sale}: the receipt says {printed[sale]}, the entries come to {available}")


def _all(records: Records) -> list[tuple[str, dict[str, Any]]]:
    return [*records.sales.items(), *records.facts.items()]


def _in_order_of_recording(connection: sqlite3.Connection) -> dict[str, int]:
    """What the events are about, in the order of the chain."""
    rows = connection.execute("SELECT subject_id, rowid FROM events WHERE kind <> 'audit' AND subject_id IS NOT NULL")
    return dict(rows.fetchall())


def base_of(replica: sqlite3.Connection, member: str) -> Base:
    """What head office said of a member: lots and debt; nothing of one whom this till enrolled."""
    key = bytes.fromhex(member)
    lots = replica.execute("SELECT entry_id, points, earned_on, expires_on FROM lots WHERE member_id = ?", (key,))
    debt = replica.execute("SELECT debt FROM members WHERE id = ?", (key,)).fetchone()
    return [OpenLot(row[0].hex(), *row[1:]) for row in lots], debt[0] if debt else 0


def _printed(connection: sqlite3.Connection) -> dict[str, str]:
    """The balances on the receipts that are queued, by sale."""
    balances = {}
    for sale, text in connection.execute("SELECT sale_id, document FROM print_jobs WHERE sale_id IS NOT NULL"):
        for _, row in json.loads(text)["rows"]:
            cells = row.get("cells", ())
            if len(cells) == 2 and cells[0]["text"] == _BALANCE:
                balances[sale] = cells[1]["text"]
    return balances
