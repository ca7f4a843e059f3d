"""The strings that screens show, from values the rules have made."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pos_member.app.counter import CounterState
from pos_member.app.selling.settle_sale import Settlement
from pos_member.domain.quantity import Quantity
from pos_member.domain.quote import OrderReduction
from pos_member.domain.redemption import RedemptionLimit
from tests.ui.counter.shop import ASTRAGALUS, GOLD_CARD, MASKS, NEW_CARD, NOW, SNACK, TODAY, VITAMIN, Shop
from ui.view_models.checkout import checkout_view
from ui.view_models.explanation import explanation
from ui.view_models.figures import Place, gained, less, points, short_yuan, unit_price
from ui.view_models.language import chinese
from ui.view_models.number_entry import BACKSPACE, NumberEntry
from ui.view_models.payment import payment_view, stepped

PLACE = Place(zone="Asia/Shanghai", today=TODAY)


def counter(shop: Shop, *codes: str) -> CounterState:
    state = shop.till.counter()
    for code in codes:
        answer = shop.till.enter(code)
        assert isinstance(answer, CounterState)
        state = answer
    return state


def test_a_first_purchase_shows_the_better_of_two_offers(shop: Shop) -> None:
    view = checkout_view(counter(shop, NEW_CARD, VITAMIN), PLACE, chinese)

    assert view.rows[0].offer is not None
    assert view.rows[0].offer.text == "首单 9折"
    assert view.member is not None
    assert "首单 9折" in [prompt.text for prompt in view.member.prompts]


def test_an_offer_on_a_few_fen_still_says_its_rate(shop: Shop) -> None:
    view = checkout_view(counter(shop, GOLD_CARD, SNACK), PLACE, chinese)

    assert view.rows[0].spoken == "山楂片 1 袋 金卡 8.5折 ¥0.26"


def test_a_unit_price_that_is_no_whole_fen_says_so(shop: Shop) -> None:
    counter(shop, GOLD_CARD, ASTRAGALUS)
    state = shop.till.set_quantity(0, "2.5")
    (row,) = checkout_view(state, PLACE, chinese).rows

    assert (row.quantity, row.unit_price, row.list_price, row.net) == ("2.5×10g", "¥4.08", "¥4.80", "¥10.20")
    assert unit_price(1001, Quantity.parse("3")) == "≈¥3.34"


def test_totals_of_an_empty_basket_promise_nothing(shop: Shop) -> None:
    view = checkout_view(shop.till.counter(), PLACE, chinese)

    assert (view.totals.payable, view.totals.earned, view.totals.redeemable) == ("¥0.00", "—", "—")
    assert view.redeem_why_not == "先扫商品，再用积分。"


@pytest.mark.parametrize(
    ("reason", "says"),
    [
        (RedemptionLimit.BALANCE, "可抵（可用余额）"),
        (RedemptionLimit.SHARE, "可抵（比例上限）"),
        (RedemptionLimit.OFFLINE, "可抵（本机今日上限）"),
        (RedemptionLimit.REPLICA_EXPIRED, "可抵（数据过旧）"),
        (RedemptionLimit.STOPPED, "可抵（本机停用积分）"),
        (RedemptionLimit.NOTHING_PAYABLE, "可抵（无可抵金额）"),
    ],
)
def test_what_limits_the_points_is_said_where_they_are_shown(shop: Shop, reason: RedemptionLimit, says: str) -> None:
    state = counter(shop, GOLD_CARD, VITAMIN)
    limited = replace(state, allowance=replace(state.allowance, points=0, worth_fen=0, reason=reason, offline_left=0))
    view = checkout_view(limited, PLACE, chinese)

    assert view.totals.redeemable_label == says
    assert view.redeem_why_not != ""


def test_own_records_not_yet_sent_are_counted_on_the_card(shop: Shop) -> None:
    counter(shop, GOLD_CARD, VITAMIN)
    shop.till.settle(Settlement(basket_id=shop.till.counter().basket.id))
    view = checkout_view(counter(shop, GOLD_CARD), PLACE, chinese)

    assert view.member is not None
    assert view.member.fresh == "截至 14:02 总部数据，另含本机 1 笔未上传"


def test_a_replica_of_another_day_names_the_day() -> None:
    assert PLACE.moment(NOW) == "14:26"
    assert PLACE.moment(datetime(2026, 5, 19, 23, 0, tzinfo=UTC)) == "05-20 07:00"
    assert Place(zone="Asia/Urumqi", today=date(2026, 5, 21)).moment(NOW) == "12:26"


def test_an_explanation_has_the_lines_own_steps_and_those_of_the_sale(shop: Shop) -> None:
    told = explanation(counter(shop, GOLD_CARD, VITAMIN, MASKS), 1, chinese)

    assert told is not None
    assert told.title == "医用外科口罩"
    assert [(row.rule, row.figure) for row in told.of_line] == [("原价", "¥12.00"), ("金卡 8.5折", "−¥1.80")]
    assert [row.rule for row in told.of_sale] == ["购物", "等级加成"]
    assert told.rules == "规则版本 2026.1"
    assert explanation(shop.till.counter(), 5, chinese) is None


def test_nothing_given_yet_shows_the_payable_and_asks_for_cash(shop: Shop) -> None:
    counter(shop, VITAMIN)
    view = payment_view(shop.till.payment(0), None, chinese)

    assert (view.change_label, view.change, view.received, view.why_not) == ("应收", "¥29.00", "", "输入收到的现金")
    assert view.points is None
    assert view.earned == view.balance_after == ""


def test_what_the_whole_order_got_is_listed_so_that_the_steps_lead_to_the_payable(shop: Shop) -> None:
    counter(shop, VITAMIN)
    payment = shop.till.payment(0)
    reduction = OrderReduction(
        id="满20减5", is_coupon=False, threshold_fen=2000, off_fen=500, fen=500, lines=(0,), shares=(500,)
    )
    reduced = replace(payment.quote, order_reductions=(reduction,), rounding_fen=7, payable_fen=2393)
    view = payment_view(replace(payment, quote=reduced), None, chinese)

    assert [(step.what, step.amount) for step in view.steps] == [
        ("商品合计", "¥29.00"),
        ("满20减5", "− ¥5.00"),
        ("抹零", "− ¥0.07"),
    ]
    assert view.payable == "¥23.93"


def test_figures_are_written_as_people_read_them() -> None:
    assert [points(2340), points(-1200), gained(200), gained(0)] == ["2,340", "−1,200", "+200", "0"]
    assert [less(1102), short_yuan(8500), short_yuan(8450)] == ["− ¥11.02", "¥85", "¥84.50"]


@pytest.mark.parametrize(
    ("keys", "text", "fen"),
    [
        ("100", "100", 10000),
        ("84.5", "84.5", 8450),
        ("84.", "84.", 8400),
        (".5", "0.5", 50),
        ("007", "7", 700),
        ("1.2.3", "1.23", 123),
        ("1.239", "1.23", 123),
        ("1234567", "123456", 12345600),
        ("12<<", "", None),
        ("12<5", "15", 1500),
    ],
)
def test_cash_is_typed_key_by_key(keys: str, text: str, fen: int | None) -> None:
    entry = NumberEntry()
    for key in keys:
        entry = entry.after(BACKSPACE if key == "<" else key)

    assert (entry.text, entry.fen) == (text, fen)


def test_a_backspace_takes_a_quick_amount_back_whole() -> None:
    offered = NumberEntry().offer_fen(8450)

    assert (offered.text, offered.grouped, NumberEntry().offer_fen(1000000).grouped) == ("84.50", "84.50", "10,000")
    assert offered.after(BACKSPACE).text == ""


@pytest.mark.parametrize(
    ("used", "steps", "wanted"),
    [(0, 1, 300), (300, 1, 400), (300, -1, 0), (400, -1, 300), (900, 1, 900), (0, -1, 0), (0, 2, 300)],
)
def test_points_go_by_steps_from_the_least_to_the_most(shop: Shop, used: int, steps: int, wanted: int) -> None:
    allowance = replace(counter(shop, GOLD_CARD, VITAMIN).allowance, points=900, step=100, minimum=300)
    assert stepped(used, steps, allowance) == wanted
    assert stepped(0, steps, replace(allowance, points=0)) == 0
