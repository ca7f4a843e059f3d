"""What a damaged ``terminal.db`` still says: its events, sales and other facts, and the little state beside them."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pos_member.app.codec import from_plain, from_text, to_text
from pos_member.app.facts import FACTS, SALE
from pos_member.domain.clock import parse_instant
from pos_member.domain.event import GENESIS_HASH, PersonalPart
from pos_member.domain.fact import Fact
from pos_member.domain.sale import Sale
from pos_member.storage.chain_check import follows
from pos_member.storage.page_scan import ScannedRow, scan
from pos_member.storage.state_check import is_legible

STATE = (
    "meta",
    "outbox",
    "judgements",
    "open_basket",
    "suspended_baskets",
    "local_members",
    "local_cards",
    "print_jobs",
    "pin_attempts",
    "duty",
)
"""The tables that are no history: what they hold now is what counts."""

_EVENT_COLUMNS = ("epoch", "seq", "terminal_id", "event_id", "kind", "subject_id", "canonical", "hash", "member_id")
_QUICKLY = 1
_HASH_LENGTH, _SALT_LENGTH = 32, 16

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSale:
    """A sale that was found, packed: a year of them has to fit into a counter PC's memory."""

    id: str
    receipt_no: str
    business_date: date
    terminal_id: str
    packed: bytes

    @classmethod
    def of(cls, sale: Sale) -> KeptSale:
        """Packs a sale."""
        return cls(
            id=sale.id,
            receipt_no=sale.receipt_no,
            business_date=sale.business_date,
            terminal_id=sale.terminal_id,
            packed=zlib.compress(to_text(sale).encode(), _QUICKLY),
        )

    def sale(self) -> Sale:
        """The sale again."""
        return from_text(Sale, zlib.decompress(self.packed))


@dataclass(slots=True)
class Salvage:
    """What was found, each thing once: events by epoch and number, personal parts by their digest, the rest by id.

    The canonical bytes of an event are packed (:func:`canonical_of`). ``parts_of`` are the same parts by the id of what
    they are about.
    """

    events: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    parts: dict[str, PersonalPart] = field(default_factory=dict)
    parts_of: dict[str, PersonalPart] = field(default_factory=dict)
    sales: dict[str, KeptSale] = field(default_factory=dict)
    facts: dict[str, tuple[str, Fact]] = field(default_factory=dict)
    state: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def salvage(path: Path) -> Salvage:
    """Reads everything that can be read; the file is not changed. ``OSError`` when it cannot be read at all."""
    found = Salvage()
    for row in scan(path):
        _take(found, row)
    for event in found.events.values():
        _take_told(found, event)
    found.state = _read_state(path)
    return found


def _take(found: Salvage, row: ScannedRow) -> None:
    """Keeps a row whose values vouch for each other; another file's, or a torn one, does not get through."""
    match row.values:
        case (str(epoch), int(seq), str(), str(), str(), _, bytes() as canonical, bytes() as its_hash, *_) if (
            len(its_hash) == _HASH_LENGTH
        ):
            event = dict(zip(_EVENT_COLUMNS, (*row.values, None), strict=False))
            told = _told(event, canonical)
            if told is not None:
                event["digest"] = told.get("part")
                if event["kind"] == SALE:  # files of the first version did not have the column
                    event["member_id"] = told["body"].get("member_id")
                event["canonical"] = zlib.compress(canonical, _QUICKLY)
                found.events.setdefault((epoch, seq), event)
        case (str(), int(), subject, bytes() as salt, bytes() as content) if len(salt) == _SALT_LENGTH:
            part = PersonalPart(salt=salt, content=content)
            found.parts[part.digest] = part
            if isinstance(subject, str):
                found.parts_of[subject] = part
        case (None, str() as identifier, str() as kind, _, str(), str(), *rest) if kind in FACTS:
            fact = _decoded(FACTS[kind], rest[-1])
            if fact is not None and fact.id == identifier:
                found.facts[identifier] = (kind, fact)
        case (None, str() as identifier, str(), str(), str(), str(), *rest):
            for document in rest:
                sale = _decoded(Sale, document)
                if sale is not None and sale.id == identifier:
                    found.sales[identifier] = KeptSale.of(sale)
        case _:
            return


def canonical_of(event: dict[str, Any]) -> bytes:
    """The canonical bytes of an event that was found."""
    return zlib.decompress(event["canonical"])


def _told(event: dict[str, Any], canonical: bytes) -> dict[str, Any] | None:
    """What the canonical bytes say, where that is what the row says of them."""
    with suppress(ValueError, TypeError, LookupError):
        told: dict[str, Any] = json.loads(canonical)
        parse_instant(told["occurred_at"])
        agree = all(told[name] == event[name] for name in ("epoch", "seq", "terminal_id", "event_id", "kind"))
        return told if agree and isinstance(told["body"], dict) else None
    return None


def _take_told(found: Salvage, event: dict[str, Any]) -> None:
    """A sale or a fact whose own row is lost, or says something else than an event whose hash holds, is in that."""
    kind, canonical = event["kind"], canonical_of(event)
    body = json.loads(canonical)["body"]
    recorded = _recorded(found, kind, body.get("id"))
    if recorded == body or (recorded is not None and not _holds(found, event, canonical)):
        return
    with suppress(ValueError):
        if kind == SALE:
            sale = from_plain(Sale, body)
            found.sales[sale.id] = KeptSale.of(sale)
        elif kind in FACTS:
            fact = from_plain(FACTS[kind], body)
            found.facts[fact.id] = (kind, fact)


def _recorded(found: Salvage, kind: str, identifier: object) -> object:
    """What the row of a sale or a fact says, None where it is lost."""
    if kind == SALE:
        kept = found.sales.get(str(identifier))
        return None if kept is None else json.loads(zlib.decompress(kept.packed))
    fact = found.facts.get(str(identifier))
    return None if fact is None else json.loads(to_text(fact[1]))


def _holds(found: Salvage, event: dict[str, Any], canonical: bytes) -> bool:
    """Whether an event follows the one before it."""
    before = {"hash": GENESIS_HASH} if event["seq"] == 1 else found.events.get((event["epoch"], event["seq"] - 1))
    return before is not None and follows(before["hash"], canonical, event["hash"])


def _decoded(kind: type[T], document: object) -> T | None:
    if not isinstance(document, str) or not document.startswith("{"):
        return None
    with suppress(ValueError):
        return from_text(kind, document)
    return None


def _read_state(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The small tables, as far as SQLite can read them: from the beginning on, and from the end back.

    It is not let near an empty file, for it would delete the log beside it.
    """
    state: dict[str, list[dict[str, Any]]] = {}
    if not path.exists() or path.stat().st_size == 0:
        return state
    with suppress(sqlite3.Error), closing(_connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        for table in STATE:
            rows: dict[int, dict[str, Any]] = {}
            for order in ("ASC", "DESC"):
                statement = f"SELECT rowid AS row_number, * FROM {table} ORDER BY rowid {order}"  # noqa: S608 - our own
                with suppress(sqlite3.Error):
                    for row in connection.execute(statement):
                        values = {name: row[name] for name in row.keys()[1:]}
                        if is_legible(table, values):
                            rows.setdefault(row["row_number"], values)
            state[table] = [rows[number] for number in sorted(rows)]
    return state


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True)
    connection.text_factory = lambda content: content.decode(errors="replace")
    return connection


def receipt_numbers(found: Salvage) -> Sequence[int]:
    """The numbers on the receipts of what was found, rising."""
    facts = (getattr(fact, "receipt_no", None) for _, fact in found.facts.values())
    receipts = [*(sale.receipt_no for sale in found.sales.values()), *(no for no in facts if no)]
    return sorted(int(no.rpartition("-")[2]) for no in receipts if no.rpartition("-")[2].isdecimal())
