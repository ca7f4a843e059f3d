"""Selling: the checkout and the payment, one after the other."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_member.app.counter import CounterState, Session, Settled
from pos_member.app.till import Till
from ui.approvals import Approvals
from ui.screens.checkout import CheckoutScreen
from ui.screens.pay import PayScreen
from ui.task_runner import TaskRunner
from ui.widgets.key_strip import KeyAction


class SellingScreen(QStackedWidget):
    """What a cashier works with. ``message``: a :class:`Spoken`, or a sentence in the language on the screen.

    ``acted``: the cashier has gone on, and what was said before may go. ``confirmed`` says what was done, ``shown``
    gives each counter that is shown, ``needs_asked``: what the basket needs is asked for.
    """

    message = Signal(object)
    acted = Signal()
    confirmed = Signal(str)
    shown = Signal(object)
    needs_asked = Signal()

    def __init__(
        self,
        *,
        till: Till,
        tasks: TaskRunner,
        approvals: Approvals,
        session: Session,
        extra_keys: tuple[KeyAction, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.checkout = CheckoutScreen(
            till=till, tasks=tasks, approvals=approvals, session=session, extra_keys=extra_keys
        )
        self.payment = PayScreen(till=till, tasks=tasks, session=session)
        for screen in (self.checkout, self.payment):
            self.addWidget(screen)
            screen.message.connect(self.message)
            screen.acted.connect(self.acted)
        self.checkout.pay_requested.connect(self._pay)
        self.checkout.confirmed.connect(self.confirmed)
        self.checkout.shown.connect(self.shown)
        self.checkout.needs_asked.connect(self.needs_asked)
        self.payment.back.connect(self._return_to_basket)
        self.payment.settled.connect(self._finish)

    @property
    def state(self) -> CounterState | None:
        """The counter that is shown, None before anything was."""
        return self.checkout.state

    def load(self) -> None:
        """Asks for the open basket, also after a restart."""
        self.checkout.load()

    def refresh(self) -> None:
        """Shows what head office has published meanwhile; a payment goes on with what it began with."""
        self.checkout.refresh()

    def take(self, state: CounterState) -> None:
        """Shows a counter that was changed elsewhere on the screen."""
        self.checkout.show_state(state)

    def message_place(self) -> QRect:
        """Where a message stands over nothing that is read or changes: beside the member, or in the payment's head."""
        return self._page.parts.message_place()

    def scan(self, text: str) -> None:
        """Takes what was scanned, whatever has the focus."""
        if self.currentWidget() is self.payment:
            self.payment.scan(text)
        else:
            self.checkout.scan(text)

    def focus_input(self) -> None:
        """Typing goes where it belongs on the page that is open."""
        if self.currentWidget() is self.payment:
            self.payment.parts.field.setFocus()
        else:
            self.checkout.focus_input()

    @property
    def _page(self) -> CheckoutScreen | PayScreen:
        return self.payment if self.currentWidget() is self.payment else self.checkout

    def _pay(self, state: CounterState, with_points: bool) -> None:
        self.payment.open(state, with_points=with_points)
        self.setCurrentWidget(self.payment)

    def _return_to_basket(self) -> None:
        self.setCurrentWidget(self.checkout)

    def _finish(self, settled: Settled) -> None:
        self.checkout.show_settled(settled)
        self.setCurrentWidget(self.checkout)
