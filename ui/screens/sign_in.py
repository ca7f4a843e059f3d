"""Signing in: pick who you are, type your PIN."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

import qtawesome
from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from pos_member.app.counter import Session
from pos_member.app.till import Till
from pos_member.domain.errors import Spoken
from pos_member.domain.staff import Role, Staff
from ui.dress import dress
from ui.i18n import say, tr
from ui.task_runner import TaskRunner
from ui.theme import current
from ui.view_models.labels import label
from ui.view_models.sign_in import locked_seconds, staff_tiles, tile_of
from ui.widgets.card import Card
from ui.widgets.key_button import KeyButton
from ui.widgets.panel import clear_layout
from ui.widgets.pin_pad import PinPad
from ui.widgets.staff_tile import StaffButton

_COLUMN_HEIGHT = 500

_SIDE = """
QFrame#side {
    border: none;
    background: qlineargradient(x1:0, y1:0, x2:0.6, y2:1, stop:0 $brand_fill, stop:1 $brand_press);
}
QFrame#side QLabel { color: $on_fill2; font-size: 15px; }
QFrame#side QLabel#store { color: $on_fill; font-size: 34px; font-weight: 700; }
QFrame#side QLabel#terminal { color: $on_fill2; font-size: 17px; }
QFrame#side QFrame#demo { background: rgba(0, 0, 0, 46); border: none; border-radius: 12px; }
QFrame#side QFrame#demo QLabel { font-size: 14px; }
QFrame#side QFrame#demo QLabel#demo_title { color: $on_fill; font-weight: 700; }
QFrame#side QFrame#demo QLabel#pin { color: $on_fill; font-weight: 700; font-size: 16px; }
QFrame#side QPushButton {
    background: rgba(255, 255, 255, 30); color: $on_fill; border: none; border-radius: 10px; padding: 0px 16px;
    min-height: 44px;
}
QFrame#side QPushButton:hover { background: rgba(255, 255, 255, 52); }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPin:
    """Whose PIN the demo gives away."""

    name: str
    role: Role
    pin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shopfront:
    """What is known of the till before anybody has signed in."""

    store_name: str
    terminal_name: str
    demo_pins: tuple[DemoPin, ...] = ()


class SignInScreen(QWidget):
    """Staff at the left, the pad at the right, the store's name beside them. Who is ``locked`` out is asked first."""

    signed_in = Signal(object)
    language_asked = Signal()
    theme_asked = Signal()

    def __init__(
        self,
        *,
        till: Till,
        tasks: TaskRunner,
        shopfront: Shopfront,
        locked: Staff | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._locked = locked
        self._till = till
        self._tasks = tasks
        self._buttons: list[StaffButton] = []
        self._picked: StaffButton | None = None
        self._lock: tuple[Spoken, int] | None = None
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._count_down)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(_Side(shopfront, self), 5)
        row.addStretch(1)
        row.addWidget(self._people_column(), 6, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(24)
        row.addWidget(self._pin_column(), 6, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self.reload()

    def reload(self) -> None:
        """Asks again who may sign in."""
        self._tasks.run(self._till.staff, self._show_staff, background=True)

    def _people_column(self) -> QWidget:
        column = QWidget(self)
        column.setMinimumWidth(310)
        column.setMaximumWidth(420)
        stack = QVBoxLayout(column)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(14)
        head = QHBoxLayout()
        self._other = KeyButton("Esc", tr("换人"), parent=column)
        self._other.clicked.connect(partial(self._pick, None))
        kept = self._other.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._other.setSizePolicy(kept)
        head.addWidget(_heading(tr("请选择姓名")), 1)
        head.addWidget(self._other)
        head.addSpacing(4)
        stack.addLayout(head)
        scroll = QScrollArea(column)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setObjectName("people")
        inner.setStyleSheet("QWidget#people { background: transparent; }")
        self._people = QVBoxLayout(inner)
        self._people.setContentsMargins(0, 0, 4, 0)
        self._people.setSpacing(10)
        scroll.setWidget(inner)
        stack.addWidget(scroll, 1)
        column.setFixedHeight(_COLUMN_HEIGHT)
        return column

    def _pin_column(self) -> QWidget:
        card = Card(margins=(24, 18, 24, 24), spacing=8, parent=self)
        card.setMinimumWidth(280)
        card.setMaximumWidth(420)
        card.setFixedHeight(_COLUMN_HEIGHT)
        self._whom = _heading("")
        self._whom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pad = PinPad(tr("登录"), card)
        self.pad.entered.connect(self._try)
        card.body.addWidget(self._whom)
        card.body.addWidget(self.pad, 1)
        self._pick(None)
        return card

    def _show_staff(self, staff: Iterable[Staff]) -> None:
        tiles = staff_tiles(staff, tr)
        if self._buttons and tuple(button.tile for button in self._buttons) == tiles:
            return
        clear_layout(self._people)
        self._buttons = []
        self._pick(None)
        for tile in tiles:
            button = StaffButton(tile)
            button.clicked.connect(partial(self._pick, button))
            self._buttons.append(button)
            self._people.addWidget(button)
        if not tiles:
            waiting = QLabel(tr("还没有员工资料：正在向总部要，连上之后自动出现。"))
            waiting.setWordWrap(True)
            waiting.setProperty("role", "note")
            self._people.addWidget(waiting)
        self._people.addStretch()
        back = tile_of(tiles, self._locked)
        for button in self._buttons:
            if button.tile == back or len(self._buttons) == 1:
                self._pick(button)
        if back is not None:
            self.pad.say(tr("收银台已锁定，输入密码解锁"), "mute")

    def _pick(self, button: StaffButton | None) -> None:
        self._picked = button
        self._lock = None
        self._second.stop()
        for other in self._buttons:
            other.mark(picked=other is button)
        self._other.setVisible(button is not None)
        self.pad.clear()
        self.pad.say("" if button is not None else tr("先按数字键或点选姓名"), "mute")
        self.pad.let_type(allowed=button is not None)
        self._whom.setText(tr("{name}，请输入密码", name=button.tile.name) if button is not None else tr("登录"))

    def _try(self, pin: str) -> None:
        if self._picked is None:
            return
        staff_id = self._picked.tile.staff_id
        self.pad.let_type(allowed=False)
        self.pad.say(tr("正在核对…"), "mute")
        self._tasks.run(partial(self._till.sign_in, staff_id, pin), self._welcome, self._refused)

    def _welcome(self, session: Session) -> None:
        self._pick(None)
        self.signed_in.emit(session)

    def _refused(self, spoken: Spoken) -> None:
        seconds = locked_seconds(spoken)
        if seconds is not None:
            self._lock = (spoken, seconds)
            self._second.start()
        self.pad.let_type(allowed=seconds is None)
        self.pad.say(say(spoken))

    def _count_down(self) -> None:
        if self._lock is None:
            return
        spoken, left = self._lock[0], self._lock[1] - 1
        self._lock = (spoken, left)
        if left > 0:
            self.pad.say(tr(spoken.template, **{**spoken.gaps, "seconds": left}))
            return
        self._lock = None
        self._second.stop()
        self.pad.say(tr("现在可以再试"), "mute")
        self.pad.let_type(allowed=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits pick a person, then make the PIN; Esc picks nobody."""
        if event.key() == Qt.Key.Key_Escape:
            self._pick(None)
        elif self._picked is None:
            for button in self._buttons:
                if event.text() and event.text() == button.tile.key:
                    self._pick(button)
        elif not self.pad.take_key(event):
            super().keyPressEvent(event)


class _Side(QFrame):
    """The store's side: its name, the terminal, what the demo gives away, language and theme."""

    def __init__(self, shopfront: Shopfront, screen: SignInScreen) -> None:
        super().__init__(screen)
        self.setObjectName("side")
        self.setMinimumWidth(316)
        self.setMaximumWidth(520)
        dress(self, _SIDE)
        column = QVBoxLayout(self)
        column.setContentsMargins(30, 40, 30, 28)
        column.setSpacing(8)
        mark = QLabel(self)
        mark.setPixmap(qtawesome.icon("mdi6.medical-bag", color=current().color("on_fill")).pixmap(QSize(44, 44)))
        column.addWidget(mark)
        column.addSpacing(4)
        for name, text in (("store", shopfront.store_name), ("terminal", shopfront.terminal_name)):
            words = QLabel(text, self)
            words.setObjectName(name)
            words.setWordWrap(True)
            column.addWidget(words)
        column.addStretch(1)
        if shopfront.demo_pins:
            column.addWidget(self._demo(shopfront.demo_pins))
            column.addSpacing(16)
        switches = QHBoxLayout()
        language = QPushButton(tr("English"), self)
        language.setIcon(qtawesome.icon("mdi6.translate", color=current().color("on_fill")))
        language.clicked.connect(screen.language_asked)
        theme = QPushButton(tr("深色") if current().name == "light" else tr("浅色"), self)
        theme.setIcon(qtawesome.icon("mdi6.theme-light-dark", color=current().color("on_fill")))
        theme.clicked.connect(screen.theme_asked)
        for switch in (language, theme):
            switch.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            switches.addWidget(switch)
        switches.addStretch()
        column.addLayout(switches)

    def _demo(self, pins: tuple[DemoPin, ...]) -> QFrame:
        card = QFrame(self)
        card.setObjectName("demo")
        grid = QGridLayout(card)
        grid.setContentsMargins(16, 12, 16, 14)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        title = QLabel(tr("演示密码"), card)
        title.setObjectName("demo_title")
        grid.addWidget(title, 0, 0, 1, 3)
        for line, pin in enumerate(pins, start=1):
            figures = QLabel(pin.pin, card)
            figures.setObjectName("pin")
            grid.addWidget(QLabel(pin.name, card), line, 0)
            grid.addWidget(QLabel(tr(label(pin.role)), card), line, 1)
            grid.addWidget(figures, line, 2, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(1, 1)
        return card


def _heading(text: str) -> QLabel:
    heading = QLabel(text)
    heading.setProperty("role", "title")
    return heading
