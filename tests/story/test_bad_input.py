"""What goes wrong at the counter is said in one sentence, and nothing is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.story.counter import FROZEN, LOST, Counter, good


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("2099999999998", "没有条码为 2099999999998 的商品"),
        ("6200999999999999", "没有登记过卡 6200 **** 9999"),
        ("13900000000", "没有用手机号 13900000000 登记的会员"),
        ("zzzzzz", "没有找到"),
        ("12345", "没有条码为 12345 的商品"),
    ],
)
def test_a_code_nobody_knows_says_so_and_changes_nothing(counter: Counter, code: str, says: str) -> None:
    counter.scan(good(counter.shop, "bag"))
    before = counter.state.basket
    counter.scan(code)
    assert says in counter.message
    assert counter.state.basket == before


@pytest.mark.parametrize(("card", "says"), [(LOST, "已挂失"), (FROZEN, "已被冻结")])
def test_a_lost_card_and_a_frozen_member_say_so_and_the_sale_goes_on(counter: Counter, card: int, says: str) -> None:
    counter.scan(good(counter.shop, "bag"))
    counter.scan(counter.shop.facts.cards[card].code)
    assert says in counter.message
    assert counter.state.member is None
    settled = counter.pay(points=0, cash_yuan="0.5")
    assert settled.sale.member_id is None


@pytest.mark.parametrize(("name", "says"), [("rx", "处方"), ("ephedrine", "麻黄碱")])
def test_what_has_to_be_registered_first_says_so_at_the_scan_and_at_the_payment(
    counter: Counter, name: str, says: str
) -> None:
    counter.scan(good(counter.shop, name))
    assert says in counter.message
    counter.press(Qt.Key.Key_Escape)
    counter.press(Qt.Key.Key_Plus)
    counter.rest()
    assert says in counter.message
    assert len(counter.state.basket.lines) == 1


def test_too_little_cash_says_what_is_missing_and_the_basket_stays(counter: Counter) -> None:
    counter.scan(good(counter.shop, "fish_oil"))
    counter.press(Qt.Key.Key_Plus)
    counter.rest()
    counter.keys.type("100")
    counter.rest()
    assert counter.payment.short_fen == 1800
    counter.press(Qt.Key.Key_Return)
    counter.rest()
    assert "18.00" in counter.message
    counter.press(Qt.Key.Key_Escape)
    assert len(counter.state.basket.lines) == 1
