"""A thin bar that shows how far something has come."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import current


class ProgressLine(QWidget):
    """So many thousandths of the way; the words beside it say the same."""

    def __init__(self, ink: str = "gold_bar", height: int = 8, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = ink
        self._thousandths = 0
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_thousandths(self, thousandths: int) -> None:
        """Another length, from 0 to 1000."""
        self._thousandths = max(0, min(1000, thousandths))
        self.update()

    def sizeHint(self) -> QSize:
        """As long as there is room."""
        return QSize(120, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the groove and the part that is done."""
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        radius = whole.height() / 2
        painter.setBrush(theme.color("line" if theme.name == "dark" else "hair"))
        painter.drawRoundedRect(whole, radius, radius)
        done = whole.width() * self._thousandths / 1000
        if done > 0:
            painter.setBrush(theme.color(self._ink))
            painter.drawRoundedRect(QRectF(0, 0, max(done, whole.height()), whole.height()), radius, radius)
