"""The checkout: one input, the basket, the member, the totals, and a key for everything that can be done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from pos_member.app.counter import Choice, CounterState, Session, Settled
from pos_member.app.people.authorise import Approval
from pos_member.app.till import Till
from pos_member.domain.errors import Refusal, Spoken
from ui.approvals import Approvals
from ui.i18n import tr
from ui.screens.checkout_editing import CheckoutEditing, Then, on_line
from ui.screens.checkout_keys import CheckoutKeys
from ui.screens.checkout_layout import CheckoutLayout
from ui.screens.checkout_shortcuts import keep_typing, key_actions, take_key
from ui.screens.suspending import Suspending
from ui.task_runner import TaskRunner
from ui.view_models.checkout import checkout_view
from ui.view_models.choices import ChoiceRow, candidate_rows
from ui.view_models.figures import Place
from ui.widgets.key_strip import KeyAction


class CheckoutScreen(QWidget):
    """Where goods and cards are scanned.

    ``pay_requested`` gives the priced counter and whether points are wanted; ``message`` a :class:`Spoken`, or a
    sentence that is already in the language on the screen; ``acted``: the cashier has gone on to something else;
    ``confirmed`` says what was done; ``shown`` gives each counter that is shown; ``needs_asked``: a touch on its key.
    """

    pay_requested = Signal(object, bool)
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
        self._till, self._tasks, self._approvals = till, tasks, approvals
        place = self._place = Place(zone=session.store.zone, today=session.business_date)
        self._state: CounterState | None = None
        self._typed = ""
        self.suspending = Suspending(screen=self, till=till, tasks=tasks, place=place)
        self.keys = CheckoutKeys(key_actions(self), extra_keys)
        self.parts = parts = CheckoutLayout(self, session.store.name, self.keys)
        self.input, self.basket, self.aside, self.choices = parts.input, parts.basket, parts.aside, parts.choices
        self.editing = CheckoutEditing(screen=self, till=till, tasks=tasks)
        self._connect()

    @property
    def state(self) -> CounterState | None:
        """What is shown, None before anything was."""
        return self._state

    def load(self) -> None:
        """Asks for the open basket, also after a restart."""
        self._ask(self._till.counter)

    def refresh(self) -> None:
        """Shows what head office has published meanwhile, and disturbs nothing that stands open."""
        self._tasks.run(self._till.counter, self._refreshed, _hear_nothing, background=True)

    def scan(self, text: str) -> None:
        """Takes what was scanned, whatever stands open: it answers no question, and a quantity being typed stays."""
        if self.aside.is_couponing:
            self.editing.take_scan(text)
            return
        if self.choices.is_open or self.input.is_given_back:
            self.input.clear()
        self._close_open(but_typed_quantity=True)
        self._typed = ""
        self._ask(partial(self._till.enter, text))

    def show_state(self, state: CounterState) -> None:
        """Shows a counter: the line last changed is selected, or else the one that was."""
        before = len(state.basket.lines) if self.basket.line is None else self.basket.line
        self._state = state
        view = checkout_view(state, self._place, tr)
        self.basket.show_rows(view.rows, before if state.touched is None else state.touched, view.totals.count)
        self.aside.show_member(view.member)
        self.aside.show_needs(view.needs, view.conflicts)
        self.aside.show_coupon(view.coupon)
        self.parts.totals.show_totals(view.totals, can_pay=state.quote is not None)
        self.keys.follow(state, view.redeem_why_not)
        self.parts.show_selling()
        self.shown.emit(state)

    def show_settled(self, settled: Settled) -> None:
        """Shows a finished sale; the next one begins with the next scan or key."""
        self.close_all()
        self.show_state(settled.next)
        self.parts.settled.show_sale(settled)
        self.parts.show_settled()
        self.keys.rest()

    def focus_input(self) -> None:
        """Typing goes to the one input, or to a quantity or a coupon that is being typed."""
        (self.aside.field or self.input).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that are shown on the buttons; what means nothing here goes on to the window."""
        if not take_key(self, event):
            event.ignore()

    def showEvent(self, event: QShowEvent) -> None:
        """Typing can start at once."""
        super().showEvent(event)
        self.focus_input()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Every part gets its share."""
        super().resizeEvent(event)
        self.parts.fit(self.width())

    def _connect(self) -> None:
        self.input.submitted.connect(self._submit)
        self.input.textEdited.connect(lambda _: self._close_open())
        self.choices.chosen.connect(self._choose)
        self.parts.totals.pay.connect(self.pay)
        self.aside.explanation.closed.connect(self.close_all)
        self.aside.needs.asked.connect(self.needs_asked)
        self.suspending.done.connect(self.confirmed)
        self.keys.confirmed.connect(self._void)
        self.keys.kept.connect(self.close_all)
        self.parts.settled.next_sale.connect(self.close_all)

    def pay(self) -> None:
        """On to payment."""
        self._request_payment(points=False)

    def use_points(self) -> None:
        """On to payment with as many points as may be; says why not when none may."""
        self._request_payment(points=True)

    def remove_line(self) -> None:
        """Takes the selected line out."""
        line = self.basket.line
        if self._state is not None and line is not None:
            product = self._state.basket.lines[line].product
            self.close_all()

            def work(approval: Approval | None) -> CounterState:
                return on_line(self._till, product, lambda line: self._till.remove_line(line, approval))

            self._approvals.run(work, self.take, self.message.emit)

    def drop_member(self) -> None:
        """The sale is for nobody in particular."""
        if self._state is not None and self._state.basket.member_id is not None:
            self.close_all()
            self._ask(self._till.drop_member)

    def void_basket(self) -> None:
        """Asks once in place; the same key again voids the basket."""
        if self.keys.is_asking:
            self._void()
        elif self._state is not None and not self._state.basket.is_empty:
            self.close_all()
            self.keys.ask_to_void(self._state)

    def escape(self) -> None:
        """Closes what stands open; with nothing open, clears what was typed."""
        if not (self.choices.is_open or self.keys.is_asking or self.aside.is_open):
            self.input.clear()
        self.close_all()

    def _request_payment(self, *, points: bool) -> None:
        """On to payment; a quantity that is being typed counts first."""
        typed = self.aside.quantity.typed if self.aside.is_editing else ""
        if typed:
            self.editing.set_quantity(typed, partial(self._request_payment, points=points))
            return
        if self._state is None:
            return
        self.close_all()
        why_not = checkout_view(self._state, self._place, tr).redeem_why_not if points else ""
        if why_not:
            self.message.emit(why_not)
        elif self._state.quote is None:
            self.message.emit(tr("购物篮是空的，先扫商品再收款。"))
        elif self._state.needs:
            need = self._state.needs[0]
            self.message.emit(Refusal(need.code, need.sentence.template, **need.sentence.gaps))
        else:
            self.pay_requested.emit(self._state, points)

    def _void(self) -> None:
        self.close_all()
        if self._state is not None:
            work = partial(void_same, self._till, self._state.basket.id)
            self._approvals.run(work, self.take, self.message.emit)

    def _submit(self, text: str) -> None:
        self.close_all()
        self._typed = text
        self.input.clear()
        self._ask(partial(self._till.enter, text))

    def _choose(self, key: str) -> None:
        self.close_all()
        if self.suspending.take_choice(key):
            return
        self.input.clear()
        self._typed = ""
        self._ask(partial(self._till.choose, key))

    def _ask(self, work: Callable[[], CounterState | Choice]) -> None:
        self._tasks.run(work, self.take, self._refused)

    def open_choices(self, title: str, rows: tuple[ChoiceRow, ...]) -> None:
        """Opens the short list below the input."""
        self.parts.show_selling()
        self.parts.place_choices()
        self.choices.offer(title, rows)
        self.input.digits_choose = True

    def take(self, answer: CounterState | Choice, then: Then | None = None) -> None:
        """Shows what the till has answered, then goes on."""
        if isinstance(answer, Choice):
            self._give_back_typing()
            title = tr("“{text}” 有 {count} 个可能", text=answer.text, count=len(answer.candidates))
            self.open_choices(title, candidate_rows(answer, tr))
        else:
            needed = _newly_needed(self._state, answer)
            self.show_state(answer)
            if needed is not None:
                self.message.emit(needed)
            if then is not None:
                then()

    def _refreshed(self, state: CounterState) -> None:
        self._state = state
        if not self.parts.is_settled:
            self.show_state(state)

    def _refused(self, spoken: Spoken) -> None:
        self._give_back_typing()
        self.message.emit(spoken)

    def _give_back_typing(self) -> None:
        """What was typed stands ready to be mended, unless something newer has been typed."""
        if self._typed and not self.input.text():
            self.input.give_back(self._typed)
        self._typed = ""

    def close_all(self) -> None:
        """Back to the plain checkout, to do something else; nothing is lost by it."""
        self.acted.emit()
        self._close_open()

    def _close_open(self, *, but_typed_quantity: bool = False) -> None:
        """Back to the plain checkout, as after a scan or when typing goes on."""
        self.choices.close_list()
        self.input.digits_choose = False
        self.keys.keep()
        if not (but_typed_quantity and self.aside.is_editing and self.aside.quantity.typed):
            self.aside.show_plain()
        if self.parts.is_settled and self._state is not None:
            self.show_state(self._state)
        keep_typing(self)


def _hear_nothing(_spoken: Spoken) -> None:
    """Nobody has asked; the next thing that somebody asks for will say why it cannot be."""


def _newly_needed(before: CounterState | None, now: CounterState) -> Refusal | None:
    """What the basket has come to need before it can be paid, as a sentence to say."""
    known = () if before is None else before.needs
    need = next((need for need in now.needs if need not in known), None)
    return None if need is None else Refusal(need.code, need.sentence.template, **need.sentence.gaps)


def void_same(till: Till, basket_id: str, approval: Approval | None) -> CounterState:
    """Voids the basket of this id; another one that has been begun meanwhile stays. Runs on the lane."""
    state = till.counter()
    return till.void_basket(approval) if state.basket.id == basket_id else state
