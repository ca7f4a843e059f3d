"""Why this price, why these points: the steps of the reckoning behind a line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.i18n import tr
from ui.theme import set_look
from ui.view_models.explanation import Explanation, ExplanationRow
from ui.widgets.card import Card, hairline
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.key_button import KeyButton


class ExplanationCard(Card):
    """Stands in the place of the member's card while a figure is explained."""

    closed = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(spacing=6, parent=parent)
        heading, self._title, self._rules = QLabel(tr("为何这个价、这些分")), ElidedLabel(role="note"), QLabel()
        set_look(heading, role="section")
        set_look(self._rules, role="muted")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        close = KeyButton("Esc", tr("关闭"))
        close.clicked.connect(self.closed)
        foot = QHBoxLayout()
        foot.addWidget(self._rules, 1)
        foot.addWidget(close)
        self.body.addWidget(heading)
        self.body.addWidget(self._title)
        self.body.addWidget(self._scroll, 1)
        self.body.addLayout(foot)

    def explain(self, explanation: Explanation) -> None:
        """Shows the steps, the line's own before those of the whole sale."""
        self._title.setText(explanation.title)
        self._rules.setText(explanation.rules)
        page = QWidget()
        set_look(page, plain=True)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(8)
        for heading, rows in ((tr("本行"), explanation.of_line), (tr("整单"), explanation.of_sale)):
            if rows:
                section = QLabel(heading)
                set_look(section, role="muted", tone="brand")
                column.addWidget(section)
            for row in rows:
                _add_row(column, row)
        column.addStretch()
        self._scroll.setWidget(page)

    def scroll(self, rows: int) -> None:  # type: ignore[override]
        """Moves the steps up or down."""
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + rows * 40)


def _add_row(column: QVBoxLayout, row: ExplanationRow) -> None:
    top = QHBoxLayout()
    figure, why = QLabel(row.figure), QLabel(row.why)
    set_look(figure, tone="")
    set_look(why, role="muted")
    why.setWordWrap(True)
    top.addWidget(ElidedLabel(row.rule), 1)
    top.addWidget(figure)
    column.addLayout(top)
    if row.why:
        column.addWidget(why)
    column.addWidget(hairline())
