"""What every screen of the till stands in: the place for screens, the message bar over it, the status bar below."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pos_member.domain.errors import Fault, Spoken
from ui.i18n import say
from ui.screens.selling import SellingScreen
from ui.widgets.message_bar import MessageBar
from ui.widgets.status_bar import StatusBar

_MESSAGE_TOP = 57
_MESSAGE_MARGIN = 16
_MESSAGE_PERCENT = 67
"""Of the window's width, where a screen has no better place for it."""


class Frame(QWidget):
    """Holds the screens, one of them shown. ``area_changed``: the part above the status bar is of another size."""

    area_changed = Signal(QRect)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._stack = QStackedWidget(self)
        self.status_bar = StatusBar(self)
        column.addWidget(self._stack, 1)
        column.addWidget(self.status_bar)
        self.messages = MessageBar(self)
        self.messages.shown.connect(self._place)
        self._taken = 0

    @property
    def shown(self) -> QWidget | None:
        """The screen that is shown."""
        return self._stack.currentWidget()

    def show_screen(self, screen: QWidget) -> None:
        """Shows a screen and gives it the keys."""
        if self._stack.indexOf(screen) < 0:
            self._stack.addWidget(screen)
            if isinstance(screen, SellingScreen):
                screen.currentChanged.connect(self._place)
        self._stack.setCurrentWidget(screen)
        self.focus_screen()

    def drop(self, screen: QWidget | None) -> None:
        """Lets a screen go."""
        if screen is not None:
            self._stack.removeWidget(screen)
            screen.deleteLater()

    def focus_screen(self) -> None:
        """The keys go to the screen that is shown."""
        screen = self._stack.currentWidget()
        if isinstance(screen, SellingScreen):
            screen.focus_input()
        elif screen is not None:
            screen.setFocus()

    def hear(self, spoken: Spoken | str) -> None:
        """Says why something could not be done: a refusal, a fault, or a sentence in the language on the screen."""
        if isinstance(spoken, Spoken):
            self.messages.tell(say(spoken), "fault" if isinstance(spoken, Fault) else "refusal")
        else:
            self.messages.tell(spoken, "refusal")

    def hear_once(self, sentence: str) -> None:
        """Says a sentence of the language on the screen, unless it stands there already."""
        if self.messages.sentence != sentence:
            self.hear(sentence)

    def confirm(self, sentence: str) -> None:
        """Says that something was done."""
        self.messages.tell(sentence, "ok")

    def make_room(self, width: int) -> None:
        """So many pixels at the right edge are taken by a panel."""
        self._taken = width
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Message and panels keep their places."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        area = QRect(0, 0, self.width(), self.height() - self.status_bar.height())
        screen = self.shown
        place = QRect(_MESSAGE_MARGIN, _MESSAGE_TOP, area.width() * _MESSAGE_PERCENT // 100, 0)
        if isinstance(screen, SellingScreen):
            place = screen.message_place()
        room = area.width() - self._taken - place.x() - _MESSAGE_MARGIN
        self.messages.fit(place.x(), place.y(), min(place.width(), room))
        self.area_changed.emit(area)
