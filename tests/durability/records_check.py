"""Whether each sale and each fact is there whole: its document, rows, ledger entries, event and place in the paper."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.durability.findings import Findings
from tests.durability.journal import Journal

_ENTRY = (
    "id",
    "member_id",
    "kind",
    "points",
    "occurred_at",
    "business_date",
    "store_id",
    "terminal_id",
    "source",
    "ruleset",
    "expires_on",
    "of",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What ``terminal.db`` holds: documents of sales and facts by id, as they were recorded, and ledger entries."""

    sales: dict[str, dict[str, Any]]
    facts: dict[str, dict[str, Any]]
    kinds: dict[str, str]
    entries: list[dict[str, Any]]


def read_records(connection: sqlite3.Connection) -> Records:
    """Reads them with plain SQL."""
    sales = connection.execute("SELECT id, document FROM sales ORDER BY number").fetchall()
    facts = connection.execute("SELECT id, document, kind FROM facts ORDER BY number").fetchall()
    columns = ", ".join(f'"{name}"' for name in _ENTRY)
    entries = connection.execute(f"SELECT {columns}, sale_id FROM ledger_entries").fetchall()  # noqa: S608 - our own names
    return Records(
        sales={row[0]: json.loads(row[1]) for row in sales},
        facts={row[0]: json.loads(row[1]) for row in facts},
        kinds={row[0]: row[2] for row in facts},
        entries=[dict(zip((*_ENTRY, "sale_id"), row, strict=True)) for row in entries],
    )


def check_records(connection: sqlite3.Connection, records: Records, told: list[dict[str, Any]], out: Findings) -> None:
    """Rows against documents, documents against events, each both ways."""
    _check_events(records, told, out)
    _check_lines(connection, records, out)
    _check_entries(records, out)
    _check_numbers(connection, records, out)


def _check_events(records: Records, told: list[dict[str, Any]], out: Findings) -> None:
    said: Counter[tuple[str, str]] = Counter()
    for event in told:
        subject = event["body"].get("id")
        if event["kind"] == "audit" or subject is None:
            continue
        said[event["kind"], subject] += 1
        held = records.sales if event["kind"] == "sale" else records.facts
        if subject not in held:
            out.lost.append(f"{event['kind']} {subject}: its event is there, and nothing else of it")
        elif held[subject] != event["body"]:
            out.broken.append(f"{event['kind']} {subject}: recorded otherwise than its event says")
    expected = [("sale", each) for each in records.sales] + [(records.kinds[each], each) for each in records.facts]
    for key in expected:
        if said[key] == 0:
            out.lost.append(f"the event of {key[0]} {key[1]}")
        elif said[key] > 1:
            out.doubled.append(f"{said[key]} events of {key[0]} {key[1]}")


def _check_lines(connection: sqlite3.Connection, records: Records, out: Findings) -> None:
    lines: dict[str, list[tuple[str, int, int]]] = {}
    for sale, sku, net, milli in connection.execute(
        "SELECT sale_id, sku, net_fen, quantity_milli FROM sale_lines ORDER BY sale_id, line"
    ):
        lines.setdefault(sale, []).append((sku, net, milli))
    tenders: dict[str, list[tuple[str, int]]] = {}
    for sale, kind, fen in connection.execute("SELECT sale_id, kind, fen FROM tenders ORDER BY sale_id, position"):
        tenders.setdefault(sale, []).append((kind, fen))
    for sale, document in records.sales.items():
        quote = document["quote"]
        wanted = [
            (each["goods"]["sku"], each["net_fen"], each["goods"]["quantity"]["milli"]) for each in quote["lines"]
        ]
        if lines.pop(sale, []) != wanted:
            out.broken.append(f"sale {sale}: its lines are not those of its document")
        paid = [(each["kind"], each["fen"]) for each in document["tenders"]]
        if tenders.pop(sale, []) != paid:
            out.broken.append(f"sale {sale}: its tenders are not those of its document")
        if sum(fen for _, fen in paid) - quote["change_fen"] != sum(net for _, net, _ in wanted):
            out.broken.append(f"sale {sale}: paid is not what its lines come to")
    out.broken.extend(f"lines or tenders of no sale: {each}" for each in {*lines, *tenders})


def _check_entries(records: Records, out: Findings) -> None:
    wanted: dict[str, tuple[dict[str, Any] | None, str | None]] = {}
    for sale, document in records.sales.items():
        wanted.update({each["id"]: (each, sale) for each in document["entries"]})
    for document in records.facts.values():
        wanted.update({each["id"]: (each, None) for each in document["entries"]})
    for row in records.entries:
        entry, of_sale = wanted.pop(row["id"], (None, None))
        if entry is None:
            out.broken.append(f"ledger entry {row['id']} of no document")
        elif of_sale != row["sale_id"] or any(_plain(entry[name]) != _plain(row[name]) for name in _ENTRY):
            out.broken.append(f"ledger entry {row['id']}: not as its document says")
    out.lost.extend(f"ledger entry {each}" for each in wanted)


def _plain(value: object) -> object:
    """Instants are written with and without milliseconds that are 0."""
    return value.replace(".000Z", "Z").replace("000Z", "Z") if isinstance(value, str) else value


def _check_numbers(connection: sqlite3.Connection, records: Records, out: Findings) -> None:
    rows = connection.execute("SELECT receipt_no FROM sales UNION ALL SELECT receipt_no FROM facts").fetchall()
    receipts = sorted(int(row[0].rsplit("-", 1)[1]) for row in rows if row[0] is not None)
    (last,) = connection.execute("SELECT receipt_number FROM meta").fetchone()
    _dense("receipt", receipts, out)
    if receipts and receipts[-1] != last:
        out.broken.append(f"the last receipt number given is {last}, the greatest there is {receipts[-1]}")
    opened = [each for key, each in records.facts.items() if records.kinds[key] == "shift_opening"]
    _dense("shift", [each["number"] for each in opened], out)
    closed = Counter(each["about"] for key, each in records.facts.items() if records.kinds[key] == "shift_closing")
    still_open = [each["number"] for each in opened if not closed[each["id"]]]
    if len(still_open) > 1 or (still_open and still_open[0] != len(opened)):
        out.broken.append(f"shifts open at once, or one before the last: {still_open}")
    out.doubled.extend(f"shift {shift} was closed {count} times" for shift, count in closed.items() if count > 1)


def _dense(what: str, numbers: Iterable[int], out: Findings) -> None:
    held = Counter(numbers)
    out.lost.extend(f"{what} number {each}" for each in range(1, max(held, default=0)) if each not in held)
    out.doubled.extend(f"{what} number {each}, {count} times" for each, count in held.items() if count > 1)


def check_paper(connection: sqlite3.Connection, records: Records, journal: Journal, out: Findings) -> None:
    """Each receipt is in the printer's queue, has come out of it, or was told to have found the queue full."""
    queued = Counter(row[0] for row in connection.execute("SELECT sale_id FROM print_jobs WHERE NOT reprint"))
    slips = {
        each["exchange_sale_id"]: key
        for key, each in records.facts.items()
        if records.kinds[key] == "return" and each.get("exchange_sale_id")
    }
    returns = [key for key in records.facts if records.kinds[key] == "return"]
    for each in (*records.sales, *returns):
        paper = slips.get(each, each)
        if paper in journal.printed or paper in journal.unqueued:
            continue
        if not queued[paper]:
            out.lost.append(f"the receipt of {each} on its way to paper")
        elif queued[paper] > 1:
            out.doubled.append(f"{queued[paper]} receipts of {each} on their way to paper")
