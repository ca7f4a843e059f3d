"""A field of a form: what is asked for above, what is typed below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.theme import set_look

_LONGEST = 80
"""Characters; no name, number or institution is longer."""


class FormField(QWidget):
    """``edited`` gives the text with every key. Enter and arrows go on to the form."""

    edited = Signal(str)

    def __init__(self, name: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = QLabel(name)
        set_look(label, role="muted")
        self._line = QLineEdit()
        self._line.setAccessibleName(name)
        self._line.setPlaceholderText(hint)
        self._line.setMaxLength(_LONGEST)
        self._line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._line.textEdited.connect(self.edited)
        self.setFocusProxy(self._line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(label)
        column.addWidget(self._line)

    @property
    def name(self) -> str:
        """What is asked for."""
        return self._line.accessibleName()

    @property
    def text(self) -> str:
        """What is typed."""
        return self._line.text()

    def show_text(self, text: str, *, offered: bool = False) -> None:
        """Puts a text there; where it is ``offered``, typing replaces it."""
        self._line.setText(text)
        if offered:
            self._line.selectAll()
