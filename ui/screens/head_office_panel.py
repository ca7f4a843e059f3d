"""Head office: whether it answers, since when, and what waits to be sent."""

from __future__ import annotations

from datetime import date, tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_member.app.counter import HeadOfficeStatus, Link
from ui.i18n import tr
from ui.view_models.status import head_office_facts, head_office_words
from ui.widgets.key_button import KeyButton
from ui.widgets.panel import Panel, clear_layout, fact_rows, headline, paragraph


class HeadOfficePanel(Panel):
    """What is behind the head office lamp. ``retried``: somebody wants it tried now."""

    retried = Signal()

    def __init__(self, *, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(tr("总部"), parent)
        self._zone = zone
        self._may_retry = False

    def show_status(self, status: HeadOfficeStatus | None, today: date) -> None:
        """Shows how head office is reached now."""
        words = head_office_words(status, self._zone, today, tr)
        clear_layout(self.body)
        self.body.addWidget(headline(words.words, words.lamp))
        self.body.addWidget(paragraph(words.explanation))
        self.body.addSpacing(8)
        for row in fact_rows(head_office_facts(status, self._zone, today, tr)):
            self.body.addWidget(row)
        self._may_retry = status is not None and status.link is not Link.ONLINE
        if self._may_retry:
            again = KeyButton("Enter", tr("立即重试"))
            again.clicked.connect(self.retried)
            self.body.addSpacing(8)
            self.body.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter tries again, where there is something to try."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._may_retry:
            self.retried.emit()
        else:
            super().keyPressEvent(event)
