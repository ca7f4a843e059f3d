"""The virtual printer's paper as the screens draw it."""

from __future__ import annotations

from hardware.virtual.paper import Cut, Figure, Line, PaperStrip
from ui.widgets.paper_view import PaperCell, PaperPicture, PaperRow


def paper_picture(strip: PaperStrip) -> PaperPicture:
    """A job's paper, glyph by glyph at the columns where the printer set them."""
    return PaperPicture(
        columns=strip.columns,
        rows=tuple(_row(row) for row in strip.rows if not isinstance(row, Cut)),
    )


def _row(row: Line | Figure) -> PaperRow:
    if isinstance(row, Figure):
        return PaperRow(qr=tuple(tuple(bool(module) for module in line) for line in row.modules))
    return PaperRow(
        cells=tuple(
            PaperCell(
                text=glyph.char,
                column=glyph.column,
                width=glyph.columns * glyph.scale,
                scale=glyph.scale,
                bold=glyph.bold,
            )
            for glyph in row.glyphs
        )
    )
