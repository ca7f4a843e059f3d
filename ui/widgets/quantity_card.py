"""Another quantity for a line: a field, a pad for fingers, and two ways out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from pos_member.domain.basket import BasketLine
from pos_member.domain.product import Product
from ui.i18n import tr
from ui.theme import set_look
from ui.view_models.number_entry import NumberEntry
from ui.widgets.amount_field import AmountField
from ui.widgets.amount_pad import AmountPad
from ui.widgets.card import Card
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.key_button import KeyButton


class QuantityCard(Card):
    """Stands in the place of the member's card while a quantity is typed."""

    confirmed = Signal(str)
    cancelled = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(spacing=10, parent=parent)
        self._entry = NumberEntry(whole_digits=5, decimals=3)
        self._line: BasketLine | None = None
        title = QLabel(tr("数量"))
        set_look(title, role="section")
        self._name = ElidedLabel(role="note")
        self.field = AmountField(tr("数量"))
        self.field.keyed.connect(self._take)
        self._unit = QLabel()
        set_look(self._unit, role="section")
        number = QHBoxLayout()
        number.addWidget(self.field, 1)
        number.addWidget(self._unit)
        pad = AmountPad()
        pad.pressed.connect(self._take)
        confirm, cancel = KeyButton("Enter", tr("确定")), KeyButton("Esc", tr("取消"))
        confirm.clicked.connect(self.confirm)
        cancel.clicked.connect(self.cancelled)
        ways = QHBoxLayout()
        ways.setSpacing(8)
        ways.addWidget(cancel, 1)
        ways.addWidget(confirm, 1)
        self.body.addWidget(title)
        self.body.addWidget(self._name)
        self.body.addLayout(number)
        self.body.addWidget(pad, 1)
        self.body.addLayout(ways)

    def edit(self, line: BasketLine) -> None:
        """Starts from the quantity that a line has now; the first digit replaces it."""
        self._line = line
        self._name.setText(f"{line.product.name} {line.product.specification}")
        self._unit.setText(line.product.unit)
        self.offer(str(line.quantity))
        self.field.setFocus()

    def offer(self, text: str) -> None:
        """Puts a number there; the first digit replaces it."""
        self._show(self._entry.offer(text))

    @property
    def product(self) -> Product | None:
        """Whose quantity it is, None before any was."""
        return self._line.product if self._line is not None else None

    @property
    def typed(self) -> str:
        """What was typed so far; empty while nothing was."""
        return "" if self._entry.offered else self._entry.text.rstrip(".")

    def confirm(self) -> None:
        """Gives what was typed, if anything was."""
        if self._entry.text:
            self.confirmed.emit(self._entry.text.rstrip("."))

    def _take(self, key: str) -> None:
        self._show(self._entry.after(key))

    def _show(self, entry: NumberEntry) -> None:
        self._entry = entry
        self.field.setText(entry.text)
        if entry.offered:
            self.field.selectAll()
