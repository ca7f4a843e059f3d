"""A document laid out for a paper: rows of exactly its columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Literal, assert_never

from hardware.columns import pad, printable, text_columns, wrap
from hardware.document import FULL_SHARE, Cell, ColumnsRow, FeedRow, PrintDocument, QrRow, Row, RuleRow, TextRow
from hardware.errors import UnprintableError
from hardware.profiles import PrinterProfile

_NARROWEST = 2
_KEPT_BY_LENDER = 8
_GAP = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidText:
    """A line as wide as the paper: its columns times ``size`` are the paper's."""

    text: str
    bold: bool = False
    size: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidQr:
    """A QR code, centred."""

    payload: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidFeed:
    """Empty lines."""

    lines: int


LaidRow = LaidText | LaidQr | LaidFeed


def lay_out(document: PrintDocument, profile: PrinterProfile) -> tuple[LaidRow, ...]:
    """The rows as they come to paper. :class:`UnprintableError` for a row that no width can hold."""
    return tuple(laid for row in document.rows for laid in _lay_row(row, profile))


def _lay_row(row: Row, profile: PrinterProfile) -> Iterator[LaidRow]:
    match row:
        case TextRow():
            yield from _lay_text(row, profile)
        case ColumnsRow():
            yield from _lay_columns(row, profile)
        case RuleRow():
            yield LaidText(text="-" * profile.columns)
        case QrRow():
            if not row.payload or not row.payload.isprintable():
                raise UnprintableError("a QR code needs a payload of printable characters")
            yield LaidQr(payload=row.payload)
        case FeedRow():
            if row.lines > 0:
                yield LaidFeed(lines=row.lines)
        case _:
            assert_never(row)


def _lay_text(row: TextRow, profile: PrinterProfile) -> Iterator[LaidText]:
    columns = profile.columns // row.size
    for paragraph in row.text.splitlines() or [""]:
        for line in wrap(printable(paragraph, profile), columns):
            yield LaidText(text=pad(line, columns, row.align), bold=row.bold, size=row.size)


def _lay_columns(row: ColumnsRow, profile: PrinterProfile) -> Iterator[LaidText]:
    texts = [printable(" ".join(cell.text.splitlines()), profile) for cell in row.cells]
    widths = _lend(row.cells, texts, _cell_widths(row, profile.columns))
    last = len(widths) - 1
    gaps = [0 if index == last else _GAP for index in range(len(widths))]
    columns = [wrap(text, width - gap) for text, width, gap in zip(texts, widths, gaps, strict=True)]
    for parts in zip_longest(*columns, fillvalue=""):
        line = "".join(
            pad(part, width - gap, cell.align) + " " * gap
            for part, cell, width, gap in zip(parts, row.cells, widths, gaps, strict=True)
        )
        yield LaidText(text=line, bold=row.bold)


def _cell_widths(row: ColumnsRow, columns: int) -> list[int]:
    """Columns of each cell with the blank one at its right, which every cell but the last has."""
    shares = [cell.share for cell in row.cells]
    if not shares or sum(shares) != FULL_SHARE or min(shares) <= 0:
        raise UnprintableError(f"the shares {shares} of a row are not positive numbers that sum to {FULL_SHARE}")
    edges = [sum(shares[:index]) * columns // FULL_SHARE for index in range(len(shares) + 1)]
    widths = [right - left for left, right in pairwise(edges)]
    if any(width < _NARROWEST + _GAP for width in widths[:-1]) or widths[-1] < _NARROWEST:
        raise UnprintableError(f"the shares {shares} leave a column too narrow on {columns} columns")
    return widths


def _lend(cells: tuple[Cell, ...], texts: list[str], widths: list[int]) -> list[int]:
    """Room for a figure that is wider than its cell, taken from the text before it, so that no figure is broken."""
    widths = list(widths)
    last = len(cells) - 1
    for index, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        missing = text_columns(text) + (0 if index == last else _GAP) - widths[index]
        if cell.align == "left" or missing <= 0:
            continue
        for lender in range(index - 1, -1, -1):
            lent = min(missing, widths[lender] - _KEPT_BY_LENDER)
            if cells[lender].align == "left" and lent > 0:
                widths[lender] -= lent
                widths[index] += lent
                missing -= lent
    return widths
