"""The one large action of the payment screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.i18n import tr
from ui.theme import set_look
from ui.widgets.keycap import Keycap


class SettleButton(QPushButton):
    """Finishes the sale; while it cannot, it is dim and says why."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, role="primary", large=True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        action, self._reason = QLabel(tr("完成收款")), QLabel()
        self._key = Keycap("Enter", on_brand=True, large=True)
        set_look(action, role="action")
        set_look(self._reason, role="on_brand")
        self._reason.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch()
        column.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._key, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._reason)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.allow("")

    def allow(self, why_not: str) -> None:
        """Lights up, or goes dim for a reason."""
        self.setEnabled(not why_not)
        self._reason.setText(why_not)
        self._reason.setVisible(bool(why_not))
        self.setAccessibleName(tr("完成收款"))
        self.setAccessibleDescription(why_not)
