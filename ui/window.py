"""The till's window: who is at the till decides what it shows; everything else is in the screens and desks it holds."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from pos_member.app.counter import HeadOfficeStatus, Session
from pos_member.app.ports import PrintJob
from pos_member.app.till import Till
from pos_member.domain.clock import Clock
from pos_member.domain.errors import Fault, Spoken
from ui import theme as looks
from ui.bridge import Bridge
from ui.i18n import Languages, say, tr
from ui.panel_desk import PanelDesk
from ui.scan_filter import ScanFilter
from ui.screens.incident import IncidentScreen
from ui.screens.selling import SellingScreen
from ui.screens.sign_in import Shopfront, SignInScreen
from ui.status_desk import StatusDesk
from ui.task_runner import Incident, TaskRunner
from ui.view_models.language import Language, other_language
from ui.widgets.key_strip import KeyAction
from ui.widgets.message_bar import MessageBar, Tone
from ui.widgets.panel import Panel
from ui.widgets.status_bar import StatusBar

_SMALLEST = (1024, 720)
_MESSAGE_TOP = 57
_MESSAGE_MARGIN = 16
_MESSAGE_PERCENT = 67
"""Of the window's width: beside the member's card and beside a panel, and over nothing that changes."""


class TillWindow(QMainWindow):
    """Sign-in, counter, panels, message bar and status bar. A change of language or theme builds it anew."""

    session_changed = Signal(object)

    def __init__(
        self,
        *,
        app: QApplication,
        till: Till,
        tasks: TaskRunner,
        bridge: Bridge,
        scans: ScanFilter,
        languages: Languages,
        clock: Clock,
        shopfront: Shopfront,
        zone: str = "Asia/Shanghai",
        language: Language = "zh",
        theme: str = "light",
    ) -> None:
        super().__init__()
        self._app = app
        self._till = till
        self._tasks = tasks
        self._bridge = bridge
        self._languages = languages
        self._clock = clock
        self._shopfront = shopfront
        self._zone = ZoneInfo(zone)
        self._language: Language = "zh"
        self._theme = theme
        self._session: Session | None = None
        self._last_scan: datetime | None = None
        self._feed_no = -1
        self.setMinimumSize(*_SMALLEST)
        tasks.started.connect(self._forget_message)
        tasks.unheard.connect(self.hear)
        tasks.broke.connect(self._show_incident)
        bridge.head_office_changed.connect(self._follow_feed)
        scans.scanned.connect(self._scan)
        looks.apply(app, theme)
        self._build()
        if language != self._language:
            self.use_language(language)

    @property
    def language(self) -> Language:
        """The language on the screen."""
        return self._language

    @property
    def message(self) -> str:
        """What the message bar says now."""
        return self._messages.sentence

    @property
    def shown_screen(self) -> QWidget | None:
        """The screen that is shown."""
        return self._stack.currentWidget()

    @property
    def open_panel(self) -> Panel | None:
        """The panel that is open."""
        return self._panels.panel

    def use_language(self, language: Language) -> None:
        """Builds the screens in a language; session and basket stay."""
        try:
            self._languages.use(language)
        except Fault as fault:
            self.hear(fault)
            return
        self._language = language
        self._build()

    def use_theme(self, theme: str) -> None:
        """Builds the screens in a theme; session and basket stay."""
        self._theme = theme
        looks.apply(self._app, theme)
        self._build()

    def hear(self, spoken: Spoken) -> None:
        """Says a refusal or a fault in the message bar."""
        self._say(say(spoken), "fault" if isinstance(spoken, Fault) else "refusal")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that work on every screen of somebody who is signed in; Esc also puts the message away."""
        acts = {
            Qt.Key.Key_F10: self._reprint,
            Qt.Key.Key_F11: self._open_duty,
            Qt.Key.Key_F12: self.sign_out,
            Qt.Key.Key_Escape: self._messages.clear,
        }
        act = acts.get(Qt.Key(event.key()))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Message and panel keep their places."""
        super().resizeEvent(event)
        self._place()

    def _build(self) -> None:
        central = QWidget(self)
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._stack = QStackedWidget(central)
        self.status_bar = StatusBar(central)
        column.addWidget(self._stack, 1)
        column.addWidget(self.status_bar)
        self._incident = IncidentScreen()
        self._incident.left.connect(self._leave_incident)
        self._stack.addWidget(self._incident)
        self._selling: SellingScreen | None = None
        self._sign_in: SignInScreen | None = None
        self.setCentralWidget(central)
        self._messages = MessageBar(central)
        self._status = StatusDesk(
            bar=self.status_bar, bridge=self._bridge, clock=self._clock, zone=self._zone, parent=central
        )
        self._status.note_scan(self._last_scan)
        self._panels = PanelDesk(
            host=central,
            till=self._till,
            tasks=self._tasks,
            bridge=self._bridge,
            status=self._status,
            zone=self._zone,
        )
        self._connect()
        self._show_session()
        self.setWindowTitle(f"{self._shopfront.store_name} · {self._shopfront.terminal_name}")

    def _connect(self) -> None:
        self.status_bar.head_office_opened.connect(self._panels.toggle_head_office)
        self.status_bar.printer_opened.connect(self._panels.toggle_printer)
        self.status_bar.scanner_opened.connect(self._panels.toggle_scanner)
        self.status_bar.pharmacist_opened.connect(self._open_duty)
        self.status_bar.cashier_opened.connect(self._open_cashier)
        self._panels.session_changed.connect(self._take_session)
        self._panels.sign_out_asked.connect(self.sign_out)
        self._panels.closed.connect(self._focus_screen)
        self._messages.shown.connect(self._place)

    def _show_session(self) -> None:
        """The screen for whoever is at the till."""
        self._status.use_session(self._session)
        if self._session is None:
            self._drop(self._selling)
            self._selling = None
            self._sign_in = SignInScreen(till=self._till, tasks=self._tasks, shopfront=self._shopfront)
            self._sign_in.signed_in.connect(self._take_session)
            self._sign_in.language_asked.connect(self._switch_language, Qt.ConnectionType.QueuedConnection)
            self._sign_in.theme_asked.connect(self._switch_theme, Qt.ConnectionType.QueuedConnection)
            self._show(self._sign_in)
            return
        if self._selling is None:
            self._drop(self._sign_in)
            self._sign_in = None
            self._selling = SellingScreen(
                till=self._till, tasks=self._tasks, session=self._session, extra_keys=self._keys()
            )
            self._selling.message.connect(self._hear_counter)
            self._show(self._selling)
            self._selling.load()

    def _keys(self) -> tuple[KeyAction, ...]:
        return (
            KeyAction(key="F10", label=tr("补打"), act=self._reprint),
            KeyAction(key="F11", label=tr("药师在岗"), act=self._open_duty),
            KeyAction(key="F12", label=tr("退出登录"), act=self.sign_out),
        )

    def _show(self, screen: QWidget) -> None:
        if self._stack.indexOf(screen) < 0:
            self._stack.addWidget(screen)
        self._stack.setCurrentWidget(screen)
        self._place()
        self._focus_screen()

    def _drop(self, screen: QWidget | None) -> None:
        if screen is not None:
            self._stack.removeWidget(screen)
            screen.deleteLater()

    def _focus_screen(self) -> None:
        screen = self._stack.currentWidget()
        if isinstance(screen, SellingScreen):
            screen.focus_input()
        elif screen is not None:
            screen.setFocus()

    def _take_session(self, session: Session | None) -> None:
        self._session = session
        self._show_session()
        self.session_changed.emit(session)

    def sign_out(self) -> None:
        """Signs the cashier out; the basket stays for whoever comes next."""
        if self._session is not None:
            self._panels.close()
            self._tasks.run(self._till.sign_out, lambda _: self._take_session(None))

    def _open_duty(self) -> None:
        if self._session is not None:
            self._panels.toggle_duty(self._session)

    def _open_cashier(self) -> None:
        if self._session is not None:
            self._panels.toggle_cashier(self._session)

    def _reprint(self) -> None:
        if self._session is not None:
            self._tasks.run(self._till.reprint_last, self._say_reprinted)

    def _say_reprinted(self, job: PrintJob) -> None:
        self._say(tr("{title} 已交打印机补打", title=job.title), "ok")

    def _scan(self, code: str) -> None:
        self._last_scan = self._clock.now()
        self._status.note_scan(self._last_scan)
        self._messages.clear()
        if self._selling is None:
            self._say(tr("请先登录，再扫码"), "refusal")
        elif self._stack.currentWidget() is self._incident:
            self._say(tr("请先按 Enter 回到收银，再扫码"), "refusal")
        else:
            self._selling.scan(code)

    def _follow_feed(self, status: HeadOfficeStatus) -> None:
        """Head office has published something: others may sign in now."""
        if status.feed_no != self._feed_no and self._sign_in is not None:
            self._sign_in.reload()
        self._feed_no = status.feed_no

    def _show_incident(self, incident: Incident) -> None:
        self._panels.close()
        self._incident.show_incident(incident.id)
        self._show(self._incident)

    def _leave_incident(self) -> None:
        if self._selling is not None:
            self._show(self._selling)
            self._selling.load()
        elif self._sign_in is not None:
            self._show(self._sign_in)

    def _switch_language(self) -> None:
        self.use_language(other_language(self._language))

    def _switch_theme(self) -> None:
        self.use_theme("dark" if self._theme == "light" else "light")

    def _hear_counter(self, spoken: Spoken | str) -> None:
        """The counter speaks when something could not be done."""
        if isinstance(spoken, Spoken):
            self.hear(spoken)
        else:
            self._say(spoken, "refusal")

    def _say(self, sentence: str, tone: Tone) -> None:
        self._messages.tell(sentence, tone)

    def _forget_message(self) -> None:
        self._messages.clear()

    def _place(self) -> None:
        area = self._stack.geometry()
        self._panels.place(QRect(0, 0, area.width(), area.height()))
        self._messages.fit(_MESSAGE_MARGIN, _MESSAGE_TOP, area.width() * _MESSAGE_PERCENT // 100)
