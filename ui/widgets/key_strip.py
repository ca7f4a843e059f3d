"""The strip of keys under the basket."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.key_button import KeyButton

KEY_HEIGHT = 46
"""Pixels; a finger."""

_GAP = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyAction:
    """A key, what it does in a word, and what a touch on it calls."""

    key: str
    label: str
    act: Callable[[], None]


class KeyStrip(QWidget):
    """Keys side by side, sharing the width; in two rows where one is too short for their words.

    ``rearranged`` gives the height in pixels that the strip needs now.
    """

    rearranged = Signal(int)

    def __init__(self, actions: Iterable[KeyAction], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, KeyButton] = {}
        self._rows = 0
        self._lines = (QHBoxLayout(), QHBoxLayout())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        for line in self._lines:
            line.setSpacing(_GAP)
            column.addLayout(line)
        for action in actions:
            button = KeyButton(action.key, action.label, parent=self)
            button.clicked.connect(action.act)
            self._buttons[action.key] = button
        self._arrange(1)

    def button(self, key: str) -> KeyButton:
        """The button of a key. ``KeyError`` when the strip has none."""
        return self._buttons[key]

    def allow(self, key: str, why_not: str = "") -> None:
        """Lights a key, or dims it for a reason that its tooltip gives."""
        button = self._buttons[key]
        button.setEnabled(not why_not)
        button.setToolTip(why_not)

    def minimumSizeHint(self) -> QSize:
        """Two rows are always possible."""
        widths = sorted((button.sizeHint().width() for button in self._buttons.values()), reverse=True)
        in_a_row = -(-len(widths) // 2)
        return QSize(sum(widths[:in_a_row]) + _GAP * (in_a_row - 1), KEY_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One row or two."""
        super().resizeEvent(event)
        needed = sum(button.sizeHint().width() + _GAP for button in self._buttons.values()) - _GAP
        self._arrange(1 if needed <= self.width() else 2)

    def _arrange(self, rows: int) -> None:
        if rows == self._rows:
            return
        self._rows = rows
        in_a_row = -(-len(self._buttons) // rows)
        for index, button in enumerate(self._buttons.values()):
            self._lines[index // in_a_row].addWidget(button, 1)
        layout = self.layout()
        if layout is not None:
            layout.setSpacing(_GAP if rows > 1 else 0)
        self.rearranged.emit(rows * KEY_HEIGHT + (rows - 1) * _GAP)
