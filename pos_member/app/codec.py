"""Frozen values to plain JSON-able ones and back: one written form for events, stored documents and the wire."""

from __future__ import annotations

from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")


def to_plain(value: object) -> dict[str, Any]:
    """A frozen dataclass as nested dicts, lists and strings; dates and instants as ISO 8601."""
    return cast(dict[str, Any], msgspec.to_builtins(value))


def from_plain(kind: type[T], plain: object) -> T:
    """The value again. ``ValueError`` naming the field when it does not fit; unknown fields are passed over."""
    return msgspec.convert(plain, type=kind)


def to_text(value: object) -> str:
    """A frozen value as JSON text."""
    return msgspec.json.encode(value).decode()


def from_text(kind: type[T], text: str | bytes) -> T:
    """The value of JSON text. ``ValueError`` when it does not fit."""
    return msgspec.json.decode(text, type=kind)


def to_canonical(value: object) -> bytes:
    """The bytes of :func:`pos_member.domain.event.canonical_bytes`, straight from frozen values and faster."""
    return msgspec.json.encode(value, order="sorted")
