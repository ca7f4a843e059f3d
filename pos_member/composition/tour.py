"""The scripted tour: a member's sale through the real window, each screen saved as a picture, each step checked."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QApplication, QWidget

from pos_member.app.counter import CounterState, Link, Session, Settled
from pos_member.composition.counter_pc import CounterPc
from pos_member.composition.demo_window import DemoWindow
from pos_member.composition.keyboard import Keyboard
from pos_member.composition.paper_pictures import paper_picture
from pos_member.composition.sentences import sentence
from pos_member.domain.errors import Fault
from pos_member.domain.ledger import unexpired
from pos_member.domain.money import yuan
from pos_member.domain.staff import Role
from sync.transport import Transport
from ui.screens.pay import PayScreen
from ui.screens.selling import SellingScreen
from ui.screens.sign_in import SignInScreen
from ui.widgets.paper_view import render_paper
from ui.widgets.staff_tile import StaffButton
from ui.widgets.status_bar import StatusBar

_PATIENCE_S = 20.0
_SETTLE_S = 0.15
_FIRST_GOODS, _CLASS_A, _PRESCRIPTION, _NOT_LISTED = 5, 0, 6, 8
_POINTS_STEPS = 5
_NOTE_FEN = 10_000


class Tour:
    """Makes one sale in the demo shop as a cashier would, and looks at everything on the way."""

    def __init__(self, app: QApplication, demo: DemoWindow, folder: Path) -> None:
        self._app = app
        self._demo = demo
        self._folder = folder
        self._window = demo.window
        self._keys = Keyboard(demo.window)
        self._pictures = 0
        self._session: Session | None = None
        demo.window.session_changed.connect(self._take_session)

    def make(self) -> int:
        """Goes through all steps and prints the path of each picture. 0, or 1 when a step failed, with its sentence."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for old in (*self._folder.glob("*.png"), *self._folder.glob("*.bin")):
            old.unlink()
        try:
            self._sign_in()
            self._scan_refusals()
            self._ring_up()
            self._demo.shop.office.stop()
            self._wait("总部断开", lambda: self._link is Link.OFFLINE)
            settled = self._pay()
            self._print(settled)
            self._sync()
            self._compare(settled)
            self._close()
        except Fault as fault:
            print(sentence(fault), file=sys.stderr)
            return 1
        return 0

    # The steps

    def _sign_in(self) -> None:
        people = len(self._demo.shop.facts.pins)
        self._wait("员工名单", lambda: len(self._window.findChildren(StaffButton)) == people)
        self._look("sign-in")
        pins = {pin.role: pin.pin for pin in self._demo.shop.facts.pins}
        self._keys.type("1" + pins[Role.CASHIER])
        self._keys.press(Qt.Key.Key_Return)
        self._wait("登录", lambda: self._state is not None)
        self._demo.shop.printer.repair()
        if self._need().basket.lines or self._need().member:
            self._keys.press(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
            self._keys.press(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
            self._wait("空购物篮", lambda: self._need().basket.is_empty)
        self._look("empty-counter")
        if self._session is None or self._session.pharmacist is None:
            self._keys.press(Qt.Key.Key_F11)
            self._pause()
            self._keys.type(pins[Role.PHARMACIST])
            self._look("pharmacist-comes-on-duty")
            self._keys.press(Qt.Key.Key_Return)
            self._wait("药师在岗", lambda: self._session is not None and self._session.pharmacist is not None)
            self._keys.press(Qt.Key.Key_Escape)

    def _scan_refusals(self) -> None:
        goods = self._demo.shop.facts.goods
        for index, name in ((_NOT_LISTED, "unknown-barcode"), (_PRESCRIPTION, "prescription-drug")):
            self._demo.scanner.scan(goods[index].code)
            self._wait("拒绝的提示", lambda: bool(self._window.message))
            self._look(name)
            self._keys.press(Qt.Key.Key_Escape)
        self._keys.press(Qt.Key.Key_Delete)
        self._wait("删除处方药", lambda: not self._need().basket.lines)

    def _ring_up(self) -> None:
        goods = self._demo.shop.facts.goods
        for code in (*(one.code for one in goods[:_FIRST_GOODS]), goods[_FIRST_GOODS - 1].code):
            before = self._state
            self._demo.scanner.scan(code)
            self._wait("商品入篮", lambda before=before: self._state is not before)  # type: ignore[misc]
        self._look("goods-before-the-card")
        self._scan_a_member()
        self._look("priced-for-the-member")
        self._keys.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
        self._look("why-this-price")
        self._keys.press(Qt.Key.Key_Escape)

    def _scan_a_member(self) -> None:
        """The first member who may still pay with some points at this till today."""
        facts = self._demo.shop.facts
        for code in (*(card.code for card in facts.cards), *facts.spenders):
            before = self._state
            self._demo.scanner.scan(code)
            self._wait("会员", lambda before=before: self._state is not before or bool(self._window.message))  # type: ignore[misc]
            if self._need().allowance.points >= _POINTS_STEPS * 100:
                return
            self._keys.press(Qt.Key.Key_Escape)
        raise _failed("找到今天还能用积分的会员")

    def _pay(self) -> Settled:
        self._keys.press(Qt.Key.Key_Plus)
        payment = self._page(PayScreen)
        self._wait("收款界面", lambda: payment.isVisible() and payment.payment is not None)
        for steps in range(1, _POINTS_STEPS + 1):
            self._keys.press(Qt.Key.Key_Right)
            self._wait("积分抵现", lambda steps=steps: _points(payment) == steps * 100)  # type: ignore[misc]
        self._look("points-and-what-is-owed")
        owed = payment.payment.quote.payable_fen if payment.payment is not None else 0
        cash = -(-owed // _NOTE_FEN) * _NOTE_FEN
        self._keys.type(str(cash // 100))
        self._wait("找零", lambda: payment.payment is not None and payment.payment.cash_fen == cash)
        self._look("cash-and-change")
        done: list[Settled] = []
        payment.settled.connect(done.append)
        self._keys.press(Qt.Key.Key_Return)
        self._wait("完成收款", lambda: bool(done))
        self._look("settled")
        return done[0]

    def _print(self, settled: Settled) -> None:
        printer = self._demo.shop.printer
        self._wait("小票打出", lambda: any(settled.sale.receipt_no in job.paper.text() for job in printer.jobs))
        job = next(job for job in printer.jobs if settled.sale.receipt_no in job.paper.text())
        if job.paper.errors:
            raise _failed(job.paper.errors[0])
        receipt = self._folder / "receipt.bin"
        receipt.write_bytes(job.raw)
        picture = self._folder / "receipt.png"
        render_paper(paper_picture(job.paper)).save(str(picture))
        print(receipt, picture, sep="\n")
        self._pause()
        self._look("counter-panel", self._demo.panel)

    def _sync(self) -> None:
        self._open_head_office_panel()
        self._look("offline-one-sale-waits")
        self._demo.shop.office.start()
        self._keys.press(Qt.Key.Key_Return)
        self._wait("销售上传", lambda: self._link is Link.ONLINE and self._unsent == 0)
        self._look("online-again-all-sent")
        self._open_head_office_panel()

    def _compare(self, settled: Settled) -> None:
        """The balance on the screen, on the receipt, at head office and at the second till is one number."""
        member_id = settled.sale.member_id
        if member_id is None or settled.available is None:
            raise _failed("会员销售")
        on_paper = self._on_paper(settled)
        at_head_office = asyncio.run(
            _ask_head_office(self._pc.identity.base_url, self._pc.identity.credential, member_id)
        )
        at_second_till = self._at_second_till(member_id, settled)
        figures = {settled.available, on_paper, at_head_office, at_second_till}
        print(
            f"{settled.sale.receipt_no} {yuan(settled.sale.quote.payable_fen)} · 积分余额 屏幕 {settled.available}"
            f" = 小票 {on_paper} = 总部 {at_head_office} = 2号机 {at_second_till}"
        )
        if len(figures) != 1:
            raise _failed("四处余额一致")

    def _close(self) -> None:
        self._keys.press(Qt.Key.Key_F12)
        self._wait("退出登录", lambda: self._window.findChild(SignInScreen) is not None)
        self._look("signed-out")

    # What the steps are made of

    def _take_session(self, session: Session | None) -> None:
        self._session = session

    @property
    def _pc(self) -> CounterPc:
        return self._demo.screens.pc

    @property
    def _state(self) -> CounterState | None:
        selling = self._window.findChild(SellingScreen)
        return selling.state if selling is not None else None

    @property
    def _link(self) -> Link | None:
        status = self._demo.screens.bridge.head_office
        return status.link if status is not None else None

    @property
    def _unsent(self) -> int:
        status = self._demo.screens.bridge.head_office
        return status.unsent if status is not None else -1

    def _need(self) -> CounterState:
        state = self._state
        if state is None:
            raise _failed("收银界面")
        return state

    def _page(self, kind: type[PayScreen]) -> PayScreen:
        page = self._window.findChild(kind)
        if page is None:
            raise _failed("收款界面")
        return page

    def _open_head_office_panel(self) -> None:
        bar = self._window.findChild(StatusBar)
        if bar is None:
            raise _failed("状态栏")
        bar.head_office.click()
        self._pause()

    def _on_paper(self, settled: Settled) -> int | None:
        for job in self._demo.shop.printer.jobs:
            if settled.sale.receipt_no in job.paper.text():
                for line in job.paper.text().splitlines():
                    if line.startswith("积分余额"):
                        return int(line.removeprefix("积分余额").strip().replace(",", ""))
        return None

    def _at_second_till(self, member_id: str, settled: Settled) -> int:
        feed_no = self._pc.replica.freshness().feed_no
        second = self._demo.shop.till("till-2", lambda _: None, lambda _: None)
        second.start()
        try:
            self._wait("2号机更新", lambda: second.replica.freshness().feed_no >= feed_no)
            state = second.replica.member(member_id)
            lots = unexpired(state.lots, settled.sale.business_date) if state is not None else ()
            return sum(lot.points for lot in lots)
        finally:
            second.stop()
            second.close()

    def _look(self, name: str, window: QWidget | None = None) -> None:
        self._pause()
        self._pictures += 1
        path = self._folder / f"{self._pictures:02d}-{name}.png"
        if not (window or self._window).grab().save(str(path)):
            raise Fault(
                "picture_unwritable", "图片 {path} 写不进去：请检查磁盘空间与权限", retryable=False, path=str(path)
            )
        print(path)

    def _pause(self) -> None:
        """Lets the screen come to rest."""
        until = time.monotonic() + _SETTLE_S
        while time.monotonic() < until or not self._demo.screens.tasks.idle:
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def _wait(self, what: str, done: Callable[[], bool]) -> None:
        until = time.monotonic() + _PATIENCE_S
        while not done():
            if time.monotonic() > until:
                raise _failed(what)
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.005)


async def _ask_head_office(base_url: str, credential: str, member_id: str) -> int:
    async with Transport(base_url, credential) as transport:
        return (await transport.member(member_id)).available


def _points(payment: PayScreen) -> int:
    return payment.payment.quote.points_redeemed if payment.payment is not None else -1


def _failed(what: str) -> Fault:
    return Fault("tour_step_failed", "导览没有走通：{what}", retryable=False, what=what)
