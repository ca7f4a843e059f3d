"""满减 and coupons: what counts, how much comes off, and how it is shared out (docs/programme §3.3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_member.domain.errors import Refusal
from pos_member.domain.offers import Coupon, Scope, SpendReduceOffer
from pos_member.domain.product import Category
from pos_member.domain.quote import Quote
from pos_member.domain.tier import Tier
from tests.domain.makers import BASIC, GOLD, SILVER, goods, lot, price, ruleset

NAMED_RX = Scope(categories=frozenset({Category.RX}))


def reduce(offer_id: str, threshold_fen: int, off_fen: int, scope: Scope | None = None) -> SpendReduceOffer:
    return SpendReduceOffer(id=offer_id, threshold_fen=threshold_fen, off_fen=off_fen, scope=scope or Scope())


def coupon(threshold_fen: int, off_fen: int, scope: Scope | None = None) -> Coupon:
    return Coupon(id="c", threshold_fen=threshold_fen, off_fen=off_fen, scope=scope or Scope())


def off(priced: Quote) -> list[int]:
    return [line.order_reduction_fen for line in priced.lines]


def used(priced: Quote) -> list[tuple[str, int]]:
    return [(each.id, each.fen) for each in priced.order_reductions]


def test_the_reduction_then_the_coupon_each_shared_over_what_is_left() -> None:
    priced = price(
        goods("PAD", "otc_b", 12050),
        goods("BPM", "device", 8000),
        goods("STATIN", "rx", 5000),
        member=BASIC,
        offers=(reduce("m200", 20000, 5000),),
        coupon=coupon(15000, 1000),
    )
    assert used(priced) == [("m200", 5000), ("c", 1000)]
    assert off(priced) == [3005 + 601, 1995 + 399, 0]
    assert (priced.payable_fen, priced.saved_fen) == (18048, 602 + 400 + 6000)


def test_thresholds_look_at_the_gross_so_that_a_discount_costs_no_reduction() -> None:
    offers = (reduce("m100", 10000, 1000),)
    assert price(goods("A", "otc_b", 10000), member=SILVER, offers=offers).payable_fen == 8000
    assert price(goods("A", "otc_b", 9999), member=SILVER, offers=offers).order_reductions == ()


def test_of_several_the_one_that_takes_most_off_ties_to_the_lower_id() -> None:
    lines = (goods("A", "otc_b", 30000),)
    several = (reduce("z", 20000, 5000), reduce("b", 10000, 4000), reduce("a", 30000, 5000), reduce("c", 30001, 9000))
    assert used(price(*lines, offers=several)) == [("a", 5000)]
    assert used(price(*lines, offers=tuple(reversed(several)))) == [("a", 5000)]


def test_what_a_reduction_may_take_counts_and_not_what_it_says() -> None:
    """A greater reduction on a few cheap goods takes less than a smaller one on all."""
    offers = (
        reduce("few", 400, 300, Scope(skus=frozenset({"A"}))),
        reduce("all", 500, 250),
        SpendReduceOffer(id="none", threshold_fen=10, off_fen=9, scope=Scope(skus=frozenset({"NOT HERE"}))),
    )
    half = Scope(skus=frozenset({"A"}))
    cheap = price(goods("A", "otc_b", 400), goods("B", "otc_b", 400), offers=offers, coupon=coupon(400, 399, half))
    assert used(cheap) == [("few", 300), ("c", 100)]


@pytest.mark.parametrize("category", ["rx", "otc_a"])
def test_a_fen_stays_on_each_drug_bound_by_law(category: str) -> None:
    everything = Scope(categories=frozenset({Category(category), Category.SUNDRY}))
    priced = price(goods("D", category, 300), goods("S", "sundry", 300), offers=(reduce("m", 600, 599, everything),))
    assert [line.net_fen for line in priced.lines] == [1, 0]
    again = price(goods("D", category, 300), goods("E", category, 0), offers=(reduce("m", 300, 299, everything),))
    assert [line.net_fen for line in again.lines] == [1, 0]


def test_goods_without_discount_and_unnamed_prescriptions_neither_count_nor_shrink() -> None:
    lines = (goods("A", "otc_b", 10000), goods("N", "otc_b", 10000, no_discount=True), goods("R", "rx", 10000))
    assert price(*lines, offers=(reduce("m", 10001, 500),)).order_reductions == ()
    assert off(price(*lines, offers=(reduce("m", 10000, 500),))) == [500, 0, 0]
    named = Scope(categories=frozenset({Category.RX, Category.OTC_B}))
    assert off(price(*lines, offers=(reduce("m", 20000, 500, named),))) == [250, 0, 250]


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (coupon(10001, 100), "还差 ¥0.01"),
        (coupon(100, 50, Scope(members=True)), "不适用"),
        (coupon(100, 50, Scope(skus=frozenset({"B"}))), "还差"),
        (coupon(1, 0, Scope(categories=frozenset({Category.RX}))), "还差"),
    ],
)
def test_a_coupon_that_does_not_apply_is_refused_with_the_reason(bad: Coupon, says: str) -> None:
    with pytest.raises(Refusal) as refused:
        price(goods("A", "otc_b", 10000), coupon=bad)
    assert refused.value.code == "coupon_not_applicable"
    assert says in refused.value.message


def test_a_coupon_with_nothing_left_to_take_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        price(goods("A", "otc_a", 100), offers=(reduce("m", 100, 99),), coupon=coupon(100, 50))
    assert "减不了钱" in refused.value.message


def test_a_coupon_is_refused_before_points_and_tenders_are_looked_at() -> None:
    with pytest.raises(Refusal) as refused:
        price(goods("A", "otc_b", 100), coupon=coupon(200, 100), points=150, cash=0)
    assert refused.value.code == "coupon_not_applicable"


def test_a_ruleset_may_keep_coupons_from_reduced_sales() -> None:
    apart = ruleset(("coupon_with_spend_reduce = true", "coupon_with_spend_reduce = false"))
    lines = (goods("A", "otc_b", 10000),)
    assert price(*lines, coupon=coupon(100, 50), rules=apart).payable_fen == 9950
    with pytest.raises(Refusal) as refused:
        price(*lines, offers=(reduce("m", 100, 99),), coupon=coupon(100, 50), rules=apart)
    assert "已享满减 m" in refused.value.message


def test_a_ruleset_may_keep_points_from_reduced_sales() -> None:
    apart = ruleset(("points_with_reductions = true", "points_with_reductions = false"))
    rich = replace(SILVER, lots=(lot(5000, "2026-03-02", "2027-03-31"),))
    sale = goods("A", "otc_b", 10000)
    offers = (reduce("m", 100, 99),)
    assert price(sale, member=rich, offers=offers, points="max", rules=apart).points_redeemed == 0
    assert price(sale, member=rich, offers=offers, points="max").points_redeemed == 4400


def test_a_ruleset_that_keeps_points_from_reduced_sales_leaves_them_to_others() -> None:
    apart = ruleset(("points_with_reductions = true", "points_with_reductions = false"))
    shopper = replace(SILVER, lots=(lot(5000, "2026-03-02", "2027-03-31"),))
    tea = goods("A", "rx", 10000)
    assert price(tea, member=shopper, points="max", rules=apart).points_redeemed == 5000
    with pytest.raises(Refusal) as refused:
        price(tea, member=shopper, coupon=coupon(100, 50, NAMED_RX), points=100, rules=apart)
    assert refused.value.code == "points_cap"


def test_a_reduction_of_a_single_fen_is_one() -> None:
    assert used(price(goods("A", "sundry", 100), offers=(reduce("m", 2, 1),))) == [("m", 1)]


def test_what_is_for_members_or_for_a_tier_reaches_just_them() -> None:
    member_week = reduce("members", 1000, 100, Scope(members=True))
    gold_week = reduce("gold", 1000, 200, Scope(tiers=frozenset({Tier.GOLD})))
    sale = goods("A", "sundry", 10000)
    assert [used(price(sale, member=who, offers=(member_week, gold_week))) for who in (None, SILVER, GOLD)] == [
        [],
        [("members", 100)],
        [("gold", 200)],
    ]
