"""Does what a basket needs before it can be paid, and keeps what has been typed of it so far."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from pos_member.app.counter import CounterState, Session
from pos_member.app.people.authorise import Approval
from pos_member.app.till import Till
from pos_member.domain.staff import Staff
from ui.approvals import Approvals
from ui.task_runner import Done, Failed, TaskRunner
from ui.view_models.needs import BuyerDraft, PrescriptionDraft


class NeedsDesk(QObject):
    """``changed`` gives the counter after something was done, ``session_changed`` the session after duty was taken.

    What is typed outlives the panel it is typed in, until it is registered or another basket begins.
    """

    changed = Signal(object)
    session_changed = Signal(object)

    def __init__(self, *, till: Till, tasks: TaskRunner, approvals: Approvals, parent: QObject) -> None:
        super().__init__(parent)
        self._till = till
        self._tasks = tasks
        self._approvals = approvals
        self._prescription = PrescriptionDraft(basket_id="")
        self._buyer = BuyerDraft(basket_id="")
        self._begun: tuple[object, str] | None = None

    def prescription(self, basket_id: str) -> PrescriptionDraft:
        """What has been typed of a prescription for this basket."""
        if self._prescription.basket_id != basket_id:
            self._prescription = PrescriptionDraft(basket_id=basket_id)
        return self._prescription

    def keep_prescription(self, draft: PrescriptionDraft) -> None:
        """What has been typed by now."""
        self._prescription = draft

    def buyer(self, basket_id: str) -> BuyerDraft:
        """What has been typed of the buyer for this basket."""
        if self._buyer.basket_id != basket_id:
            self._buyer = BuyerDraft(basket_id=basket_id)
        return self._buyer

    def keep_buyer(self, draft: BuyerDraft) -> None:
        """What has been typed by now."""
        self._buyer = draft

    def register_prescription(self, draft: PrescriptionDraft, on: date, skus: tuple[str, ...], failed: Failed) -> None:
        """Registers a prescription for goods; the draft is done with then."""

        def work(fact_id: str, approval: Approval | None) -> CounterState:
            return self._till.registers.register_prescription(fact_id, draft.paper, on, skus, approval)

        def done(state: CounterState) -> None:
            self._prescription = PrescriptionDraft(basket_id="")
            self._finish(state)

        self._once((draft, on, skus), lambda fact_id: self._approvals.run(partial(work, fact_id), done, failed))

    def decide(
        self,
        prescription_id: str,
        pharmacist: Approval | None,
        failed: Failed,
        *,
        approved: bool,
        reason: str = "",
    ) -> None:
        """A pharmacist's word on a prescription: whoever types the PIN, or the one at the till without."""

        def work(fact_id: str) -> CounterState:
            return self._till.registers.decide_prescription(
                fact_id, prescription_id, approved=approved, reason=reason, pharmacist=pharmacist
            )

        about = (prescription_id, approved, reason, pharmacist and pharmacist.staff_id)
        self._once(about, lambda fact_id: self._tasks.run(partial(work, fact_id), self._finish, failed))

    def register_buyer(self, draft: BuyerDraft, failed: Failed) -> None:
        """Registers who buys goods with ephedrine; the draft is done with then."""

        def done(state: CounterState) -> None:
            self._buyer = BuyerDraft(basket_id="")
            self.changed.emit(state)

        self._tasks.run(partial(self._till.registers.register_buyer, draft.name, draft.id_number), done, failed)

    def acknowledge(self, conflict: str, failed: Failed) -> None:
        """The conflict was looked at with the customer."""
        self._tasks.run(partial(self._till.registers.acknowledge, conflict), self.changed.emit, failed)

    def take_duty(self, staff_id: str, pin: str, failed: Failed) -> None:
        """A pharmacist comes on duty."""

        def done(session: Session) -> None:
            self.session_changed.emit(session)

        self._tasks.run(partial(self._till.take_duty, staff_id, pin), done, failed)

    def read_prescription(self, prescription_id: str, done: Done[object]) -> None:
        """Gives the registered prescription, or None where the basket has no such one."""

        def work() -> object:
            return next((one for one in self._till.registers.prescriptions() if one.id == prescription_id), None)

        self._tasks.run(work, done, background=True)

    def read_staff(self, done: Done[tuple[Staff, ...]]) -> None:
        """Gives who works here."""
        self._tasks.run(self._till.staff, done, background=True)

    def _once(self, about: object, act: Callable[[str], object]) -> None:
        """Acts under an id of its own; the same asked for again keeps its id, and so is done no second time."""
        if self._begun is not None and self._begun[0] == about:
            act(self._begun[1])
            return

        def begin(fact_id: str) -> None:
            self._begun = (about, fact_id)
            act(fact_id)

        self._tasks.run(self._till.new_id, begin)

    def _finish(self, state: CounterState) -> None:
        self._begun = None
        self.changed.emit(state)
