"""Registers a prescription: what stands on it, and for which goods it is."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from pos_member.app.counter import CounterState, Session
from pos_member.domain.errors import Spoken
from ui.i18n import tr
from ui.needs_desk import NeedsDesk
from ui.screens.needs.step import NeedStep, main_button
from ui.view_models.needs import Todo, goods_named, typed_date
from ui.widgets.form import Form
from ui.widgets.form_field import FormField
from ui.widgets.tick_row import TickRow


class PrescriptionStep(NeedStep):
    """Five fields and the goods, all of them ticked to begin with."""

    def __init__(self, *, todo: Todo, state: CounterState, desk: NeedsDesk, session: Session) -> None:
        super().__init__(todo=todo, state=state, desk=desk, session=session)
        names = {
            "number": FormField(tr("处方号")),
            "institution": FormField(tr("开具机构")),
            "prescriber": FormField(tr("医师")),
            "patient": FormField(tr("患者")),
            "written_on": FormField(tr("处方日期"), hint=tr("如 0521")),
        }
        draft = desk.prescription(state.basket.id)
        for name, field in names.items():
            field.show_text(getattr(draft, name))
            field.edited.connect(partial(self._keep, name))
        self._day = names["written_on"]
        if not draft.written_on:
            self._day.show_text(session.business_date.isoformat(), offered=True)
        self._ticks: dict[str, TickRow] = {}
        first = (names["number"], names["institution"])
        self._form = Form([*((field,) for field in first), (names["prescriber"], names["patient"]), (self._day,)])
        self._form.finished.connect(self._register)
        self.body.addWidget(self._form)
        self.body.addWidget(main_button(tr("登记处方"), self._register))
        self._list_goods()

    def start(self) -> None:
        """The first field that is empty."""
        self._form.start()

    def refuse(self, spoken: Spoken) -> None:
        """In place, and the form takes keys again."""
        super().refuse(spoken)
        self.start()

    def follow(self, todo: Todo, state: CounterState) -> None:
        """Goods that came meanwhile are listed too; what was typed and ticked stays."""
        super().follow(todo, state)
        self._list_goods()

    def _list_goods(self) -> None:
        named = goods_named(self.state, self.todo.skus)
        if named.keys() == self._ticks.keys():
            return
        off = {sku for sku, tick in self._ticks.items() if not tick.isChecked()}
        self._ticks = {sku: TickRow(name) for sku, name in named.items()}
        for sku in off & self._ticks.keys():
            self._ticks[sku].setChecked(False)
        self._form.put_ticks(self._ticks.values())

    def _keep(self, name: str, text: str) -> None:
        self.say("")
        self.desk.keep_prescription(replace(self.desk.prescription(self.state.basket.id), **{name: text}))

    def _register(self) -> None:
        written_on = typed_date(self._day.text, self.session.business_date)
        if written_on is None:
            self.say(tr("处方日期不对：请按年月日输入，如 20260521，或只输月日 0521"))
            self._day.setFocus()
            return
        skus = tuple(sku for sku, tick in self._ticks.items() if tick.isChecked())
        self.wait()
        self.desk.register_prescription(self.desk.prescription(self.state.basket.id), written_on, skus, self.refuse)
