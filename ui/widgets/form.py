"""Fields one below the other, gone through by Enter."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.form_field import FormField


class Form(QWidget):
    """Enter goes to the next field, from the last one on it is ``finished``; arrows go up and down."""

    finished = Signal()

    def __init__(self, fields: Iterable[FormField], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = tuple(fields)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(10)
        for field in self._fields:
            self.body.addWidget(field)

    def start(self) -> None:
        """The keys go to the first field that is empty, or else to the last."""
        empty = next((field for field in self._fields if not field.text.strip()), self._fields[-1])
        empty.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and arrows; what means nothing here goes on."""
        at = next((index for index, field in enumerate(self._fields) if field.is_typed_in), None)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.isAutoRepeat():
                return
            if at is None or at + 1 == len(self._fields):
                self.finished.emit()
            else:
                self._fields[at + 1].setFocus()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            event.ignore()
