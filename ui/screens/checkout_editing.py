"""What stands beside the basket for a while: the quantity of a line, a coupon's code, why a line costs what it does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_member.app.counter import Choice, CounterState
from pos_member.app.till import Till
from pos_member.domain.errors import Refusal, Spoken
from pos_member.domain.product import Product
from ui.i18n import tr
from ui.screens.checkout_shortcuts import keep_typing
from ui.task_runner import TaskRunner
from ui.view_models.explanation import explanation

if TYPE_CHECKING:
    from ui.screens.checkout import CheckoutScreen

Then = Callable[[], None]
"""What is done once the till has answered."""


_NO_SUCH_THING = frozenset({"nothing_found", "unknown_code", "unknown_card", "unknown_phone"})
"""Refusals of a text that means nothing to the till."""


class CheckoutEditing(QObject):
    """Opens and closes what stands in the member's place, and asks the till for what was typed there."""

    def __init__(self, *, screen: CheckoutScreen, till: Till, tasks: TaskRunner) -> None:
        super().__init__(screen)
        self._screen, self._till, self._tasks = screen, till, tasks
        self._quantity, self._coupon = screen.aside.quantity, screen.aside.coupon
        self._quantity.confirmed.connect(self.set_quantity)
        self._quantity.cancelled.connect(screen.close_all)
        self._coupon.confirmed.connect(self._use_coupon)
        self._coupon.dropped.connect(self.drop_coupon)
        self._coupon.cancelled.connect(screen.close_all)

    def edit_quantity(self) -> None:
        """Opens the quantity of the selected line."""
        state, line = self._screen.state, self._screen.basket.line
        if state is not None and line is not None:
            self._screen.close_all()
            self._screen.aside.edit_quantity(state.basket.lines[line])

    def set_quantity(self, text: str, then: Then | None = None) -> None:
        """Gives the line that was opened another quantity, wherever it stands by now."""
        product = self._quantity.product
        if product is not None:
            self._screen.close_all()
            work = partial(on_line, self._till, product, lambda line: self._till.set_quantity(line, text))
            self._tasks.run(work, partial(self._screen.take, then=then), partial(self._quantity_refused, text))

    def edit_coupon(self) -> None:
        """Opens the coupon, or closes it again."""
        was_open = self._screen.aside.is_couponing
        self._screen.close_all()
        if not was_open:
            self._screen.aside.edit_coupon()

    def drop_coupon(self) -> None:
        """Takes the coupon out of the basket."""
        state = self._screen.state
        if state is not None and state.basket.coupon is not None:
            self._screen.close_all()
            self._tasks.run(self._till.drop_coupon, self._screen.take, self._screen.message.emit)

    def explain(self) -> None:
        """Opens why the selected line costs and earns what it does, or closes it again."""
        state, line = self._screen.state, self._screen.basket.line
        if self._screen.aside.is_explaining:
            self._screen.close_all()
        elif state is not None and line is not None:
            steps = explanation(state, line, tr)
            if steps is not None:
                self._screen.close_all()
                self._screen.aside.explain(steps)

    def confirm(self) -> bool:
        """Enter, where something is being typed here."""
        if self._screen.aside.is_editing:
            self._quantity.confirm()
        elif self._screen.aside.is_couponing:
            self._coupon.confirm()
        else:
            return False
        return True

    def take_scan(self, text: str) -> None:
        """A scan while the coupon is open is its code; goods and cards are taken as ever."""
        work = partial(_coupon_or_goods, self._till, text)
        self._tasks.run(work, self._coupon_taken, self._screen.message.emit)

    def _use_coupon(self, text: str) -> None:
        self._screen.acted.emit()
        self._tasks.run(partial(self._till.apply_coupon, text), self._coupon_taken, self._screen.message.emit)

    def _coupon_taken(self, answer: CounterState | Choice) -> None:
        self._coupon.field.clear()
        self._screen.close_all()
        self._screen.take(answer)

    def _quantity_refused(self, text: str, spoken: Spoken) -> None:
        """What was typed stands ready to be mended, unless something else has been begun."""
        screen = self._screen
        if not (screen.aside.is_open or screen.input.text() or screen.parts.is_settled):
            screen.aside.mend_quantity(text)
            keep_typing(screen)
        screen.message.emit(spoken)


def on_line(till: Till, product: Product, act: Callable[[int], CounterState]) -> CounterState:
    """Acts on the line that holds a product, wherever it stands by now; on none if it is gone. Runs on the lane."""
    state = till.counter()
    for index, line in enumerate(state.basket.lines):
        if line.product == product:
            return act(index)
    return state


def _coupon_or_goods(till: Till, text: str) -> CounterState | Choice:
    """The coupon of a code; where it is none, the goods or the card. Runs on the lane."""
    try:
        return till.apply_coupon(text)
    except Refusal as refusal:
        if refusal.code != "coupon_unknown":
            raise
        try:
            return till.enter(text)
        except Refusal as other:
            raise (refusal if other.code in _NO_SUCH_THING else other) from None
