"""The virtual printer's paper: rows of glyphs at exact columns, as the printer would set them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

_COLUMN = 8
"""Logical pixels a column is wide; a line is twice as high and a little more."""
_LINE = 20
_MARGIN = 18
_TEAR = 7
_MODULE = 3
_QUIET = 2
_PAPER = QColor("#fffdf7")
_INK = QColor("#1f2328")
_GLYPHS = ("Noto Sans Mono CJK SC", "Noto Sans CJK SC", "monospace")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCell:
    """A piece of text that begins at a column and takes ``width`` columns. ``scale`` 2 is double width and height."""

    text: str
    column: int
    width: int
    scale: int = 1
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """One line of paper: cells, or the modules of a QR code (True is black) set in the middle."""

    cells: tuple[PaperCell, ...] = ()
    qr: tuple[tuple[bool, ...], ...] = ()

    @property
    def height(self) -> int:
        """Logical pixels."""
        if self.qr:
            return (len(self.qr) + 2 * _QUIET) * _MODULE
        return _LINE * max((cell.scale for cell in self.cells), default=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPicture:
    """What came out of a printer that is so many columns wide."""

    columns: int
    rows: tuple[PaperRow, ...]


def paper_size(picture: PaperPicture) -> QSize:
    """Logical pixels the whole paper takes."""
    height = sum(row.height for row in picture.rows)
    return QSize(picture.columns * _COLUMN + 2 * _MARGIN, height + 2 * _MARGIN)


def render_paper(picture: PaperPicture, scale: float = 2.0) -> QImage:
    """The paper as an image, ``scale`` image pixels a logical one."""
    size = paper_size(picture)
    image = QImage(size * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(_PAPER)
    painter = QPainter(image)
    _paint(painter, picture)
    painter.end()
    return image


def _paint(painter: QPainter, picture: PaperPicture) -> None:
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    top = float(_MARGIN)
    for row in picture.rows:
        if row.qr:
            _paint_qr(painter, row, top, picture.columns)
        for cell in row.cells:
            _paint_cell(painter, cell, top, row.height)
        top += row.height


def _paint_cell(painter: QPainter, cell: PaperCell, top: float, height: int) -> None:
    font = QFont(list(_GLYPHS))
    font.setPixelSize(2 * _COLUMN)
    font.setBold(cell.bold)
    metrics = QFontMetricsF(font)
    natural = metrics.horizontalAdvance(cell.text)
    wanted = float(cell.width * _COLUMN)
    if natural <= 0:
        return
    painter.save()
    painter.setFont(font)
    painter.setPen(_INK)
    painter.translate(_MARGIN + cell.column * _COLUMN, top + height - _LINE * cell.scale)
    painter.scale(wanted / natural, float(cell.scale))
    painter.drawText(QPointF(0, (_LINE + metrics.ascent() - metrics.descent()) / 2), cell.text)
    painter.restore()


def _paint_qr(painter: QPainter, row: PaperRow, top: float, columns: int) -> None:
    side = len(row.qr) * _MODULE
    left = _MARGIN + (columns * _COLUMN - side) / 2
    for y, modules in enumerate(row.qr):
        for x, black in enumerate(modules):
            if black:
                corner = QPointF(left + x * _MODULE, top + (y + _QUIET) * _MODULE)
                painter.fillRect(QRectF(corner, QSize(_MODULE, _MODULE)), _INK)


class PaperView(QWidget):
    """Shows a piece of paper, at its natural size or smaller, with a torn lower edge; nothing while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: PaperPicture | None = None
        self._room = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_paper(self, picture: PaperPicture) -> None:
        """Shows another piece of paper."""
        self._picture = picture
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName("\n".join("".join(cell.text for cell in row.cells) for row in picture.rows))
        self.update()

    def fit(self, width: int) -> None:
        """Makes do with a width, in logical pixels."""
        self._room = width
        if self._picture is not None:
            self.setFixedSize(self.sizeHint())
            self.update()

    def sizeHint(self) -> QSize:
        """The whole paper and its torn edge."""
        if self._picture is None:
            return QSize(0, 0)
        size = paper_size(self._picture)
        scale = self._scale
        return QSize(int(size.width() * scale), int(size.height() * scale) + _TEAR)

    @property
    def _scale(self) -> float:
        if self._picture is None or self._room <= 0:
            return 1.0
        return min(1.0, self._room / paper_size(self._picture).width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the paper."""
        if self._picture is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_PAPER)
        painter.drawPolygon(self._outline())
        painter.scale(self._scale, self._scale)
        _paint(painter, self._picture)

    def _outline(self) -> QPolygonF:
        width, bottom = self.width(), self.height() - _TEAR
        points = [QPointF(0, 0), QPointF(width, 0)]
        steps = width // _TEAR
        points += [QPointF(width - width * i / steps, bottom + (_TEAR if i % 2 else 0)) for i in range(steps + 1)]
        return QPolygonF(points)
