"""What keeps the basket from being paid, in place: the first thing in words, and the key that settles it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.i18n import tr
from ui.theme import set_look
from ui.view_models.needs import NeedsView
from ui.widgets.chip import Chip
from ui.widgets.key_button import KeyButton


class NeedsCard(QFrame):
    """Hidden while nothing stands in the way. ``asked``: a touch on the key."""

    asked = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, banner=True)
        self._mark, self._sentence, self._more = Chip("!", "danger"), QLabel(), QLabel()
        set_look(self._mark, mark=True)
        self._mark.setFixedSize(24, 24)
        self._sentence.setWordWrap(True)
        set_look(self._more, role="muted")
        self._more.setWordWrap(True)
        key = KeyButton("F1", tr("办理"))
        key.clicked.connect(self.asked)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self._mark)
        top.addWidget(self._sentence, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._more, 1)
        foot.addWidget(key)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 10, 10)
        column.setSpacing(6)
        column.addLayout(top)
        column.addLayout(foot)
        self.hide()

    def show_needs(self, view: NeedsView | None) -> None:
        """Other needs, or none."""
        self.setVisible(view is not None)
        if view is None:
            return
        self._mark.show_word("!", view.tone)
        set_look(self, tone=view.tone)
        self._sentence.setText(view.sentence)
        self._more.setText(view.more)
        self.setAccessibleName(f"{view.sentence} {view.more}".strip())
