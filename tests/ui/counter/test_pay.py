"""Points, cash, change, and the one moment that counts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.counter.counter_desk import Desk, Key
from tests.ui.counter.shop import COLD_TABLETS, GOLD_CARD, MASKS, VITAMIN


@pytest.fixture
def paying(desk: Desk) -> Desk:
    """A gold member's two bottles of vitamins, ¥49.30, on the way to be paid."""
    desk.scan(VITAMIN, VITAMIN, GOLD_CARD)
    desk.write("+")
    desk.wait()
    return desk


def sales(desk: Desk) -> list[str]:
    """The receipt number of the last sale, if there is one."""
    with desk.shop.terminal.reading() as records:
        sale = records.last_sale()
    return [sale.receipt_no] if sale else []


def test_the_price_is_told_step_by_step(paying: Desk) -> None:
    told = paying.texts
    start = told.index("商品合计")

    assert told[start : start + 4] == ["商品合计", "¥58.00", "金卡 8.5折", "− ¥8.70"]
    assert "收款 · 1 种 2 件 · 王*明 金卡" in told
    assert {"购物 73 · 等级加成 37", "+110 分", "2,450 分"} <= set(told)


def test_cash_that_is_typed_gives_the_change(paying: Desk) -> None:
    paying.write("100")
    paying.wait()

    assert {"找零", "¥50.70", "已收 ¥100.00 · 应收 ¥49.30"} <= set(paying.texts)
    assert paying.screen.payment.parts.settle.isEnabled()


def test_too_little_cash_cannot_be_settled_and_says_what_is_missing(paying: Desk) -> None:
    paying.write("49.2\r")
    paying.wait()

    assert paying.heard == ["现金还差 ¥0.10"]
    assert "现金还差 ¥0.10" in paying.texts
    assert not paying.screen.payment.parts.settle.isEnabled()
    assert sales(paying) == []


def test_enter_right_behind_the_digits_waits_for_the_till(paying: Desk) -> None:
    paying.write("100\r")
    paying.wait()

    assert sales(paying) == ["S1-01-000001"]
    assert {"收款完成", "¥50.70", "S1-01-000001", "+110 分", "2,450 分"} <= set(paying.texts)


def test_a_double_enter_settles_once_and_leaves_the_change_on_the_screen(paying: Desk) -> None:
    paying.write("100")
    paying.wait()
    paying.write("\r\r\r")
    paying.wait()
    paying.write("\r")
    paying.wait()

    assert sales(paying) == ["S1-01-000001"]
    assert "¥50.70" in paying.texts
    assert paying.refusals() == []


def test_the_next_scan_starts_the_next_sale(paying: Desk) -> None:
    paying.write("50\r")
    paying.wait()
    paying.scan(MASKS)

    assert paying.basket == [("医用外科口罩", "1 包")]
    assert "收款完成" not in paying.texts
    assert "未识别会员" in paying.texts


def test_typing_starts_the_next_sale_too(paying: Desk) -> None:
    paying.write("50\r")
    paying.wait()
    paying.write("M")
    assert "收款完成" not in paying.texts
    paying.write("010\r")
    paying.wait()

    assert paying.basket == [("医用外科口罩", "1 包")]


def test_f7_uses_all_the_points_that_may_be_used_and_then_none(paying: Desk) -> None:
    paying.press(Key.Key_F7)
    paying.wait()
    assert {"积分抵现 2,000 分", "− ¥20.00", "2,000 / 2,000 分 = ¥20.00"} <= set(paying.texts)
    assert "为防多机重复抵扣，本机今日对该会员最多还可抵 2,000 分，每 100 分一档。" in paying.texts

    paying.press(Key.Key_F7)
    paying.wait()
    assert "0 / 2,000 分 = ¥0.00" in paying.texts


def test_arrows_step_by_a_hundred_points_within_the_limit(paying: Desk) -> None:
    paying.press(Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Left)
    paying.wait()
    assert "200 / 2,000 分 = ¥2.00" in paying.texts

    paying.press(*[Key.Key_Left] * 4)
    paying.wait()
    assert "0 / 2,000 分 = ¥0.00" in paying.texts


def test_points_and_cash_settle_together(paying: Desk) -> None:
    paying.press(Key.Key_F7)
    paying.write("30\r")
    paying.wait()

    with paying.shop.terminal.reading() as records:
        sale = records.last_sale()
    assert sale is not None
    assert (sale.quote.points_redeemed, sale.quote.payable_fen, sale.quote.change_fen) == (2000, 2930, 70)
    assert "¥0.70" in paying.texts


def test_f7_at_the_checkout_comes_with_all_the_points(desk: Desk) -> None:
    desk.scan(VITAMIN, VITAMIN, GOLD_CARD)
    desk.press(Key.Key_F7)
    desk.wait()

    assert "积分抵现 2,000 分" in desk.texts


def test_a_stranger_is_told_how_to_earn_and_has_no_points_to_use(desk: Desk) -> None:
    desk.scan(VITAMIN)
    desk.write("+")
    desk.wait()
    desk.press(Key.Key_F7)

    assert desk.heard == ["没有会员，不能用积分；先扫会员卡。"]
    assert "没有会员，本单不积分；按 Esc 返回购物篮可补扫会员卡。" in desk.texts


def test_esc_goes_back_and_nothing_is_lost(paying: Desk) -> None:
    paying.write("100")
    paying.press(Key.Key_Escape)
    paying.wait()

    assert paying.screen.currentWidget() is paying.screen.checkout
    assert paying.basket == [("维生素C咀嚼片", "2 瓶")]
    assert "王*明" in paying.texts
    assert sales(paying) == []


def test_a_scan_while_paying_says_that_it_was_not_taken(paying: Desk) -> None:
    paying.scan(MASKS)
    assert paying.refusals() == ["scan_while_paying"]

    paying.press(Key.Key_Escape)
    paying.wait()
    assert paying.basket == [("维生素C咀嚼片", "2 瓶")]


def test_everything_can_be_paid_by_touch(paying: Desk) -> None:
    for name in ("6", "0", ".", "5", "退格", "完成收款"):
        paying.touch(name)

    assert sales(paying) == ["S1-01-000001"]
    assert "已收 ¥60.00 · 应收 ¥49.30" in paying.texts


def test_a_quick_amount_pays_exactly(paying: Desk) -> None:
    paying.touch("¥49.30 F1")
    assert {"找零", "¥0.00"} <= set(paying.texts)

    paying.press(Key.Key_F3)
    paying.write("\r")
    paying.wait()
    assert "已收 ¥60.00 · 应收 ¥49.30" in paying.texts


def test_digits_after_a_quick_amount_begin_anew(paying: Desk) -> None:
    paying.press(Key.Key_F1)
    paying.write("70")
    paying.wait()

    assert "已收 ¥70.00 · 应收 ¥49.30" in paying.texts


def test_when_the_till_refuses_at_the_last_moment_the_sale_can_go_on(desk: Desk) -> None:
    desk.scan(COLD_TABLETS)
    desk.write("+")
    desk.wait()
    desk.shop.till.leave_duty()
    desk.write("20\r")
    desk.wait()
    assert desk.refusals() == ["no_pharmacist"]
    assert sales(desk) == []

    assert desk.screen.currentWidget() is desk.screen.checkout
    desk.shop.till.take_duty(f"{0xB1:032x}", "2222")
    desk.write("+")
    desk.wait()
    desk.write("20\r")
    desk.wait()
    assert sales(desk) == ["S1-01-000001"]


def test_no_input_method_stands_before_the_amount(paying: Desk) -> None:
    field = paying.screen.payment.parts.field

    assert field.hasFocus()
    assert not field.inputMethodQuery(Qt.InputMethodQuery.ImEnabled)
    paying.write("1a2e+3")
    paying.wait()
    assert field.text() == "¥123"
