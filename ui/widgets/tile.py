"""Tiles: large keys without a keycap."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.theme import set_look


class Tile(QPushButton):
    """A large key without a keycap; it never takes the focus."""

    def __init__(self, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        set_look(self, role="tile")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """A comfortable finger."""
        return QSize(super().sizeHint().width(), 56)

    def minimumSizeHint(self) -> QSize:
        """A finger at least."""
        return QSize(super().minimumSizeHint().width(), 46)
