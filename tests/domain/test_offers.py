"""Published offers: whom they are for, what they take off, and which of several a line gets (docs/programme §3.2)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pos_member.domain.offers import (
    BUILT_IN,
    BuyNGetMOffer,
    FixedPriceOffer,
    Offer,
    PercentOffer,
    Scope,
    tier_of_offer,
)
from pos_member.domain.product import Category
from pos_member.domain.quote import Quote
from pos_member.domain.tier import Tier
from tests.domain.makers import BASIC, GOLD, SILVER, day, goods, price


def percent(offer_id: str, rate: str, scope: Scope | None = None) -> PercentOffer:
    return PercentOffer(id=offer_id, rate=Fraction(rate), scope=scope or Scope())


def taken(priced: Quote, line: int = 0) -> str | None:
    offer = priced.lines[line].offer
    return None if offer is None else offer.id


def test_the_lowest_net_wins_and_equal_nets_go_to_the_lower_id() -> None:
    offers: tuple[Offer, ...] = (
        percent("supplements-88", "0.88", Scope(categories=frozenset({Category.SUPPLEMENT}))),
        FixedPriceOffer(id="member-price", price_fen=4500, scope=Scope(skus=frozenset({"B12"}), members=True)),
    )
    priced = price(goods("OMEGA3", "supplement", 9900), goods("B12", "otc_b", 5000, "2"), member=SILVER, offers=offers)
    assert [(taken(priced, index), line.line_net_fen) for index, line in enumerate(priced.lines)] == [
        ("supplements-88", 8712),
        ("member-price", 9000),
    ]
    assert priced.lines[1].offer is not None
    assert priced.lines[1].offer.others == (("tier:silver", 9000),)


def test_ids_compare_by_code_point() -> None:
    offers = (percent("b", "0.5"), percent("B", "0.5"), percent("é", "0.5"))
    assert taken(price(goods("A", "sundry", 1000), offers=offers)) == "B"


def test_offers_never_stack() -> None:
    priced = price(goods("A", "sundry", 10000), member=GOLD, offers=(percent("p", "0.9"), percent("q", "0.8")))
    assert priced.payable_fen == 8000


@pytest.mark.parametrize(("quantity", "payable"), [("2", 2500), ("3", 2500), ("5", 5000), ("7", 6250), ("6", 5000)])
def test_of_three_masks_one_is_free(quantity: str, payable: int) -> None:
    masks = BuyNGetMOffer(id="masks", n=2, m=1, scope=Scope(skus=frozenset({"MASK"})))
    assert price(goods("MASK", "sundry", 1250, quantity), offers=(masks,)).payable_fen == payable


def test_drugs_bound_by_law_and_weighed_goods_are_no_free_units() -> None:
    free = BuyNGetMOffer(id="free", n=1, m=1)
    lines = (
        goods("RX", "rx", 1000, "2"),
        goods("A", "otc_a", 1000, "2"),
        goods("HERB", "tcm", 1000, "2", by_weight=True),
        goods("B", "otc_b", 1000, "2"),
    )
    assert [line.line_net_fen for line in price(*lines, offers=(free,)).lines] == [2000, 2000, 2000, 1000]


def test_a_price_of_its_own_counts_by_weight_and_is_never_dearer() -> None:
    herb = goods("HERB", "tcm", 386, "12.5", by_weight=True)
    cheaper = FixedPriceOffer(id="cheap", price_fen=333)
    dearer = FixedPriceOffer(id="dear", price_fen=387)
    assert price(herb, offers=(cheaper,)).payable_fen == 4163
    priced = price(herb, offers=(dearer,))
    assert (priced.payable_fen, taken(priced)) == (4825, None)


@pytest.mark.parametrize(
    ("scope", "named"),
    [
        (Scope(), False),
        (Scope(members=True), False),
        (Scope(skus=frozenset({"RX"})), True),
        (Scope(categories=frozenset({Category.RX})), True),
        (Scope(skus=frozenset({"RX"}), categories=frozenset({Category.OTC_A})), False),
    ],
)
def test_a_prescription_drug_takes_only_an_offer_that_names_it(scope: Scope, named: bool) -> None:
    priced = price(goods("RX", "rx", 1000), member=SILVER, offers=(percent("p", "0.5", scope),))
    assert taken(priced) == ("p" if named else None)


@pytest.mark.parametrize("category", ["rx", "otc_a"])
def test_no_offer_makes_a_drug_bound_by_law_free(category: str) -> None:
    named = Scope(categories=frozenset({Category(category)}))
    nearly = (percent("half", "0.5", named), percent("tenth", "0.1", named))
    priced = price(goods("A", category, 4), offers=nearly)
    assert (taken(priced), priced.payable_fen) == ("half", 2)
    assert taken(price(goods("A", category, 1), offers=(percent("tenth", "0.1", named),))) is None
    assert price(goods("S", "sundry", 4), offers=(percent("tenth", "0.1"),)).payable_fen == 0


@pytest.mark.parametrize(
    ("scope", "holds"),
    [
        (Scope(stores=frozenset({"S1", "S2"})), True),
        (Scope(stores=frozenset({"S2"})), False),
        (Scope(tiers=frozenset({Tier.SILVER})), True),
        (Scope(tiers=frozenset({Tier.GOLD})), False),
        (Scope(members=True), True),
        (Scope(days_of_month=frozenset({6, 15})), True),
        (Scope(days_of_month=frozenset({15})), False),
        (Scope(weekdays=frozenset({3})), True),
        (Scope(weekdays=frozenset({2, 4})), False),
        (Scope(first=day("2026-05-06"), last=day("2026-05-06")), True),
        (Scope(first=day("2026-05-07")), False),
        (Scope(last=day("2026-05-05")), False),
        (Scope(skus=frozenset({"A"}), stores=frozenset({"S2"})), False),
    ],
)
def test_everything_a_scope_names_has_to_hold(scope: Scope, holds: bool) -> None:
    priced = price(goods("A", "sundry", 1000), member=SILVER, store="S1", offers=(percent("p", "0.5", scope),))
    assert taken(priced) == ("p" if holds else "tier:silver")


def test_a_stranger_gets_what_is_open_to_everyone_and_nothing_for_members() -> None:
    line = goods("A", "sundry", 1000)
    assert taken(price(line, offers=(percent("p", "0.5"),))) == "p"
    assert taken(price(line, offers=(percent("p", "0.5", Scope(members=True)),))) is None
    assert taken(price(line, offers=(percent("p", "0.5", Scope(tiers=frozenset(Tier))),))) is None


def test_a_sale_without_a_store_is_in_no_list_of_stores() -> None:
    scope = Scope(stores=frozenset({"S1"}))
    assert taken(price(goods("A", "sundry", 1000), offers=(percent("p", "0.5", scope),))) is None


def test_goods_without_discount_take_no_offer_at_all() -> None:
    line = goods("A", "sundry", 1000, no_discount=True)
    assert taken(price(line, member=BASIC, offers=(percent("p", "0.5", Scope(skus=frozenset({"A"}))),))) is None


def test_the_built_in_ids_are_those_of_the_tiers_and_the_first_purchase() -> None:
    assert sorted(BUILT_IN) == ["first_purchase", "tier:basic", "tier:diamond", "tier:gold", "tier:silver"]
    assert [tier_of_offer(each) for each in ("tier:gold", "first_purchase", "tier:lead", "p")] == [
        Tier.GOLD,
        None,
        None,
        None,
    ]


def test_free_units_are_counted_in_whole_groups_however_many_are_bought() -> None:
    trio = BuyNGetMOffer(id="trio", n=1, m=2)
    assert [trio.paid_units(1000 * units) for units in (1, 2, 3, 4, 998, 999, 1000)] == [1, 2, 1, 2, 334, 333, 334]


def test_the_offers_a_line_did_not_get_are_told_cheapest_first_whatever_order_they_came_in() -> None:
    offers = (percent("d", "0.8"), percent("b", "0.7"), percent("a", "0.6"), percent("c", "0.7"))
    soap = goods("SOAP", "sundry", 1000)
    for published in (offers, offers[::-1]):
        offer = price(soap, offers=published).lines[0].offer
        assert offer is not None
        assert (offer.id, offer.others) == ("a", (("b", 700), ("c", 700), ("d", 800)))
