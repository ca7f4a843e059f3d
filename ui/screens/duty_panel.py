"""The pharmacist on duty: who it is, who takes over with a PIN, and leaving."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from pos_member.app.counter import Session
from pos_member.app.till import Till
from pos_member.domain.errors import Spoken
from pos_member.domain.staff import Staff
from ui.i18n import say, tr
from ui.task_runner import TaskRunner
from ui.view_models.sign_in import pharmacists, staff_tiles
from ui.view_models.status import pharmacist_words
from ui.widgets.panel import Panel, clear_layout, headline, paragraph
from ui.widgets.pin_pad import PinPad
from ui.widgets.staff_tile import StaffButton


class DutyPanel(Panel):
    """What is behind the pharmacist's lamp, and F11."""

    changed = Signal(object)

    def __init__(self, *, till: Till, tasks: TaskRunner, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(tr("药师在岗"), parent)
        self._till = till
        self._tasks = tasks
        self._session = session
        self._buttons: list[StaffButton] = []
        self._picked: StaffButton | None = None
        self._pad: PinPad | None = None
        tasks.run(till.staff, self._show_staff, background=True)

    def _show_staff(self, staff: Iterable[Staff]) -> None:
        clear_layout(self.body)
        words = pharmacist_words(self._session, tr)
        if words is not None:
            self.body.addWidget(headline(words.words, words.lamp))
            if words.explanation:
                self.body.addWidget(paragraph(words.explanation))
        on_duty = self._session.pharmacist
        if on_duty is not None:
            leave = QPushButton(tr("{name} 离岗", name=on_duty.name))
            leave.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            leave.clicked.connect(self._leave)
            self.body.addWidget(leave)
        others = [person for person in pharmacists(staff) if on_duty is None or person.id != on_duty.id]
        self._buttons = [StaffButton(tile) for tile in staff_tiles(others, tr)]
        if not others:
            said = tr("本店没有别的药师可以接班。") if on_duty is not None else tr("本店还没有登记药师：请联系总部。")
            self.body.addWidget(paragraph(said))
            self.body.addStretch()
            return
        self.body.addSpacing(6)
        for button in self._buttons:
            button.clicked.connect(partial(self._pick, button))
            self.body.addWidget(button)
        self._pad = PinPad(tr("到岗"))
        self._pad.setMinimumHeight(340)
        self._pad.setMaximumHeight(400)
        self._pad.entered.connect(self._try)
        self.body.addWidget(self._pad)
        self.body.addStretch()
        self._pick(self._buttons[0] if len(self._buttons) == 1 else None)
        self.setFocus()

    def _pick(self, button: StaffButton | None) -> None:
        self._picked = button
        for other in self._buttons:
            other.mark(picked=other is button)
        if self._pad is not None:
            self._pad.clear()
            self._pad.let_type(allowed=button is not None)
            said = tr("{name}，请输入密码", name=button.tile.name) if button is not None else tr("先按数字键或点选姓名")
            self._pad.say(said, "mute")

    def _try(self, pin: str) -> None:
        if self._picked is None or self._pad is None:
            return
        self._pad.let_type(allowed=False)
        self._pad.say(tr("正在核对…"), "mute")
        work = partial(self._till.take_duty, self._picked.tile.staff_id, pin)
        self._tasks.run(work, self._taken, self._refused)

    def _leave(self) -> None:
        self._tasks.run(self._till.leave_duty, self._taken)

    def _taken(self, session: Session) -> None:
        self.changed.emit(session)

    def _refused(self, spoken: Spoken) -> None:
        if self._pad is not None:
            self._pad.let_type(allowed=True)
            self._pad.say(say(spoken))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits pick a pharmacist, then make the PIN."""
        if self._picked is None and event.text():
            for button in self._buttons:
                if event.text() == button.tile.key:
                    self._pick(button)
                    return
        if self._picked is None or self._pad is None or not self._pad.take_key(event):
            super().keyPressEvent(event)
