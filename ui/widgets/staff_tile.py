"""A person to pick: badge, name, role, and the digit that picks them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.dress import dress
from ui.theme import set_look
from ui.view_models.sign_in import StaffTile
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.keycap import Keycap

_TILE = """
QPushButton { background: $surface; border: 1px solid $line; border-radius: 12px; padding: 0px; }
QPushButton:hover { border-color: $brand_edge; }
QPushButton[picked="true"] { background: $brand_soft; border: 2px solid $brand; }
QLabel#badge { background: $brand_soft; color: $brand; border-radius: 22px; font-size: 19px; font-weight: 700; }
QLabel#badge[picked="true"] { background: $brand_fill; color: $on_fill; }
"""


class StaffButton(QPushButton):
    """One member of staff."""

    def __init__(self, tile: StaffTile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tile = tile
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"{tile.name} {tile.role} {tile.key}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        dress(self, _TILE)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(12)
        self._badge = badge = QLabel(tile.initial, self)
        badge.setObjectName("badge")
        badge.setFixedSize(44, 44)
        badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = QVBoxLayout()
        words.setSpacing(1)
        name = ElidedLabel(tile.name, "name", parent=self)
        role = QLabel(tile.role, self)
        role.setProperty("role", "muted")
        words.addStretch()
        words.addWidget(name)
        words.addWidget(role)
        words.addStretch()
        row.addWidget(badge)
        row.addLayout(words, 1)
        if tile.key:
            row.addWidget(Keycap(tile.key, parent=self))
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def mark(self, *, picked: bool) -> None:
        """Shows whether this is the person picked."""
        set_look(self, picked=picked)
        set_look(self._badge, picked=picked)

    def sizeHint(self) -> QSize:
        """A comfortable tile."""
        return QSize(260, 72)

    def minimumSizeHint(self) -> QSize:
        """Badge, key and some of the name."""
        return QSize(180, 72)
