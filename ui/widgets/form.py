"""Fields in rows, gone through by Enter."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.form_field import FormField


class Form(QWidget):
    """Enter goes to the next field, from the last one on it is ``finished``. Arrows and Tab go round in it."""

    finished = Signal()

    def __init__(self, rows: Iterable[tuple[FormField, ...]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows = tuple(rows)
        self._fields = tuple(field for row in rows for field in row)
        self._ticks: tuple[QWidget, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        for row in rows:
            line = QHBoxLayout()
            line.setSpacing(8)
            for field in row:
                line.addWidget(field, 1)
            self._column.addLayout(line)

    def put_ticks(self, ticks: Iterable[QWidget]) -> None:
        """What can be ticked stands below the fields."""
        for old in self._ticks:
            old.hide()
            old.deleteLater()
        self._ticks = tuple(ticks)
        for tick in self._ticks:
            self._column.addWidget(tick)

    def start(self) -> None:
        """The keys go to the first field that is empty, or else to the last."""
        empty = next((field for field in self._fields if not field.text.strip()), self._fields[-1])
        empty.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and arrows; what means nothing here goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.isAutoRepeat():
                return
            at = self._at
            if at + 1 < len(self._fields):
                self._fields[at + 1].setFocus()
            else:
                self.finished.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            event.ignore()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's own signature
        """Round and round: typing never leaves the form by itself."""
        stops = (*self._fields, *self._ticks)
        stops[(self._at + (1 if next else -1)) % len(stops)].setFocus()
        return True

    @property
    def _at(self) -> int:
        return next((index for index, stop in enumerate((*self._fields, *self._ticks)) if stop.hasFocus()), 0)
