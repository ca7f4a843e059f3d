"""Small panels behind the status bar: the scanner, who is at the till, what happened to the till's records."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from pos_member.app.counter import Session
from pos_member.domain.errors import Sentence
from ui.i18n import tr
from ui.theme import set_look
from ui.view_models.labels import label
from ui.view_models.status import Fact, scanner_words
from ui.widgets.banner import Banner
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


class NoticePanel(Panel):
    """What happened to this till's records; Enter says that it was read, Esc leaves it for later."""

    read = Signal()

    def __init__(self, *, notice: Sentence, parent: QWidget | None = None) -> None:
        super().__init__(tr("本机记录"), parent)
        self.body.addWidget(Banner("!", tr(notice.template, **notice.gaps), "warn", loud=True))
        self.body.addWidget(paragraph(tr("收款照常。按 Enter 表示已读；以后点状态栏的“本机记录”可再看。")))
        known = QPushButton(f"{tr('知道了')}   Enter")
        known.setAccessibleName(tr("知道了"))
        known.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_look(known, role="primary")
        known.clicked.connect(self.read)
        self.body.addWidget(known)
        self.body.addStretch()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter reads it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.read.emit()
        else:
            super().keyPressEvent(event)
