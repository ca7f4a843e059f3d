"""A cashier at the counter, as the stories tell it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QApplication

from hardware.virtual.printer import PrintedJob
from pos_member.app.counter import CounterState, HeadOfficeStatus, Link, Payment, PrinterStatus, Session, Settled
from pos_member.composition.demo_shop import DemoShop
from pos_member.composition.demo_window import DemoWindow
from pos_member.composition.keyboard import Keyboard
from pos_member.domain.ledger import unexpired
from pos_member.domain.member import MemberState
from pos_member.domain.staff import Role
from sync.transport import Transport
from ui.screens.pay import PayScreen
from ui.screens.selling import SellingScreen
from ui.widgets.staff_tile import StaffButton

GOODS = ("ibuprofen", "vitamin", "goji", "fish_oil", "monitor", "bag", "rx", "ephedrine", "unknown")
DIAMOND, GOLD, LOST, FROZEN = 0, 1, 4, 5
_PATIENCE_S = 20.0
_QUIET_S = 0.06


class Counter:
    """Types and scans at the window, and looks at what it shows."""

    def __init__(self, shop: DemoShop, app: QApplication) -> None:
        self.shop = shop
        self._app = app
        self.session: Session | None = None
        self.settled: list[Settled] = []

    def open(self) -> None:
        """Switches the till on and waits until somebody may sign in."""
        self._demo = DemoWindow(self._app, self.shop, "zh")
        self.keys = Keyboard(self._demo.window)
        self._demo.window.session_changed.connect(self._take_session)
        self._demo.show()
        self.wait(lambda: len(self._demo.window.findChildren(StaffButton)) == len(self.shop.facts.pins))

    def close(self) -> None:
        """Switches the till off."""
        self._demo.close()
        self.session = None

    def clear(self) -> None:
        """The counter as between two customers: nothing in the basket, no message, everything in order."""
        self.shop.printer.repair()
        self.press(Qt.Key.Key_Escape)
        self.rest()
        self.press(Qt.Key.Key_Escape)
        self.rest()
        if not self.state.basket.is_empty:
            self.press(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
            self.press(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
            self.wait(lambda: self.state.basket.is_empty)

    def pin(self, role: Role) -> str:
        """The PIN of the person with that role."""
        return next(pin.pin for pin in self.shop.facts.pins if pin.role is role)

    def sign_in(self) -> None:
        """李芳 signs in."""
        self.keys.type("1" + self.pin(Role.CASHIER))
        self.press(Qt.Key.Key_Return)
        self.wait(lambda: self.session is not None and self._state is not None)

    def take_duty(self) -> None:
        """陈蕾 comes on duty."""
        self.press(Qt.Key.Key_F11)
        self.rest()
        self.keys.type(self.pin(Role.PHARMACIST))
        self.press(Qt.Key.Key_Return)
        self.wait(lambda: self.session is not None and self.session.pharmacist is not None)
        self.press(Qt.Key.Key_Escape)

    def scan(self, code: str) -> None:
        """Scans a code and waits for the till to have dealt with it."""
        self._demo.scanner.scan(code)
        self.rest()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Presses a key."""
        self.keys.press(key, modifiers)

    def rest(self) -> None:
        """Waits until everything asked for has been answered."""
        quiet_at = time.monotonic() + _QUIET_S
        self.wait(lambda: time.monotonic() > quiet_at and self._demo.screens.tasks.idle)

    def wait(self, done: Callable[[], bool]) -> None:
        """Waits for something to come true."""
        until = time.monotonic() + _PATIENCE_S
        while not done():
            if time.monotonic() > until:
                pytest.fail(f"waited {_PATIENCE_S:.0f} s in vain; the message bar says {self.message!r}")
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
            time.sleep(0.002)

    def pay(self, *, points: int, cash_yuan: str) -> Settled:
        """Takes payment with so many points and so much cash, by keys alone."""
        self.press(Qt.Key.Key_Plus)
        page = self._page
        self.wait(lambda: page.isVisible() and page.payment is not None)
        for steps in range(1, points // 100 + 1):
            self.press(Qt.Key.Key_Right)
            self.wait(lambda steps=steps: self.payment.quote.points_redeemed == steps * 100)  # type: ignore[misc]
        self.keys.type(cash_yuan)
        self.rest()
        before = len(self.settled)
        page.settled.connect(self.settled.append)
        self.press(Qt.Key.Key_Return)
        self.press(Qt.Key.Key_Return)
        self.wait(lambda: len(self.settled) > before)
        self.rest()
        page.settled.disconnect(self.settled.append)
        return self.settled[-1]

    @property
    def state(self) -> CounterState:
        """What the counter shows."""
        state = self._state
        assert state is not None
        return state

    @property
    def payment(self) -> Payment:
        """What the payment page shows."""
        payment = self._page.payment
        assert payment is not None
        return payment

    @property
    def message(self) -> str:
        """What the message bar says."""
        return self._demo.window.message

    @property
    def head_office(self) -> HeadOfficeStatus:
        """What the status bar knows of head office."""
        status = self._demo.screens.bridge.head_office
        assert status is not None
        return status

    @property
    def printer(self) -> PrinterStatus:
        """What the status bar knows of the printer."""
        status = self._demo.screens.bridge.printer
        assert status is not None
        return status

    def wait_online_and_sent(self) -> None:
        """Until head office has everything."""
        self.wait(lambda: self.head_office.link is Link.ONLINE and self.head_office.unsent == 0)

    def wait_for_paper(self, receipt_no: str, copies: int = 1) -> tuple[PrintedJob, ...]:
        """The papers that carry a receipt number."""

        def papers() -> tuple[PrintedJob, ...]:
            return tuple(job for job in self.shop.printer.jobs if receipt_no in job.paper.text())

        self.wait(lambda: len(papers()) >= copies)
        return papers()

    def resolve_print(self, job_id: str, *, printed: bool) -> None:
        """Answers whether a receipt came out."""
        till = self._demo.screens.pc.till
        self._demo.screens.tasks.run(lambda: till.resolve_print(job_id, printed=printed))
        self.rest()

    def print_jobs(self) -> list[str]:
        """The ids of the open print jobs."""
        found: list[str] = []
        till = self._demo.screens.pc.till
        self._demo.screens.tasks.run(till.print_jobs, lambda jobs: found.extend(job.id for job in jobs))
        self.rest()
        return found

    def balance_at_head_office(self, member_id: str) -> int:
        """Head office's own figure, asked over the network."""
        identity = self._demo.screens.pc.identity

        async def ask() -> int:
            async with Transport(identity.base_url, identity.credential) as transport:
                return (await transport.member(member_id)).available

        return asyncio.run(ask())

    def member_at_second_till(self, member_id: str) -> tuple[MemberState, int]:
        """The member as the second till has it once it has pulled what the first has, and the points on that day."""
        feed_no = self._demo.screens.pc.replica.freshness().feed_no
        second = self.shop.till("till-2", lambda _: None, lambda _: None)
        second.start()
        try:
            self.wait(lambda: second.replica.freshness().feed_no >= feed_no)
            state = second.replica.member(member_id)
        finally:
            second.stop()
            second.close()
        assert state is not None
        assert self.session is not None
        return state, sum(lot.points for lot in unexpired(state.lots, self.session.business_date))

    @property
    def _state(self) -> CounterState | None:
        selling = self._demo.window.findChild(SellingScreen)
        return selling.state if selling is not None else None

    @property
    def _page(self) -> PayScreen:
        page = self._demo.window.findChild(PayScreen)
        assert page is not None
        return page

    def _take_session(self, session: Session | None) -> None:
        self.session = session


def good(shop: DemoShop, name: str) -> str:
    """The barcode of one of the goods on the counter."""
    return shop.facts.goods[GOODS.index(name)].code
