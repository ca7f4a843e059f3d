"""Typing a PIN, with keys or fingers. What is typed is shown as dots and told to nobody but the receiver."""

from __future__ import annotations

import unicodedata
from functools import partial

import qtawesome
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.i18n import tr
from ui.theme import current, set_look
from ui.view_models.sign_in import PinEntry
from ui.widgets.tile import Tile

_PLACES = 6
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Dots(QWidget):
    """One dot a digit, six places to begin with."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._count = 0
        self.setFixedHeight(28)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_count(self, count: int) -> None:
        self._count = count
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = max(_PLACES, self._count)
        pitch = min(30, self.width() // places)
        left = (self.width() - pitch * places) // 2
        for place in range(places):
            filled = place < self._count
            painter.setPen(Qt.PenStyle.NoPen if filled else theme.color("ink3"))
            painter.setBrush(theme.color("brand") if filled else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(left + place * pitch + (pitch - 14) // 2, 7, 14, 14)


class PinPad(QWidget):
    """Dots, a pad of digits, and one sentence when the PIN was wrong or may not be tried yet."""

    entered = Signal(str)

    def __init__(self, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry = PinEntry()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("密码"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._dots = _Dots(self)
        self._sentence = QLabel(self)
        self._sentence.setWordWrap(True)
        self._sentence.setMinimumHeight(44)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._dots)
        column.addWidget(self._sentence)
        grid = QGridLayout()
        grid.setSpacing(8)
        self._tiles = [Tile(digit, parent=self) for digit in "7894561230"]
        for index, tile in enumerate(self._tiles):
            tile.clicked.connect(partial(self.type_digit, tile.text()))
            grid.addWidget(tile, index // 3, index % 3)
        back = Tile("", parent=self)
        back.setIcon(qtawesome.icon("mdi6.backspace-outline", color=current().color("ink")))
        back.setIconSize(QSize(22, 22))
        back.setAccessibleName(tr("退格"))
        back.clicked.connect(self.take_back)
        clear = Tile(tr("清空"), parent=self)
        clear.clicked.connect(self.clear)
        grid.addWidget(back, 3, 1)
        grid.addWidget(clear, 3, 2)
        column.addLayout(grid, 1)
        self._enter = Tile(f"{action}   Enter", parent=self)
        self._enter.setAccessibleName(action)
        self._enter.setProperty("role", "primary")
        self._enter.clicked.connect(self.submit)
        column.addWidget(self._enter)
        self._tiles += [back, clear, self._enter]
        self._draw()

    def type_digit(self, digit: str) -> None:
        """One more digit; what was said about the last try goes."""
        self._entry = self._entry.typed(digit)
        self.say("")
        self._draw()

    def take_back(self) -> None:
        """One digit less."""
        self._entry = self._entry.shortened()
        self._draw()

    def clear(self) -> None:
        """Nothing typed."""
        self._entry = PinEntry()
        self._draw()

    def submit(self) -> None:
        """Hands the PIN over and forgets it; nothing happens while there is none."""
        digits = self._entry.digits
        if digits and self._enter.isEnabled():
            self.clear()
            self.entered.emit(digits)

    def say(self, sentence: str, tone: str = "danger") -> None:
        """One sentence below the dots."""
        set_look(self._sentence, tone=tone)
        self._sentence.setText(sentence)
        self._sentence.setAccessibleName(sentence)

    @property
    def sentence(self) -> str:
        """What it says now."""
        return self._sentence.text()

    def let_type(self, *, allowed: bool) -> None:
        """Lights the pad or dims it."""
        if not allowed:
            self._entry = PinEntry()
        for tile in self._tiles:
            tile.setEnabled(allowed)
        self._draw()

    def take_key(self, event: QKeyEvent) -> bool:
        """Whether the key was one of the pad's."""
        if event.key() in _ENTER:
            self.submit()
        elif event.key() == Qt.Key.Key_Backspace:
            self.take_back()
        elif (digit := unicodedata.normalize("NFKC", event.text())) and digit in tuple("0123456789"):
            if self._tiles[0].isEnabled():
                self.type_digit(digit)
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits, also full-width ones, Backspace and Enter."""
        if not self.take_key(event):
            super().keyPressEvent(event)

    def _draw(self) -> None:
        self._dots.show_count(len(self._entry.digits))
