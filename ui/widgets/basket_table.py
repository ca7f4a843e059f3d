"""The basket as the largest surface of the checkout: head, lines, foot, and what to do while it is empty."""

from __future__ import annotations

import qtawesome
from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QScroller,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.i18n import tr
from ui.theme import current, font, set_look
from ui.view_models.checkout import LineRow
from ui.widgets.basket_columns import Columns
from ui.widgets.basket_rows import BasketDelegate, BasketModel
from ui.widgets.card import Card, hairline
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.paint import draw_text


class BasketTable(Card):
    """The open basket. One line is selected as long as there is one; the table never takes the focus."""

    selected = Signal(int)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(margins=(1, 1, 1, 1), spacing=0, parent=parent)
        self._model = BasketModel(self)
        self._list = self._make_list()
        self._pages = QStackedWidget(self)
        self._pages.addWidget(_empty_page(self))
        self._pages.addWidget(self._list)
        self._hint, self._count = ElidedLabel(role="muted"), QLabel()
        set_look(self._count, role="note")
        self.body.addWidget(_Head(self))
        self.body.addWidget(self._pages, 1)
        self.body.addWidget(hairline(self))
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.addWidget(self._hint, 1)
        foot.addWidget(self._count)
        self.body.addLayout(foot)

    def show_rows(self, rows: tuple[LineRow, ...], select: int, count: str) -> None:
        """Shows these lines with one of them selected and in view; ``count`` says how many there are.

        Nothing moves where nothing has changed, so that a list scrolled by hand stays where it is.
        """
        select = max(0, min(select, len(rows) - 1))
        if rows and select == self.line and self._model.holds(rows):
            return
        self._model.show_rows(rows)
        self._pages.setCurrentIndex(1 if rows else 0)
        self._count.setText(count if rows else "")
        self._hint.setText(tr("↑ ↓ 选行") if len(rows) > 1 else "")
        if rows:
            self.select(select)

    @property
    def line(self) -> int | None:
        """The selected line, from 0."""
        index = self._list.currentIndex()
        return index.row() if index.isValid() else None

    def select(self, line: int) -> None:
        """Selects a line and brings it into view."""
        index = self._model.index(line, 0)
        self._list.setCurrentIndex(index)
        self._list.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def move(self, lines: int) -> None:  # type: ignore[override]
        """Moves the selection down (or up) so many lines, as far as there are any."""
        if self.line is not None:
            self.select(max(0, min(self.line + lines, self._model.rowCount() - 1)))

    def line_rect(self, line: int) -> QRect:
        """Where a line is drawn, in this widget's coordinates."""
        rect = self._list.visualRect(self._model.index(line, 0))
        return QRect(self._list.viewport().mapTo(self, rect.topLeft()), rect.size())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The selected line stays in view."""
        super().resizeEvent(event)
        if self.line is not None:
            self.select(self.line)

    def _make_list(self) -> QListView:
        view = QListView(self)
        view.setModel(self._model)
        view.setItemDelegate(BasketDelegate(view))
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setAccessibleName(tr("购物篮"))
        view.setUniformItemSizes(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        QScroller.grabGesture(view.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        view.selectionModel().currentChanged.connect(lambda index, _before: self.selected.emit(index.row()))
        return view


class _Head(QFrame):
    """The names of the columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(35)

    def sizeHint(self) -> QSize:
        return QSize(400, 35)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("sunken"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, 0, 12), 11, 11)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), theme.color("hair"))
        cells, small, ink = Columns.of(self.rect()), font(13), theme.color("ink2")
        draw_text(painter, cells.number, "#", small, ink)
        draw_text(painter, cells.product, tr("商品"), small, ink)
        for cell, word in (
            (cells.quantity, tr("数量")),
            (cells.price, tr("单价")),
            (cells.offer, tr("优惠")),
            (cells.net, tr("小计")),
        ):
            draw_text(painter, cell, word, small, ink, right=True)


def _empty_page(parent: QWidget) -> QWidget:
    page = QWidget(parent)
    column = QVBoxLayout(page)
    column.setSpacing(6)
    column.addStretch(3)
    mark = QLabel()
    mark.setPixmap(qtawesome.icon("mdi6.barcode-scan", color=current().ink3).pixmap(QSize(64, 64)))
    column.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
    column.addSpacing(8)
    for role, text in (
        ("title", tr("扫商品或会员卡开始")),
        ("note", tr("没有条码？输入名称、拼音首字母或货号，按 Enter")),
        ("note", tr("会员可先扫、后扫，也可输入手机号或后四位")),
    ):
        line = QLabel(text)
        line.setWordWrap(True)
        line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        set_look(line, role=role)
        column.addWidget(line)
    column.addStretch(4)
    return page
