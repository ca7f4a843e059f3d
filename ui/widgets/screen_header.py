"""The band on top of a screen: the store's name, and what the screen puts beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from ui.theme import set_look


class ScreenHeader(QFrame):
    """The store's name at the left; everything else goes into :attr:`row`."""

    def __init__(self, store_name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, header=True)
        self.setFixedHeight(56)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(16, 0, 16, 0)
        self.row.setSpacing(14)
        brand = QLabel(store_name)
        set_look(brand, role="brand")
        self.row.addWidget(brand)
