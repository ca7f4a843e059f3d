"""Opens the panels at the right edge, one at a time, and does what is asked in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from functools import partial

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from pos_member.app.counter import CounterState, Session
from pos_member.app.ports import PrintJob
from pos_member.app.till import Till
from pos_member.domain.errors import Sentence
from ui.approvals import ApprovalRequest, Approvals
from ui.bridge import Bridge
from ui.needs_desk import NeedsDesk
from ui.screens.approval_panel import ApprovalPanel
from ui.screens.duty_panel import DutyPanel
from ui.screens.facts_panels import CashierPanel, NoticePanel, ScannerPanel
from ui.screens.head_office_panel import HeadOfficePanel
from ui.screens.needs.panel import NeedsPanel
from ui.screens.printer_panel import PrinterPanel
from ui.status_desk import StatusDesk
from ui.task_runner import TaskRunner
from ui.widgets.panel import PANEL_WIDTH, Panel


class PanelDesk(QObject):
    """The panels over a host widget. Asking for the one that is open closes it. ``opened`` gives the panel's width.

    ``cleared``: the basket needs nothing more before it can be paid.
    """

    session_changed = Signal(object)
    sign_out_asked = Signal()
    notice_read = Signal()
    cleared = Signal()
    opened = Signal(int)
    closed = Signal()

    def __init__(
        self,
        *,
        host: QWidget,
        till: Till,
        tasks: TaskRunner,
        approvals: Approvals,
        needs: NeedsDesk,
        bridge: Bridge,
        status: StatusDesk,
        zone: tzinfo,
    ) -> None:
        super().__init__(host)
        self._host = host
        self._till = till
        self._tasks = tasks
        self._approvals = approvals
        self._needs = needs
        self._bridge = bridge
        self._status = status
        self._zone = zone
        self._panel: Panel | None = None
        self._area = QRect()
        bridge.head_office_changed.connect(self._follow_head_office)
        bridge.printer_changed.connect(self._follow_printer)
        approvals.wanted.connect(self._ask_approval)
        approvals.over.connect(self._end_approval)

    @property
    def panel(self) -> Panel | None:
        """The panel that is open."""
        return self._panel

    def toggle_head_office(self) -> None:
        """Opens or closes the head office panel."""
        self._toggle(HeadOfficePanel, self._new_head_office_panel)
        self._follow_head_office()

    def toggle_printer(self) -> None:
        """Opens or closes the printer panel."""
        self._toggle(PrinterPanel, self._new_printer_panel)
        self._follow_printer()

    def toggle_scanner(self) -> None:
        """Opens or closes the scanner panel."""
        last_scan = self._status.last_scan
        if last_scan is not None:
            new = partial(
                ScannerPanel, last_scan=last_scan, zone=self._zone, today=self._status.today, parent=self._host
            )
            self._toggle(ScannerPanel, new)

    def toggle_duty(self, session: Session) -> None:
        """Opens or closes the panel of the pharmacist on duty."""

        def new() -> DutyPanel:
            panel = DutyPanel(till=self._till, tasks=self._tasks, session=session, parent=self._host)
            panel.changed.connect(self._take_session)
            return panel

        self._toggle(DutyPanel, new)

    def toggle_cashier(self, session: Session) -> None:
        """Opens or closes the panel of who is signed in."""

        def new() -> CashierPanel:
            panel = CashierPanel(session=session, parent=self._host)
            panel.sign_out_asked.connect(self.sign_out_asked)
            return panel

        self._toggle(CashierPanel, new)

    def toggle_needs(self, session: Session, state: CounterState) -> None:
        """Opens or closes the panel of what the basket needs."""

        def new() -> NeedsPanel:
            panel = NeedsPanel(desk=self._needs, session=session, parent=self._host)
            panel.cleared.connect(self._clear)
            panel.follow(state)
            return panel

        self._toggle(NeedsPanel, new)

    def follow_counter(self, state: CounterState) -> None:
        """The counter is as it is now."""
        if isinstance(self._panel, NeedsPanel):
            self._panel.follow(state)

    def follow_session(self, session: Session) -> None:
        """Another pharmacist is on duty."""
        if isinstance(self._panel, NeedsPanel):
            self._panel.use_session(session)

    def toggle_notice(self, notice: Sentence) -> None:
        """Opens or closes what happened to this till's records."""

        def new() -> NoticePanel:
            panel = NoticePanel(notice=notice, parent=self._host)
            panel.read.connect(self._read)
            return panel

        self._toggle(NoticePanel, new)

    def close(self) -> None:
        """Closes the panel that is open, if one is."""
        if self._panel is not None:
            self._panel.hide()
            self._panel.deleteLater()
            self._panel = None
            self.closed.emit()

    def place(self, area: QRect) -> None:
        """The panels stand at the right edge of this part of the host."""
        self._area = area
        if self._panel is not None:
            self._panel.setGeometry(self._edge())

    def _edge(self) -> QRect:
        width = min(PANEL_WIDTH, self._area.width())
        return QRect(self._area.right() + 1 - width, self._area.top(), width, self._area.height())

    def _toggle(self, kind: type[Panel], new: Callable[[], Panel]) -> None:
        again = isinstance(self._panel, kind)
        self.close()
        if again:
            return
        panel = new()
        panel.closed.connect(self.close)
        panel.setGeometry(self._edge())
        panel.show()
        panel.raise_()
        panel.slide_in()
        panel.setFocus()
        QShortcut(QKeySequence(Qt.Key.Key_Escape), panel).activated.connect(panel.leave)
        self._panel = panel
        self.opened.emit(panel.width())

    def _ask_approval(self, request: ApprovalRequest) -> None:
        self.close()
        new = partial(
            ApprovalPanel,
            request=request,
            approvals=self._approvals,
            till=self._till,
            tasks=self._tasks,
            parent=self._host,
        )
        self._toggle(ApprovalPanel, new)

    def _end_approval(self) -> None:
        if isinstance(self._panel, ApprovalPanel):
            self.close()

    def _clear(self) -> None:
        self.close()
        self.cleared.emit()

    def _read(self) -> None:
        self.close()
        self.notice_read.emit()

    def _new_head_office_panel(self) -> HeadOfficePanel:
        panel = HeadOfficePanel(zone=self._zone, parent=self._host)
        panel.retried.connect(self._contact_head_office)
        return panel

    def _contact_head_office(self) -> None:
        self._tasks.run(self._till.contact_head_office)

    def _new_printer_panel(self) -> PrinterPanel:
        panel = PrinterPanel(zone=self._zone, parent=self._host)
        panel.came_out.connect(partial(self._resolve, printed=True))
        panel.not_there.connect(partial(self._resolve, printed=False))
        panel.retried.connect(self._retry)
        return panel

    def _take_session(self, session: Session) -> None:
        self.close()
        self.session_changed.emit(session)

    def _follow_head_office(self) -> None:
        if isinstance(self._panel, HeadOfficePanel):
            self._panel.show_status(self._bridge.head_office, self._status.today)

    def _follow_printer(self) -> None:
        if isinstance(self._panel, PrinterPanel):
            self._tasks.run(self._till.print_jobs, self._show_jobs, background=True)

    def _show_jobs(self, jobs: tuple[PrintJob, ...]) -> None:
        if isinstance(self._panel, PrinterPanel):
            self._panel.show_printer(self._bridge.printer, jobs, self._status.today)

    def _resolve(self, job_id: str, *, printed: bool) -> None:
        self._tasks.run(partial(self._till.resolve_print, job_id, printed=printed), self._show_jobs)

    def _retry(self, job_id: str) -> None:
        self._tasks.run(partial(self._till.retry_print, job_id), self._show_jobs)
