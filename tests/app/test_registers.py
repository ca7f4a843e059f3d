"""Goods with ephedrine, conflicts, and that no way through the till gets round what the law asks for."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace

import pytest

from pos_member.app.counter import CounterState, NeedKind
from pos_member.app.selling.settle_sale import Settlement
from pos_member.domain.product import Category
from pos_member.domain.registers import EphedrineRegistered
from tests.app.registers import (
    AMOXICILLIN,
    BOUND,
    CEFALEXIN,
    COLD_SYRUP,
    ID_NUMBER,
    PARACETAMOL,
    allergic,
    approve,
    manager_signs_in,
    register,
)
from tests.app.returning import back, pieces
from tests.app.shop import CHEN_LEI, COLD_TABLETS, MASKS, SHELF, VITAMIN, Shop, cash


@pytest.fixture
def pharmacy(shop: Shop) -> Shop:
    shop.publish(*BOUND)
    return shop


# Goods with ephedrine


def test_the_buyer_of_goods_with_ephedrine_is_registered_and_kept_apart_from_the_sale(pharmacy: Shop) -> None:
    shop = pharmacy
    shop.scan(COLD_SYRUP)
    (need,) = shop.scan(COLD_SYRUP).needs
    assert (need.kind, need.skus) == (NeedKind.BUYER, ("E001",))
    assert shop.refused(shop.settle) == "ephedrine_buyer"

    shop.till.registers.register_buyer("王晓明", "１１０１０１ 19900307 0011")
    shop.restart()
    settled = shop.settle()
    with shop.terminal.reading() as records:
        (fact,) = records.facts_about(EphedrineRegistered, settled.sale.id)
        assert records.part_about(fact.id) == {"name": "王晓明", "id_number": ID_NUMBER}
    assert [(each.sku, str(each.quantity)) for each in fact.packs] == [("E001", "2")]
    assert settled.next.basket.buyer is None
    with sqlite3.connect(shop.folder / "terminal.db") as connection:
        sale = connection.execute("SELECT document FROM sales").fetchone()[0]
        told = b"".join(row[0] for row in connection.execute("SELECT canonical FROM events")).decode()
        kept = connection.execute("SELECT document FROM open_basket").fetchone()[0]
    for written in (sale, told, kept):
        assert ID_NUMBER not in written
        assert "王晓明" not in written


def test_no_more_than_two_packs_of_all_goods_with_ephedrine_in_one_sale(pharmacy: Shop) -> None:
    shop = pharmacy
    shop.publish(replace(SHELF[1], ephedrine=True))
    for code in (COLD_SYRUP, MASKS, MASKS):
        shop.scan(code)
    state = shop.till.registers.register_buyer("王晓明", ID_NUMBER)
    assert [need.kind for need in state.needs] == [NeedKind.FEWER_PACKS]
    assert shop.refused(shop.settle) == "ephedrine_limit"
    shop.till.set_quantity(1, "1")
    assert shop.settle().sale.quote.payable_fen == 3500


@pytest.mark.parametrize(
    ("name", "number", "code"),
    [
        (" ", ID_NUMBER, "buyer_name"),
        ("王" * 41, ID_NUMBER, "buyer_name"),
        ("王晓明", "110101199003070012", "id_number_check_digit"),
        ("王晓明", "11010119900307001", "id_number_malformed"),
        ("王晓明", "110101199002300011", "id_number_malformed"),
    ],
)
def test_a_buyer_without_a_name_or_a_real_number_is_not_registered(
    pharmacy: Shop, name: str, number: str, code: str
) -> None:
    pharmacy.scan(COLD_SYRUP)
    assert pharmacy.refused(lambda: pharmacy.till.registers.register_buyer(name, number)) == code
    assert pharmacy.till.counter().basket.buyer is None


# Conflicts


def test_an_allergy_is_acknowledged_by_name_before_the_sale(pharmacy: Shop) -> None:
    shop = pharmacy
    shop.publish(allergic("对乙酰氨基酚"))
    shop.scan(PARACETAMOL)
    assert shop.till.counter().conflicts == ()
    state = shop.scan_member()
    (conflict,) = state.conflicts
    assert "对乙酰氨基酚" in conflict.sentence.message
    assert [(need.kind, need.conflict) for need in state.needs] == [(NeedKind.ACKNOWLEDGEMENT, conflict.key)]
    assert shop.refused(lambda: shop.till.payment(0)) == "conflict_unacknowledged"
    assert shop.refused(shop.settle) == "conflict_unacknowledged"

    state = shop.till.registers.acknowledge(conflict.key)
    assert (state.conflicts, state.needs) == ((conflict,), ())
    shop.till.registers.acknowledge(conflict.key)
    assert shop.audited().count("acknowledge_conflict") == 1
    shop.restart()
    assert shop.settle().sale.member_id is not None


def test_what_a_member_does_not_bear_is_no_part_of_the_chain(pharmacy: Shop) -> None:
    shop = pharmacy
    shop.publish(allergic("对乙酰氨基酚"))
    shop.scan(PARACETAMOL)
    (conflict,) = shop.scan_member().conflicts
    shop.till.registers.acknowledge(conflict.key)
    with sqlite3.connect(shop.folder / "terminal.db") as connection:
        told = b"".join(row[0] for row in connection.execute("SELECT canonical FROM events")).decode()
        parts = b"".join(row[0] for row in connection.execute("SELECT content FROM event_parts")).decode()
    assert "李芳" in told
    assert "对乙酰氨基酚" not in told
    assert "对乙酰氨基酚" in parts


def test_one_ingredient_in_two_goods_is_acknowledged_anew_when_a_third_comes_to_it(pharmacy: Shop) -> None:
    shop = pharmacy
    for index in (0, 1):
        shop.publish(replace(SHELF[index], ingredients=("对乙酰氨基酚",)))
    shop.scan(PARACETAMOL)
    (conflict,) = shop.scan(VITAMIN).conflicts
    assert shop.till.registers.acknowledge(conflict.key).needs == ()
    shop.till.set_quantity(0, "3")
    assert shop.till.counter().needs == ()
    (wider,) = shop.scan(MASKS).conflicts
    assert shop.refused(shop.settle) == "conflict_unacknowledged"
    assert shop.refused(lambda: shop.till.registers.acknowledge(conflict.key + "x")) == "conflict_gone"
    shop.till.registers.acknowledge(wider.key)
    assert shop.settle().sale.quote.payable_fen == 2700 + 5000 + 1000


def test_an_acknowledgement_for_one_member_is_none_for_the_next(pharmacy: Shop) -> None:
    shop = pharmacy
    shop.publish(allergic("对乙酰氨基酚"))
    shop.scan(PARACETAMOL)
    (conflict,) = shop.scan_member().conflicts
    shop.till.registers.acknowledge(conflict.key)
    shop.till.drop_member()
    assert [need.conflict for need in shop.scan_member().needs] == [conflict.key]


# No way round

Way = Callable[[Shop], object]


def _suspended_and_recalled(shop: Shop) -> CounterState:
    basket_id = shop.till.counter().basket.id
    shop.till.suspend(basket_id)
    shop.sell(VITAMIN)
    return shop.till.recall(basket_id).state


def _at_another_price(shop: Shop) -> CounterState:
    manager_signs_in(shop)
    return shop.till.change_price(0, 100, "破损")


WAYS: dict[str, Way] = {
    "settled at once": lambda _: None,
    "after a restart": lambda shop: shop.restart(),
    "suspended and recalled": _suspended_and_recalled,
    "two of it": lambda shop: shop.till.set_quantity(0, "2"),
    "at another price": _at_another_price,
    "for a member": lambda shop: shop.scan_member(),
    "with other goods": lambda shop: shop.scan(VITAMIN),
}
BREACHES: dict[str, tuple[str, Callable[[Shop], object], str]] = {
    "rx without a prescription": (AMOXICILLIN, lambda _: None, "prescription_missing"),
    "rx with another drug's": (CEFALEXIN, lambda shop: approve(shop, register(shop, "R001")), "prescription_missing"),
    "rx not approved": (AMOXICILLIN, lambda shop: register(shop, "R001"), "prescription_not_approved"),
    "rx after duty ended": (AMOXICILLIN, lambda shop: shop.till.leave_duty(), "no_pharmacist"),
    "otc_a after duty ended": (COLD_TABLETS, lambda shop: shop.till.leave_duty(), "no_pharmacist"),
    "otc_a after the pharmacist left": (
        COLD_TABLETS,
        lambda shop: shop.publish(replace(CHEN_LEI, active=False)),
        "no_pharmacist",
    ),
    "ephedrine without a buyer": (COLD_SYRUP, lambda _: None, "ephedrine_buyer"),
}


@pytest.mark.parametrize("breach", BREACHES)
@pytest.mark.parametrize("way", WAYS)
def test_no_way_through_the_till_gets_round_the_law(pharmacy: Shop, way: str, breach: str) -> None:
    shop = pharmacy
    code, happens, refusal = BREACHES[breach]
    shop.scan(code)
    happens(shop)
    WAYS[way](shop)
    sales = shop.count("sales")
    basket_id = shop.till.counter().basket.id

    assert refusal in [need.code for need in shop.till.counter().needs]
    assert shop.refused(lambda: shop.till.payment(0)) == refusal
    assert shop.refused(lambda: shop.till.settle(Settlement(basket_id=basket_id, tenders=cash(90_000)))) == refusal
    assert shop.count("sales") == sales


@pytest.mark.parametrize("breach", BREACHES)
def test_an_exchange_does_not_get_round_the_law_either_and_takes_nothing_back(pharmacy: Shop, breach: str) -> None:
    shop = pharmacy
    code, happens, refusal = BREACHES[breach]
    sold = shop.sell(MASKS).sale
    shop.scan(code)
    happens(shop)
    facts = shop.count("facts")
    goods_back = back(shop.till.returns.find(sold.receipt_no), pieces(0))
    asked = Settlement(basket_id=shop.till.counter().basket.id, tenders=cash(90_000))

    assert shop.refused(lambda: shop.till.returns.exchange(shop.till.new_id(), goods_back, asked)) == refusal
    assert (shop.count("sales"), shop.count("facts")) == (1, facts)


@pytest.mark.parametrize("way", WAYS)
def test_three_packs_with_ephedrine_are_too_many_on_every_way(pharmacy: Shop, way: str) -> None:
    shop = pharmacy
    shop.publish(replace(SHELF[1], ephedrine=True))
    for code in (COLD_SYRUP, MASKS, MASKS):
        shop.scan(code)
    shop.till.registers.register_buyer("王晓明", ID_NUMBER)
    WAYS[way](shop)
    assert shop.refused(shop.settle) == "ephedrine_limit"


def test_goods_that_head_office_puts_under_a_duty_meanwhile_are_not_sold_as_they_were_scanned(pharmacy: Shop) -> None:
    vitamins = next(each for each in SHELF if VITAMIN in each.barcodes)
    pharmacy.scan(VITAMIN)
    pharmacy.publish(replace(vitamins, category=Category.RX))
    basket_id = pharmacy.till.counter().basket.id
    assert pharmacy.refused(lambda: pharmacy.till.settle(Settlement(basket_id=basket_id))) == "prescription_missing"
    pharmacy.publish(replace(vitamins, ephedrine=True))
    assert pharmacy.refused(lambda: pharmacy.till.settle(Settlement(basket_id=basket_id))) == "ephedrine_buyer"
    pharmacy.publish(vitamins)
    pharmacy.till.settle(Settlement(basket_id=basket_id))
