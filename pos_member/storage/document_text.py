"""A receipt document as text and back; each row is written after its kind."""

from __future__ import annotations

from typing import Any

from pos_member.app.codec import from_plain, from_text, to_text
from pos_member.domain.receipt import ColumnsRow, FeedRow, QrRow, ReceiptDocument, Row, RuleRow, TextRow

_KINDS: dict[str, type[Row]] = {
    "text": TextRow,
    "columns": ColumnsRow,
    "rule": RuleRow,
    "qr": QrRow,
    "feed": FeedRow,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def document_to_text(document: ReceiptDocument) -> str:
    """The document as JSON."""
    rows = [(_NAMES[type(row)], row) for row in document.rows]
    return to_text({"kick_drawer": document.kick_drawer, "rows": rows})


def document_from_text(text: str) -> ReceiptDocument:
    """The document again. ``ValueError``, ``KeyError`` or ``TypeError`` when the text is not one.

    The first version of the program wrote a row's kind among its fields.
    """
    plain = from_text(dict[str, Any], text)
    told = ((row["kind"], row) if isinstance(row, dict) else row for row in plain["rows"])
    rows = tuple(from_plain(_KINDS[kind], row) for kind, row in told)
    return ReceiptDocument(rows=rows, kick_drawer=plain["kick_drawer"])
