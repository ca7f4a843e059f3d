"""Keeps the status bar true: what the bridge says, who is at the till, and the time."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from PySide6.QtCore import QObject, QTimer

from pos_member.app.counter import Session
from pos_member.domain.clock import Clock
from pos_member.domain.errors import Sentence
from ui.bridge import Bridge
from ui.i18n import tr
from ui.view_models.status import (
    cashier_words,
    head_office_words,
    notice_words,
    pharmacist_words,
    printer_words,
    scanner_words,
)
from ui.widgets.status_bar import StatusBar

_TICK_MS = 500


class StatusDesk(QObject):
    """Writes into a :class:`StatusBar` whatever changes."""

    def __init__(self, *, bar: StatusBar, bridge: Bridge, clock: Clock, zone: tzinfo, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._bridge = bridge
        self._clock = clock
        self._zone = zone
        self._session: Session | None = None
        self._notice: Sentence | None = None
        self._last_scan: datetime | None = None
        self._minute = ""
        bridge.head_office_changed.connect(self._tell_head_office)
        bridge.printer_changed.connect(self._tell_printer)
        ticking = QTimer(self)
        ticking.timeout.connect(self._tick)
        ticking.start(_TICK_MS)
        self.tell_all()

    @property
    def today(self) -> date:
        """The store's date; while somebody is signed in never before the business date."""
        local = self._clock.now().astimezone(self._zone).date()
        return local if self._session is None else max(local, self._session.business_date)

    @property
    def last_scan(self) -> datetime | None:
        """When the scanner last read something."""
        return self._last_scan

    def use_session(self, session: Session | None) -> None:
        """Somebody signed in or out, or a pharmacist came or left."""
        self._session = session
        self.tell_all()

    def use_notice(self, notice: Sentence | None) -> None:
        """What happened to this till's records."""
        self._notice = notice
        self._bar.tell(self._bar.notice, notice_words(notice, tr))

    def note_scan(self, at: datetime | None) -> None:
        """The scanner has read something."""
        self._last_scan = at
        self._tell_scanner()

    def tell_all(self) -> None:
        """Writes everything anew."""
        session = self._session
        self._tell_head_office()
        self._tell_printer()
        self._tell_scanner()
        self._bar.tell(self._bar.notice, notice_words(self._notice, tr))
        self._bar.tell(self._bar.pharmacist, pharmacist_words(session, tr))
        self._bar.tell(self._bar.cashier, cashier_words(session, tr))
        self._minute = ""
        self._tick()

    def _tell_head_office(self) -> None:
        self._bar.tell(self._bar.head_office, head_office_words(self._bridge.head_office, self._zone, self.today, tr))

    def _tell_printer(self) -> None:
        self._bar.tell(self._bar.printer, printer_words(self._bridge.printer, tr))

    def _tell_scanner(self) -> None:
        last = self._last_scan
        self._bar.tell(self._bar.scanner, None if last is None else scanner_words(last, self._zone, self.today, tr))

    def _tick(self) -> None:
        minute = f"{self._clock.now().astimezone(self._zone):%H:%M}"
        if minute == self._minute:
            return
        self._minute = minute
        self._bar.clock.setText(minute)
        self._bar.business_date.setVisible(self._session is not None)
        self._bar.business_date.setText(tr("业务日 {date}", date=self.today.isoformat()))
        self._bar.place.setText("" if self._session is None else self._session.terminal_name)
