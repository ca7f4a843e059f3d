"""Taking payment: the price explained at the left, cash in the middle, change and one large action at the right."""

from __future__ import annotations

from functools import partial
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from pos_member.app.counter import CounterState, Payment, Session, Settled
from pos_member.app.selling.settle_sale import Settlement
from pos_member.app.till import Till
from pos_member.domain.errors import Refusal, Spoken
from pos_member.domain.tender import Tender, TenderKind
from ui.i18n import tr
from ui.screens.pay_layout import PayLayout
from ui.task_runner import TaskRunner
from ui.view_models.number_entry import NumberEntry
from ui.view_models.payment import heading, payment_view, stepped

Wanted = int | Literal["max"]


class PayScreen(QWidget):
    """One payment at a time. ``settled`` gives the finished sale, ``back`` asks for the basket, ``message`` speaks.

    ``acted``: the cashier has gone on, and what was said before may go.

    Each change asks the till anew; only the answer to the last question counts, and Enter waits for it.
    """

    settled = Signal(object)
    back = Signal()
    message = Signal(object)
    acted = Signal()

    def __init__(self, *, till: Till, tasks: TaskRunner, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._till, self._tasks = till, tasks
        self._available: int | None = None
        self._basket_id = ""
        self._payment: Payment | None = None
        self._cash = NumberEntry()
        self._points: Wanted = 0
        self._questions = 0
        self._waiting = False
        self._settling = False
        self._settle_next = False
        self.parts = PayLayout(self, session.store.name)
        self.parts.field.keyed.connect(self._type)
        self.parts.pad.pressed.connect(self._type)
        self.parts.quick.chosen.connect(self._offer)
        self.parts.points.stepped.connect(self.step_points)
        self.parts.points.toggled.connect(self.toggle_points)
        self.parts.settle.clicked.connect(self.settle)
        self.parts.leave.clicked.connect(self.leave)
        tasks.broke.connect(self._release)

    @property
    def payment(self) -> Payment | None:
        """What the till last answered, None until it has."""
        return self._payment

    def open(self, state: CounterState, *, with_points: bool) -> None:
        """Starts a payment of the open basket, with all the points that may be or with none."""
        self._available = state.member.available if state.member else None
        self._basket_id = state.basket.id
        self._payment = None
        self._cash = NumberEntry()
        self._points = "max" if with_points else 0
        self._settling = self._settle_next = False
        self.parts.show_heading(heading(state, tr))
        self.parts.settle.allow(tr("正在计算"))
        self._show_cash()
        self._ask()

    def scan(self, _text: str) -> None:
        """A payment takes no goods: says so and where they can be scanned."""
        self.message.emit(Refusal("scan_while_paying", "正在收款，这一次扫码没有录入；按 Esc 返回购物篮再扫。"))

    def step_points(self, steps: int) -> None:
        """So many steps more or less, within what is allowed."""
        if self._payment is None or self._available is None:
            return
        used = self._payment.quote.points_redeemed if self._points == "max" else self._points
        self._want_points(stepped(used, steps, self._payment.allowance))

    def toggle_points(self) -> None:
        """All that may be, or none."""
        if self._payment is None:
            return
        if self._payment.allowance.points == 0:
            self.message.emit(self.parts.points_why_not(self._payment, self._available))
        else:
            self._want_points(0 if self._points else "max")

    def settle(self) -> None:
        """Finishes the sale, once. While an answer is awaited, as soon as it is there."""
        if self._settling:
            return
        if self._waiting or self._payment is None:
            self._settle_next = True
            return
        view = payment_view(self._payment, self._available, tr)
        if view.why_not:
            self.message.emit(view.why_not)
            return
        self._settling = True
        self.parts.settle.allow(tr("正在记账"))
        told = self._payment
        settlement = Settlement(
            basket_id=self._basket_id,
            points=told.quote.points_redeemed,
            tenders=told.tenders if told.cash_fen else (),
            agreed_fen=told.quote.payable_fen,
        )
        work = partial(self._till.settle, settlement)
        self._tasks.run(work, self._done, self._not_done)

    def leave(self) -> None:
        """Back to the basket; a sale that is being recorded is waited for."""
        if not self._settling:
            self._questions += 1
            self._settle_next = False
            self.acted.emit()
            self.back.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys shown on the buttons; digits reach the amount by its field."""
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Minus: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Plus: 1}
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.settle()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        elif key == Qt.Key.Key_F7:
            self.toggle_points()
        elif key in steps:
            self.step_points(steps[key])
        elif not self.parts.quick.press(key.name.removeprefix("Key_")):
            event.ignore()

    def showEvent(self, event: QShowEvent) -> None:
        """Digits can be typed at once."""
        super().showEvent(event)
        self.parts.field.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The outer columns give way on narrow screens."""
        super().resizeEvent(event)
        self.parts.fit(self.width())

    def _type(self, key: str) -> None:
        self._change_cash(self._cash.after(key))

    def _offer(self, fen: int) -> None:
        self._change_cash(self._cash.offer_fen(fen))

    def _change_cash(self, cash: NumberEntry) -> None:
        if self._settling or cash == self._cash:
            return
        self._cash = cash
        self._settle_next = False
        self._show_cash()
        self._ask()

    def _want_points(self, points: Wanted) -> None:
        if self._settling or points == self._points:
            return
        self._points = points
        self._settle_next = False
        self._ask()

    def _ask(self) -> None:
        self._questions += 1
        self._waiting = True
        question = self._questions
        tenders = () if self._cash.fen is None else (Tender(kind=TenderKind.CASH, fen=self._cash.fen),)
        work = partial(self._till.payment, self._points, tenders)
        self._tasks.run(work, partial(self._answered, question), partial(self._refused, question))

    def _answered(self, question: int, payment: Payment) -> None:
        if question != self._questions:
            return
        self._waiting = False
        self._payment = payment
        self.parts.show_payment(payment_view(payment, self._available, tr))
        if self._settle_next:
            self._settle_next = False
            self.settle()

    def _refused(self, question: int, spoken: Spoken) -> None:
        """What was asked for cannot be: says why, and falls back to a payment without points."""
        if question != self._questions:
            return
        self._waiting = self._settle_next = False
        if self._points:
            self._points = 0
            self._ask()
        else:
            self.leave()
        self.message.emit(spoken)

    def _done(self, settled: Settled) -> None:
        self._settling = False
        self.settled.emit(settled)

    def _not_done(self, spoken: Spoken) -> None:
        self._settling = False
        self.message.emit(spoken)
        self._ask()

    def _release(self, _incident: object) -> None:
        """Something broke on the lane: the screen can be used again."""
        self._waiting = self._settling = self._settle_next = False

    def _show_cash(self) -> None:
        self.parts.show_cash(self._cash)
