"""What one person may not do, another allows with a PIN, for this one time."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.shell.conftest import Station
from tests.ui.shell.counter import audits, key, rows, scan, shown, type_in
from tests.ui.shell.pharmacy import AMOXICILLIN, only_the_store_manager, pharmacy
from tests.ui.shell.shop import PINS, VITAMIN_BARCODE, WANG_CARD, staff_id
from ui.screens.approval_panel import ApprovalPanel
from ui.screens.needs.panel import NeedsPanel

DELETE, ESC, F1, F10, F11 = (Qt.Key.Key_Delete, Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_F10, Qt.Key.Key_F11)


def overrides(station: Station) -> list[tuple[str, str, str]]:
    """Who allowed whom what."""
    return [(told["staff_id"], told["for_staff_id"], told["right"]) for told in audits(station, "override")]


def test_a_store_managers_pin_takes_out_the_line(station: Station) -> None:
    station.publish(only_the_store_manager("void_line"))
    station.sign_in("李芳")
    scan(station, VITAMIN_BARCODE)
    key(station, DELETE)
    words = station.words_of(station.panel(ApprovalPanel))
    assert "李芳没有「删除商品行」的权限" in words
    assert "孙伟" in words
    assert "陈蕾" not in words
    assert len(shown(station).basket.lines) == 1
    type_in(station, PINS["孙伟"] + "\r")
    assert station.window.open_panel is None
    assert shown(station).basket.lines == ()
    assert overrides(station) == [(staff_id("3"), staff_id("1"), "void_line")]
    assert station.bar_words("cashier") == "收银 李芳"


def test_esc_leaves_the_line_and_the_next_time_asks_again(station: Station) -> None:
    station.publish(only_the_store_manager("void_line"))
    station.sign_in("李芳")
    scan(station, VITAMIN_BARCODE)
    key(station, DELETE)
    type_in(station, PINS["孙伟"][:3])
    key(station, ESC)
    assert station.window.open_panel is None
    assert len(shown(station).basket.lines) == 1
    assert overrides(station) == []
    key(station, DELETE)
    assert station.panel(ApprovalPanel).isVisible()


def test_a_wrong_pin_is_told_in_place_and_can_be_typed_again(station: Station) -> None:
    station.publish(only_the_store_manager("void_line"))
    station.sign_in("李芳")
    scan(station, VITAMIN_BARCODE)
    key(station, DELETE)
    type_in(station, "000000\r")
    assert station.panel(ApprovalPanel).sentence == "密码不对，还可再试 4 次"
    assert len(shown(station).basket.lines) == 1
    type_in(station, PINS["孙伟"] + "\r")
    assert shown(station).basket.lines == ()


def test_a_scan_while_the_pin_is_asked_for_is_rung_up_and_the_line_meant_goes(station: Station) -> None:
    station.publish(*pharmacy(), only_the_store_manager("void_line"))
    station.sign_in("李芳")
    scan(station, VITAMIN_BARCODE)
    key(station, DELETE)
    type_in(station, PINS["孙伟"][:3])
    scan(station, WANG_CARD)
    type_in(station, PINS["孙伟"][3:] + "\r")
    assert shown(station).basket.lines == ()
    assert shown(station).member is not None


def test_a_whole_basket_is_voided_by_a_second_pin(station: Station) -> None:
    station.publish(only_the_store_manager("void_basket"))
    station.sign_in("李芳")
    scan(station, VITAMIN_BARCODE)
    for _ in range(2):
        station.keyboard.chord(DELETE)
        station.settle()
    assert len(shown(station).basket.lines) == 1
    type_in(station, PINS["孙伟"] + "\r")
    assert shown(station).basket.is_empty
    assert overrides(station) == [(staff_id("3"), staff_id("1"), "void_basket")]


def test_a_receipt_is_printed_again_by_a_second_pin(station: Station) -> None:
    station.publish(only_the_store_manager("reprint"))
    station.sign_in("李芳")
    station.sell_vitamin()
    key(station, F10)
    assert station.panel(ApprovalPanel).isVisible()
    type_in(station, PINS["孙伟"] + "\r")
    assert "已交打印机补打" in station.window.message
    assert overrides(station) == [(staff_id("3"), staff_id("1"), "reprint")]
    assert rows(station, "SELECT count(*) FROM print_jobs WHERE reprint") == [(1,)]


def test_what_is_refused_for_another_reason_is_told_after_the_pin(station: Station) -> None:
    station.publish(only_the_store_manager("reprint"))
    station.sign_in("李芳")
    key(station, F10)
    type_in(station, PINS["孙伟"] + "\r")
    assert station.window.open_panel is None
    assert station.window.message == "本机还没有收过款，没有小票可补打"
    assert overrides(station) == []


def test_a_prescription_is_registered_by_a_second_pin_and_the_work_goes_on(station: Station) -> None:
    station.publish(*pharmacy(), only_the_store_manager("register_prescription"))
    station.sign_in("李芳")
    key(station, F11)
    type_in(station, PINS["陈蕾"] + "\r")
    scan(station, AMOXICILLIN)
    key(station, F1)
    type_in(station, "RX7\r市人民医院\r赵医生\r周舟\r\r")
    assert station.panel(ApprovalPanel).isVisible()
    type_in(station, PINS["孙伟"] + "\r")
    assert [need.code for need in shown(station).needs] == ["prescription_not_approved"]
    key(station, F1)
    assert "RX7" in station.words_of(station.panel(NeedsPanel))
