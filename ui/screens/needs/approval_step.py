"""A pharmacist looks at a registered prescription, and approves or rejects it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from pos_member.app.counter import CounterState, Session
from pos_member.app.people.authorise import Approval
from pos_member.app.selling.prescriptions import RegisteredPrescription
from pos_member.domain.errors import Spoken
from pos_member.domain.staff import Role, Staff
from ui.i18n import say, tr
from ui.needs_desk import NeedsDesk
from ui.screens.needs.step import NeedStep, is_enter, main_button
from ui.view_models.needs import Todo, goods_named, prescription_facts
from ui.view_models.sign_in import pharmacists, staff_tiles
from ui.widgets.form import Form
from ui.widgets.form_field import FormField
from ui.widgets.key_button import KeyButton
from ui.widgets.panel import fact_rows, paragraph
from ui.widgets.person_pin import PersonPin


class ApprovalStep(NeedStep):
    """The paper as it was registered; a PIN approves it. Del asks for a reason first, and the PIN rejects then.

    The pharmacist who is signed in and on duty needs no PIN.
    """

    def __init__(self, *, todo: Todo, state: CounterState, desk: NeedsDesk, session: Session) -> None:
        super().__init__(todo=todo, state=state, desk=desk, session=session)
        self.hide_why()
        on_duty, person = session.pharmacist, session.staff
        self._alone = person.role is Role.PHARMACIST and (on_duty is None or on_duty.id == person.id)
        self._rejecting = False
        self._pad: PersonPin | None = None
        self._paper = QVBoxLayout()
        self._paper.setSpacing(0)
        self._choice = KeyButton("Del", tr("驳回处方"))
        self._choice.clicked.connect(self._turn)
        self._reason = FormField(tr("驳回原因"))
        self._form = Form([(self._reason,)])
        self._form.finished.connect(self._after_reason)
        self._form.hide()
        self._people = QVBoxLayout()
        for layout in (self._paper, self._people):
            self.body.addLayout(layout)
        self.body.insertWidget(1, self._form)
        self.body.addWidget(self._choice)
        self._draw_people()
        if todo.prescription_id is not None:
            desk.read_prescription(todo.prescription_id, self._show_paper)

    def start(self) -> None:
        """The PIN, or the reason for rejecting."""
        (self._reason if self._rejecting else self._pad or self).setFocus()

    def step_back(self) -> bool:
        """Back from rejecting; the reason typed so far stays."""
        if self._rejecting:
            self._turn()
            return True
        return False

    def refuse(self, spoken: Spoken) -> None:
        """What is wrong with the PIN stands below its dots, all else below the step."""
        if self._pad is None:
            super().refuse(spoken)
        else:
            self._pad.refuse(say(spoken))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del turns to rejecting; Enter approves where no PIN is needed."""
        if event.key() == Qt.Key.Key_Delete:
            self._turn()
        elif self._alone and is_enter(event):
            self._decide(None)
        elif self._pad is None or not self._pad.take_key(event):
            event.ignore()

    def _turn(self) -> None:
        self._rejecting = not self._rejecting
        self._form.setVisible(self._rejecting)
        self._choice.setVisible(not self._rejecting)
        self.say("")
        self._draw_people()
        self.start()

    def _draw_people(self) -> None:
        while (item := self._people.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._pad = None
        action = tr("驳回处方") if self._rejecting else tr("审核通过")
        if self._alone:
            self._people.addWidget(main_button(action, lambda: self._decide(None)))
            return
        self._pad = PersonPin(action, brief=True)
        self._pad.entered.connect(lambda staff_id, pin: self._decide(Approval(staff_id=staff_id, pin=pin)))
        self._people.addWidget(self._pad)
        self.desk.read_staff(self._offer)

    def _offer(self, staff: Iterable[Staff]) -> None:
        """The pharmacist on duty; where none is, all of them."""
        everyone = pharmacists(staff)
        on_duty = self.session.pharmacist
        here = [one for one in everyone if on_duty is not None and one.id == on_duty.id]
        if self._pad is not None:
            self._pad.offer(staff_tiles(here or everyone, tr))
        if not everyone:
            self.say(tr("本店还没有登记药师：请联系总部。"))

    def _show_paper(self, prescription: object) -> None:
        if isinstance(prescription, RegisteredPrescription):
            facts = prescription_facts(prescription, goods_named(self.state, prescription.skus), tr)
            for row in fact_rows(facts):
                self._paper.addWidget(row)
        else:
            self._paper.addWidget(paragraph(tr("这张处方已不在本单上。")))

    def _after_reason(self) -> None:
        if self._alone:
            self._decide(None)
        elif self._pad is not None:
            self._pad.setFocus()

    def _decide(self, pharmacist: Approval | None) -> None:
        if self.todo.prescription_id is not None:
            self.desk.decide(
                self.todo.prescription_id,
                pharmacist,
                self.refuse,
                approved=not self._rejecting,
                reason=self._reason.text if self._rejecting else "",
            )
