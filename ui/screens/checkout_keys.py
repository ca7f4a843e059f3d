"""The keys of the checkout, lit where they can be used; one of them asks before it acts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from pos_member.app.counter import CounterState
from ui.i18n import tr
from ui.theme import set_look
from ui.view_models.checkout import count_text
from ui.widgets.banner import Banner
from ui.widgets.key_button import KeyButton
from ui.widgets.key_strip import KEY_HEIGHT, KeyAction, KeyStrip

_ON_LINE = ("F4", "Del", "Ctrl+I")


class CheckoutKeys(QStackedWidget):
    """The strip of keys, and in its place the question whether the whole basket is to be voided."""

    confirmed = Signal()
    kept = Signal()

    def __init__(self, actions: tuple[KeyAction, ...], extra: tuple[KeyAction, ...]) -> None:
        super().__init__()
        self._own = tuple(action.key for action in actions)
        self._strip = KeyStrip((*actions, *extra))
        self._question = Banner(tone="danger", loud=True)
        void, keep = KeyButton("Ctrl+Del", tr("作废")), KeyButton("Esc", tr("保留"))
        set_look(void, role="danger_key")
        void.clicked.connect(self.confirmed)
        keep.clicked.connect(self.kept)
        self._asking = QWidget()
        row = QHBoxLayout(self._asking)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._question, 1)
        row.addWidget(void)
        row.addWidget(keep)
        self.addWidget(self._strip)
        self.addWidget(self._asking)
        self.setFixedHeight(KEY_HEIGHT)
        self._strip.rearranged.connect(self.setFixedHeight)
        self.rest()

    @property
    def is_asking(self) -> bool:
        """Whether the question stands."""
        return self.currentWidget() is self._asking

    def button(self, key: str) -> KeyButton:
        """The button of a key."""
        return self._strip.button(key)

    def follow(self, state: CounterState, redeem_why_not: str) -> None:
        """Lights what can be done with this counter."""
        has_lines = bool(state.basket.lines)
        for key in _ON_LINE:
            self._strip.allow(key, "" if has_lines else tr("先扫商品"))
        self._strip.allow("F2", "" if state.member else tr("没有会员"))
        self._strip.allow("F5", "" if has_lines else tr("先扫商品"))
        self._strip.allow("F6", "" if state.basket.is_empty else tr("先收款、挂单或作废当前这单"))
        self._strip.allow("F8", "" if has_lines else tr("先扫商品"))
        self._strip.allow("F7", redeem_why_not)
        self._strip.allow("Ctrl+Del", tr("购物篮是空的") if state.basket.is_empty else "")

    def rest(self) -> None:
        """Nothing is open: the checkout's own keys are dim, but for taking up a basket that was put aside."""
        for key in self._own:
            self._strip.allow(key, "" if key == "F6" else tr("先扫商品"))

    def ask_to_void(self, state: CounterState) -> None:
        """Puts the question in the strip's place."""
        self._question.say("!", tr("作废整单（{count}）？作废后不能恢复。", count=count_text(state, tr)), "danger")
        self.setCurrentWidget(self._asking)

    def keep(self) -> None:
        """Takes the question away."""
        self.setCurrentWidget(self._strip)
