"""When the till cannot start: one sentence that names the thing, the reason and the way on."""

from __future__ import annotations

import qtawesome
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos_member.domain.errors import Spoken
from ui.i18n import say, tr
from ui.theme import current
from ui.widgets.key_button import KeyButton


class StartFailureWindow(QWidget):
    """A small window of its own; closing it ends the program."""

    def __init__(self, spoken: Spoken) -> None:
        super().__init__()
        self.setWindowTitle(tr("无法启动收银"))
        self.setMinimumWidth(520)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(28, 24, 28, 20)
        outer.setSpacing(20)
        row = QHBoxLayout()
        row.setSpacing(18)
        mark = QLabel(self)
        mark.setPixmap(qtawesome.icon("mdi6.alert-octagon", color=current().color("danger")).pixmap(QSize(44, 44)))
        words = QVBoxLayout()
        words.setSpacing(8)
        title = QLabel(tr("无法启动收银"), self)
        title.setProperty("role", "title")
        sentence = QLabel(say(spoken), self)
        sentence.setWordWrap(True)
        sentence.setTextFormat(Qt.TextFormat.PlainText)
        sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(title)
        words.addWidget(sentence)
        words.addStretch()
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        outer.addLayout(row)
        leave = KeyButton("Enter", tr("关闭"), parent=self)
        leave.clicked.connect(self.close)
        outer.addWidget(leave, 0, Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(sentence.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc close it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.close()
        else:
            super().keyPressEvent(event)
