"""Something to be ticked or not, by Space or a touch."""

from __future__ import annotations

import qtawesome
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ui.theme import current, set_look
from ui.widgets.elided_label import ElidedLabel

_HEIGHT = 46


class TickRow(QPushButton):
    """Ticked to begin with. The mark's shape tells it, not its colour alone."""

    def __init__(self, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, role="choice")
        self.setCheckable(True)
        self.setChecked(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(text)
        self.setFixedHeight(_HEIGHT)
        self._mark = QLabel()
        words = ElidedLabel(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        for part in (self._mark, words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(self._mark)
        row.addWidget(words, 1)
        self.toggled.connect(self._draw)
        self._draw(ticked=True)

    def _draw(self, ticked: bool) -> None:
        icon, ink = ("mdi6.checkbox-marked", "brand") if ticked else ("mdi6.checkbox-blank-outline", "ink2")
        self._mark.setPixmap(qtawesome.icon(icon, color=current().color(ink)).pixmap(QSize(22, 22)))
