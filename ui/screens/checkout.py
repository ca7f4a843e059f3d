"""The checkout: one input, the basket, the member, the totals, and a key for everything that can be done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from pos_member.app.counter import Choice, CounterState, Session, Settled
from pos_member.app.till import Till
from pos_member.domain.errors import Spoken
from pos_member.domain.product import Product
from ui.i18n import tr
from ui.screens.checkout_keys import CheckoutKeys
from ui.screens.checkout_layout import CheckoutLayout
from ui.task_runner import TaskRunner
from ui.view_models.checkout import checkout_view
from ui.view_models.explanation import explanation
from ui.view_models.figures import Place
from ui.widgets.key_strip import KeyAction


class CheckoutScreen(QWidget):
    """Where goods and cards are scanned.

    ``pay_requested`` gives the priced counter and whether points are wanted; ``message`` a :class:`Spoken`, or a
    sentence that is already in the language on the screen.
    """

    pay_requested = Signal(object, bool)
    message = Signal(object)

    def __init__(
        self,
        *,
        till: Till,
        tasks: TaskRunner,
        session: Session,
        extra_keys: tuple[KeyAction, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._till, self._tasks = till, tasks
        self._place = Place(zone=session.store.zone, today=session.business_date)
        self._state: CounterState | None = None
        self._typed = ""
        self.keys = CheckoutKeys(_actions(self), extra_keys)
        self._parts = parts = CheckoutLayout(self, session.store.name, self.keys)
        self.input, self.basket, self.aside, self.choices = parts.input, parts.basket, parts.aside, parts.choices
        self._connect()

    @property
    def state(self) -> CounterState | None:
        """What is shown, None before anything was."""
        return self._state

    def load(self) -> None:
        """Asks for the open basket, also after a restart."""
        self._ask(self._till.counter)

    def scan(self, text: str) -> None:
        """Takes what was scanned, whatever stands open; it answers no question."""
        self._close_all()
        self._typed = ""
        self._ask(partial(self._till.enter, text))

    def show_state(self, state: CounterState) -> None:
        """Shows a counter: the line last changed is selected, or else the one that was."""
        before = self.basket.line or 0
        self._state = state
        view = checkout_view(state, self._place, tr)
        self.basket.show_rows(view.rows, before if state.touched is None else state.touched, view.totals.count)
        self.aside.show_member(view.member)
        self._parts.totals.show_totals(view.totals, can_pay=state.quote is not None)
        self.keys.follow(state, view.redeem_why_not)
        self._parts.show_selling()

    def show_settled(self, settled: Settled) -> None:
        """Shows a finished sale; the next one begins with the next scan or key."""
        self._close_all()
        self.show_state(settled.next)
        self._parts.settled.show_sale(settled)
        self._parts.show_settled()
        self.keys.rest()

    def focus_input(self) -> None:
        """Typing goes to the one input."""
        self.input.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that are shown on the buttons; what means nothing here goes on to the window."""
        if not self._take_key(event):
            event.ignore()

    def showEvent(self, event: QShowEvent) -> None:
        """Typing can start at once."""
        super().showEvent(event)
        self.focus_input()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Every part gets its share."""
        super().resizeEvent(event)
        self._parts.fit(self.width())

    def _connect(self) -> None:
        self.input.submitted.connect(self._submit)
        self.input.textEdited.connect(self._close_all)
        self.choices.chosen.connect(self._choose)
        self._parts.totals.pay.connect(self.pay)
        self.aside.quantity.confirmed.connect(self._set_quantity)
        self.aside.quantity.cancelled.connect(self._close_all)
        self.aside.explanation.closed.connect(self._close_all)
        self.keys.confirmed.connect(self._void)
        self.keys.kept.connect(self._close_all)
        self._parts.settled.next_sale.connect(self._close_all)

    # What can be done

    def pay(self) -> None:
        """On to payment."""
        self._request_payment(points=False)

    def use_points(self) -> None:
        """On to payment with as many points as may be; says why not when none may."""
        if self._state is None:
            return
        why_not = checkout_view(self._state, self._place, tr).redeem_why_not
        if why_not:
            self.message.emit(why_not)
        else:
            self._request_payment(points=True)

    def edit_quantity(self) -> None:
        """Opens the quantity of the selected line."""
        line = self.basket.line
        if self._state is not None and line is not None:
            self._close_all()
            self.aside.edit_quantity(self._state.basket.lines[line])

    def explain(self) -> None:
        """Opens why the selected line costs and earns what it does, or closes it again."""
        line = self.basket.line
        if self.aside.is_explaining:
            self._close_all()
        elif self._state is not None and line is not None:
            steps = explanation(self._state, line, tr)
            if steps is not None:
                self._close_all()
                self.aside.explain(steps)

    def remove_line(self) -> None:
        """Takes the selected line out."""
        self._ask_about_line(self._till.remove_line)

    def drop_member(self) -> None:
        """The sale is for nobody in particular."""
        if self._state is not None and self._state.member is not None:
            self._close_all()
            self._ask(self._till.drop_member)

    def void_basket(self) -> None:
        """Asks once in place; the same key again voids the basket."""
        if self.keys.is_asking:
            self._void()
        elif self._state is not None and not self._state.basket.is_empty:
            self._close_all()
            self.keys.ask_to_void(self._state)

    # How it is done

    def _request_payment(self, *, points: bool) -> None:
        self._close_all()
        if self._state is not None and self._state.quote is not None:
            self.pay_requested.emit(self._state, points)
        else:
            self.message.emit(tr("购物篮是空的，先扫商品再收款。"))

    def _void(self) -> None:
        self._close_all()
        self._ask(self._till.void_basket)

    def _set_quantity(self, text: str) -> None:
        self._ask_about_line(lambda line: self._till.set_quantity(line, text))

    def _ask_about_line(self, act: Callable[[int], CounterState]) -> None:
        line = self.basket.line
        if self._state is None or line is None:
            return
        product = self._state.basket.lines[line].product
        self._close_all()
        self._ask(partial(_on_line, self._till, product, act))

    def _submit(self, text: str) -> None:
        self._close_all()
        self._typed = text
        self.input.clear()
        self._ask(partial(self._till.enter, text))

    def _choose(self, key: str) -> None:
        self._close_all()
        self.input.clear()
        self._typed = ""
        self._ask(partial(self._till.choose, key))

    def _ask(self, work: Callable[[], CounterState | Choice]) -> None:
        self._tasks.run(work, self._answered, self._refused)

    def _answered(self, answer: CounterState | Choice) -> None:
        if isinstance(answer, Choice):
            self._parts.show_selling()
            self._give_back_typing()
            self._parts.place_choices()
            self.choices.offer(answer)
            self.input.digits_choose = True
        else:
            self.show_state(answer)

    def _refused(self, spoken: Spoken) -> None:
        self._give_back_typing()
        self.message.emit(spoken)

    def _give_back_typing(self) -> None:
        """What was typed stands ready to be mended, unless something newer has been typed."""
        if self._typed and not self.input.text():
            self.input.setText(self._typed)
            self.input.selectAll()
        self._typed = ""

    def _close_all(self) -> None:
        """Back to the plain checkout, as after a scan or when typing goes on; nothing is lost by it."""
        self.choices.close_list()
        self.input.digits_choose = False
        self.keys.keep()
        self.aside.show_plain()
        if self._parts.is_settled and self._state is not None:
            self.show_state(self._state)
        if self.isVisible():
            self.focus_input()

    def _take_key(self, event: QKeyEvent) -> bool:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self.choices.is_open and self.choices.take_key(key, event.text()):
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.aside.is_editing:
            self.aside.quantity.confirm()
            return True
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.aside.explanation.scroll(step) if self.aside.is_explaining else self.basket.move(step)
            return True
        action: Callable[[], None] | None = {
            Qt.Key.Key_F4: self.edit_quantity,
            Qt.Key.Key_F6: self.drop_member,
            Qt.Key.Key_F7: self.use_points,
            Qt.Key.Key_Delete: self.void_basket if control else self.remove_line,
            Qt.Key.Key_Escape: self._escape,
        }.get(Qt.Key(key))
        if action is None and control and key == Qt.Key.Key_I:
            action = self.explain
        if action is None and event.text() == "+":
            action = self.pay
        if action is not None:
            action()
        return action is not None

    def _escape(self) -> None:
        """Closes what stands open; with nothing open, clears what was typed."""
        if not (self.choices.is_open or self.keys.is_asking or self.aside.is_open):
            self.input.clear()
        self._close_all()


def _actions(screen: CheckoutScreen) -> tuple[KeyAction, ...]:
    return (
        KeyAction(key="F4", label=tr("数量"), act=screen.edit_quantity),
        KeyAction(key="Del", label=tr("删除行"), act=screen.remove_line),
        KeyAction(key="F6", label=tr("取消会员"), act=screen.drop_member),
        KeyAction(key="F7", label=tr("积分"), act=screen.use_points),
        KeyAction(key="Ctrl+I", label=tr("为何这个价"), act=screen.explain),
        KeyAction(key="Ctrl+Del", label=tr("作废整单"), act=screen.void_basket),
    )


def _on_line(till: Till, product: Product, act: Callable[[int], CounterState]) -> CounterState:
    """Acts on the line that holds a product, wherever it stands by now; on none if it is gone. Runs on the lane."""
    state = till.counter()
    for index, line in enumerate(state.basket.lines):
        if line.product == product:
            return act(index)
    return state
