"""A person at the counter: scans, presses keys, touches, and reads what is on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pos_member.domain.errors import Spoken
from tests.ui.counter.shop import Shop
from ui.screens.selling import SellingScreen
from ui.task_runner import TaskRunner
from ui.view_models.checkout import LineRow
from ui.widgets.basket_rows import LINE_ROLE, BasketModel
from ui.widgets.big_figure import BigFigure
from ui.widgets.elided_label import ElidedLabel

W = TypeVar("W", bound=QWidget)
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """What a cashier does and sees."""

    def __init__(self, *, screen: SellingScreen, shop: Shop, tasks: TaskRunner, qtbot: QtBot) -> None:
        self.screen, self.shop = screen, shop
        self._tasks, self._qtbot = tasks, qtbot
        self.heard: list[Spoken | str] = []
        self.confirmed: list[str] = []
        screen.message.connect(self.heard.append)
        screen.confirmed.connect(self.confirmed.append)

    def wait(self) -> None:
        """Until everything that was asked has been answered."""
        self._qtbot.waitUntil(lambda: self._tasks.idle, timeout=10_000)
        self.settle_layout()

    def scan(self, *codes: str) -> None:
        for code in codes:
            self.screen.scan(code)
        self.wait()

    def write(self, text: str) -> None:
        """Types quickly, without waiting for an answer."""
        for character in text:
            QTest.keyClicks(self._focus(), character)

    def press(self, *keys: Key, control: bool = False) -> None:
        """Presses keys quickly, without waiting for an answer."""
        for key in keys:
            QTest.keyClick(self._focus(), key, CONTROL if control else Qt.KeyboardModifier.NoModifier)

    def touch(self, name: str) -> None:
        """Touches the button with this accessible name, and waits."""
        button = next(one for one in self.buttons() if one.accessibleName() == name)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.wait()

    def touch_at(self, widget: QWidget, at: QPoint) -> None:
        """Touches a place on a widget."""
        target = widget.childAt(at) or widget
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(widget, at))

    def settle_layout(self) -> None:
        """Until every widget has its place."""
        for _ in range(3):
            QApplication.processEvents()

    @property
    def lines(self) -> list[LineRow]:
        """The lines of the basket on the screen."""
        models = self.screen.checkout.findChildren(BasketModel)
        return [models[0].index(row, 0).data(LINE_ROLE) for row in range(models[0].rowCount())]

    @property
    def basket(self) -> list[tuple[str, str]]:
        """Name and quantity of each line."""
        return [(line.name, line.quantity) for line in self.lines]

    def is_choosing(self) -> bool:
        """Whether a list of candidates is open."""
        return self.screen.checkout.choices.is_open

    @property
    def texts(self) -> list[str]:
        """Every text that can be seen."""
        return [label.text() for label in self._visible(QLabel) if label.text()]

    def buttons(self) -> list[QAbstractButton]:
        """Every button that can be seen."""
        return list(self._visible(QAbstractButton))

    def refusals(self) -> list[str]:
        """The codes of what was refused, in order."""
        return [one.code for one in self.heard if isinstance(one, Spoken)]

    def cut_off(self) -> list[str]:
        """Texts with less room than they need, and widgets that stick out of the screen."""
        found = [
            label.text()
            for label in self._visible(QLabel)
            if not isinstance(label, ElidedLabel | BigFigure)
            and (
                label.height() < label.heightForWidth(label.width())
                if label.wordWrap()
                else label.width() < label.sizeHint().width()
            )
        ]
        for widget in self._visible(QWidget):
            right = widget.mapTo(self.screen, widget.rect().topRight()).x()
            if right > self.screen.width():
                found.append(f"{widget!r} ends at {right}")
        for widget in (*self._visible(QLabel), *self._visible(QAbstractButton)):
            if isinstance(widget, QAbstractButton) and widget.width() < widget.sizeHint().width():
                found.append(f"{widget.accessibleName()} is too narrow")
            seen = widget.visibleRegion().boundingRect()
            if not seen.isEmpty() and seen.width() < widget.width():
                found.append(f"{widget.accessibleName()}{getattr(widget, 'text', str)()} is covered at a side")
        return found

    def _visible(self, kind: type[W]) -> Iterator[W]:
        return (one for one in self.screen.findChildren(kind) if one.isVisible())

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.screen
