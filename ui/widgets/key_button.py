"""Buttons that bear the key they stand for."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ui.theme import set_look
from ui.widgets.keycap import Keycap


class KeyButton(QPushButton):
    """A key's name and what it does. It never takes the focus: typing goes on where it was."""

    def __init__(self, key: str, label: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, role="key")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"{label} {key}")
        self._label = QLabel(label, self)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(7)
        row.addStretch()
        for part in (Keycap(key, parent=self), self._label):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(part)
        row.addStretch()

    def enlarge(self) -> None:
        """Becomes a tile: the label is a figure to be seen from afar."""
        set_look(self, role="tile")
        set_look(self._label, role="section")

    @property
    def label(self) -> str:
        """What the key does."""
        return self._label.text()

    def set_label(self, label: str) -> None:
        """Says something else."""
        self._label.setText(label)

    def sizeHint(self) -> QSize:
        """Room for key and label, a finger high."""
        return QSize(self._row.sizeHint().width(), 46)

    def minimumSizeHint(self) -> QSize:
        """Never less than the whole label."""
        return self.sizeHint()
