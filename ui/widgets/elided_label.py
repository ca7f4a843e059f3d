"""A label that gives way: too long a text ends in an ellipsis, and the tooltip has the whole."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class ElidedLabel(QLabel):
    """One line of plain text that is never cut off without saying so. ``modest``: wants no more than its text takes."""

    def __init__(self, text: str = "", role: str = "", *, modest: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        wish = QSizePolicy.Policy.Preferred if modest else QSizePolicy.Policy.Ignored
        self.setSizePolicy(wish, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Room for an ellipsis, one line high."""
        return QSize(self.fontMetrics().horizontalAdvance("……"), super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws what fits."""
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), int(self.alignment()), shown)
