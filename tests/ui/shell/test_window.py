"""A shift at the till, by keys: signing in, selling, help when something is wrong, and leaving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt

from pos_member.app.counter import HeadOfficeStatus, Link, PrinterState, PrinterStatus
from pos_member.app.ports import PrintState
from pos_member.app.published import EntityKind
from pos_member.domain.errors import Sentence
from pos_member.domain.quantity import Quantity
from pos_member.domain.staff import Role
from tests.ui.shell.conftest import Station
from tests.ui.shell.shop import PINS, START, VITAMIN_BARCODE, WANG, WANG_CARD, person, staff_id, wang
from ui.screens.duty_panel import DutyPanel
from ui.screens.head_office_panel import HeadOfficePanel
from ui.screens.incident import IncidentScreen
from ui.screens.printer_panel import PrinterPanel
from ui.screens.selling import SellingScreen
from ui.screens.sign_in import SignInScreen
from ui.widgets.message_bar import MessageBar
from ui.widgets.staff_tile import StaffButton


def test_a_cashier_signs_in_with_two_keystrokes_of_name_and_pin(station: Station) -> None:
    assert station.screen(SignInScreen).isVisible()
    station.sign_in("李芳")
    assert station.screen(SellingScreen).isVisible()
    assert station.bar_words("cashier") == "收银 李芳"
    assert station.bar_words("pharmacist") == "无药师在岗"


def test_a_wrong_pin_says_how_many_tries_are_left(station: Station) -> None:
    station.keyboard.type("1")
    station.keyboard.type("000000\r")
    station.settle()
    pad = station.screen(SignInScreen).pad
    assert pad.sentence == "密码不对，还可再试 4 次"
    station.keyboard.type(PINS["李芳"] + "\r")
    station.settle()
    assert station.screen(SellingScreen).isVisible()


def test_too_many_wrong_pins_lock_the_pad_and_another_may_still_sign_in(station: Station) -> None:
    station.keyboard.type("1")
    for _ in range(5):
        station.keyboard.type("000000\r")
        station.settle()
    pad = station.screen(SignInScreen).pad
    assert "已锁定" in pad.sentence
    station.keyboard.type(PINS["李芳"] + "\r")
    station.settle()
    assert "已锁定" in pad.sentence
    station.keyboard.key(Qt.Key.Key_Escape)
    station.sign_in("孙伟")
    assert station.bar_words("cashier") == "收银 孙伟"


def test_a_scan_before_sign_in_says_what_to_do_first(station: Station) -> None:
    station.keyboard.scan(WANG_CARD)
    assert station.window.message == "请先登录，再扫码"


def test_goods_and_card_are_scanned_and_stay_when_the_cashier_changes(station: Station) -> None:
    station.sign_in("李芳")
    station.keyboard.scan(VITAMIN_BARCODE)
    station.keyboard.scan(WANG_CARD)
    station.settle()
    state = station.screen(SellingScreen).state
    assert state is not None
    assert state.quote is not None
    assert state.quote.payable_fen == 2465
    station.keyboard.key(Qt.Key.Key_F12)
    station.settle()
    assert station.screen(SignInScreen).isVisible()
    station.sign_in("孙伟")
    assert station.screen(SellingScreen).state == state


def test_an_unknown_card_is_told_in_one_sentence_that_goes_with_the_next_scan(station: Station) -> None:
    station.sign_in()
    station.keyboard.scan("6200999999999999")
    station.settle()
    assert "6200 **** 9999" in station.window.message
    station.keyboard.scan(VITAMIN_BARCODE)
    station.settle()
    assert station.window.message == ""


def test_a_scan_is_taken_while_a_panel_is_open(station: Station) -> None:
    station.sign_in()
    station.window.status_bar.head_office.click()
    assert station.panel(HeadOfficePanel).isVisible()
    station.keyboard.scan(VITAMIN_BARCODE)
    station.settle()
    state = station.screen(SellingScreen).state
    assert state is not None
    assert len(state.basket.lines) == 1


def test_a_scan_beside_a_half_typed_pin_leaves_the_pin_where_it_is(station: Station) -> None:
    station.sign_in()
    station.keyboard.key(Qt.Key.Key_F11)
    station.settle()
    station.keyboard.type(PINS["陈蕾"][:3])
    station.keyboard.scan(VITAMIN_BARCODE)
    station.settle()
    station.keyboard.type(PINS["陈蕾"][3:] + "\r")
    station.settle()
    assert station.bar_words("pharmacist") == "在岗药师 陈蕾"
    assert station.screen(SellingScreen).checkout.input.text() == ""


def test_a_message_goes_with_the_next_key_that_does_something(station: Station) -> None:
    station.sign_in()
    for code, act in (("6200999999999999", Qt.Key.Key_Escape), ("2099999999998", Qt.Key.Key_F11)):
        station.keyboard.scan(code)
        station.settle()
        assert station.window.message != ""
        station.keyboard.key(act)
        assert station.window.message == ""


def test_a_message_stands_beside_an_open_panel(station: Station) -> None:
    station.sign_in()
    station.window.resize(1024, 768)
    station.window.status_bar.head_office.click()
    station.keyboard.scan("6200999999999999")
    station.settle()
    panel = station.panel(HeadOfficePanel)
    (bar,) = station.window.findChildren(MessageBar)
    assert bar.isVisible()
    assert bar.geometry().right() < panel.geometry().left()


def test_an_endless_code_is_named_by_its_ends(station: Station) -> None:
    station.sign_in()
    station.keyboard.scan("q" * 150 + "END")
    station.settle()
    assert "q" * 32 + "…" in station.window.message
    assert "END" in station.window.message


def test_figures_published_meanwhile_reach_the_open_counter_quietly(station: Station) -> None:
    station.sign_in()
    station.keyboard.scan(VITAMIN_BARCODE)
    station.keyboard.scan(WANG_CARD)
    station.settle()
    station.keyboard.key(Qt.Key.Key_F4)
    station.keyboard.type("3")
    before = wang()
    richer = replace(before.state, lots=(replace(before.state.lots[0], points=5000),))
    station.publish((EntityKind.MEMBER, WANG, replace(before, state=richer)))
    checkout = station.screen(SellingScreen).checkout
    assert checkout.state is not None
    assert checkout.state.member is not None
    assert checkout.state.member.available == 5000
    assert checkout.aside.quantity.typed == "3"
    station.keyboard.type("\r")
    station.settle()
    assert checkout.state.basket.lines[0].quantity == Quantity.whole(3)


def test_a_finished_sale_stays_on_the_screen_when_head_office_publishes(station: Station) -> None:
    station.sign_in()
    station.sell_vitamin()
    station.publish((EntityKind.MEMBER, WANG, wang()))
    assert "收款完成" in station.words_of(station.screen(SellingScreen))
    station.keyboard.scan(WANG_CARD)
    station.settle()
    assert "王*明" in station.words_of(station.screen(SellingScreen))


def test_the_reason_head_office_is_away_speaks_the_language_on_the_screen(station: Station) -> None:
    station.window.use_language("en")
    why = Sentence(
        template="连不上总部（{address}）：{reason}。销售照常，恢复后自动上传。",
        gaps={"address": "http://hq", "reason": "没有及时回答"},
    )
    station.bridge.say_head_office(
        HeadOfficeStatus(link=Link.OFFLINE, since=START, unsent=0, last_contact=None, problem=why)
    )
    station.window.status_bar.head_office.click()
    station.settle()
    words = station.words_of(station.panel(HeadOfficePanel))
    assert "http://hq" in words
    assert "没有及时回答" not in words


def test_the_status_bar_follows_head_office_and_its_panel_explains(station: Station) -> None:
    offline = HeadOfficeStatus(link=Link.OFFLINE, since=START, unsent=37, last_contact=START)
    station.bridge.say_head_office(offline)
    station.settle()
    assert station.bar_words("head_office") == "离线 自 14:02 · 37 笔待上传"
    station.window.status_bar.head_office.click()
    station.settle()
    assert "37 笔" in station.words_of(station.panel(HeadOfficePanel))
    station.keyboard.key(Qt.Key.Key_Escape)
    assert station.window.open_panel is None


def test_somebody_in_a_hurry_has_head_office_tried_at_once(station: Station) -> None:
    station.bridge.say_head_office(HeadOfficeStatus(link=Link.OFFLINE, since=START, unsent=37, last_contact=START))
    station.settle()
    station.window.status_bar.head_office.click()
    station.settle()
    before = len(station.shop.sync_woken)
    station.keyboard.key(Qt.Key.Key_Return)
    station.settle()
    assert len(station.shop.sync_woken) == before + 1


def test_a_pharmacist_comes_on_duty_beside_the_cashier_and_leaves(station: Station) -> None:
    station.sign_in("李芳")
    station.keyboard.key(Qt.Key.Key_F11)
    station.settle()
    station.keyboard.type(PINS["陈蕾"] + "\r")
    station.settle()
    assert station.bar_words("pharmacist") == "在岗药师 陈蕾"
    assert station.bar_words("cashier") == "收银 李芳"
    assert station.window.open_panel is None
    station.keyboard.key(Qt.Key.Key_F11)
    station.settle()
    station.press_button(station.panel(DutyPanel), "陈蕾 离岗")
    station.settle()
    assert station.bar_words("pharmacist") == "无药师在岗"


def test_reprinting_without_a_sale_says_so(station: Station) -> None:
    station.sign_in()
    station.keyboard.key(Qt.Key.Key_F10)
    station.settle()
    assert station.window.message == "本机还没有收过款，没有小票可补打"


def test_an_uncertain_slip_is_asked_about_and_reprinted_only_when_told(station: Station) -> None:
    station.sign_in()
    station.sell_vitamin()
    job = station.shop.till.print_jobs()[0]
    with station.shop.terminal.transaction() as records:
        records.set_print_state(job.id, PrintState.UNCERTAIN, attempts=1, problem="打印机没有回答")
    station.bridge.say_printer(PrinterStatus(state=PrinterState.READY, waiting=0, uncertain=1))
    station.settle()
    assert station.bar_words("printer") == "打印机 · 1 张待确认"
    station.window.status_bar.printer.click()
    station.settle()
    panel = station.panel(PrinterPanel)
    assert "是否已经打出" in station.words_of(panel)
    station.press_button(panel, "没有，补打")
    station.settle()
    reprint = station.shop.till.print_jobs()[0]
    assert reprint.reprint
    assert "（补打）" in station.words_of(panel)


def test_a_bug_shows_its_number_and_the_counter_comes_back(station: Station) -> None:
    station.sign_in()
    station.keyboard.scan(VITAMIN_BARCODE)
    station.settle()
    station.tasks.run(lambda: 1 // 0)
    station.settle()
    incident = station.screen(IncidentScreen)
    assert "7F3K" in station.words_of(incident)
    station.keyboard.type("\r")
    station.settle()
    state = station.screen(SellingScreen).state
    assert state is not None
    assert len(state.basket.lines) == 1


def test_another_language_keeps_the_basket_and_changes_every_word(station: Station) -> None:
    station.sign_in()
    station.keyboard.scan(VITAMIN_BARCODE)
    station.settle()
    before = station.screen(SellingScreen).state
    station.window.use_language("en")
    station.settle()
    after = station.screen(SellingScreen).state
    assert before is not None
    assert after is not None
    assert after.basket == before.basket
    assert station.bar_words("cashier") == "Cashier 李芳"
    station.keyboard.scan("6200999999999999")
    station.settle()
    assert station.window.message.startswith("No card 6200 **** 9999")


def test_the_dark_theme_keeps_who_is_signed_in(station: Station) -> None:
    station.sign_in()
    station.window.use_theme("dark")
    station.settle()
    assert station.screen(SellingScreen).isVisible()
    assert station.bar_words("cashier") == "收银 李芳"


def test_a_missing_translation_leaves_the_language_and_says_so(make_station: Callable[..., Station]) -> None:
    station = make_station(translations=Path("/nowhere"))
    station.window.use_language("en")
    assert station.window.language == "zh"
    assert "en.qm" in station.window.message


def test_people_published_later_appear_on_the_sign_in_screen(station: Station) -> None:
    assert len(station.window.findChildren(StaffButton)) == 3
    station.publish((EntityKind.STAFF, staff_id("4"), person("4", "周舟", Role.CASHIER)))
    names = [button.tile.name for button in station.window.findChildren(StaffButton)]
    assert names == ["李芳", "陈蕾", "孙伟", "周舟"]


def test_the_window_speaks_english_from_the_start_when_it_is_set_so(make_station: Callable[..., Station]) -> None:
    station = make_station("en")
    station.sign_in()
    assert station.bar_words("pharmacist") == "No pharmacist on duty"
