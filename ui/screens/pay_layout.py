"""What stands where on the payment screen."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from pos_member.app.counter import Payment
from ui.i18n import tr
from ui.theme import set_look
from ui.view_models.checkout import limit_sentence
from ui.view_models.number_entry import NumberEntry
from ui.view_models.payment import PaymentView
from ui.widgets.amount_field import AmountField
from ui.widgets.amount_pad import AmountPad
from ui.widgets.banner import Banner
from ui.widgets.big_figure import BigFigure
from ui.widgets.card import Card, hairline
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.points_stepper import PointsStepper
from ui.widgets.price_steps import FactRow, PriceSteps
from ui.widgets.quick_amounts import QuickAmounts
from ui.widgets.screen_header import ScreenHeader
from ui.widgets.settle_button import SettleButton

_PAD_HEIGHT = 560
"""Pixels; beyond that, keys only get farther apart."""

_MARGIN = 16
_MESSAGE_TOP = 6
_CASH_WIDTH = 176
"""Pixels; room for the largest amount that can be typed."""


class PayLayout:
    """The parts of the payment screen, laid out on it."""

    def __init__(self, screen: QWidget, store_name: str) -> None:
        self.heading = ElidedLabel(role="note")
        self.leave = KeyButton("Esc", tr("返回购物篮（不丢失）"))
        self.steps = PriceSteps(tr("应收"))
        self.points = PointsStepper()
        self.earned, self.balance = FactRow(tr("本单得分"), strong=True), FactRow(tr("结后余额"), strong=True)
        self._parts = QLabel()
        self._parts.setWordWrap(True)
        self._parts.setContentsMargins(0, 0, 0, 7)
        set_look(self._parts, role="muted")
        self.field, self.pad, self.quick = AmountField(tr("现金")), AmountPad(), QuickAmounts()
        self.change_label, self.change, self.received = QLabel(tr("找零")), BigFigure(), QLabel()
        self.settle = SettleButton()
        self._line = hairline()
        self._nobody = Banner(tr("会"), tr("没有会员，本单不积分；按 Esc 返回购物篮可补扫会员卡。"), "info")
        self._price, self._change_side = self._price_card(), self._change_column()
        header = ScreenHeader(store_name)
        header.row.addWidget(self.heading, 1)
        header.row.addWidget(self.leave)
        columns = QHBoxLayout()
        columns.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        columns.setSpacing(12)
        columns.addWidget(self._price)
        columns.addWidget(self._cash_card(), 1)
        columns.addWidget(self._change_side)
        whole = QVBoxLayout(screen)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(header)
        whole.addLayout(columns, 1)

    def fit(self, width: int) -> None:
        """Shares a width among the columns."""
        left, right = (310, 288) if width < 1200 else (400, 380) if width < 1700 else (480, 480)
        self._price.setFixedWidth(left)
        self._change_side.setFixedWidth(right)

    def message_place(self) -> QRect:
        """Over the heading, as far as the way back: it hides no figure."""
        return QRect(_MARGIN, _MESSAGE_TOP, self.leave.x() - _MARGIN - 12, 0)

    def show_heading(self, text: str) -> None:
        """Whose basket is being paid."""
        self.heading.setText(text)

    def show_cash(self, cash: NumberEntry) -> None:
        """The cash as it has been typed so far."""
        self.field.setText(f"¥{cash.grouped}" if cash.text else "")

    def show_payment(self, view: PaymentView) -> None:
        """Everything that follows from the till's answer."""
        self.steps.show_steps(view.steps, view.payable)
        self.points.setVisible(view.points is not None)
        self._nobody.setVisible(view.points is None)
        if view.points is not None:
            self.points.show_points(view.points)
        for row, figure in ((self.earned, view.earned), (self.balance, view.balance_after)):
            row.figure.setText(figure)
            row.setVisible(bool(figure))
        self._parts.setText(view.earned_parts)
        self._parts.setVisible(bool(view.earned_parts))
        self._line.setVisible(bool(view.earned))
        self.change_label.setText(view.change_label)
        self.change.setText(view.change)
        set_look(self.change, tone=view.tone)
        self.received.setText(view.received)
        self.quick.show_amounts(view.quick)
        self.settle.allow(view.why_not)

    def points_why_not(self, payment: Payment, available: int | None) -> str:
        """Why no points can be used at all."""
        if available is None:
            return tr("没有会员，不能用积分；先扫会员卡。")
        return limit_sentence(payment.allowance, tr)

    def _price_card(self) -> QFrame:
        card = Card(margins=(2, 6, 2, 6), spacing=0)
        page = QWidget()
        set_look(page, plain=True)
        column = QVBoxLayout(page)
        column.setContentsMargins(14, 4, 14, 4)
        column.setSpacing(0)
        column.addWidget(self.steps)
        column.addSpacing(6)
        column.addWidget(self.points)
        column.addWidget(self._nobody)
        column.addSpacing(8)
        column.addWidget(self.earned)
        column.addWidget(self._parts)
        column.addWidget(self._line)
        column.addWidget(self.balance)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        card.body.addWidget(scroll)
        return card

    def _cash_card(self) -> QFrame:
        card = Card(margins=(16, 14, 16, 14), spacing=10)
        tender = QFrame()
        set_look(tender, banner=True, tone="brand")
        row = QHBoxLayout(tender)
        row.setContentsMargins(16, 8, 12, 8)
        name = QLabel(tr("现金"))
        set_look(name, role="name")
        set_look(self.field, bare=True)
        self.field.setPlaceholderText("—")
        self.field.setMinimumSize(_CASH_WIDTH, 44)
        row.addWidget(name)
        self.field.setAccessibleDescription(tr("输入收到的金额"))
        row.addWidget(self.field, 1)
        card.body.addWidget(tender)
        card.body.addWidget(self.quick)
        self.pad.setMaximumHeight(_PAD_HEIGHT)
        card.body.addWidget(self.pad, 1)
        card.body.addStretch()
        return card

    def _change_column(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        card = Card(margins=(16, 18, 16, 18), spacing=2)
        set_look(self.change_label, role="note")
        set_look(self.received, role="muted")
        for label in (self.change_label, self.change, self.received):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            card.body.addWidget(label)
        after = Card(margins=(16, 12, 16, 12))
        for text in (tr("完成后自动打印小票、弹开钱箱。"), tr("下一次扫码即开始新的一单。")):
            line = QLabel(text)
            line.setWordWrap(True)
            set_look(line, role="muted")
            after.body.addWidget(line)
        column.addWidget(card)
        column.addWidget(self.settle, 1)
        column.addWidget(after)
        return side
