"""A pad of digits for fingers, in the order of a keyboard's number pad."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.i18n import tr
from ui.view_models.number_entry import BACKSPACE
from ui.widgets.tile import Tile


class AmountPad(QWidget):
    """Digits, a point and a backspace; ``pressed`` gives the key as :meth:`NumberEntry.after` takes it."""

    pressed = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for index, key in enumerate(("7", "8", "9", "4", "5", "6", "1", "2", "3", "0", ".", BACKSPACE)):
            tile = Tile("⌫" if key == BACKSPACE else key, parent=self)
            tile.setAccessibleName(tr("退格") if key == BACKSPACE else key)
            tile.clicked.connect(partial(self.pressed.emit, key))
            grid.addWidget(tile, *divmod(index, 3))
