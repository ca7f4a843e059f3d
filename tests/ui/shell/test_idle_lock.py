"""A till that nobody uses asks for a PIN; the basket stays, and so does the pharmacist on duty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos_member.app.published import EntityKind
from pos_member.domain.staff import Role
from tests.ui.shell.conftest import Station
from tests.ui.shell.shop import PINS, VITAMIN_BARCODE, WANG_CARD, person, staff_id
from ui.i18n import tr
from ui.idle_lock import IdleLock
from ui.screens.selling import SellingScreen
from ui.screens.sign_in import SignInScreen
from ui.view_models.sign_in import idle_ms, staff_tiles, tile_of
from ui.widgets.message_bar import MessageBar
from ui.widgets.panel import Panel


def watch(station: Station) -> IdleLock:
    (watch,) = station.window.findChildren(IdleLock)
    return watch


def stand_unused(station: Station, qtbot: QtBot) -> None:
    """Nobody touches anything for as long as the till waits, which is shortened here."""
    with qtbot.waitSignal(watch(station).idled):
        watch(station).watch(20)
    station.settle()


def test_a_till_that_stands_unused_is_locked_and_the_same_person_goes_on(station: Station, qtbot: QtBot) -> None:
    station.sign_in("李芳")
    station.keyboard.scan(VITAMIN_BARCODE)
    station.keyboard.scan(WANG_CARD)
    station.settle()
    before = station.screen(SellingScreen).state
    stand_unused(station, qtbot)
    locked = station.screen(SignInScreen)
    assert locked.pad.sentence == "收银台已锁定，输入密码解锁"
    assert "李芳，请输入密码" in station.words_of(locked)
    assert "王*明" not in station.words_of(station.window)
    assert station.shop.till.seat.is_locked
    station.keyboard.type("000000\r")
    station.settle()
    assert locked.pad.sentence == "密码不对，还可再试 4 次"
    station.keyboard.type(PINS["李芳"] + "\r")
    station.settle()
    assert station.screen(SellingScreen).state == before
    assert not station.shop.till.seat.is_locked


def test_somebody_else_may_take_over_a_locked_till(station: Station, qtbot: QtBot) -> None:
    station.sign_in("李芳")
    station.keyboard.key(Qt.Key.Key_F11)
    station.settle()
    station.keyboard.type(PINS["陈蕾"] + "\r")
    station.settle()
    stand_unused(station, qtbot)
    station.keyboard.key(Qt.Key.Key_Escape)
    station.sign_in("孙伟")
    assert station.bar_words("cashier") == "收银 孙伟"
    assert station.bar_words("pharmacist") == "在岗药师 陈蕾"


def test_a_locked_till_takes_no_scan_and_says_so_once(station: Station, qtbot: QtBot) -> None:
    station.sign_in("李芳")
    stand_unused(station, qtbot)
    (bar,) = station.window.findChildren(MessageBar)
    said: list[str] = []
    bar.shown.connect(said.append)
    for _ in range(3):
        station.keyboard.scan(VITAMIN_BARCODE)
        station.settle()
    assert station.window.message == "收银台已锁定：请 李芳 输入密码解锁，或换人登录，再扫码"
    assert len(said) == 1
    station.keyboard.type(PINS["李芳"] + "\r")
    station.settle()
    assert station.window.message == ""
    state = station.screen(SellingScreen).state
    assert state is not None
    assert state.basket.lines == ()


def test_keys_touches_and_scans_keep_the_till_open(station: Station, qtbot: QtBot) -> None:
    station.sign_in("李芳")
    idle: list[bool] = []
    watch(station).idled.connect(lambda: idle.append(True))
    watch(station).watch(400)
    acts: tuple[Callable[[], None], ...] = (
        lambda: station.keyboard.scan(VITAMIN_BARCODE),
        lambda: station.keyboard.key(Qt.Key.Key_Down),
        lambda: QTest.mouseClick(station.window, Qt.MouseButton.LeftButton),
    )
    for act in acts * 3:
        act()
        qtbot.wait(100)
    assert idle == []
    qtbot.waitUntil(lambda: idle == [True])
    station.settle()
    assert station.screen(SignInScreen).isVisible()


def test_a_panel_that_is_open_goes_with_the_screen_behind_it(station: Station, qtbot: QtBot) -> None:
    station.sign_in("李芳")
    station.window.status_bar.cashier.click()
    assert station.panel(Panel).isVisible()
    stand_unused(station, qtbot)
    assert station.window.open_panel is None


def test_a_till_with_nobody_at_it_is_not_locked(station: Station, qtbot: QtBot) -> None:
    station.sign_in("李芳")
    station.keyboard.key(Qt.Key.Key_F12)
    station.settle()
    stand_unused(station, qtbot)
    assert station.screen(SignInScreen).pad.sentence == "先按数字键或点选姓名"
    assert not station.shop.till.seat.is_locked


def test_another_language_still_asks_who_is_locked_out(station: Station, qtbot: QtBot) -> None:
    station.sign_in("孙伟")
    stand_unused(station, qtbot)
    station.window.use_theme("dark")
    station.settle()
    assert "孙伟，请输入密码" in station.words_of(station.screen(SignInScreen))
    station.keyboard.type(PINS["孙伟"] + "\r")
    station.settle()
    assert station.bar_words("cashier") == "收银 孙伟"


def test_who_may_sign_in_no_more_is_not_asked(station: Station, qtbot: QtBot) -> None:
    station.sign_in("孙伟")
    gone = replace(person("3", "孙伟", Role.STORE_MANAGER), active=False)
    station.publish((EntityKind.STAFF, staff_id("3"), gone))
    stand_unused(station, qtbot)
    assert station.screen(SignInScreen).pad.sentence == "先按数字键或点选姓名"
    station.sign_in("李芳")
    assert station.bar_words("cashier") == "收银 李芳"


def test_a_disk_that_refuses_the_record_does_not_keep_the_till_open(station: Station, qtbot: QtBot) -> None:
    station.sign_in("李芳")
    folder = station.shop.folder
    (folder / "terminal.db").rename(folder / "elsewhere.db")
    stand_unused(station, qtbot)
    assert station.screen(SignInScreen).isVisible()
    assert "terminal.db" in station.window.message
    (folder / "elsewhere.db").rename(folder / "terminal.db")
    station.keyboard.type(PINS["李芳"] + "\r")
    station.settle()
    assert station.screen(SellingScreen).isVisible()


def test_the_till_is_locked_after_as_long_as_the_ruleset_says(station: Station) -> None:
    session = station.shop.till.sign_in(staff_id("1"), PINS["李芳"])
    assert idle_ms(session) == 300_000
    assert idle_ms(None) is None


def test_the_tile_of_who_is_locked_out() -> None:
    staff = (person("1", "李芳", Role.CASHIER), person("2", "陈蕾", Role.PHARMACIST))
    tiles = staff_tiles(staff, tr)
    assert tile_of(tiles, staff[1]) == tiles[1]
    assert tile_of(tiles, person("9", "周舟", Role.CASHIER)) is None
    assert tile_of(tiles, None) is None
