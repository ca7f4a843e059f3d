"""Chips: a word on a tinted ground."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import set_look


class Chip(QLabel):
    """A word on the ground of its tone (see :mod:`ui.theme`)."""

    def __init__(
        self, text: str = "", tone: str = "mute", *, large: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        set_look(self, chip=True, large=large, tone=tone)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_word(self, text: str, tone: str) -> None:
        """Another word, another tone."""
        self.setText(text)
        set_look(self, tone=tone)
