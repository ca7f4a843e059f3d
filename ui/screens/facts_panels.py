"""Two small panels behind the status bar: the scanner, and who is at the till."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_member.app.counter import Session
from ui.i18n import tr
from ui.view_models.labels import label
from ui.view_models.status import Fact, scanner_words
from ui.widgets.key_button import KeyButton
from ui.widgets.panel import Panel, fact_rows, headline, paragraph


class ScannerPanel(Panel):
    """When the scanner last read something."""

    def __init__(self, *, last_scan: datetime, zone: tzinfo, today: date, parent: QWidget | None = None) -> None:
        super().__init__(tr("扫码枪"), parent)
        words = scanner_words(last_scan, zone, today, tr)
        self.body.addWidget(headline(words.words, words.lamp))
        self.body.addWidget(paragraph(words.explanation))
        self.body.addStretch()


class CashierPanel(Panel):
    """Who is signed in, and the way out."""

    sign_out_asked = Signal()

    def __init__(self, *, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(tr("收银员"), parent)
        self.body.addWidget(headline(session.staff.name, "ok"))
        facts = (
            Fact(what=tr("岗位"), value=tr(label(session.staff.role))),
            Fact(what=tr("门店"), value=session.store.name),
            Fact(what=tr("收银机"), value=session.terminal_name),
        )
        for row in fact_rows(facts):
            self.body.addWidget(row)
        self.body.addSpacing(8)
        self.body.addWidget(paragraph(tr("退出登录后购物篮保留，下一位登录可接着收款。")))
        leave = KeyButton("F12", tr("退出登录"))
        leave.clicked.connect(self.sign_out_asked)
        self.body.addWidget(leave)
        self.body.addStretch()
