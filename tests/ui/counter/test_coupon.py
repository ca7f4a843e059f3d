"""A coupon at the checkout: typed, scanned, taken out, and what stands there when it takes nothing off."""

from __future__ import annotations

import pytest

from tests.ui.counter.counter_desk import Desk, Key
from tests.ui.counter.shop import COUPON, MASKS, VITAMIN


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.shop.issue_coupon(threshold_fen=5000, off_fen=1000)
    return desk


def open_coupon(desk: Desk) -> None:
    desk.press(Key.Key_F8)
    desk.settle_layout()


def test_a_typed_coupon_takes_its_amount_off(desk: Desk) -> None:
    desk.scan(VITAMIN, VITAMIN)
    open_coupon(desk)
    desk.write(COUPON + "\r")
    desk.wait()
    assert f"券 {COUPON} 减 ¥10.00" in desk.texts
    assert "¥48.00" in desk.texts
    assert not desk.screen.checkout.aside.is_open


def test_a_coupon_is_scanned_while_it_is_asked_for(desk: Desk) -> None:
    desk.scan(VITAMIN, VITAMIN)
    open_coupon(desk)
    desk.scan(COUPON)
    assert desk.shop.till.counter().basket.coupon == COUPON


def test_goods_scanned_meanwhile_are_rung_up(desk: Desk) -> None:
    desk.scan(VITAMIN)
    open_coupon(desk)
    desk.scan(MASKS)
    assert len(desk.basket) == 2
    assert desk.heard == []


def test_an_unknown_coupon_is_refused_and_stays_to_be_mended(desk: Desk) -> None:
    desk.scan(VITAMIN)
    open_coupon(desk)
    desk.write("NOSUCH\r")
    desk.wait()
    assert desk.refusals() == ["coupon_unknown"]
    assert desk.screen.checkout.aside.coupon.field.text() == "NOSUCH"
    desk.scan("ALSO-NOT")
    assert desk.refusals() == ["coupon_unknown", "coupon_unknown"]


def test_esc_goes_back_and_the_code_typed_so_far_stays(desk: Desk) -> None:
    desk.scan(VITAMIN)
    open_coupon(desk)
    desk.write("CPN")
    desk.press(Key.Key_Escape)
    assert desk.screen.checkout.input.hasFocus()
    open_coupon(desk)
    assert desk.screen.checkout.aside.coupon.field.text() == "CPN"


def test_a_coupon_below_its_threshold_says_why_and_del_takes_it_out(desk: Desk) -> None:
    desk.scan(VITAMIN)
    open_coupon(desk)
    desk.write(COUPON + "\r")
    desk.wait()
    assert any(COUPON in text for text in desk.texts)
    desk.write("+")
    desk.wait()
    assert desk.screen.currentWidget() is desk.screen.checkout
    assert len(desk.heard) == 1
    open_coupon(desk)
    desk.press(Key.Key_Delete)
    desk.wait()
    assert desk.shop.till.counter().basket.coupon is None
    assert len(desk.basket) == 1
    desk.write("+")
    desk.wait()
    assert desk.screen.currentWidget() is desk.screen.payment
