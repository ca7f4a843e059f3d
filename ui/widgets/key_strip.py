"""The strip of keys under the basket."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.widgets.key_button import KeyButton


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyAction:
    """A key, what it does in a word, and what a touch on it calls."""

    key: str
    label: str
    act: Callable[[], None]


class KeyStrip(QWidget):
    """Keys side by side, each as wide as its words need and the rest shared."""

    def __init__(self, actions: Iterable[KeyAction], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, KeyButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for action in actions:
            button = KeyButton(action.key, action.label, parent=self)
            button.clicked.connect(action.act)
            self._buttons[action.key] = button
            row.addWidget(button, 1)

    def button(self, key: str) -> KeyButton:
        """The button of a key. ``KeyError`` when the strip has none."""
        return self._buttons[key]

    def allow(self, key: str, why_not: str = "") -> None:
        """Lights a key, or dims it for a reason that its tooltip gives."""
        button = self._buttons[key]
        button.setEnabled(not why_not)
        button.setToolTip(why_not)
