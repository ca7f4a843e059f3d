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
from ui.widgets.person_pin import PersonPin


class DutyPanel(Panel):
    """What is behind the pharmacist's lamp, and F11."""

    changed = Signal(object)

    def __init__(self, *, till: Till, tasks: TaskRunner, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(tr("药师在岗"), parent)
        self._till = till
        self._tasks = tasks
        self._session = session
        self._pad: PersonPin | None = None
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
        if not others:
            said = tr("本店没有别的药师可以接班。") if on_duty is not None else tr("本店还没有登记药师：请联系总部。")
            self.body.addWidget(paragraph(said))
            self.body.addStretch()
            return
        self.body.addSpacing(6)
        self._pad = PersonPin(tr("到岗"))
        self._pad.entered.connect(self._try)
        self._pad.offer(staff_tiles(others, tr))
        self.body.addWidget(self._pad)
        self.body.addStretch()
        self.setFocus()

    def _try(self, staff_id: str, pin: str) -> None:
        self._tasks.run(partial(self._till.take_duty, staff_id, pin), self._taken, self._refused)

    def _leave(self) -> None:
        self._tasks.run(self._till.leave_duty, self._taken)

    def _taken(self, session: Session) -> None:
        self.changed.emit(session)

    def _refused(self, spoken: Spoken) -> None:
        if self._pad is not None:
            self._pad.refuse(say(spoken))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits pick a pharmacist, then make the PIN."""
        if self._pad is None or not self._pad.take_key(event):
            super().keyPressEvent(event)
