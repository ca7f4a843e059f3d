"""The figures under the basket, and the way to payment with the largest figure on the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.i18n import tr
from ui.theme import set_look
from ui.view_models.checkout import Totals
from ui.widgets.card import Card
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.keycap import Keycap

_FIGURE_HEIGHT = 46
"""Pixels: digits have nothing below their line, so that the font's full line height would only waste room."""


class TotalBar(QWidget):
    """Totals at the left, the payable at the right; a touch on it asks to be paid."""

    pay = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gross, self._saved, self._earned, self._redeemable = (
            _Figure(QLabel()),
            _Figure(QLabel()),
            _Figure(QLabel()),
            _Figure(ElidedLabel(modest=True)),
        )
        self._gross.label.setText(tr("合计"))
        self._saved.label.setText(tr("已省"))
        self._earned.label.setText(tr("本单得分"))
        set_look(self._saved.value, tone="ok")
        card = Card(margins=(20, 8, 20, 8))
        figures = QHBoxLayout()
        figures.setSpacing(26)
        for figure in (self._gross, self._saved, self._earned, self._redeemable):
            figures.addWidget(figure)
        figures.addStretch()
        card.body.addLayout(figures)
        self.pay_button = PayButton()
        self.pay_button.clicked.connect(self.pay)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(card, 1)
        row.addWidget(self.pay_button)

    def show_totals(self, totals: Totals, *, can_pay: bool) -> None:
        """Other figures."""
        self._gross.value.setText(totals.gross)
        self._saved.value.setText(totals.saved)
        self._earned.value.setText(totals.earned)
        self._redeemable.label.setText(totals.redeemable_label)
        self._redeemable.value.setText(totals.redeemable)
        self.pay_button.show_payable(totals.payable)
        self.pay_button.setEnabled(can_pay)

    def set_pay_width(self, width: int) -> None:
        """Lets the payable line up with what is above it; it never cuts its figure off."""
        self.pay_button.least_width = width
        self.pay_button.updateGeometry()


class PayButton(QPushButton):
    """The payable on the brand's colour, with the key that goes on to payment. ``least_width`` in pixels."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_look(self, role="primary", large=True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.least_width = 0
        self._payable, label = QLabel(), QLabel(tr("应收"))
        set_look(self._payable, role="payable")
        set_look(label, role="on_brand")
        figure = QVBoxLayout()
        figure.setSpacing(0)
        figure.addStretch()
        figure.addWidget(label)
        figure.addWidget(self._payable)
        figure.addStretch()
        self._payable.setFixedHeight(_FIGURE_HEIGHT)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(18, 1, 18, 3)
        self._row.setSpacing(12)
        self._row.addLayout(figure)
        self._row.addStretch()
        self._row.addWidget(Keycap(tr("＋ 收款"), on_brand=True, large=True))
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_payable(self, payable: str) -> None:
        """Another amount."""
        self._payable.setText(payable)
        self.setAccessibleName(f"{tr('应收')} {payable} {tr('＋ 收款')}")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the whole figure."""
        return QSize(max(self.least_width, self._row.sizeHint().width()), 88)

    def minimumSizeHint(self) -> QSize:
        """The figure is never cut off."""
        return self.sizeHint()


class _Figure(QWidget):
    """A quiet label over a strong figure."""

    def __init__(self, label: QLabel) -> None:
        super().__init__()
        self.label, self.value = label, QLabel()
        set_look(self.label, role="muted")
        set_look(self.value, role="figure")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch()
        column.addWidget(self.label)
        column.addWidget(self.value)
        column.addStretch()
