"""The printer: how it is, what waits, and the question about a slip that may or may not have come out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, tzinfo
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from pos_member.app.counter import PrinterStatus
from pos_member.app.ports import PrintJob
from ui.i18n import tr
from ui.view_models.status import PrintJobRow, print_job_row, printer_words
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.panel import Panel, clear_layout, headline, paragraph


class PrinterPanel(Panel):
    """What is behind the printer lamp."""

    came_out = Signal(str)
    not_there = Signal(str)
    retried = Signal(str)

    def __init__(self, *, zone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(tr("打印机"), parent)
        self._zone = zone
        self._status: PrinterStatus | None = None
        self._jobs: tuple[PrintJob, ...] = ()

    def show_printer(self, status: PrinterStatus | None, jobs: Iterable[PrintJob], today: date) -> None:
        """Shows how the printer is now and what waits for it."""
        self._status, self._jobs = status, tuple(jobs)
        words = printer_words(status, tr)
        clear_layout(self.body)
        self.body.addWidget(headline(words.words, words.lamp))
        self.body.addWidget(paragraph(words.explanation))
        self.body.addSpacing(8)
        rows = [print_job_row(job, self._zone, today, tr) for job in self._jobs]
        rows.sort(key=lambda row: not row.question)
        for row in rows:
            self.body.addWidget(self._card(row))
        if not rows:
            self.body.addWidget(paragraph(tr("没有待打印的小票。")))
        self.body.addStretch()

    def _card(self, row: PrintJobRow) -> Card:
        card = Card(spacing=8)
        head = QHBoxLayout()
        head.addWidget(ElidedLabel(row.title, "name"), 1)
        head.addWidget(Chip(row.state, row.tone))
        card.body.addLayout(head)
        queued = QLabel(tr("{time} 排队", time=row.queued))
        queued.setProperty("role", "muted")
        card.body.addWidget(queued)
        if row.problem:
            card.body.addWidget(paragraph(row.problem))
        if row.question:
            card.body.addWidget(paragraph(row.question))
            card.body.addLayout(
                _buttons(
                    (tr("已打出"), partial(self.came_out.emit, row.id)),
                    (tr("没有，补打"), partial(self.not_there.emit, row.id)),
                )
            )
        if row.may_retry:
            card.body.addLayout(_buttons((tr("重试"), partial(self.retried.emit, row.id))))
        return card


def _buttons(*actions: tuple[str, Callable[[], None]]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for words, act in actions:
        button = QPushButton(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(act)
        row.addWidget(button, 1)
    return row
