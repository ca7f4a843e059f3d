"""The panel in which all is done that a basket needs before it can be paid, one thing after the other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_member.app.counter import CounterState, NeedKind, Session
from ui.i18n import tr
from ui.needs_desk import NeedsDesk
from ui.screens.needs.approval_step import ApprovalStep
from ui.screens.needs.prescription_step import PrescriptionStep
from ui.screens.needs.small_steps import BuyerStep, ConflictStep, DutyStep, PacksStep
from ui.screens.needs.step import NeedStep
from ui.view_models.needs import Todo, todo_title, todos
from ui.widgets.panel import Panel, clear_layout

_STEPS: dict[NeedKind, type[NeedStep]] = {
    NeedKind.PHARMACIST: DutyStep,
    NeedKind.PRESCRIPTION: PrescriptionStep,
    NeedKind.APPROVAL: ApprovalStep,
    NeedKind.FEWER_PACKS: PacksStep,
    NeedKind.BUYER: BuyerStep,
    NeedKind.ACKNOWLEDGEMENT: ConflictStep,
}


class NeedsPanel(Panel):
    """What is behind F1. ``cleared``: nothing stands in the way of payment any more."""

    cleared = Signal()

    def __init__(self, *, desk: NeedsDesk, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(tr("待办"), parent)
        self._desk = desk
        self._session = session
        self._state: CounterState | None = None
        self._step: NeedStep | None = None

    @property
    def step(self) -> NeedStep | None:
        """What is being done."""
        return self._step

    def follow(self, state: CounterState) -> None:
        """The counter is as it is now: goes on to what is to be done next, unless what is being done still is."""
        self._state = state
        waiting = todos(state.needs)
        if not waiting:
            self.cleared.emit()
            return
        same = next((todo for todo in waiting if self._step is not None and self._step.todo.is_same(todo)), None)
        if same is not None and self._step is not None:
            self._step.follow(same, state)
            self._name(same, len(waiting))
        else:
            self._begin(waiting[0], len(waiting))

    def use_session(self, session: Session) -> None:
        """Another pharmacist is on duty, or another person at the till."""
        self._session = session

    def leave(self) -> None:
        """Esc takes back within the step first."""
        if self._step is None or not self._step.step_back():
            super().leave()

    def setFocus(self) -> None:  # type: ignore[override]
        """The keys go to the step."""
        if self._step is None:
            super().setFocus()
        else:
            self._step.start()

    def _begin(self, todo: Todo, waiting: int) -> None:
        if self._state is None:
            return
        typing = self._step is None or self.isAncestorOf(self.window().focusWidget() or self)
        clear_layout(self.body)
        self._name(todo, waiting)
        self._step = _STEPS[todo.kind](todo=todo, state=self._state, desk=self._desk, session=self._session)
        self.body.addWidget(self._step)
        self.body.addStretch()
        if typing:
            self._step.start()

    def _name(self, todo: Todo, waiting: int) -> None:
        self.name(todo_title(todo, tr), tr("另有 {count} 项待办", count=waiting - 1) if waiting > 1 else "")
