"""The scanner beside a keyboard: which keys are a scan, and that typing never loses one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.shell.keys import Keyboard
from ui.scan_filter import ScanFilter, ScannerSettings, Suffix

CARD = "6200123412341947"
GOODS = "2000000000015"


class Desk:
    """A window with an input and a button, a filter before it, and what it scanned."""

    def __init__(self, qtbot: QtBot, app: QApplication, settings: ScannerSettings) -> None:
        self.window = QWidget()
        self.input = QLineEdit(self.window)
        self.button = QPushButton("完成收款", self.window)
        column = QVBoxLayout(self.window)
        column.addWidget(self.input)
        column.addWidget(self.button)
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.input.setFocus()
        self.scans: list[str] = []
        self.filter = ScanFilter(settings)
        self.filter.scanned.connect(self.scans.append)
        app.installEventFilter(self.filter)
        self.keyboard = Keyboard(self.window)


MakeDesk = Callable[..., Desk]


@pytest.fixture
def make_desk(qtbot: QtBot, qapp: QApplication) -> Iterator[MakeDesk]:
    desks: list[Desk] = []

    def make(settings: ScannerSettings | None = None) -> Desk:
        desks.append(Desk(qtbot, qapp, settings or ScannerSettings()))
        return desks[-1]

    yield make
    for desk in desks:
        qapp.removeEventFilter(desk.filter)


def test_a_scanned_card_arrives_whole_and_leaves_the_input_empty(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk()
    desk.keyboard.scan(CARD)
    qtbot.wait(80)
    assert desk.scans == [CARD]
    assert desk.input.text() == ""


def test_typing_reaches_the_input_in_order_and_is_no_scan(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk()
    desk.keyboard.type("amxl0521")
    qtbot.waitUntil(lambda: desk.input.text() == "amxl0521")
    assert desk.scans == []


def test_a_fast_roll_of_fingers_loses_no_letter(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk()
    desk.keyboard.type("vc", gap=20)
    desk.keyboard.at += 200
    desk.keyboard.type("yhp", gap=30)
    qtbot.waitUntil(lambda: desk.input.text() == "vcyhp")
    assert desk.scans == []


def test_four_quick_letters_without_enter_are_typing(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk()
    desk.keyboard.scan("amxl", suffix="")
    qtbot.waitUntil(lambda: desk.input.text() == "amxl")
    assert desk.scans == []


def test_a_key_without_a_letter_comes_after_the_letters_held_back(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk()
    desk.keyboard.type("ab", gap=10)
    desk.keyboard.key(Qt.Key.Key_Backspace)
    qtbot.wait(60)
    assert desk.input.text() == "a"


def test_a_held_down_key_never_looks_like_a_scan(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk()
    desk.keyboard.press("1")
    for _ in range(6):
        desk.keyboard.at += 30
        desk.keyboard.press("1", repeats=True)
    desk.keyboard.at += 30
    desk.keyboard.press("\r")
    qtbot.wait(60)
    assert desk.scans == []
    assert desk.input.text() == "1" * 7


@pytest.mark.parametrize(
    ("suffix", "sent"),
    [(Suffix.ENTER, "\r"), (Suffix.ENTER, "\n"), (Suffix.ENTER, "\r\n"), (Suffix.TAB, "\t"), (Suffix.ANY, "\r\n")],
)
def test_every_ending_a_scanner_sends_is_swallowed_with_the_code(
    make_desk: MakeDesk, qtbot: QtBot, suffix: Suffix, sent: str
) -> None:
    desk = make_desk(ScannerSettings(suffix=suffix))
    pressed: list[bool] = []
    desk.button.clicked.connect(lambda: pressed.append(True))
    desk.input.returnPressed.connect(lambda: pressed.append(True))
    desk.keyboard.scan(GOODS, suffix=sent)
    qtbot.wait(80)
    assert desk.scans == [GOODS]
    assert pressed == []
    assert desk.input.hasFocus()


def test_a_scanner_that_sends_no_ending_is_understood_by_the_gap(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk(ScannerSettings(suffix=Suffix.NONE))
    desk.keyboard.scan(CARD, suffix="")
    qtbot.waitUntil(lambda: desk.scans == [CARD])
    assert desk.input.text() == ""


def test_two_codes_a_tenth_of_a_second_apart_are_two_scans(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.keyboard.scan(GOODS, gap=2)
    desk.keyboard.scan(CARD, gap=2)
    assert desk.scans == [GOODS, CARD]


def test_the_same_card_twice_within_a_second_counts_once(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.keyboard.scan("Vip6200ab")
    desk.keyboard.scan("vIP6200AB")
    assert desk.scans == ["Vip6200ab"]
    desk.keyboard.at += 1500
    desk.keyboard.scan("Vip6200ab")
    assert desk.scans == ["Vip6200ab", "Vip6200ab"]


def test_the_same_goods_twice_within_a_second_count_twice(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.keyboard.scan(GOODS)
    desk.keyboard.scan(GOODS)
    assert desk.scans == [GOODS, GOODS]


def test_full_width_digits_of_an_input_method_are_read_as_digits(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.keyboard.scan("６２００；１２３＝４？。")
    assert desk.scans == ["6200;123=4?."]


def test_a_busy_screen_takes_no_slow_typing_for_a_scan(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk()
    for character in "13800138000":
        desk.keyboard.press(character)
        desk.keyboard.at += 150
    desk.keyboard.press("\r")
    qtbot.waitUntil(lambda: desk.input.text() == "13800138000")
    assert desk.scans == []


def test_a_scan_never_answers_a_dialog(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk()
    dialog = QDialog(desk.window)
    yes = QPushButton("作废", dialog)
    yes.setDefault(True)
    yes.clicked.connect(dialog.accept)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitExposed(dialog)
    Keyboard(dialog).scan(CARD)
    qtbot.wait(80)
    assert desk.scans == [CARD]
    assert dialog.isVisible()
    Keyboard(dialog, at=2_000_000).type("\r")
    assert not dialog.isVisible()


def test_a_scan_while_a_button_has_the_focus_does_not_press_it(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk()
    presses: list[bool] = []
    desk.button.clicked.connect(lambda: presses.append(True))
    desk.button.setFocus()
    desk.keyboard.scan("A B C 12")
    qtbot.wait(80)
    assert desk.scans == ["A B C 12"]
    assert presses == []
    desk.keyboard.type(" ")
    qtbot.waitUntil(lambda: len(presses) == 1)


def test_characters_are_claimed_before_shortcuts_and_function_keys_are_not(make_desk: MakeDesk) -> None:
    desk = make_desk()
    window = desk.window.windowHandle()

    def claimed(key: Qt.Key, text: str) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier, text)
        event.ignore()
        return desk.filter.eventFilter(window, event) and event.isAccepted()

    assert claimed(Qt.Key.Key_4, "4")
    assert not claimed(Qt.Key.Key_F4, "")


def test_a_group_separator_inside_a_code_stays_in_it(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.keyboard.scan("0106912345678901\x1d17261231")
    assert desk.scans == ["0106912345678901\x1d17261231"]
