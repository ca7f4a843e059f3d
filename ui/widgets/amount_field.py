"""A field for a number: digits, a point and backspace, whatever input method is on."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import set_look
from ui.view_models.number_entry import BACKSPACE


class AmountField(QLineEdit):
    """Shows a number and gives its keys to whoever keeps it (``keyed``); every other key goes on to the screen."""

    keyed = Signal(str)

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        set_look(self, figures=True)

    def inputMethodQuery(self, query: Qt.InputMethodQuery, argument: Any = None) -> Any:
        """No input method ever stands between the keys and a number."""
        if query == Qt.InputMethodQuery.ImEnabled:
            return False
        return super().inputMethodQuery(query) if argument is None else super().inputMethodQuery(query, argument)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Takes what a number is made of."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Backspace and plain:
            self.keyed.emit(BACKSPACE)
        elif plain and len(event.text()) == 1 and event.text() in "0123456789.":
            self.keyed.emit(event.text())
        else:
            event.ignore()
