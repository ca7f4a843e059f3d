"""Pieces that painted rows are made of: text that gives way, and chips."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from ui.theme import current, font

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_SMALLEST = 11


def text_width(text: str, chosen: QFont) -> int:
    """How many pixels a text takes."""
    return QFontMetrics(chosen).horizontalAdvance(text)


def draw_text(painter: QPainter, cell: QRect, text: str, chosen: QFont, ink: QColor, *, right: bool = False) -> int:
    """Draws one line of text in a cell, with an ellipsis where it is too long. How many pixels it took."""
    shown = QFontMetrics(chosen).elidedText(text, Qt.TextElideMode.ElideRight, cell.width())
    painter.setFont(chosen)
    painter.setPen(ink)
    painter.drawText(cell, _RIGHT if right else _LEFT, shown)
    return text_width(shown, chosen)


def draw_figure(painter: QPainter, cell: QRect, figure: str, pixels: int, ink: QColor, *, bold: bool = False) -> None:
    """Draws a figure at the right end of a cell, smaller where it would not fit: a figure is never cut off."""
    chosen = font(pixels, bold=bold)
    while pixels > _SMALLEST and text_width(figure, chosen) > cell.width():
        pixels -= 1
        chosen = font(pixels, bold=bold)
    painter.setFont(chosen)
    painter.setPen(ink)
    painter.drawText(cell, _RIGHT, figure)


def chip_width(text: str) -> int:
    """How many pixels a chip takes."""
    return text_width(text, font(12)) + 14


def draw_chip(
    painter: QPainter, cell: QRect, text: str, tone: str, *, right: bool = False, raised: bool = False
) -> None:
    """Draws a chip at the left or right end of a cell, in the middle of its height.

    ``raised``: on the surface in place of its tone's ground, to stand out from a row that is tinted itself.
    """
    ink, soft = current().tone(tone)
    if raised:
        soft = current().color("surface")
    width = min(chip_width(text), cell.width())
    left = cell.right() + 1 - width if right else cell.x()
    ground = QRect(left, cell.center().y() - 9, width, 20)
    painter.setPen(current().color("line") if tone == "mute" else Qt.PenStyle.NoPen)
    painter.setBrush(soft)
    painter.drawRoundedRect(ground, 6, 6)
    draw_text(painter, ground.adjusted(7, 0, -5, 0), text, font(12), ink)
