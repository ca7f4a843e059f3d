"""The column at the right of the basket: the member and the prompts, or what is being done to a line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from pos_member.domain.basket import BasketLine
from ui.theme import set_look
from ui.view_models.checkout import MemberView
from ui.view_models.explanation import Explanation
from ui.view_models.needs import NeedsView
from ui.view_models.offers import PromptRow
from ui.widgets.banner import Banner
from ui.widgets.coupon_card import CouponCard
from ui.widgets.explanation_card import ExplanationCard
from ui.widgets.member_card import MemberCard
from ui.widgets.needs_card import NeedsCard
from ui.widgets.prompt_list import PromptList
from ui.widgets.quantity_card import QuantityCard


class Aside(QStackedWidget):
    """One thing at a time; the member comes back when the rest is done."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.member, self.prompts, self._conflicts = MemberCard(), PromptList(), PromptList()
        self.needs, self.coupon = NeedsCard(), CouponCard()
        self._coupon_words = Banner()
        self.quantity, self.explanation = QuantityCard(), ExplanationCard()
        page = QWidget()
        set_look(page, plain=True)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.member, self._conflicts, self.needs, self._coupon_words, self.prompts):
            column.addWidget(part)
        column.addStretch()
        self._plain = QScrollArea()
        self._plain.setWidgetResizable(True)
        self._plain.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plain.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._plain.setWidget(page)
        for page in (self._plain, self.quantity, self.explanation, self.coupon):
            self.addWidget(page)

    @property
    def is_editing(self) -> bool:
        """Whether a quantity is being typed."""
        return self.currentWidget() is self.quantity

    @property
    def is_couponing(self) -> bool:
        """Whether a coupon's code is asked for."""
        return self.currentWidget() is self.coupon

    @property
    def field(self) -> QWidget | None:
        """Where typing goes while something is being typed here."""
        if self.is_editing:
            return self.quantity.field
        return self.coupon.field if self.is_couponing else None

    @property
    def is_explaining(self) -> bool:
        """Whether a line is being explained."""
        return self.currentWidget() is self.explanation

    @property
    def is_open(self) -> bool:
        """Whether something stands in the member's place."""
        return self.currentWidget() is not self._plain

    def show_member(self, member: MemberView | None) -> None:
        """The member and what to tell of them."""
        self.member.show_member(member)
        self.prompts.show_prompts(member.prompts if member else ())

    def show_needs(self, needs: NeedsView | None, conflicts: tuple[PromptRow, ...]) -> None:
        """What keeps the basket from being paid, and what a pharmacist warns of."""
        self.needs.show_needs(needs)
        self._conflicts.show_prompts(conflicts)
        self._conflicts.setVisible(bool(conflicts))

    def show_coupon(self, coupon: PromptRow | None) -> None:
        """What the coupon in the basket takes off, or why it takes nothing off."""
        self._coupon_words.setVisible(coupon is not None)
        if coupon is not None:
            self._coupon_words.say(coupon.mark.text, coupon.text, coupon.mark.tone)
            set_look(self._coupon_words, tone="danger" if coupon.mark.tone == "danger" else "")
        self.coupon.show_coupon(coupon.text if coupon is not None else "")

    def edit_coupon(self) -> None:
        """Opens the coupon."""
        self.setCurrentWidget(self.coupon)
        self.coupon.field.setFocus()

    def edit_quantity(self, line: BasketLine) -> None:
        """Opens the quantity of a line."""
        self.setCurrentWidget(self.quantity)
        self.quantity.edit(line)

    def mend_quantity(self, text: str) -> None:
        """Opens the quantity last edited again, with what was wrong about to be replaced."""
        self.setCurrentWidget(self.quantity)
        self.quantity.offer(text)

    def explain(self, steps: Explanation) -> None:
        """Opens the steps behind a line."""
        self.explanation.explain(steps)
        self.setCurrentWidget(self.explanation)

    def show_plain(self) -> None:
        """Back to the member."""
        self.setCurrentWidget(self._plain)
