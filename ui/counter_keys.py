"""What works on every screen of somebody who is signed in: keys, lamps and panels, and the counter they are about."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from pos_member.app.counter import CounterState
from pos_member.app.ports import PrintJob
from pos_member.app.till import Till
from pos_member.domain.errors import Sentence
from ui.approvals import Approvals
from ui.frame import Frame
from ui.i18n import tr
from ui.notice_desk import NoticeDesk
from ui.panel_desk import PanelDesk
from ui.screens.selling import SellingScreen
from ui.seat_desk import SeatDesk
from ui.status_desk import StatusDesk
from ui.widgets.key_strip import KeyAction


class CounterKeys(QObject):
    """Stands between the window and the counter that is shown. ``counter_shown`` gives each counter."""

    counter_shown = Signal(object)

    def __init__(
        self,
        *,
        till: Till,
        frame: Frame,
        panels: PanelDesk,
        status: StatusDesk,
        seat: SeatDesk,
        approvals: Approvals,
        notices: NoticeDesk,
    ) -> None:
        super().__init__(frame)
        self._till, self._frame, self._panels, self._status = till, frame, panels, status
        self._seat, self._approvals, self._notices = seat, approvals, notices
        self._state: CounterState | None = None
        bar = frame.status_bar
        bar.pharmacist_opened.connect(self._open_duty)
        bar.cashier_opened.connect(self._open_cashier)
        bar.notice_opened.connect(self._open_notice)
        panels.sign_out_asked.connect(seat.leave)
        panels.notice_read.connect(notices.mark_read)
        panels.cleared.connect(self._say_cleared)
        self.counter_shown.connect(panels.follow_counter)
        notices.told.connect(self._take_notice)
        status.use_notice(notices.notice)

    def actions(self) -> tuple[KeyAction, ...]:
        """The keys shown beside those of the checkout."""
        return (
            KeyAction(key="F10", label=tr("补打"), act=self._reprint),
            KeyAction(key="F11", label=tr("药师在岗"), act=self._open_duty),
            KeyAction(key="F12", label=tr("退出登录"), act=self._seat.leave),
        )

    def take_key(self, key: int) -> bool:
        """Whether the key means something here; it is done then. Esc puts the message away."""
        acts = {
            Qt.Key.Key_F1: self._open_needs,
            Qt.Key.Key_F10: self._reprint,
            Qt.Key.Key_F11: self._open_duty,
            Qt.Key.Key_F12: self._seat.leave,
            Qt.Key.Key_Escape: self._frame.messages.clear,
        }
        act = acts.get(Qt.Key(key))
        if act is not None:
            act()
        return act is not None

    def attend(self, selling: SellingScreen) -> None:
        """Serves a counter that has just been made."""
        selling.message.connect(self._frame.hear)
        selling.confirmed.connect(self._frame.confirm)
        selling.acted.connect(self._frame.messages.clear)
        selling.needs_asked.connect(self._open_needs)
        selling.shown.connect(self._follow)
        self._notices.ask()

    def _follow(self, state: CounterState) -> None:
        self._state = state
        self.counter_shown.emit(state)

    def _open_needs(self) -> None:
        if self._seat.session is None or self._state is None:
            return
        if self._state.needs:
            self._panels.toggle_needs(self._seat.session, self._state)
        else:
            self._frame.confirm(tr("没有待办，可以收款。"))

    def _say_cleared(self) -> None:
        self._frame.confirm(tr("待办已办完，可以收款：按 ＋"))

    def _open_duty(self) -> None:
        if self._seat.session is not None:
            self._panels.toggle_duty(self._seat.session)

    def _open_cashier(self) -> None:
        if self._seat.session is not None:
            self._panels.toggle_cashier(self._seat.session)

    def _open_notice(self) -> None:
        if self._notices.notice is not None:
            self._panels.toggle_notice(self._notices.notice)

    def _take_notice(self, notice: Sentence | None) -> None:
        self._status.use_notice(notice)
        unread = self._notices.unread
        if unread is not None and self._seat.session is not None and self._panels.panel is None:
            self._panels.toggle_notice(unread)

    def _reprint(self) -> None:
        if self._seat.session is not None:
            self._approvals.run(self._till.reprint_last, self._say_reprinted)

    def _say_reprinted(self, job: PrintJob) -> None:
        self._frame.confirm(tr("{title} 已交打印机补打", title=job.title))
