"""A mark and a sentence on a tinted ground: prompts, limits, confirmations."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ui.theme import set_look
from ui.widgets.chip import Chip


class Banner(QFrame):
    """One thing a person should know. ``tone`` colours the mark; with ``loud`` the ground as well."""

    def __init__(
        self, mark: str = "", text: str = "", tone: str = "mute", *, loud: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_look(self, banner=True, tone=tone if loud else "")
        self._mark = Chip(mark, tone)
        set_look(self._mark, mark=True)
        self._mark.setFixedSize(24, 24)
        self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = QLabel(text)
        self._text.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 9, 12, 9)
        row.setSpacing(10)
        row.addWidget(self._mark)
        row.addWidget(self._text, 1)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        """The sentence."""
        return self._text.text()

    def say(self, mark: str, text: str, tone: str) -> None:
        """Another sentence."""
        self._mark.show_word(mark, tone)
        self._text.setText(text)
        self.setAccessibleName(text)
