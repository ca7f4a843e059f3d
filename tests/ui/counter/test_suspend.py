"""Putting a basket aside for the next customer, and taking it up again."""

from __future__ import annotations

from tests.ui.counter.counter_desk import Desk, Key
from tests.ui.counter.shop import GOLD_CARD, MASKS, VITAMIN


def test_f5_puts_the_basket_aside_and_f6_takes_it_up_again(desk: Desk) -> None:
    desk.scan(VITAMIN, GOLD_CARD)
    before = desk.lines
    desk.press(Key.Key_F5)
    desk.wait()
    assert desk.basket == []
    assert desk.confirmed == ["已挂单（1 种 1 件），按 F6 取回"]
    desk.scan(MASKS)
    desk.press(Key.Key_F5)
    desk.wait()

    desk.press(Key.Key_F6)
    desk.wait()
    assert desk.is_choosing()
    assert {"王*明", "¥24.65", "14:26 挂单 · 1 种", "¥12.00"} <= set(desk.texts)
    desk.press(Key.Key_Return)
    desk.wait()

    assert desk.lines == before
    assert [sale.payable_fen for sale in desk.shop.till.suspended()] == [1200]
    assert "王*明" in desk.texts


def test_a_number_picks_the_basket_and_touch_does_too(desk: Desk) -> None:
    for code in (VITAMIN, MASKS):
        desk.scan(code)
        desk.touch("挂单 F5")
    desk.touch("取单 F6")
    desk.write("2")
    desk.wait()
    assert [name for name, _ in desk.basket] == ["医用外科口罩"]


def test_esc_takes_up_none(desk: Desk) -> None:
    desk.scan(VITAMIN)
    desk.press(Key.Key_F5)
    desk.wait()
    desk.press(Key.Key_F6)
    desk.wait()
    desk.press(Key.Key_Escape)
    assert not desk.is_choosing()
    assert desk.basket == []
    assert len(desk.shop.till.suspended()) == 1


def test_a_scan_answers_not_which_basket(desk: Desk) -> None:
    desk.scan(VITAMIN)
    desk.press(Key.Key_F5)
    desk.wait()
    desk.press(Key.Key_F6)
    desk.wait()
    desk.scan(MASKS)
    assert not desk.is_choosing()
    assert [name for name, _ in desk.basket] == ["医用外科口罩"]


def test_a_basket_is_not_taken_up_over_another(desk: Desk) -> None:
    desk.scan(VITAMIN)
    desk.press(Key.Key_F5)
    desk.wait()
    desk.scan(MASKS)
    assert not desk.screen.checkout.keys.button("F6").isEnabled()
    desk.press(Key.Key_F6)
    desk.wait()
    assert desk.refusals() == ["basket_not_empty"]
    assert len(desk.shop.till.suspended()) == 1


def test_nothing_was_put_aside(desk: Desk) -> None:
    desk.press(Key.Key_F6)
    desk.wait()
    assert desk.heard == ["没有挂起的单。"]
    desk.press(Key.Key_F5)
    desk.wait()
    assert desk.refusals() == ["basket_empty"]


def test_the_next_customer_may_have_a_basket_that_was_put_aside(desk: Desk) -> None:
    desk.scan(VITAMIN)
    desk.press(Key.Key_F5)
    desk.wait()
    desk.scan(MASKS)
    desk.write("+")
    desk.wait()
    desk.write("12\r")
    desk.wait()
    assert desk.screen.checkout.keys.button("F6").isEnabled()
    desk.press(Key.Key_F6, Key.Key_Return)
    desk.wait()
    desk.press(Key.Key_Return)
    desk.wait()
    assert [name for name, _ in desk.basket] == ["维生素C咀嚼片"]


def test_a_price_that_changed_meanwhile_is_told(desk: Desk) -> None:
    desk.scan(VITAMIN)
    desk.press(Key.Key_F5)
    desk.wait()
    desk.shop.reprice(VITAMIN, 3000)
    desk.press(Key.Key_F6)
    desk.wait()
    desk.press(Key.Key_Return)
    desk.wait()
    assert desk.heard == ["维生素C咀嚼片 的单价已由 ¥29.00 变为 ¥30.00"]
    assert desk.lines[0].net == "¥30.00"
