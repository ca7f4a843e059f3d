"""The message bar: one sentence that stays until the next action."""

from __future__ import annotations

import re
from typing import Literal

import qtawesome
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QLabel, QWidget

from ui.theme import current, font, set_look

Tone = Literal["refusal", "fault", "ok"]
"""What kind of sentence: a rule said no, the surroundings failed, or all went well."""

_LOOKS: dict[str, tuple[str, str]] = {
    "refusal": ("warn", "mdi6.alert-circle"),
    "fault": ("danger", "mdi6.alert-octagon"),
    "ok": ("ok", "mdi6.check-circle"),
}


_ENDLESS = re.compile(r"[!-~]{57,}")
"""A code or an address without a place to break the line at."""


class MessageBar(QFrame):
    """Floats over the top of a screen. A touch puts it away; what is refused or fails also sounds."""

    shown = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_look(self, banner=True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(10)
        self._icon = QLabel(self)
        self._sentence = QLabel(self)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setWordWrap(True)
        self._sentence.setFont(font(15, bold=True))
        self._close = QLabel(self)
        row.addWidget(self._icon)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._close)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(18)
        shadow.setOffset(0, 3)
        shadow.setColor(QColor(0, 0, 0, 60))
        self.setGraphicsEffect(shadow)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says now; empty while it says nothing."""
        return "" if self.isHidden() else self._sentence.text()

    def tell(self, sentence: str, tone: Tone) -> None:
        """Says one sentence in place of the one before."""
        look, icon = _LOOKS[tone]
        ink, _ = current().tone(look)
        set_look(self, tone=look)
        set_look(self._sentence, tone=look)
        self._icon.setPixmap(qtawesome.icon(icon, color=ink).pixmap(QSize(24, 24)))
        self._close.setPixmap(qtawesome.icon("mdi6.close", color=ink).pixmap(QSize(20, 20)))
        self._sentence.setText(_ENDLESS.sub(_shortened, sentence))
        self.setAccessibleName(sentence)
        self.show()
        self.raise_()
        self.shown.emit(sentence)
        if tone != "ok":
            QApplication.beep()

    def clear(self) -> None:
        """Says nothing any more."""
        self.hide()
        self.setAccessibleName("")

    def fit(self, left: int, top: int, width: int) -> None:
        """Takes its place; high enough for the whole sentence, never less than a finger."""
        height = max(44, self._row.totalHeightForWidth(width))
        self.setGeometry(left, top, width, height)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch puts it away."""
        event.accept()
        self.clear()


def _shortened(endless: re.Match[str]) -> str:
    """Both ends of it."""
    return f"{endless[0][:32]}…{endless[0][-16:]}"
