"""Who it is, and that it is really them: a person to pick, and a pad for the PIN."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.i18n import tr
from ui.view_models.sign_in import StaffTile
from ui.widgets.panel import clear_layout
from ui.widgets.pin_pad import PinPad
from ui.widgets.staff_tile import StaffButton

_PAD_LEAST, _PAD_MOST = 300, 380
"""Pixels."""


class PersonPin(QWidget):
    """Digits pick a person, then make the PIN; ``entered`` gives the person's id and the PIN.

    ``brief``: one person alone is only named in the sentence, for want of room.
    """

    entered = Signal(str, str)

    def __init__(self, action: str, *, brief: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._brief = brief
        self._buttons: list[StaffButton] = []
        self._picked: StaffButton | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("密码"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._people = QVBoxLayout()
        self._people.setSpacing(10)
        self._pad = PinPad(action)
        self._pad.setMinimumHeight(_PAD_LEAST)
        self._pad.setMaximumHeight(_PAD_MOST)
        self._pad.entered.connect(self._try)
        column.addLayout(self._people)
        column.addWidget(self._pad)
        self._pick(None)

    def offer(self, people: Iterable[StaffTile]) -> None:
        """Who it may be; one alone is picked already."""
        clear_layout(self._people)
        self._buttons = [StaffButton(tile) for tile in people]
        for button in self._buttons:
            button.clicked.connect(partial(self._pick, button))
            self._people.addWidget(button)
        alone = len(self._buttons) == 1
        self._pick(self._buttons[0] if alone else None)
        if alone and self._brief:
            self._buttons[0].hide()

    @property
    def sentence(self) -> str:
        """What it says now."""
        return self._pad.sentence

    def refuse(self, sentence: str) -> None:
        """Says why not; the PIN can be typed again."""
        self._pad.let_type(allowed=True)
        self._pad.say(sentence)

    def take_key(self, event: QKeyEvent) -> bool:
        """Whether the key picked somebody, or was one of the pad's."""
        if self._picked is not None:
            return self._pad.take_key(event)
        picked = next((one for one in self._buttons if event.text() and event.text() == one.tile.key), None)
        if picked is not None:
            self._pick(picked)
        return picked is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What means nothing here goes on."""
        if not self.take_key(event):
            event.ignore()

    def _pick(self, button: StaffButton | None) -> None:
        self._picked = button
        for other in self._buttons:
            other.mark(picked=other is button)
        self._pad.clear()
        self._pad.let_type(allowed=button is not None)
        said = tr("{name}，请输入密码", name=button.tile.name) if button is not None else tr("先按数字键或点选姓名")
        self._pad.say(said, "mute")

    def _try(self, pin: str) -> None:
        if self._picked is not None:
            self._pad.let_type(allowed=False)
            self._pad.say(tr("正在核对…"), "mute")
            self.entered.emit(self._picked.tile.staff_id, pin)
