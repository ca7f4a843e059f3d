"""Cards: white surfaces with a line around them, and the small pieces laid out on them."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.theme import set_look


class Card(QFrame):
    """A surface with its contents stacked in :attr:`body`."""

    def __init__(
        self, *, margins: tuple[int, int, int, int] = (16, 14, 16, 14), spacing: int = 4, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_look(self, card=True)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*margins)
        self.body.setSpacing(spacing)


def hairline(parent: QWidget | None = None) -> QFrame:
    """A thin line between two rows."""
    line = QFrame(parent)
    set_look(line, hair=True)
    line.setFixedHeight(1)
    return line
