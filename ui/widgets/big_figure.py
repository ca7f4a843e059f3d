"""A figure to be read from afar: as large as its role, and never cut off."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import set_look

_SMALLEST = 20


class BigFigure(QLabel):
    """One figure in the middle; drawn smaller where it would not fit its column."""

    def __init__(self, role: str = "change", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, role=role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """As high as its role, as wide as there is room."""
        return QSize(0, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the whole figure."""
        chosen = self.font()
        while chosen.pixelSize() > _SMALLEST and QFontMetrics(chosen).horizontalAdvance(self.text()) > self.width():
            chosen.setPixelSize(chosen.pixelSize() - 2)
        painter = QPainter(self)
        painter.setFont(chosen)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())
