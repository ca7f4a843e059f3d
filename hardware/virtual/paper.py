"""What came to paper: glyphs at their dots, codes, images and cuts, and every mistake in the bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hardware.profiles import COLUMN_DOTS
from hardware.qr import Modules


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """A character on paper. ``left_dots`` from the paper's printable edge; ``columns`` before it is doubled."""

    char: str
    left_dots: int
    columns: Literal[1, 2]
    scale: Literal[1, 2] = 1
    bold: bool = False

    @property
    def column(self) -> int:
        """The column of normal size in which it begins."""
        return self.left_dots // COLUMN_DOTS

    @property
    def width_dots(self) -> int:
        """How far it reaches, in dots."""
        return self.columns * self.scale * COLUMN_DOTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of glyphs, left to right; none on an empty one. ``scale`` is its height in normal lines."""

    glyphs: tuple[Glyph, ...] = ()
    scale: Literal[1, 2] = 1

    def text(self) -> str:
        """As on paper: blanks where there is no glyph, in columns of the line's own size, no blanks at the end."""
        written = ""
        column = 0
        for glyph in self.glyphs:
            start = glyph.left_dots // (COLUMN_DOTS * self.scale)
            written += " " * (start - column) + glyph.char
            column = max(start, column) + glyph.columns * glyph.scale // self.scale
        return written.rstrip(" ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A QR code or an image: dark modules of ``module_dots`` each. ``payload`` None for an image."""

    modules: Modules
    module_dots: int
    left_dots: int
    payload: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The knife; ``full`` or leaving a bridge."""

    full: bool


PaperRow = Line | Figure | Cut


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperStrip:
    """One job on paper. ``errors`` holds a sentence for all that a real printer would have printed wrongly.

    ``drawer_kicks`` counts the pulses; ``finished`` is False when the bytes broke off before the completion question.
    """

    columns: int
    dots: int
    rows: tuple[PaperRow, ...]
    errors: tuple[str, ...]
    drawer_kicks: int
    finished: bool

    def lines(self) -> tuple[Line, ...]:
        """The lines of glyphs alone."""
        return tuple(row for row in self.rows if isinstance(row, Line))

    def text(self) -> str:
        """The lines as they stand on paper, figures and cuts left out."""
        return "\n".join(line.text() for line in self.lines())
