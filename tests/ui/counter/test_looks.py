"""What holds on every screen: nothing cut off, fingers fit, names are masked, inks can be read."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QListView

from tests.ui.counter.counter_desk import Desk, Key
from tests.ui.counter.shop import AMOXICILLIN, ASTRAGALUS, COLD_TABLETS, COUPON, GOLD_CARD, LONG_NAME, MASKS, VITAMIN
from ui.theme import THEMES, TONES

SIZES = [(1024, 700), (1280, 688), (1366, 736), (1920, 1048)]
GOODS = (VITAMIN, VITAMIN, MASKS, LONG_NAME, COLD_TABLETS, ASTRAGALUS)


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_off(desk: Desk, size: tuple[int, int]) -> None:
    desk.screen.resize(*size)
    desk.settle_layout()
    assert desk.cut_off() == []
    desk.scan(*GOODS, GOLD_CARD)
    desk.settle_layout()
    assert desk.screen.size().toTuple() == size
    assert desk.cut_off() == []
    desk.press(Key.Key_F4)
    desk.settle_layout()
    assert desk.cut_off() == []
    desk.press(Key.Key_Escape)
    desk.press(Key.Key_Delete, control=True)
    desk.settle_layout()
    assert desk.cut_off() == []
    desk.press(Key.Key_Escape, Key.Key_F7)
    desk.wait()
    desk.settle_layout()
    assert desk.cut_off() == []
    desk.write("20000\r")
    desk.wait()
    desk.settle_layout()
    assert desk.cut_off() == []
    assert desk.screen.size().toTuple() == size


@pytest.mark.parametrize("size", SIZES)
def test_the_coupon_and_the_list_of_baskets_are_not_cut_off(desk: Desk, size: tuple[int, int]) -> None:
    desk.shop.issue_coupon(threshold_fen=5000, off_fen=1000)
    desk.screen.resize(*size)
    desk.scan(MASKS, AMOXICILLIN, GOLD_CARD)
    desk.press(Key.Key_F8)
    desk.settle_layout()
    assert desk.cut_off() == []
    desk.write(COUPON + "\r")
    desk.wait()
    assert desk.cut_off() == []
    desk.press(Key.Key_F5)
    desk.wait()
    desk.press(Key.Key_F6)
    desk.wait()
    assert desk.is_choosing()
    assert desk.cut_off() == []
    assert desk.screen.size().toTuple() == size


@pytest.mark.parametrize("size", SIZES)
def test_every_button_is_large_enough_for_a_finger(desk: Desk, size: tuple[int, int]) -> None:
    desk.screen.resize(*size)
    desk.scan(*GOODS, GOLD_CARD)
    small: list[tuple[str, int, int]] = []
    for step in ((), (Key.Key_F4,), (Key.Key_Escape, Key.Key_F7)):
        desk.press(*step)
        desk.wait()
        desk.settle_layout()
        small += [
            (button.accessibleName(), button.width(), button.height())
            for button in desk.buttons()
            if button.height() < 44 or button.width() < 44
        ]
    assert small == []


def test_every_control_has_a_name_to_be_read_aloud(desk: Desk) -> None:
    controls = [one for kind in (QAbstractButton, QLineEdit, QListView) for one in desk.screen.findChildren(kind)]

    assert len(controls) > 30
    assert [one for one in controls if not one.accessibleName()] == []


def test_no_full_name_phone_or_card_is_on_any_screen(desk: Desk) -> None:
    desk.scan(VITAMIN, GOLD_CARD)
    seen = "\n".join(desk.texts)
    desk.write("+")
    desk.wait()
    seen += "\n".join(desk.texts)
    desk.write("100\r")
    desk.wait()
    seen += "\n".join(desk.texts)

    assert "王*明" in seen
    for secret in ("王晓明", "13800005671", GOLD_CARD):
        assert secret not in seen


def test_a_long_name_gives_way_and_is_whole_in_the_tooltip(desk: Desk) -> None:
    desk.scan(LONG_NAME)
    view = desk.screen.checkout.findChildren(QListView)[0]

    assert view.horizontalScrollBar().maximum() == 0
    assert "限量纪念版礼盒装）" in view.model().index(0, 0).data(3)


def luminance(color: QColor) -> float:
    """Relative luminance by WCAG 2."""
    red, green, blue = (
        float(part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4)
        for part in (color.redF(), color.greenF(), color.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio by WCAG 2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_ink_can_be_read_on_its_grounds(name: str) -> None:
    theme = THEMES[name]
    pairs = [(ink, ground) for ink in ("ink", "ink2") for ground in ("bg", "surface", "sunken", "brand_soft")]
    pairs += [(ink, soft) for ink, soft in TONES.values()]
    pairs += [(ink, "surface") for ink in ("brand", "gold", "danger", "warn", "ok", "info")]
    pairs += [("on_fill", "brand_fill"), ("on_fill2", "brand_fill"), ("on_fill", "brand_press")]
    pairs += [("on_fill", "danger_fill"), ("status_ink", "status")]

    unreadable = [pair for pair in pairs if contrast(theme.color(pair[0]), theme.color(pair[1])) < 4.5]
    assert unreadable == []
