"""The column at the right of the basket: the member and the prompts, or what is being done to a line."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pos_member.domain.basket import BasketLine
from ui.view_models.checkout import MemberView
from ui.view_models.explanation import Explanation
from ui.widgets.explanation_card import ExplanationCard
from ui.widgets.member_card import MemberCard
from ui.widgets.prompt_list import PromptList
from ui.widgets.quantity_card import QuantityCard


class Aside(QStackedWidget):
    """One thing at a time; the member comes back when the rest is done."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.member, self.prompts = MemberCard(), PromptList()
        self.quantity, self.explanation = QuantityCard(), ExplanationCard()
        self._plain = QWidget()
        column = QVBoxLayout(self._plain)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.member)
        column.addWidget(self.prompts)
        column.addStretch()
        for page in (self._plain, self.quantity, self.explanation):
            self.addWidget(page)

    @property
    def is_editing(self) -> bool:
        """Whether a quantity is being typed."""
        return self.currentWidget() is self.quantity

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
