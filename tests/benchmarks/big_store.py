"""A till's folder with a million members and 200,000 sales, written row by row from one that the program wrote."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pos_member.app.selling.settle_sale import Settlement
from pos_member.composition.data_folder import REPLICA_FILE, TERMINAL_FILE
from sync.enrolment import save_identity
from tests.durability.shop import IDENTITY, PINS, Shop, furnish, make_shop, open_till

MEMBERS = 1_000_000
SALES = 200_000
_DAYS = 365
_UNSENT = 50
_CHUNK = 5_000

Row = dict[str, Any]


def big_store(folder: Path) -> Path:
    """The folder; made once a schema, which takes a minute or two."""
    shop = make_shop()
    one = next(each for each in shop.members if each.state.lots)
    return _kept(folder, "full", replace(shop, members=(one,)), _fill)


def empty_store(folder: Path) -> Path:
    """The same goods and people, no member and no sale."""
    return _kept(folder, "empty", replace(make_shop(), members=()), _leave_empty)


def _leave_empty(_folder: Path, _shop: Shop) -> None:
    """Nothing is added."""


def _kept(folder: Path, name: str, shop: Shop, fill: Callable[[Path, Shop], None]) -> Path:
    draft = folder / f"{name}-draft"
    shutil.rmtree(draft, ignore_errors=True)
    furnish(draft, shop)
    open_till(draft).close()
    made = folder / f"{name}-{_schema(draft)}"
    if not made.exists():
        for outdated in folder.glob(f"{name}-*"):
            if outdated != draft:
                shutil.rmtree(outdated)
        save_identity(IDENTITY, draft)
        fill(draft, shop)
        draft.rename(made)
    shutil.rmtree(draft, ignore_errors=True)
    return made


def _schema(folder: Path) -> str:
    told = hashlib.sha256()
    for name in (TERMINAL_FILE, REPLICA_FILE):
        with closing(sqlite3.connect(folder / name)) as connection:
            for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"):
                told.update(sql.encode())
    return told.hexdigest()[:12]


def _fill(folder: Path, shop: Shop) -> None:
    pc = open_till(folder)
    for person in shop.staff[:2]:
        pc.till.sign_in(person.id, PINS[person.number])
    pc.till.enter(shop.cards[0])
    pc.till.enter(shop.barcodes[0])
    sale = pc.till.settle(Settlement(basket_id=pc.till.counter().basket.id)).sale
    pc.stop()
    pc.close()
    with closing(_fast(folder / REPLICA_FILE)) as connection:
        _add_members(connection)
    with closing(_fast(folder / TERMINAL_FILE)) as connection:
        _add_sales(connection, sale.id)


def _fast(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    for pragma in ("synchronous=OFF", "cache_size=-400000", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _add_members(connection: sqlite3.Connection) -> None:
    """Copies of the one member, with ids, names, phones, cards and lots of their own."""
    (member,) = _rows(connection, "SELECT * FROM members")
    (card,) = _rows(connection, "SELECT * FROM cards")
    lots = _rows(connection, "SELECT * FROM lots")
    numbers = range(2, MEMBERS + 1)

    def members() -> Iterator[Row]:
        for n in numbers:
            name, initials = f"王{n % 5000}{chr(0x4E00 + n % 3000)}", f"w{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}"
            yield {**member, "rid": n, "id": member_id(n), "name": name, "initials": initials, "phone": f"13{n:09d}"}

    connection.execute("BEGIN")
    _insert(connection, "members", members())
    _insert(connection, "cards", ({**card, "code": f"6210{n:012d}", "member_id": member_id(n)} for n in numbers))
    _insert(
        connection,
        "lots",
        (
            {**lot, "entry_id": bytes.fromhex(f"0197b000{n:08x}700090000000{k:04x}"), "member_id": member_id(n)}
            for n in numbers
            for k, lot in enumerate(lots)
        ),
    )
    connection.execute("COMMIT")


def member_id(number: int) -> bytes:
    """The id of the n-th member, as the replica keeps it."""
    return bytes.fromhex(f"0197b000{number:08x}7000800000000000")


def _add_sales(connection: sqlite3.Connection, sale_id: str) -> None:
    """Copies of the one sale over the year before it, its event chained anew each time."""
    (sale,) = _rows(connection, "SELECT * FROM sales WHERE id = ?", sale_id)
    (event,) = _rows(connection, "SELECT * FROM events WHERE subject_id = ? AND kind = 'sale'", sale_id)
    lines = _rows(connection, "SELECT * FROM sale_lines WHERE sale_id = ?", sale_id)
    tenders = _rows(connection, "SELECT * FROM tenders WHERE sale_id = ?", sale_id)
    entries = _rows(connection, "SELECT * FROM ledger_entries WHERE sale_id = ?", sale_id)
    (last,) = _rows(connection, "SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1")
    seq, previous = last["seq"], last["hash"]
    on = date.fromisoformat(sale["business_date"])
    connection.execute("BEGIN")
    for begin in range(2, SALES + 1, _CHUNK):
        chunk: dict[str, list[Row]] = {
            name: [] for name in ("sales", "sale_lines", "tenders", "ledger_entries", "events")
        }
        for number in range(begin, min(begin + _CHUNK, SALES + 1)):
            words = {
                sale_id: f"0197c000{number:08x}7000800000000000",
                sale["receipt_no"]: f"{sale['receipt_no'][:-6]}{number:06d}",
                sale["member_id"]: member_id(number * (MEMBERS // SALES)).hex(),
                sale["business_date"]: (on - timedelta(days=_DAYS - number * _DAYS // SALES)).isoformat(),
                event["event_id"]: f"0197d000{number:08x}7000800000000000",
                **{each["id"]: f"0197e000{number:08x}70008{k:011x}" for k, each in enumerate(entries)},
            }
            chunk["sales"].append({**_said(sale, words), "number": number})
            chunk["sale_lines"] += [_said(each, words) for each in lines]
            chunk["tenders"] += [_said(each, words) for each in tenders]
            chunk["ledger_entries"] += [_said(each, words) for each in entries]
            seq += 1
            told = {**json.loads(_said(event, words)["canonical"]), "seq": seq}
            canonical = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
            previous = hashlib.sha256(previous + canonical).digest()
            chunk["events"].append({**_said(event, words), "seq": seq, "canonical": canonical, "hash": previous})
        for table, rows in chunk.items():
            _insert(connection, table, iter(rows))
    acked = connection.execute("SELECT seq, hash FROM events WHERE seq = ?", (seq - _UNSENT,)).fetchone()
    connection.execute("UPDATE outbox SET acked_seq = ?, acked_hash = ?", tuple(acked))
    connection.execute("UPDATE meta SET receipt_number = ?", (SALES,))
    connection.execute("COMMIT")


def _said(row: Row, words: dict[str, str]) -> Row:
    """The row with other words in all its texts."""
    return {name: _replaced(value, words) for name, value in row.items()}


def _replaced(value: Any, words: dict[str, str]) -> Any:
    if isinstance(value, bytes):
        for old, new in words.items():
            value = value.replace(old.encode(), new.encode())
    elif isinstance(value, str):
        for old, new in words.items():
            value = value.replace(old, new)
    return value


def _rows(connection: sqlite3.Connection, sql: str, *values: str) -> list[Row]:
    return [dict(row) for row in connection.execute(sql, values)]


def _insert(connection: sqlite3.Connection, table: str, rows: Iterator[Row]) -> None:
    first = next(rows, None)
    if first is None:
        return
    names = ", ".join(f'"{name}"' for name in first)
    places = ", ".join("?" for _ in first)
    statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608 - our own names
    connection.execute(statement, tuple(first.values()))
    connection.executemany(statement, (tuple(row.values()) for row in rows))
