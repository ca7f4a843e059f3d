"""The status bar: a row of lamps with words; a touch on one opens what is behind it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ui.dress import dress
from ui.theme import current, font
from ui.view_models.status import Lamp, StatusWords

_HEIGHT = 44
_LAMP = 10
_ROOMY = 1200
_LOOK = """
StatusBar { background: $status; border: none; }
StatusBar QPushButton {
    background: transparent; color: $status_ink; border: none; border-radius: 0px; padding: 0px; font-size: 13px;
    min-height: 44px;
}
StatusBar QLabel { color: $status_ink; font-size: 13px; }
"""


class StatusItem(QPushButton):
    """Lamp and words. The lamp's shape tells as much as its colour: disc, triangle, square, ring."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lamp: Lamp | None = None
        self._short = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def tell(self, words: StatusWords) -> None:
        """Shows how the thing is now."""
        self._lamp = words.lamp
        self._short = words.short or words.words
        self.setText(words.words)
        self.setToolTip(words.explanation)
        self.setAccessibleName(f"{words.words} {words.explanation}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for lamp and words."""
        return QSize(self._room_for(self.text()), _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Room for lamp and few words."""
        return QSize(self._room_for(self._short), _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws lamp and words, or the few words where all of them have no room."""
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.fillRect(self.rect(), QColor(255, 255, 255, 22))
        if self._lamp is not None:
            _paint_lamp(painter, self._lamp, QPointF(8 + _LAMP / 2, self.height() / 2))
        painter.setPen(theme.color("status_ink"))
        painter.setFont(self.font())
        room = self.rect().adjusted(self._text_left(), 0, -4, 0)
        words = self.text() if self.width() >= self._room_for(self.text()) else self._short
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)

    def _text_left(self) -> int:
        return 8 if self._lamp is None else 8 + _LAMP + 6

    def _room_for(self, words: str) -> int:
        return self._text_left() + self.fontMetrics().horizontalAdvance(words) + 8


def _paint_lamp(painter: QPainter, lamp: Lamp, centre: QPointF) -> None:
    theme = current()
    color = theme.color({"ok": "dot_ok", "warn": "dot_warn", "bad": "dot_bad", "off": "ink3"}[lamp])
    half = _LAMP / 2
    box = QRectF(centre.x() - half, centre.y() - half, _LAMP, _LAMP)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    if lamp == "ok":
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
    elif lamp == "warn":
        painter.drawPolygon(QPolygonF([QPointF(centre.x(), box.top()), box.bottomRight(), box.bottomLeft()]))
    elif lamp == "bad":
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
    else:
        pen = painter.pen()
        pen.setStyle(Qt.PenStyle.SolidLine)
        pen.setColor(theme.color("status_ink"))
        pen.setWidthF(1.6)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box.adjusted(1.5, 1.5, -1.5, -1.5))


class StatusBar(QFrame):
    """Devices and head office at the left, people and the time at the right."""

    head_office_opened = Signal()
    printer_opened = Signal()
    scanner_opened = Signal()
    notice_opened = Signal()
    pharmacist_opened = Signal()
    cashier_opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT)
        dress(self, _LOOK)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 16, 0)
        row.setSpacing(6)
        self.head_office = self._item(self.head_office_opened)
        self.printer = self._item(self.printer_opened)
        self.scanner = self._item(self.scanner_opened)
        self.notice = self._item(self.notice_opened)
        self.pharmacist = self._item(self.pharmacist_opened)
        self.cashier = self._item(self.cashier_opened)
        self.place = QLabel(self)
        self.business_date = QLabel(self)
        self.clock = QLabel(self)
        self.clock.setFont(font(13, bold=True))
        for item in (self.head_office, self.printer, self.scanner, self.notice):
            row.addWidget(item)
        row.addStretch(1)
        for item in (self.pharmacist, self.cashier):
            row.addWidget(item)
        for text in (self.place, self.business_date, self.clock):
            row.addSpacing(8)
            row.addWidget(text)
        for hidden in (self.scanner, self.notice, self.pharmacist, self.cashier, self.business_date):
            hidden.hide()

    def _item(self, opened: SignalInstance) -> StatusItem:
        item = StatusItem(self)
        item.clicked.connect(opened)
        return item

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow bar leaves out what the screen says elsewhere."""
        super().resizeEvent(event)
        self.place.setVisible(self.width() >= _ROOMY)

    def tell(self, item: StatusItem, words: StatusWords | None) -> None:
        """Shows how a thing is; None takes it off the bar."""
        if words is not None:
            item.tell(words)
        item.setVisible(words is not None)
