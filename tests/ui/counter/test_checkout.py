"""Scanning, typing and changing a basket at the checkout."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.counter.counter_desk import Desk, Key
from tests.ui.counter.shop import (
    AMOXICILLIN,
    COLD_TABLETS,
    GOLD_CARD,
    LOST_CARD,
    MASKS,
    SNACK,
    VITAMIN,
    shelf_code,
)


def test_goods_scanned_before_the_card_are_priced_anew_for_the_member(desk: Desk) -> None:
    desk.scan(VITAMIN, VITAMIN)
    (before,) = desk.lines
    assert (before.quantity, before.unit_price, before.list_price, before.offer) == ("2 瓶", "¥29.00", "", None)

    desk.scan(GOLD_CARD)

    (line,) = desk.lines
    assert (line.unit_price, line.list_price, line.net) == ("¥24.65", "¥29.00", "¥49.30")
    assert line.offer is not None
    assert (line.offer.text, line.offer.tone) == ("金卡 8.5折", "gold")
    assert {"¥58.00", "¥8.70", "+110", "¥49.30", "王*明", "金卡", "2,340"} <= set(desk.texts)


def test_the_card_shows_how_old_its_figures_are_and_what_to_tell_the_member(desk: Desk) -> None:
    desk.scan(GOLD_CARD)

    assert "截至 14:02 总部数据" in desk.texts
    assert "320 分 05-31 起到期，可抵 ¥3.00" in desk.texts
    assert "138****5671 · 卡 6200 **** 1947 · 入会 2023-04" in desk.texts


def test_a_lost_card_says_so_and_the_sale_goes_on(desk: Desk) -> None:
    desk.scan(VITAMIN, LOST_CARD)
    assert desk.refusals() == ["card_lost"]

    desk.scan(MASKS)

    assert desk.basket == [("维生素C咀嚼片", "1 瓶"), ("医用外科口罩", "1 包")]


def test_what_was_typed_is_given_back_to_be_mended_when_nothing_is_found(desk: Desk) -> None:
    desk.write("zzzz\r")
    desk.wait()

    assert desk.refusals() == ["nothing_found"]
    assert desk.screen.checkout.input.text() == "zzzz"
    desk.write("V100\r")
    desk.wait()
    assert desk.basket == [("维生素C咀嚼片", "1 瓶")]
    assert desk.screen.checkout.input.text() == ""


def test_two_codes_typed_faster_than_the_till_answers_stay_two(desk: Desk) -> None:
    desk.write("V100\rM010\r")
    desk.wait()

    assert desk.basket == [("维生素C咀嚼片", "1 瓶"), ("医用外科口罩", "1 包")]


def test_initials_of_several_members_open_a_list_and_a_number_picks_one(desk: Desk) -> None:
    desk.write("wxm\r")
    desk.wait()
    assert desk.is_choosing()

    desk.write("2")
    desk.wait()

    assert not desk.is_choosing()
    assert "李*" in desk.texts


def test_arrows_and_enter_pick_from_the_list(desk: Desk) -> None:
    desk.write("wxm\r")
    desk.wait()
    desk.press(Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Return)
    desk.wait()

    assert "李*" in desk.texts


def test_esc_closes_the_list_and_keeps_what_was_typed(desk: Desk) -> None:
    desk.write("wxm\r")
    desk.wait()
    desk.press(Key.Key_Escape)

    assert not desk.is_choosing()
    assert desk.screen.checkout.input.text() == "wxm"


def test_a_scan_never_answers_an_open_list(desk: Desk) -> None:
    desk.write("wxm\r")
    desk.wait()
    desk.scan(VITAMIN)

    assert not desk.is_choosing()
    assert desk.basket == [("维生素C咀嚼片", "1 瓶")]
    assert "未识别会员" in desk.texts
    assert desk.screen.checkout.input.text() == ""


def test_a_scan_leaves_a_name_that_is_being_typed(desk: Desk) -> None:
    desk.write("wx")
    desk.scan(VITAMIN)
    desk.write("m")

    assert desk.screen.checkout.input.text() == "wxm"


def test_f4_changes_the_quantity_of_the_selected_line(desk: Desk) -> None:
    desk.scan(VITAMIN, MASKS)
    desk.press(Key.Key_Up, Key.Key_F4)
    desk.write("12")
    desk.press(Key.Key_Return)
    desk.wait()

    assert desk.basket == [("维生素C咀嚼片", "12 瓶"), ("医用外科口罩", "1 包")]
    desk.write("S001\r")
    desk.wait()
    assert len(desk.basket) == 3


def test_half_a_bottle_is_refused_and_the_line_stays(desk: Desk) -> None:
    desk.scan(VITAMIN)
    desk.press(Key.Key_F4)
    desk.write("0.5")
    desk.press(Key.Key_Return)
    desk.wait()

    assert desk.refusals() == ["quantity_whole"]
    assert desk.basket == [("维生素C咀嚼片", "1 瓶")]


def test_a_refused_quantity_stands_ready_to_be_typed_again(desk: Desk) -> None:
    desk.scan(VITAMIN)
    desk.press(Key.Key_F4)
    desk.write("10000\r")
    desk.wait()
    assert desk.refusals() == ["quantity_most"]
    assert desk.screen.checkout.aside.quantity.field.text() == "10000"

    desk.write("12\r")
    desk.wait()

    assert desk.basket == [("维生素C咀嚼片", "12 瓶")]
    assert not desk.screen.checkout.aside.is_open


def test_a_scan_leaves_a_half_typed_quantity_for_its_own_line(desk: Desk) -> None:
    desk.scan(VITAMIN)
    desk.press(Key.Key_F4)
    desk.write("3")
    desk.scan(MASKS)
    assert desk.basket == [("维生素C咀嚼片", "1 瓶"), ("医用外科口罩", "1 包")]

    desk.press(Key.Key_Return)
    desk.wait()

    assert desk.basket == [("维生素C咀嚼片", "3 瓶"), ("医用外科口罩", "1 包")]


def test_a_scan_closes_a_quantity_nobody_has_typed(desk: Desk) -> None:
    desk.scan(VITAMIN)
    desk.press(Key.Key_F4)
    desk.scan(MASKS)

    assert not desk.screen.checkout.aside.is_open
    assert desk.screen.checkout.input.hasFocus()


def test_a_typed_quantity_counts_when_the_cashier_goes_straight_to_payment(desk: Desk) -> None:
    desk.scan(VITAMIN)
    desk.press(Key.Key_F4)
    desk.write("3+")
    desk.wait()

    assert desk.screen.currentWidget() is desk.screen.payment
    assert desk.screen.payment.payment is not None
    assert desk.screen.payment.payment.quote.payable_fen == 8700


def test_an_impossible_quantity_keeps_the_cashier_from_payment(desk: Desk) -> None:
    desk.scan(VITAMIN)
    desk.press(Key.Key_F4)
    desk.write("0+")
    desk.wait()

    assert desk.refusals() == ["bad_quantity"]
    assert desk.screen.currentWidget() is desk.screen.checkout
    assert desk.screen.checkout.aside.is_editing


def test_esc_leaves_the_quantity_as_it_was(desk: Desk) -> None:
    desk.scan(VITAMIN)
    desk.press(Key.Key_F4)
    desk.write("9")
    desk.press(Key.Key_Escape)
    desk.wait()

    assert desk.basket == [("维生素C咀嚼片", "1 瓶")]
    assert not desk.screen.checkout.aside.is_open


def test_a_quantity_can_be_given_by_touch_alone(desk: Desk) -> None:
    desk.scan(VITAMIN)
    for name in ("数量 F4", "3", "0", "退格", "确定 Enter"):
        desk.touch(name)

    assert desk.basket == [("维生素C咀嚼片", "3 瓶")]


def test_delete_takes_out_the_selected_line(desk: Desk) -> None:
    desk.scan(VITAMIN, MASKS, SNACK)
    desk.press(Key.Key_Up, Key.Key_Delete)
    desk.wait()

    assert [name for name, _ in desk.basket] == ["维生素C咀嚼片", "山楂片"]


def test_delete_pressed_twice_on_one_line_takes_only_that_line(desk: Desk) -> None:
    desk.scan(VITAMIN, MASKS, SNACK)
    desk.press(Key.Key_Up, Key.Key_Delete, Key.Key_Delete)
    desk.wait()

    assert [name for name, _ in desk.basket] == ["维生素C咀嚼片", "山楂片"]


def test_delete_mends_typing_while_there_is_any(desk: Desk) -> None:
    desk.scan(VITAMIN)
    desk.write("abc")
    desk.press(Key.Key_Home, Key.Key_Delete)
    desk.wait()

    assert desk.screen.checkout.input.text() == "bc"
    assert desk.basket == [("维生素C咀嚼片", "1 瓶")]


def test_voiding_asks_in_place_and_esc_keeps_the_basket(desk: Desk) -> None:
    desk.scan(VITAMIN)
    desk.press(Key.Key_Delete, control=True)
    assert "作废整单（1 种 1 件）？作废后不能恢复。" in desk.texts

    desk.press(Key.Key_Escape)
    desk.wait()

    assert desk.basket == [("维生素C咀嚼片", "1 瓶")]
    assert not desk.screen.checkout.keys.is_asking


def test_the_same_key_again_voids_the_basket_and_its_member(desk: Desk) -> None:
    desk.scan(VITAMIN, GOLD_CARD)
    desk.press(Key.Key_Delete, Key.Key_Delete, control=True)
    desk.wait()

    assert desk.basket == []
    assert {"扫商品或会员卡开始", "未识别会员"} <= set(desk.texts)


def test_a_scan_never_answers_whether_to_void(desk: Desk) -> None:
    desk.scan(VITAMIN)
    desk.press(Key.Key_Delete, control=True)
    desk.scan(MASKS)
    desk.press(Key.Key_Return)
    desk.wait()

    assert len(desk.basket) == 2
    assert not desk.screen.checkout.keys.is_asking


def test_ctrl_i_explains_the_price_and_the_points_of_a_line(desk: Desk) -> None:
    desk.scan(VITAMIN, GOLD_CARD)
    desk.press(Key.Key_I, control=True)

    assert "金卡：¥29.00 × 0.85 = ¥24.65" in desk.texts
    assert "−¥4.35" in desk.texts
    assert any("保健品 ¥24.65 × 1.5" in text for text in desk.texts)
    desk.press(Key.Key_I, control=True)
    assert not desk.screen.checkout.aside.is_open


def test_f2_lets_the_member_go_and_is_dim_without_one(desk: Desk) -> None:
    desk.scan(VITAMIN)
    button = desk.screen.checkout.keys.button("F2")
    assert not button.isEnabled()

    desk.scan(GOLD_CARD)
    assert button.isEnabled()
    desk.press(Key.Key_F2)
    desk.wait()

    assert not button.isEnabled()
    assert desk.lines[0].net == "¥29.00"


def test_points_without_a_member_say_why_not(desk: Desk) -> None:
    desk.scan(VITAMIN)
    desk.press(Key.Key_F7)

    assert desk.heard == ["没有会员，不能用积分；先扫会员卡。"]
    assert desk.screen.currentWidget() is desk.screen.checkout


def test_an_empty_basket_cannot_be_paid(desk: Desk) -> None:
    desk.write("+")

    assert desk.heard == ["购物篮是空的，先扫商品再收款。"]
    assert desk.screen.checkout.input.text() == ""


def test_a_prescription_drug_is_told_once_to_need_one_and_is_not_paid_for_without(desk: Desk) -> None:
    desk.scan(AMOXICILLIN, COLD_TABLETS)

    assert desk.refusals() == ["prescription_missing"]
    assert [line.chip.text for line in desk.lines if line.chip is not None] == ["处方", "甲类"]
    desk.press(Key.Key_Plus)
    desk.wait()
    assert desk.refusals() == ["prescription_missing"] * 2
    assert desk.screen.currentWidget() is desk.screen.checkout


def test_in_a_long_basket_the_line_just_scanned_is_in_view(desk: Desk) -> None:
    desk.scan(*(shelf_code(number) for number in range(1, 31)))
    table = desk.screen.checkout.basket

    assert table.line == 29
    assert table.rect().contains(table.line_rect(29))
    desk.scan(shelf_code(1))
    assert table.line == 0
    assert table.rect().contains(table.line_rect(0))


def test_the_selected_line_stays_in_view_when_the_window_shrinks(desk: Desk) -> None:
    desk.scan(*(shelf_code(number) for number in range(1, 31)))
    desk.screen.resize(1024, 640)
    desk.settle_layout()
    table = desk.screen.checkout.basket

    assert table.rect().contains(table.line_rect(29))


def test_a_touch_selects_a_line(desk: Desk) -> None:
    desk.scan(VITAMIN, MASKS)
    table = desk.screen.checkout.basket
    assert table.line == 1
    desk.touch_at(table, table.line_rect(0).center())

    assert table.line == 0
    assert desk.screen.checkout.input.hasFocus()


def test_after_a_restart_the_basket_is_as_it_was(desk: Desk) -> None:
    desk.scan(VITAMIN, GOLD_CARD)
    before = desk.lines
    desk.screen.checkout.basket.show_rows((), 0, "")
    desk.screen.load()
    desk.wait()

    assert desk.lines == before


def test_the_one_input_takes_names_by_input_method(desk: Desk) -> None:
    assert desk.screen.checkout.input.inputMethodQuery(Qt.InputMethodQuery.ImEnabled)
