"""Keycaps: the name of a key, drawn as one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import set_look


class Keycap(QLabel):
    """The name of a key, drawn as one."""

    def __init__(
        self, text: str, *, on_brand: bool = False, large: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        set_look(self, keycap=True, on_brand=on_brand, large=large)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
