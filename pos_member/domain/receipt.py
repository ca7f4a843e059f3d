"""The receipt (小票) as a document that knows nothing of printers: rows, not bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    """A line of text; ``size`` 2 is double width and height. Longer than the paper is wide, it wraps."""

    text: str
    align: Literal["left", "center", "right"] = "left"
    bold: bool = False
    size: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A column of a row. ``share`` of the paper's width in 48ths; the text wraps when ``align`` is left."""

    text: str
    share: int
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnsRow:
    """Cells side by side; their shares sum to 48."""

    cells: tuple[Cell, ...]
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """A dashed line across the paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QrRow:
    """A QR code, centred."""

    payload: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """Empty lines."""

    lines: int = 1


Row = TextRow | ColumnsRow | RuleRow | QrRow | FeedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptDocument:
    """A receipt to print. ``kick_drawer`` opens the till drawer after printing."""

    rows: tuple[Row, ...]
    kick_drawer: bool = False

    def again(self) -> ReceiptDocument:
        """The same paper once more: it says so (补打), and leaves the drawer shut."""
        return ReceiptDocument(rows=(TextRow(text="补打", align="center", bold=True, size=2), *self.rows))
