"""Putting the basket aside for another customer, and taking one up again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_member.app.selling.suspend_recall import Recalled, SuspendedSale
from pos_member.app.till import Till
from pos_member.domain.errors import Refusal
from ui.i18n import tr
from ui.task_runner import TaskRunner
from ui.view_models.checkout import count_text
from ui.view_models.choices import is_suspended, suspended_id, suspended_rows
from ui.view_models.figures import Place

if TYPE_CHECKING:
    from ui.screens.checkout import CheckoutScreen


class Suspending(QObject):
    """``done`` says what has been done, in the language on the screen."""

    done = Signal(str)

    def __init__(self, *, screen: CheckoutScreen, till: Till, tasks: TaskRunner, place: Place) -> None:
        super().__init__(screen)
        self._screen, self._till, self._tasks, self._place = screen, till, tasks, place

    def suspend(self) -> None:
        """Puts the open basket aside; the next one begins."""
        state = self._screen.state
        if state is None:
            return
        self._screen.close_all()
        told = tr("已挂单（{count}），按 F6 取回", count=count_text(state, tr))
        work = partial(self._till.suspend, state.basket.id)
        self._tasks.run(work, partial(self._screen.take, then=partial(self.done.emit, told)), self._screen.message.emit)

    def offer(self) -> None:
        """Lists the baskets that were put aside."""
        state = self._screen.state
        if state is None:
            return
        self._screen.close_all()
        if state.basket.is_empty:
            self._tasks.run(self._till.suspended, self._list, self._screen.message.emit)
        else:
            self._screen.message.emit(Refusal("basket_not_empty", "当前购物篮还没有结清：请先收款、挂单或作废，再取单"))

    def take_choice(self, key: str) -> bool:
        """Whether a candidate that was picked was a basket; it is taken up then."""
        if not is_suspended(key):
            return False
        work = partial(self._till.recall, suspended_id(key))
        self._tasks.run(work, self._recalled, self._screen.message.emit)
        return True

    def _list(self, sales: tuple[SuspendedSale, ...]) -> None:
        if sales:
            rows = suspended_rows(sales, self._place, tr)
            self._screen.open_choices(tr("取哪一单？共 {count} 单", count=len(sales)), rows)
        else:
            self._screen.message.emit(tr("没有挂起的单。"))

    def _recalled(self, recalled: Recalled) -> None:
        self._screen.take(recalled.state)
        if recalled.changes:
            self._screen.message.emit(tr("；").join(tr(one.template, **one.gaps) for one in recalled.changes))
