from __future__ import annotations

from dataclasses import replace

import pytest

from tests.app.registers import manager_signs_in
from tests.app.shop import ASTRAGALUS, MASKS, SHELF, VITAMIN, Shop
from tests.storage.makers import TODAY


def test_baskets_are_put_aside_by_member_or_time_and_taken_up_again_after_a_restart(shop: Shop) -> None:
    shop.scan(VITAMIN)
    first = shop.scan_member().basket
    assert shop.till.suspend(first.id).basket.is_empty
    shop.clock.pass_by(minutes=5)
    second = shop.scan(MASKS).basket
    shop.till.suspend(second.id)
    shop.restart()

    waiting = shop.till.suspended()
    assert [(one.basket_id, one.title, one.lines, one.payable_fen) for one in waiting] == [
        (first.id, "王*明", 1, 4250),
        (second.id, "10:35", 1, 1000),
    ]
    recalled = shop.till.recall(first.id)
    assert recalled.state.basket == first
    assert recalled.changes == ()
    assert [one.basket_id for one in shop.till.suspended()] == [second.id]
    assert shop.settle().sale.id == first.id
    assert shop.till.recall(second.id).state.basket == second


def test_asking_twice_puts_aside_and_takes_up_once(shop: Shop) -> None:
    basket = shop.scan(VITAMIN).basket
    shop.till.suspend(basket.id)
    shop.scan(MASKS)
    assert [line.product.sku for line in shop.till.suspend(basket.id).basket.lines] == ["M010"]
    shop.till.void_basket()
    shop.till.recall(basket.id)
    shop.scan(MASKS)
    assert len(shop.till.recall(basket.id).state.basket.lines) == 2
    assert shop.till.suspended() == ()


def test_what_cannot_be_put_aside_or_taken_up_says_why(shop: Shop) -> None:
    empty = shop.scan_member().basket
    assert shop.refused(lambda: shop.till.suspend(empty.id)) == "basket_empty"
    assert shop.refused(lambda: shop.till.suspend("0" * 32)) == "basket_changed"
    basket = shop.scan(VITAMIN).basket
    shop.till.suspend(basket.id)
    assert shop.refused(lambda: shop.till.recall("0" * 32)) == "suspended_gone"
    shop.scan(MASKS)
    assert shop.refused(lambda: shop.till.recall(basket.id)) == "basket_not_empty"
    assert len(shop.till.suspended()) == 1


def test_a_counter_that_is_full_of_baskets_says_so(shop: Shop) -> None:
    for _ in range(50):
        shop.till.suspend(shop.scan(VITAMIN).basket.id)
    last = shop.scan(MASKS).basket
    assert shop.refused(lambda: shop.till.suspend(last.id)) == "suspended_full"
    assert shop.till.counter().basket == last


def test_goods_come_back_at_the_price_they_have_now_and_those_taken_away_as_they_were(shop: Shop) -> None:
    shop.scan(VITAMIN)
    basket = shop.scan(MASKS).basket
    shop.till.suspend(basket.id)
    shop.publish(replace(SHELF[0], price_fen=5500))
    shop.publish(gone=SHELF[1])

    recalled = shop.till.recall(basket.id)
    assert [(line.product.sku, line.product.price_fen) for line in recalled.state.basket.lines] == [
        ("V100", 5500),
        ("M010", 1000),
    ]
    assert [sentence.message for sentence in recalled.changes] == [
        "维生素C片 的单价已由 ¥50.00 变为 ¥55.00",
        "医用外科口罩 已停售，仍按 ¥10.00 留在单上：请核对后再收款",
    ]
    assert shop.settle().sale.quote.payable_fen == 6500


def test_lines_that_come_to_one_price_while_they_wait_are_one_line(shop: Shop) -> None:
    shop.scan(VITAMIN)
    shop.publish(replace(SHELF[0], price_fen=6000))
    basket = shop.scan(VITAMIN).basket
    assert len(basket.lines) == 2
    shop.till.suspend(basket.id)
    recalled = shop.till.recall(basket.id).state
    assert [(str(line.quantity), line.product.price_fen) for line in recalled.basket.lines] == [("2", 6000)]
    assert shop.settle().sale.quote.payable_fen == 12_000


def test_a_price_that_the_store_manager_gave_stays(shop: Shop) -> None:
    manager_signs_in(shop)
    shop.scan(VITAMIN)
    basket = shop.till.change_price(0, 4000, "临期").basket
    shop.till.suspend(basket.id)
    shop.publish(replace(SHELF[0], price_fen=5500))
    (line,) = shop.till.recall(basket.id).state.basket.lines
    assert (line.product.price_fen, line.list_price_fen) == (4000, 5500)


@pytest.mark.parametrize("days", [0, 1])
def test_a_basket_that_waited_overnight_is_sold_by_the_rules_of_the_day(shop: Shop, days: int) -> None:
    basket = shop.scan(VITAMIN).basket
    shop.till.suspend(basket.id)
    shop.clock.pass_by(days=days)
    shop.till.recall(basket.id)
    assert (shop.settle().sale.business_date - TODAY).days == days


def test_goods_that_are_weighed_no_more_stay_in_the_basket_as_they_were(shop: Shop) -> None:
    shop.scan(ASTRAGALUS)
    basket_id = shop.till.set_quantity(0, "2.5").basket.id
    shop.till.suspend(basket_id)
    shop.publish(replace(SHELF[3], by_weight=False))
    recalled = shop.till.recall(basket_id)
    assert [change.message for change in recalled.changes] == [
        "黄芪 现按整件销售，2.5 仍按原样留在单上：请核对后再收款"
    ]
    assert [str(line.quantity) for line in shop.scan(ASTRAGALUS).basket.lines] == ["3.5"]
    assert shop.settle().sale.quote.payable_fen == 1680
