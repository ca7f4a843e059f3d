"""The safe screen after a bug: what it means for the sale, the incident's number, and the way back."""

from __future__ import annotations

import qtawesome
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.i18n import tr
from ui.theme import current, set_look
from ui.widgets.card import Card

_BACK = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class IncidentScreen(QWidget):
    """Stands in for the counter until somebody goes back to it."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.addStretch(2)
        card = Card(margins=(36, 32, 36, 28), spacing=12, parent=self)
        card.setFixedWidth(620)
        mark = QLabel(card)
        mark.setPixmap(qtawesome.icon("mdi6.shield-alert", color=current().color("warn")).pixmap(QSize(48, 48)))
        title = _words(tr("程序出了意外，刚才这一步没有完成"), "title")
        kept = tr("已经结算的单子和购物篮都存好了，没有丢失。可以回到收银继续；再次出现请把编号告诉技术支持。")
        self._number = _words("", "section")
        set_look(self._number, tone="warn")
        back = QPushButton(f"{tr('回到收银')}   Enter", card)
        back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        back.setProperty("role", "primary")
        back.clicked.connect(self.left)
        for part in (mark, title, _words(kept, "note"), self._number):
            card.body.addWidget(part)
        card.body.addSpacing(8)
        card.body.addWidget(back)
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(card)
        middle.addStretch()
        column.addLayout(middle)
        column.addStretch(3)

    def show_incident(self, incident_id: str) -> None:
        """Shows under which number the log has it."""
        sentence = tr("编号 {id}", id=incident_id)
        self._number.setText(sentence)
        self.setAccessibleName(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc go back."""
        if event.key() in _BACK:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _words(text: str, role: str) -> QLabel:
    words = QLabel(text)
    words.setProperty("role", role)
    words.setWordWrap(True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return words
