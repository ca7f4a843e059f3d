"""Whether a row of the small tables, read out of a damaged file, can be what this program wrote there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Boolean, Integer, LargeBinary

from pos_member.app.codec import from_text
from pos_member.app.ports import PrintState
from pos_member.domain.basket import Basket
from pos_member.domain.clock import parse_instant
from pos_member.domain.errors import Sentence
from pos_member.domain.member import Card, Member
from pos_member.storage.document_text import document_from_text
from pos_member.storage.terminal_schema import terminal_metadata

_basket = partial(from_text, Basket)
_sentence = partial(from_text, Sentence)
_READ: Final[Mapping[tuple[str, str], Callable[[str], object]]] = MappingProxyType(
    {
        ("meta", "business_date"): date.fromisoformat,
        ("meta", "notice"): _sentence,
        ("outbox", "problem"): _sentence,
        ("open_basket", "document"): _basket,
        ("suspended_baskets", "document"): _basket,
        ("suspended_baskets", "suspended_at"): parse_instant,
        ("local_members", "member"): partial(from_text, Member),
        ("local_members", "cards"): partial(from_text, tuple[Card, ...]),
        ("print_jobs", "document"): document_from_text,
        ("print_jobs", "state"): PrintState,
        ("print_jobs", "queued_at"): parse_instant,
        ("print_jobs", "next_attempt_at"): parse_instant,
        ("pin_attempts", "locked_until"): parse_instant,
        ("duty", "since"): parse_instant,
        ("duty", "until"): parse_instant,
    }
)


def is_legible(table: str, row: Mapping[str, Any]) -> bool:
    """Whether every value is of its column's kind, and every text that says something can be read."""
    columns = terminal_metadata.tables[table].c
    return all(
        _is_of(columns[name].type, value) and _is_read(_READ.get((table, name)), value)
        for name, value in row.items()
        if name in columns and not (value is None and columns[name].nullable)
    )


def _is_of(kind: object, value: object) -> bool:
    if isinstance(kind, Boolean):
        return value in (0, 1)
    if isinstance(kind, Integer):
        return isinstance(value, int)
    return isinstance(value, bytes if isinstance(kind, LargeBinary) else str)


def _is_read(read: Callable[[str], object] | None, value: Any) -> bool:
    if read is None or value is None:
        return True
    try:
        read(value)
    except (ValueError, LookupError, TypeError):
        return False
    return True
