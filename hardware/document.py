"""A document to print: rows, not bytes. It knows neither a printer nor where the rows come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FULL_SHARE = 48
"""The shares of a row's cells sum to this, whatever the paper's width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    """Text that wraps at the paper's edge; ``size`` 2 is double width and height."""

    text: str
    align: Literal["left", "center", "right"] = "left"
    bold: bool = False
    size: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A column of a row; ``share`` of the paper's width in 48ths."""

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
    """A QR code, centred. The payload is printable text."""

    payload: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """Empty lines."""

    lines: int = 1


Row = TextRow | ColumnsRow | RuleRow | QrRow | FeedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintDocument:
    """Rows for one strip of paper. ``kick_drawer`` opens the till drawer after printing."""

    rows: tuple[Row, ...]
    kick_drawer: bool = False
