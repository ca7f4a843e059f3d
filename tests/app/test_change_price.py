from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pos_member.app.people.authorise import Approval
from tests.app.people import SUN_WEI, audits
from tests.app.registers import manager_signs_in
from tests.app.shop import COLD_TABLETS, LI_FANG, SHELF, VITAMIN, Shop

BY_MANAGER = Approval(staff_id=SUN_WEI.id, pin="3333")


def test_a_store_manager_sells_a_line_at_another_price_and_gives_the_reason(shop: Shop) -> None:
    manager_signs_in(shop)
    shop.scan(VITAMIN)
    shop.scan_member()
    state = shop.till.change_price(0, 4000, " 临期 ")
    (line,) = state.basket.lines
    assert (line.product.price_fen, line.list_price_fen) == (4000, 5000)
    assert audits(shop, "change_price")[-1] == {
        "action": "change_price",
        "staff_id": SUN_WEI.id,
        "basket_id": state.basket.id,
        "sku": "V100",
        "from_fen": 5000,
        "to_fen": 4000,
        "reason": "临期",
    }
    assert shop.settle().sale.quote.payable_fen == 3400


def test_the_list_price_is_remembered_over_two_changes_and_can_be_given_back(shop: Shop) -> None:
    manager_signs_in(shop)
    shop.scan(VITAMIN)
    shop.till.change_price(0, 4000, "临期")
    assert shop.till.change_price(0, 4500, "临期").basket.lines[0].list_price_fen == 5000
    assert shop.till.change_price(0, 5000, "改错").basket.lines[0].list_price_fen is None


def test_a_cashier_changes_a_price_only_by_the_store_managers_pin_and_once(shop: Shop) -> None:
    shop.scan(VITAMIN)
    assert shop.refused(lambda: shop.till.change_price(0, 4000, "临期")) == "right_missing"
    shop.publish(SUN_WEI)
    shop.till.change_price(0, 4000, "临期", BY_MANAGER)
    assert shop.audited()[-2:] == ["change_price", "override"]
    assert shop.refused(lambda: shop.till.change_price(0, 3000, "临期")) == "right_missing"
    assert shop.till.counter().basket.lines[0].product.price_fen == 4000


def test_one_more_of_it_is_scanned_at_the_list_price_and_both_can_be_made_one_line(shop: Shop) -> None:
    manager_signs_in(shop)
    shop.scan(VITAMIN)
    shop.till.change_price(0, 4000, "临期")
    assert len(shop.scan(VITAMIN).basket.lines) == 2
    state = shop.till.change_price(1, 4000, "临期")
    assert [(str(line.quantity), line.product.price_fen) for line in state.basket.lines] == [("2", 4000)]
    assert state.touched == 0
    assert shop.settle().sale.quote.payable_fen == 8000


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda shop: shop.till.change_price(0, 0, "赠送"), "price_too_low"),
        (lambda shop: shop.till.change_price(1, -1, "赠送"), "price_too_low"),
        (lambda shop: shop.till.change_price(0, 15_501, "涨价"), "price_too_high"),
        (lambda shop: shop.till.change_price(0, 1000, "　"), "price_reason"),
        (lambda shop: shop.till.change_price(2, 1000, "临期"), "no_such_line"),
    ],
    ids=["otc_a for nothing", "below nothing", "too dear", "no reason", "no line"],
)
def test_a_price_that_cannot_be_changes_nothing(shop: Shop, act: Callable[[Shop], object], code: str) -> None:
    manager_signs_in(shop)
    shop.scan(COLD_TABLETS)
    before = shop.scan(VITAMIN).basket
    assert shop.refused(lambda: act(shop)) == code
    assert shop.till.counter().basket == before
    assert "change_price" not in shop.audited()


def test_what_may_be_given_away_can_be_and_what_may_not_keeps_its_fen(shop: Shop) -> None:
    manager_signs_in(shop)
    shop.publish(replace(SHELF[2], price_fen=200))
    shop.scan(VITAMIN)
    shop.scan(COLD_TABLETS)
    shop.scan_member()
    shop.till.change_price(0, 0, "赠品")
    shop.till.change_price(1, 1, "临期")
    assert [line.net_fen for line in shop.settle().sale.quote.lines] == [0, 1]


def test_more_at_a_changed_price_needs_the_store_manager_again_and_less_needs_nobody(shop: Shop) -> None:
    shop.publish(SUN_WEI)
    shop.scan(VITAMIN)
    shop.till.set_quantity(0, "2")
    shop.till.change_price(0, 1, "临期", BY_MANAGER)
    assert shop.refused(lambda: shop.till.set_quantity(0, "100")) == "right_missing"
    oneself = Approval(staff_id=LI_FANG.id, pin="1111")
    assert shop.refused(lambda: shop.till.set_quantity(0, "100", oneself)) == "right_missing"
    assert str(shop.till.set_quantity(0, "1").basket.lines[0].quantity) == "1"
    assert str(shop.till.set_quantity(0, "3", BY_MANAGER).basket.lines[0].quantity) == "3"
    assert [body.get("quantity") for body in audits(shop, "override")] == [None, "3"]
