"""The lines of the basket: a model of ready strings, and how a row is drawn."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.i18n import tr
from ui.theme import current, font
from ui.view_models.checkout import LineRow
from ui.widgets.basket_columns import Columns
from ui.widgets.paint import chip_width, draw_chip, draw_figure, draw_text, text_width

ROW_HEIGHT = 61
"""Pixels; a comfortable finger."""

LINE_ROLE = int(Qt.ItemDataRole.UserRole)
"""The :class:`LineRow` of an index."""

Index = QModelIndex | QPersistentModelIndex


class BasketModel(QAbstractListModel):
    """The lines, in the order they were scanned."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: tuple[LineRow, ...] = ()

    def show_rows(self, rows: tuple[LineRow, ...]) -> None:
        """Puts other lines in place."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def holds(self, rows: tuple[LineRow, ...]) -> bool:
        """Whether these are the lines already."""
        return rows == self._rows

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many lines there are."""
        return len(self._rows)

    def data(self, index: Index, role: int = LINE_ROLE) -> Any:
        """A line; its name and specification in full as the tooltip, and all of it to be read aloud."""
        row = self._rows[index.row()]
        return {
            LINE_ROLE: row,
            int(Qt.ItemDataRole.ToolTipRole): f"{row.name}\n{row.sub}",
            int(Qt.ItemDataRole.AccessibleTextRole): row.spoken,
        }.get(role)


class BasketDelegate(QStyledItemDelegate):
    """Draws a line: name over details, quantity, price, the reason for the price as a chip, and the net.

    The columns keep to the width of the whole view, so that they stand under their heads beside a scroll bar too.
    """

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Every row is as high as the next."""
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws one line."""
        row: LineRow = index.data(LINE_ROLE)
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        theme = current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.fillRect(rect, theme.color("brand_soft"))
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), theme.color("brand"))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), theme.color("hair"))
        cells = Columns.of(QRect(rect.x(), rect.y(), self._view.width(), rect.height()))
        ink, quiet = theme.color("ink"), theme.color("ink2")
        draw_text(painter, cells.number, row.number, font(13), quiet)
        _draw_product(painter, cells.product, row, ink, quiet, selected=selected)
        draw_figure(painter, cells.quantity, row.quantity, 15, ink)
        _draw_price(painter, cells.price, row, ink, quiet)
        if row.offer and row.offer.tone:
            draw_chip(painter, cells.offer, row.offer.text, row.offer.tone, right=True, raised=selected)
        elif row.offer:
            draw_text(painter, cells.offer, row.offer.text, font(13), quiet, right=True)
        draw_figure(painter, cells.net, row.net, 19, ink, bold=True)
        painter.restore()


def _draw_product(painter: QPainter, cell: QRect, row: LineRow, ink: QColor, quiet: QColor, *, selected: bool) -> None:
    upper = QRect(cell.x(), cell.y() + 7, cell.width(), 26)
    lower = QRect(cell.x(), cell.y() + 33, cell.width(), 20)
    chip = chip_width(row.chip.text) + 6 if row.chip else 0
    taken = draw_text(painter, upper.adjusted(0, 0, -chip, 0), row.name, font(17, bold=True), ink)
    if row.chip:
        draw_chip(painter, upper.adjusted(taken + 6, 0, 0, 0), row.chip.text, row.chip.tone, raised=selected)
    if row.need:
        draw_chip(painter, lower, row.need.text, row.need.tone, raised=selected)
        lower.adjust(chip_width(row.need.text) + 6, 0, 0, 0)
    taken = draw_text(painter, lower, row.sub, font(13), quiet)
    if selected:
        _draw_hint(painter, lower.adjusted(taken, 0, 0, 0), quiet)


def _draw_hint(painter: QPainter, cell: QRect, quiet: QColor) -> None:
    """The key that explains the selected line, where there is room for it."""
    key, rest = " · Ctrl+I ", tr("为何这个价、这些分")
    if text_width(key, font(13, bold=True)) + text_width(rest, font(13)) > cell.width():
        return
    taken = draw_text(painter, cell, key, font(13, bold=True), current().color("brand"))
    draw_text(painter, cell.adjusted(taken, 0, 0, 0), rest, font(13), quiet)


def _draw_price(painter: QPainter, cell: QRect, row: LineRow, ink: QColor, quiet: QColor) -> None:
    if not row.list_price:
        draw_figure(painter, cell, row.unit_price, 15, ink)
        return
    struck = font(13)
    struck.setStrikeOut(True)
    draw_text(painter, QRect(cell.x(), cell.y() + 9, cell.width(), 20), row.list_price, struck, quiet, right=True)
    draw_figure(painter, QRect(cell.x(), cell.y() + 29, cell.width(), 24), row.unit_price, 15, ink)
