"""Handy amounts of cash, each with its key."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.theme import set_look
from ui.view_models.payment import QuickAmount
from ui.widgets.key_button import KeyButton

_KEYS = ("F1", "F2", "F3", "F4")


class QuickAmounts(QWidget):
    """As many amounts as there are keys for; ``chosen`` gives fen."""

    chosen = Signal(int)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._amounts: tuple[QuickAmount, ...] = ()
        self._tiles: list[KeyButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)

    def show_amounts(self, amounts: tuple[QuickAmount, ...]) -> None:
        """Other amounts."""
        amounts = amounts[: len(_KEYS)]
        if [amount.text for amount in amounts] != [amount.text for amount in self._amounts]:
            self._build(amounts)
        self._amounts = amounts
        for tile, amount in zip(self._tiles, amounts, strict=True):
            set_look(tile, marked=amount.chosen)

    def press(self, key: str) -> bool:
        """Chooses by key. False when the key stands for no amount."""
        at = _KEYS.index(key) if key in _KEYS else len(_KEYS)
        if at >= len(self._amounts):
            return False
        self.chosen.emit(self._amounts[at].fen)
        return True

    def minimumSizeHint(self) -> QSize:
        """Two beside each other are always possible."""
        height = self._grid.minimumSize().height()
        return QSize(
            2 * max((tile.sizeHint().width() for tile in self._tiles), default=0) + self._grid.spacing(), height
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many side by side as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _build(self, amounts: tuple[QuickAmount, ...]) -> None:
        for tile in self._tiles:
            tile.hide()
            tile.deleteLater()
        self._tiles = []
        for key, amount in zip(_KEYS, amounts, strict=False):
            tile = KeyButton(key, amount.text, parent=self)
            tile.enlarge()
            tile.clicked.connect(partial(self.chosen.emit, amount.fen))
            self._tiles.append(tile)
        self._arrange()

    def _arrange(self) -> None:
        widest = max((tile.sizeHint().width() for tile in self._tiles), default=0) + self._grid.spacing()
        columns = len(_KEYS) if len(_KEYS) * widest <= self.width() + self._grid.spacing() else len(_KEYS) // 2
        for index, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, *divmod(index, columns))
            tile.show()
        for column in range(len(_KEYS)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
