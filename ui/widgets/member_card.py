"""The member at the counter: who, which tier, how many points, how far to the next tier."""

from __future__ import annotations

import qtawesome
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.i18n import tr
from ui.theme import current, set_look
from ui.view_models.checkout import MemberView
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.progress_line import ProgressLine


class MemberCard(Card):
    """Shows a member, or how to bring one in."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(tr("会员"))
        self._nobody = _nobody()
        self._somebody = QWidget()
        self._build_somebody()
        self.body.addWidget(self._nobody)
        self.body.addWidget(self._somebody)
        self.show_member(None)

    def show_member(self, member: MemberView | None) -> None:
        """Another member, or nobody."""
        self._nobody.setVisible(member is None)
        self._somebody.setVisible(member is not None)
        if member is None:
            return
        self._name.setText(member.name)
        self._tier.show_word(member.tier.text, member.tier.tone)
        self._identity.setText(member.identity)
        self._available.setText(member.available)
        self._worth.setText(member.worth)
        self._debt.setText(member.debt)
        self._debt.setVisible(bool(member.debt))
        self._fresh.setText(member.fresh)
        self._bar.setVisible(member.progress is not None)
        self._bar.show_thousandths(member.progress or 0)
        self._ahead.setText(member.ahead)
        self._ahead.setVisible(bool(member.ahead))
        self.setAccessibleDescription(
            f"{member.name} {member.tier.text} {member.available}{tr('分')} {member.fresh} {member.ahead}"
        )

    def _build_somebody(self) -> None:
        column = QVBoxLayout(self._somebody)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self._name, self._tier = ElidedLabel(role="title"), Chip(large=True)
        self._identity, self._fresh = _wrapped("muted"), _wrapped("muted")
        self._available, self._worth = QLabel(), QLabel()
        self._debt, self._ahead = _wrapped("muted"), _wrapped("muted")
        self._bar = ProgressLine()
        set_look(self._available, role="total")
        set_look(self._worth, role="note")
        set_look(self._debt, tone="warn")
        top = QHBoxLayout()
        top.addWidget(self._name, 1)
        top.addWidget(self._tier)
        figures = QHBoxLayout()
        figures.setSpacing(6)
        figures.addWidget(self._available)
        unit = QLabel(tr("分"))
        unit.setContentsMargins(0, 8, 0, 0)
        self._worth.setContentsMargins(0, 8, 0, 0)
        figures.addWidget(unit)
        figures.addStretch()
        figures.addWidget(self._worth)
        column.addLayout(top)
        column.addWidget(self._identity)
        column.addLayout(figures)
        column.addWidget(self._debt)
        column.addWidget(self._fresh)
        column.addSpacing(5)
        column.addWidget(self._bar)
        column.addWidget(self._ahead)


def _wrapped(role: str) -> QLabel:
    text = QLabel()
    text.setWordWrap(True)
    set_look(text, role=role)
    return text


def _nobody() -> QWidget:
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 4, 0, 4)
    row.setSpacing(14)
    mark = QLabel()
    mark.setPixmap(qtawesome.icon("mdi6.card-account-details-outline", color=current().ink3).pixmap(QSize(40, 40)))
    row.addWidget(mark)
    words = QVBoxLayout()
    words.setSpacing(2)
    title, hint = QLabel(tr("未识别会员")), _wrapped("muted")
    hint.setText(tr("扫会员卡，或输入手机号后按 Enter；先扫后扫都会重新计价"))
    set_look(title, role="section")
    words.addWidget(title)
    words.addWidget(hint)
    row.addLayout(words, 1)
    return page
