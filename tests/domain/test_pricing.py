"""What a basket costs: offers, points, change (docs/programme §3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_member.domain.errors import Malformed, Refusal
from pos_member.domain.pricing import greatest_redemption, quote
from pos_member.domain.quote import OfflineLimit, QuoteRequest
from tests.domain.makers import BASIC, DIAMOND, GOLD, RULES, SILVER, day, goods, lot, price, ruleset, told

RICH = replace(SILVER, lots=(lot(5000, "2026-03-02", "2027-03-31"),))
OFFLINE = OfflineLimit(redeemed_today=0, replica_expired=False)


def code_of(refused: pytest.ExceptionInfo[Refusal]) -> str:
    return refused.value.code


def test_gold_pays_85_percent_and_half_a_fen_rounds_up() -> None:
    priced = price(goods("VC-100", "supplement", 6800, "2"), goods("SWAB", "sundry", 990), member=GOLD)
    assert [(line.gross_fen, line.line_net_fen, line.earning_fen) for line in priced.lines] == [
        (13600, 11560, 11560),
        (990, 842, 842),
    ]
    assert [line.offer and (line.offer.id, line.offer.reduction_fen) for line in priced.lines] == [
        ("tier:gold", 2040),
        ("tier:gold", 148),
    ]
    assert (priced.gross_fen, priced.line_reduction_fen, priced.payable_fen) == (14590, 2188, 12402)
    assert (priced.tier_before, priced.tier_after, priced.ruleset) == ("gold", "gold", "2026.1")


def test_half_a_fen_of_the_gross_rounds_up() -> None:
    assert price(goods("HERB", "tcm", 101, "0.5", by_weight=True)).gross_fen == 51
    assert price(goods("HERB", "tcm", 101, "0.495", by_weight=True)).gross_fen == 50


def test_lines_of_one_product_and_price_are_merged_before_they_are_rounded() -> None:
    herb = goods("HERB", "tcm", 101, "0.5", by_weight=True)
    priced = price(herb, goods("SOAP", "sundry", 1200), herb)
    assert [(line.sku, str(line.quantity), line.gross_fen) for line in priced.lines] == [
        ("HERB", "1", 101),
        ("SOAP", "1", 1200),
    ]
    assert "合并 0.5 + 0.5" in told(priced)[0]


def test_however_many_lines_are_merged_each_is_told_in_the_order_it_came() -> None:
    priced = price(*(goods("SOAP", "sundry", 1200, quantity) for quantity in ("3", "1", "2")), goods("A", "sundry", 5))
    assert [str(line.quantity) for line in priced.lines] == ["6", "1"]
    assert [[str(part) for part in line.parts] for line in priced.lines] == [["3", "1", "2"], []]


def test_lines_of_one_product_at_two_prices_stay_apart() -> None:
    assert len(price(goods("A", "sundry", 100), goods("A", "sundry", 90)).lines) == 2


@pytest.mark.parametrize(
    ("other", "field"),
    [
        (goods("A", "device", 100), "category"),
        (goods("A", "sundry", 100, no_discount=True), "no_discount"),
        (goods("A", "sundry", 100, no_points=True), "no_points"),
        (goods("A", "sundry", 100, by_weight=True), "by_weight"),
        (goods("A", "sundry", 100, insurable=True), "insurable"),
    ],
)
def test_lines_of_one_product_that_differ_otherwise_are_malformed(other: object, field: str) -> None:
    with pytest.raises(ValueError, match=rf"^lines\[1\].{field}: "):
        price(goods("A", "sundry", 100), other)  # type: ignore[arg-type]


def test_half_a_pack_is_malformed() -> None:
    with pytest.raises(ValueError, match="quantity"):
        price(goods("A", "sundry", 100, "0.5"))


def test_a_basket_without_goods_is_malformed() -> None:
    with pytest.raises(ValueError, match="lines"):
        price(member=GOLD)


def test_a_stranger_pays_the_list_price_and_has_no_tier() -> None:
    priced = price(goods("A", "supplement", 6800))
    assert (priced.payable_fen, priced.lines[0].offer, priced.lines[0].earning_fen) == (6800, None, 0)
    assert (priced.points, priced.points_earned, priced.available_after) == ((), 0, None)
    assert (priced.tier_before, priced.tier_after) == (None, None)


def test_prescription_drugs_and_excluded_goods_take_no_discount_nor_first_purchase() -> None:
    newcomer = replace(DIAMOND, completed_sales=0)
    priced = price(goods("RX", "rx", 5000), goods("FIX", "device", 5000, no_discount=True), member=newcomer)
    assert [line.offer for line in priced.lines] == [None, None]
    assert told(priced)[1:4:2] == ["处方药不参与折扣，除非优惠点名该商品或类别", "该商品不参与折扣"]
    assert [line.earning_fen for line in priced.lines] == [5000, 5000]


def test_the_first_purchase_costs_nine_tenths_where_the_tier_gives_less() -> None:
    first = price(goods("A", "otc_b", 10000), member=replace(BASIC, completed_sales=0))
    second = price(goods("A", "otc_b", 10000), member=replace(BASIC, completed_sales=1))
    assert first.lines[0].offer is not None
    assert second.lines[0].offer is not None
    assert (first.lines[0].offer.id, first.payable_fen) == ("first_purchase", 9000)
    assert (second.lines[0].offer.id, second.payable_fen) == ("tier:basic", 9500)


def test_a_better_tier_beats_the_first_purchase() -> None:
    priced = price(goods("A", "otc_b", 10000), member=replace(GOLD, completed_sales=0))
    assert priced.lines[0].offer is not None
    assert (priced.lines[0].offer.id, priced.payable_fen) == ("tier:gold", 8500)
    assert told(priced)[1] == "金卡：¥100.00 × 0.85 = ¥85.00（其他优惠：首单 ¥90.00）"


def test_offers_that_tie_go_to_the_lower_id() -> None:
    priced = price(goods("A", "otc_b", 10000), member=replace(SILVER, completed_sales=0))
    assert priced.lines[0].offer is not None
    assert priced.lines[0].offer.id == "first_purchase"


def test_an_offer_that_takes_nothing_off_is_no_offer() -> None:
    priced = price(goods("A", "sundry", 1), member=GOLD)
    assert (priced.lines[0].offer, priced.payable_fen) == (None, 1)


def test_no_offer_brings_a_legally_bound_line_to_nothing() -> None:
    nearly_free = ruleset(('rate = "0.90"', 'rate = "0.40"'))
    drug, soap = goods("OTC", "otc_a", 1), goods("SOAP", "sundry", 1)
    priced = price(drug, soap, member=replace(BASIC, completed_sales=0), rules=nearly_free)
    assert [line.net_fen for line in priced.lines] == [1, 0]


def test_points_pay_half_and_eat_what_expires_first() -> None:
    member = replace(
        SILVER,
        lots=(
            lot(3000, "2026-03-02", "2027-03-31"),
            lot(1200, "2025-07-09", "2026-07-31"),
            lot(500, "2025-04-11", "2026-04-30"),
            lot(900, "2025-12-20", "2026-12-31"),
        ),
    )
    priced = price(
        goods("COUGH", "otc_b", 4500), goods("SOAP", "sundry", 1200), member=member, on="2026-05-09", points="max"
    )
    assert (priced.points_redeemed, priced.points_redeemed_fen, priced.payable_fen) == (2500, 2500, 2630)
    assert [(line.points_reduction_fen, line.points_redeemed, line.net_fen) for line in priced.lines] == [
        (1974, 1974, 2076),
        (526, 526, 554),
    ]
    assert [(str(eaten.expires_on), eaten.points) for eaten in priced.redeemed_lots] == [
        ("2026-07-31", 1200),
        ("2026-12-31", 900),
        ("2027-03-31", 400),
    ]
    assert (priced.points_earned, priced.available_after) == (23, 2623)


def test_lots_with_one_last_day_are_eaten_first_earned_first_and_shown_as_one() -> None:
    member = replace(
        SILVER,
        lots=(
            lot(200, "2026-03-05", "2027-03-31", "b"),
            lot(300, "2026-03-02", "2027-03-31", "c"),
            lot(300, "2026-03-02", "2027-03-31", "a"),
        ),
    )
    priced = price(goods("A", "rx", 10000), member=member, points=400)
    assert [(str(eaten.expires_on), eaten.points) for eaten in priced.redeemed_lots] == [("2027-03-31", 400)]


def test_points_last_through_their_last_day() -> None:
    member = replace(SILVER, lots=(lot(300, "2025-05-02", "2026-05-31"),))
    assert price(goods("A", "rx", 10000), member=member, on="2026-05-31", points="max").points_redeemed == 300
    assert price(goods("A", "rx", 10000), member=member, on="2026-06-01", points="max").points_redeemed == 0


def test_offline_only_what_is_left_of_the_day_may_be_paid_with() -> None:
    offline = OfflineLimit(redeemed_today=1500, replica_expired=False)
    with pytest.raises(Refusal) as refused:
        price(goods("COUGH", "otc_b", 10000), member=RICH, points=600, offline=offline)
    assert code_of(refused) == "points_offline_limit"
    assert "还能抵 500 分（每日 2000 分）" in refused.value.message
    assert price(goods("COUGH", "otc_b", 10000), member=RICH, points=500, offline=offline).points_redeemed == 500


def test_offline_on_an_old_replica_no_points_may_be_paid_with() -> None:
    expired = OfflineLimit(redeemed_today=0, replica_expired=True)
    with pytest.raises(Refusal) as refused:
        price(goods("A", "rx", 10000), member=RICH, points=100, offline=expired)
    assert code_of(refused) == "points_offline_limit"
    assert "超过 7 天没有更新" in refused.value.message
    assert price(goods("A", "rx", 10000), member=RICH, offline=expired).payable_fen == 10000


@pytest.mark.parametrize(
    ("points", "member", "lines_fen", "offline", "code"),
    [
        (150, None, 100, None, "points_no_member"),
        (150, replace(SILVER), 100, None, "points_step"),
        (50, RICH, 100000, None, "points_step"),
        (5100, RICH, 100, OFFLINE, "points_balance"),
        (2100, RICH, 100, OFFLINE, "points_cap"),
        (2100, RICH, 100000, OFFLINE, "points_offline_limit"),
    ],
)
def test_refusals_of_points_come_in_their_order(
    points: int, member: object, lines_fen: int, offline: OfflineLimit | None, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        price(goods("A", "rx", lines_fen), member=member, points=points, offline=offline, cash=0)  # type: ignore[arg-type]
    assert code_of(refused) == code


def test_exactly_half_passes_and_a_step_more_does_not() -> None:
    assert price(goods("A", "rx", 2000), member=RICH, points=1000).payable_fen == 1000
    with pytest.raises(Refusal) as refused:
        price(goods("A", "rx", 2199), member=RICH, points=1100)
    assert code_of(refused) == "points_cap"
    assert "至多 1000 分" in refused.value.message


def test_points_below_nothing_are_malformed() -> None:
    with pytest.raises(ValueError, match="points_to_redeem"):
        price(goods("A", "rx", 2000), member=RICH, points=-100)


def test_a_stranger_who_asks_for_the_most_pays_with_none() -> None:
    assert price(goods("A", "rx", 2000), points="max").points_redeemed == 0


def test_debt_beside_points_is_malformed() -> None:
    with pytest.raises(ValueError, match="debt"):
        price(goods("A", "rx", 2000), member=replace(RICH, debt=5))


def test_goods_that_points_may_not_pay_for_keep_their_price() -> None:
    no_sundry = ruleset(('"device", "sundry"]', '"device"]'))
    priced = price(goods("A", "rx", 4000), goods("SOAP", "sundry", 8000), member=RICH, points="max", rules=no_sundry)
    soap = 8000 * 9 // 10
    assert [line.net_fen for line in priced.lines] == [2000, soap]


def test_points_may_be_worth_another_amount() -> None:
    half_worth = ruleset(("[deduction]\nfen_per_100_points = 100", "[deduction]\nfen_per_100_points = 50"))
    priced = price(goods("A", "rx", 3000), member=RICH, points="max", rules=half_worth)
    assert (priced.points_redeemed, priced.points_redeemed_fen, priced.payable_fen) == (3000, 1500, 1500)
    assert (priced.lines[0].points_redeemed, priced.lines[0].points_reduction_fen) == (3000, 1500)


@pytest.mark.parametrize(
    ("member", "fen", "offline", "expected"),
    [
        (None, 10000, None, (0, "no_member")),
        (RICH, 100000, None, (5000, "balance")),
        (RICH, 9999, None, (4900, "share")),
        (RICH, 10000, None, (5000, "balance")),
        (RICH, 9999, OFFLINE, (2000, "offline")),
        (RICH, 9999, OfflineLimit(redeemed_today=2500, replica_expired=False), (0, "offline")),
        (RICH, 9999, OfflineLimit(redeemed_today=0, replica_expired=True), (0, "replica_expired")),
        (SILVER, 9999, OfflineLimit(redeemed_today=0, replica_expired=True), (0, "balance")),
    ],
)
def test_the_till_says_how_many_points_may_pay_and_what_sets_the_limit(
    member: object, fen: int, offline: OfflineLimit | None, expected: tuple[int, str]
) -> None:
    request = QuoteRequest(
        on=day("2026-05-06"),
        lines=(goods("A", "rx", fen),),
        member=member,  # type: ignore[arg-type]
        offline=offline,
    )
    assert greatest_redemption(request, RULES) == expected
    assert quote(replace(request, points_to_redeem="max"), RULES).points_redeemed == expected[0]


def test_cash_gives_change_and_too_little_is_refused() -> None:
    assert price(goods("A", "rx", 8448), cash=10000).change_fen == 1552
    with pytest.raises(Refusal) as refused:
        price(goods("A", "rx", 8448), cash=8000)
    assert code_of(refused) == "tender_short"
    assert "还差 ¥4.48" in refused.value.message


def test_a_debt_or_points_to_pay_with_below_zero_are_malformed() -> None:
    with pytest.raises(Malformed, match=r"^member.debt: "):
        price(goods("A", "rx", 2000), member=replace(SILVER, debt=-1))
    with pytest.raises(Malformed, match=r"^points_to_redeem: "):
        price(goods("A", "rx", 2000), member=RICH, points=-1)


def test_a_single_point_is_no_step_to_pay_with() -> None:
    with pytest.raises(Refusal) as refused:
        price(goods("A", "rx", 2000), member=RICH, points=1)
    assert code_of(refused) == "points_step"


def test_not_a_fen_of_the_points_falls_on_goods_they_may_not_pay_for() -> None:
    no_sundry = ruleset(('"device", "sundry"]', '"device"]'))
    lines = (goods("A", "rx", 200), goods("SOAP", "sundry", 100), goods("TEA", "sundry", 100))
    priced = price(*lines, member=RICH, points=100, rules=no_sundry)
    assert [line.points_reduction_fen for line in priced.lines] == [100, 0, 0]
