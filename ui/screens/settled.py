"""A sale that is done: the change due, large, until the next scan or key starts the next sale."""

from __future__ import annotations

import qtawesome
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos_member.app.counter import Settled
from ui.i18n import tr
from ui.theme import current, set_look
from ui.view_models.payment import settled_view
from ui.widgets.banner import Banner
from ui.widgets.big_figure import BigFigure
from ui.widgets.card import Card, hairline
from ui.widgets.key_button import KeyButton


class SettledScreen(QWidget):
    """Stands below the one input, which goes on taking scans and typing."""

    next_sale = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._change, self._received, self._done = BigFigure(), QLabel(), QLabel(tr("收款完成"))
        self._facts = {name: QLabel() for name in (tr("小票号"), tr("本单得分"), tr("积分余额"))}
        self._notice = Banner(tone="warn", loud=True)
        set_look(self._received, role="note")
        set_look(self._done, role="section", tone="ok")
        card = Card(margins=(28, 22, 28, 18), spacing=2)
        card.setMaximumWidth(620)
        card.setMinimumWidth(480)
        self._fill(card)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(card, 4)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)

    def show_sale(self, settled: Settled) -> None:
        """Shows a sale that has just been recorded."""
        view = settled_view(settled, tr)
        self._change.setText(view.change)
        self._received.setText(view.received)
        for label, fact in zip(self._facts.values(), (view.receipt_no, view.earned, view.balance), strict=True):
            label.setText(fact)
            holder = label.parentWidget()
            if holder is not None:
                holder.setVisible(bool(fact))
        self._notice.say("!", view.notice, "warn")
        self._notice.setVisible(bool(view.notice))
        self.setAccessibleName(f"{tr('收款完成')} {tr('找零')} {view.change}")

    def _fill(self, card: Card) -> None:
        mark = QLabel()
        mark.setPixmap(qtawesome.icon("mdi6.check-circle", color=current().ok).pixmap(QSize(26, 26)))
        top = QHBoxLayout()
        top.addStretch()
        top.addWidget(mark)
        top.addWidget(self._done)
        top.addStretch()
        card.body.addLayout(top)
        card.body.addSpacing(8)
        change = QLabel(tr("找零"))
        set_look(change, role="note")
        for label in (change, self._change, self._received):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            card.body.addWidget(label)
        card.body.addSpacing(14)
        for name, value in self._facts.items():
            card.body.addWidget(_fact(name, value))
        card.body.addWidget(self._notice)
        card.body.addSpacing(12)
        again = KeyButton("Esc", tr("新的一单"))
        again.clicked.connect(self.next_sale)
        hint = QLabel(tr("下一次扫码即开始新的一单。"))
        hint.setWordWrap(True)
        set_look(hint, role="note")
        foot = QHBoxLayout()
        foot.addWidget(hint, 1)
        foot.addWidget(again)
        card.body.addLayout(foot)


def _fact(name: str, value: QLabel) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(hairline())
    row = QHBoxLayout()
    row.setContentsMargins(0, 9, 0, 9)
    row.addWidget(QLabel(name))
    row.addStretch()
    set_look(value, role="section")
    row.addWidget(value)
    column.addLayout(row)
    return holder
