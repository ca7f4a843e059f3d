"""A coupon for the basket: its code, typed or scanned, and the one that is in it now."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from ui.i18n import tr
from ui.theme import set_look
from ui.widgets.card import Card
from ui.widgets.key_button import KeyButton

_LONGEST = 64
"""Characters; no coupon's code is longer."""


class _Code(QLineEdit):
    """Del takes out the coupon while there is nothing typed to mend."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and not self.text():
            event.ignore()
        else:
            super().keyPressEvent(event)


class CouponCard(Card):
    """Stands in the place of the member's card. What was typed stays there until it is used."""

    confirmed = Signal(str)
    dropped = Signal()
    cancelled = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(spacing=10, parent=parent)
        title, self._now = QLabel(tr("优惠券")), QLabel()
        set_look(title, role="section")
        set_look(self._now, role="note")
        self._now.setWordWrap(True)
        self.field = _Code()
        self.field.setAccessibleName(tr("券码"))
        self.field.setPlaceholderText(tr("扫券码，或输入后按 Enter"))
        self.field.setMaxLength(_LONGEST)
        self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        use, self._drop, back = (
            KeyButton("Enter", tr("用券")),
            KeyButton("Del", tr("取下")),
            KeyButton("Esc", tr("返回")),
        )
        use.clicked.connect(self.confirm)
        self._drop.clicked.connect(self.dropped)
        back.clicked.connect(self.cancelled)
        ways = QHBoxLayout()
        ways.setSpacing(8)
        for way in (back, self._drop):
            ways.addWidget(way, 1)
        for part in (title, self._now, self.field, use):
            self.body.addWidget(part)
        self.body.addLayout(ways)
        self.body.addStretch()

    def show_coupon(self, words: str) -> None:
        """The coupon in the basket, as a sentence; empty without one."""
        self._now.setText(words or tr("本单还没有用券。"))
        self._drop.setEnabled(bool(words))

    def confirm(self) -> None:
        """Gives the code that was typed, if one was."""
        if self.field.text().strip():
            self.confirmed.emit(self.field.text())
