"""The steps of a key or two: the buyer, a conflict, a pharmacist to come on duty, too many packs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtGui import QKeyEvent

from pos_member.app.counter import CounterState, Session
from pos_member.domain.errors import Spoken
from pos_member.domain.staff import Staff
from ui.i18n import say, tr
from ui.needs_desk import NeedsDesk
from ui.screens.needs.step import NeedStep, is_enter, main_button
from ui.view_models.needs import Todo, goods_named
from ui.view_models.sign_in import pharmacists, staff_tiles
from ui.widgets.form import Form
from ui.widgets.form_field import FormField
from ui.widgets.panel import paragraph
from ui.widgets.person_pin import PersonPin


class BuyerStep(NeedStep):
    """Who buys goods with ephedrine."""

    def __init__(self, *, todo: Todo, state: CounterState, desk: NeedsDesk, session: Session) -> None:
        super().__init__(todo=todo, state=state, desk=desk, session=session)
        fields = {"name": FormField(tr("购买人姓名")), "id_number": FormField(tr("身份证号"), hint=tr("18 位"))}
        draft = desk.buyer(state.basket.id)
        for name, field in fields.items():
            field.show_text(getattr(draft, name))
            field.edited.connect(partial(self._keep, name))
        self._form = Form([(field,) for field in fields.values()])
        self._form.finished.connect(self._register)
        self.body.addWidget(self._form)
        self.body.addWidget(main_button(tr("登记购买人"), self._register))

    def start(self) -> None:
        """The first field that is empty."""
        self._form.start()

    def refuse(self, spoken: Spoken) -> None:
        """In place, and the form takes keys again."""
        super().refuse(spoken)
        self.start()

    def _keep(self, name: str, text: str) -> None:
        self.say("")
        self.desk.keep_buyer(replace(self.desk.buyer(self.state.basket.id), **{name: text}))

    def _register(self) -> None:
        self.wait()
        self.desk.register_buyer(self.desk.buyer(self.state.basket.id), self.refuse)


class ConflictStep(NeedStep):
    """A conflict that somebody looks at with the customer, and answers for by name."""

    def __init__(self, *, todo: Todo, state: CounterState, desk: NeedsDesk, session: Session) -> None:
        super().__init__(todo=todo, state=state, desk=desk, session=session)
        for name in goods_named(state, todo.skus).values():
            self.body.addWidget(paragraph(name))
        self.body.addWidget(
            paragraph(tr("确认后记在 {name} 名下；不卖就按 Esc 返回，删除商品。", name=session.staff.name))
        )
        self.body.addWidget(main_button(tr("已与顾客核对，仍然销售"), self._acknowledge))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter acknowledges; held down, it does so once."""
        if is_enter(event):
            self._acknowledge()
        else:
            event.ignore()

    def _acknowledge(self) -> None:
        if self.todo.conflict is not None:
            self.desk.acknowledge(self.todo.conflict, self.refuse)


class DutyStep(NeedStep):
    """A pharmacist comes on duty beside the cashier."""

    def __init__(self, *, todo: Todo, state: CounterState, desk: NeedsDesk, session: Session) -> None:
        super().__init__(todo=todo, state=state, desk=desk, session=session)
        self._pad = PersonPin(tr("到岗"))
        self._pad.entered.connect(lambda staff_id, pin: self.desk.take_duty(staff_id, pin, self.refuse))
        self.body.addWidget(self._pad)
        desk.read_staff(self._offer)

    def start(self) -> None:
        """The PIN."""
        self._pad.setFocus()

    def refuse(self, spoken: Spoken) -> None:
        """Below the dots."""
        self._pad.refuse(say(spoken))

    def _offer(self, staff: Iterable[Staff]) -> None:
        everyone = pharmacists(staff)
        self._pad.offer(staff_tiles(everyone, tr))
        if not everyone:
            self.say(tr("本店还没有登记药师：请联系总部。"))


class PacksStep(NeedStep):
    """More packs than may be sold at once: back to the basket, to take some out."""

    def __init__(self, *, todo: Todo, state: CounterState, desk: NeedsDesk, session: Session) -> None:
        super().__init__(todo=todo, state=state, desk=desk, session=session)
        for name in goods_named(state, todo.skus).values():
            self.body.addWidget(paragraph(name))
        self.body.addWidget(paragraph(tr("按 Esc 返回购物篮，选中这一行，按 F4 改数量。")))
