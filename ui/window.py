"""The till's window: who is at the till decides what it shows; everything else is in the screens and desks it holds."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from pos_member.app.counter import HeadOfficeStatus
from pos_member.app.till import Till
from pos_member.domain.clock import Clock
from pos_member.domain.errors import Fault, Spoken
from ui import theme as looks
from ui.approvals import Approvals
from ui.bridge import Bridge
from ui.counter_keys import CounterKeys
from ui.frame import Frame
from ui.i18n import Languages, tr
from ui.needs_desk import NeedsDesk
from ui.notice_desk import NoticeDesk
from ui.panel_desk import PanelDesk
from ui.scan_filter import ScanFilter
from ui.screens.incident import IncidentScreen
from ui.screens.selling import SellingScreen
from ui.screens.sign_in import Shopfront, SignInScreen
from ui.seat_desk import SeatDesk
from ui.status_desk import StatusDesk
from ui.task_runner import Incident, TaskRunner
from ui.view_models.language import Language, other_language
from ui.widgets.panel import Panel
from ui.widgets.status_bar import StatusBar

_SMALLEST = (1024, 720)


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
        self._seat = SeatDesk(app=app, till=till, tasks=tasks, parent=self)
        self._approvals = Approvals(tasks, self)
        self._needs = NeedsDesk(till=till, tasks=tasks, approvals=self._approvals, parent=self)
        self._notices = NoticeDesk(till=till, tasks=tasks, parent=self)
        self._last_scan: datetime | None = None
        self._feed_no = -1
        self.setMinimumSize(*_SMALLEST)
        tasks.started.connect(self._forget_message)
        tasks.unheard.connect(self._hear)
        tasks.broke.connect(self._show_incident)
        bridge.head_office_changed.connect(self._follow_feed)
        scans.scanned.connect(self._scan)
        looks.apply(app, theme)
        self._build()
        self._seat.changed.connect(self._show_session)
        self._seat.problem.connect(self._hear)
        self._needs.session_changed.connect(self._seat.take)
        if language != self._language:
            self.use_language(language)

    @property
    def language(self) -> Language:
        """The language on the screen."""
        return self._language

    @property
    def message(self) -> str:
        """What the message bar says now."""
        return self._frame.messages.sentence

    @property
    def shown_screen(self) -> QWidget | None:
        """The screen that is shown."""
        return self._frame.shown

    @property
    def status_bar(self) -> StatusBar:
        """The status bar."""
        return self._frame.status_bar

    @property
    def open_panel(self) -> Panel | None:
        """The panel that is open."""
        return self._panels.panel

    def use_language(self, language: Language) -> None:
        """Builds the screens in a language; session and basket stay."""
        try:
            self._languages.use(language)
        except Fault as fault:
            self._frame.hear(fault)
            return
        self._language = language
        self._build()

    def use_theme(self, theme: str) -> None:
        """Builds the screens in a theme; session and basket stay."""
        self._theme = theme
        looks.apply(self._app, theme)
        self._build()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that work on every screen of somebody who is signed in."""
        if not self._keys.take_key(event.key()):
            super().keyPressEvent(event)

    def _build(self) -> None:
        self._frame = Frame(self)
        self._incident: IncidentScreen | None = None
        self._selling: SellingScreen | None = None
        self._sign_in: SignInScreen | None = None
        self.setCentralWidget(self._frame)
        self._status = StatusDesk(
            bar=self.status_bar, bridge=self._bridge, clock=self._clock, zone=self._zone, parent=self._frame
        )
        self._status.note_scan(self._last_scan)
        self._panels = PanelDesk(
            host=self._frame,
            till=self._till,
            tasks=self._tasks,
            approvals=self._approvals,
            needs=self._needs,
            bridge=self._bridge,
            status=self._status,
            zone=self._zone,
        )
        self._keys = CounterKeys(
            till=self._till,
            frame=self._frame,
            panels=self._panels,
            status=self._status,
            seat=self._seat,
            approvals=self._approvals,
            notices=self._notices,
        )
        self._connect()
        self._show_session()
        self.setWindowTitle(f"{self._shopfront.store_name} · {self._shopfront.terminal_name}")

    def _connect(self) -> None:
        self.status_bar.head_office_opened.connect(self._panels.toggle_head_office)
        self.status_bar.printer_opened.connect(self._panels.toggle_printer)
        self.status_bar.scanner_opened.connect(self._panels.toggle_scanner)
        self._panels.session_changed.connect(self._seat.take)
        self._panels.opened.connect(self._make_room)
        self._panels.closed.connect(self._take_room_back)
        self._frame.area_changed.connect(self._panels.place)

    def _show_session(self) -> None:
        """The screen for whoever is at the till."""
        self.session_changed.emit(self._seat.session)
        self._status.use_session(self._seat.session)
        if self._seat.session is None:
            self._panels.close()
            self._frame.drop(self._selling)
            self._frame.drop(self._sign_in)
            self._selling = None
            self._sign_in = SignInScreen(
                till=self._till, tasks=self._tasks, shopfront=self._shopfront, locked=self._seat.locked
            )
            self._sign_in.signed_in.connect(self._seat.take)
            self._sign_in.language_asked.connect(self._switch_language, Qt.ConnectionType.QueuedConnection)
            self._sign_in.theme_asked.connect(self._switch_theme, Qt.ConnectionType.QueuedConnection)
            self._frame.show_screen(self._sign_in)
            return
        if self._selling is None:
            self._frame.drop(self._sign_in)
            self._sign_in = None
            self._selling = SellingScreen(
                till=self._till,
                tasks=self._tasks,
                approvals=self._approvals,
                session=self._seat.session,
                extra_keys=self._keys.actions(),
            )
            self._keys.attend(self._selling)
            self._needs.changed.connect(self._selling.take)
            self._frame.show_screen(self._selling)
            self._selling.load()
        else:
            self._panels.follow_session(self._seat.session)
            self._selling.refresh()

    def sign_out(self) -> None:
        """Signs the cashier out; the basket stays for whoever comes next."""
        self._seat.leave()

    def _scan(self, code: str) -> None:
        self._last_scan = self._clock.now()
        self._status.note_scan(self._last_scan)
        if self._seat.locked is not None:
            words = tr("收银台已锁定：请 {name} 输入密码解锁，或换人登录，再扫码", name=self._seat.locked.name)
            self._frame.hear_once(words)
            return
        self._forget_message()
        if self._selling is None:
            self._frame.hear(tr("请先登录，再扫码"))
        elif isinstance(self._frame.shown, IncidentScreen):
            self._frame.hear(tr("请先按 Enter 回到收银，再扫码"))
        else:
            self._selling.scan(code)

    def _follow_feed(self, status: HeadOfficeStatus) -> None:
        """Head office has published something: others may sign in now, and the member may have other figures."""
        if status.feed_no == self._feed_no:
            return
        self._feed_no = status.feed_no
        self._notices.ask()
        if self._sign_in is not None:
            self._sign_in.reload()
        if self._selling is not None:
            self._selling.refresh()

    def _show_incident(self, incident: Incident) -> None:
        self._panels.close()
        if self._incident is None:
            self._incident = IncidentScreen()
            self._incident.left.connect(self._leave_incident)
        self._incident.show_incident(incident.id)
        self._frame.show_screen(self._incident)

    def _leave_incident(self) -> None:
        if self._selling is not None:
            self._frame.show_screen(self._selling)
            self._selling.load()
        elif self._sign_in is not None:
            self._frame.show_screen(self._sign_in)

    def _make_room(self, width: int) -> None:
        self._forget_message()
        self._frame.make_room(width)

    def _take_room_back(self) -> None:
        self._frame.make_room(0)
        self._frame.focus_screen()

    def _switch_language(self) -> None:
        self.use_language(other_language(self._language))

    def _switch_theme(self) -> None:
        self.use_theme("dark" if self._theme == "light" else "light")

    def _hear(self, spoken: Spoken) -> None:
        self._frame.hear(spoken)

    def _forget_message(self) -> None:
        self._frame.messages.clear()
