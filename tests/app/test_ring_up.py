from __future__ import annotations

from dataclasses import replace

import pytest

from pos_member.app.selling.settle_sale import Settlement
from pos_member.domain.product import Category
from pos_member.domain.staff import Role
from tests.app.shop import ASTRAGALUS, CHEN_LEI, COLD_TABLETS, MASKS, SHELF, VITAMIN, Shop, goods


def test_the_same_pack_scanned_twice_is_one_line_of_two(shop: Shop) -> None:
    shop.scan(VITAMIN)
    shop.scan(MASKS)
    state = shop.scan(VITAMIN)

    assert [(line.product.sku, str(line.quantity)) for line in state.basket.lines] == [("V100", "2"), ("M010", "1")]
    assert state.touched == 0
    assert state.quote is not None
    assert state.quote.payable_fen == 11_000


def test_quantities_are_typed_as_people_write_them(shop: Shop) -> None:
    shop.scan(ASTRAGALUS)
    state = shop.till.set_quantity(0, "２．５")
    assert state.quote is not None
    assert state.quote.payable_fen == 1200

    shop.scan(VITAMIN)
    assert shop.refused(lambda: shop.till.set_quantity(1, "2.5")) == "quantity_whole"
    assert shop.refused(lambda: shop.till.set_quantity(1, "0")) == "bad_quantity"
    assert shop.refused(lambda: shop.till.set_quantity(1, "x")) == "bad_quantity"
    assert shop.refused(lambda: shop.till.set_quantity(1, "10000")) == "quantity_most"
    assert shop.refused(lambda: shop.till.set_quantity(7, "1")) == "no_such_line"
    assert [str(line.quantity) for line in shop.till.counter().basket.lines] == ["2.5", "1"]


def test_one_pack_too_many_by_scanning_is_refused_like_one_typed(shop: Shop) -> None:
    shop.scan(VITAMIN)
    shop.till.set_quantity(0, "9999")
    assert shop.refused(lambda: shop.scan(VITAMIN)) == "quantity_most"


def test_a_full_basket_takes_more_of_what_is_in_it(shop: Shop) -> None:
    shop.publish(*(goods(f"8{number:012d}", f"N{number:03d}", "创可贴", Category.DEVICE, 650) for number in range(200)))
    for number in range(200):
        shop.scan(f"N{number:03d}")

    assert shop.refused(lambda: shop.scan(VITAMIN)) == "basket_full"
    state = shop.scan("N007")
    assert len(state.basket.lines) == 200
    assert str(state.basket.lines[7].quantity) == "2"
    assert shop.sell().sale.quote.payable_fen == 201 * 650


def test_a_new_price_holds_for_what_is_scanned_from_then_on(shop: Shop) -> None:
    shop.scan(VITAMIN)
    shop.publish(replace(SHELF[0], price_fen=6000))
    shop.scan(VITAMIN)
    shop.publish(gone=SHELF[0])

    assert shop.refused(lambda: shop.till.enter(VITAMIN)) == "unknown_code"
    assert shop.refused(lambda: shop.till.choose("product:V100")) == "product_gone"
    assert shop.sell().sale.quote.payable_fen == 11_000


def test_the_basket_is_there_again_after_the_power_went(shop: Shop) -> None:
    shop.scan(VITAMIN)
    before = shop.scan_member()
    shop.restart()
    after = shop.till.counter()

    assert after.basket == before.basket
    assert after.quote == before.quote
    assert after.member == before.member


def test_a_voided_basket_is_told_to_head_office_and_a_new_one_is_begun(shop: Shop) -> None:
    before = shop.scan(VITAMIN)
    shop.woken.clear()
    after = shop.till.void_basket()

    assert after.basket.is_empty
    assert after.basket.id != before.basket.id
    assert shop.audited()[-1] == "void_basket"
    assert shop.woken == ["sync"]


def test_a_member_put_into_the_basket_can_be_taken_out_again(shop: Shop) -> None:
    shop.scan(VITAMIN)
    with_member = shop.scan_member()
    without = shop.till.drop_member()

    assert with_member.quote is not None
    assert with_member.quote.payable_fen == 4250
    assert without.quote is not None
    assert without.quote.payable_fen == 5000
    assert without.member is None


def test_without_a_pharmacist_no_prescription_drug_is_scanned(shop: Shop) -> None:
    shop.publish(goods("6907000000014", "R001", "阿莫西林胶囊", Category.RX, 1880))
    shop.till.leave_duty()
    assert shop.refused(lambda: shop.scan("R001")) == "no_pharmacist"
    assert shop.till.counter().basket.is_empty


def test_without_a_pharmacist_no_class_a_drug_goes_into_the_basket_or_over_the_counter(shop: Shop) -> None:
    shop.scan(COLD_TABLETS)
    shop.till.leave_duty()

    assert shop.refused(lambda: shop.scan(COLD_TABLETS)) == "no_pharmacist"
    assert shop.refused(lambda: shop.sell()) == "no_pharmacist"
    assert shop.count("sales") == 0


@pytest.mark.parametrize("change", [{"active": False}, {"role": Role.CASHIER}], ids=["left", "other role"])
def test_a_pharmacist_whom_head_office_took_off_the_list_is_on_duty_no_more(
    shop: Shop, change: dict[str, object]
) -> None:
    shop.scan(COLD_TABLETS)
    shop.publish(replace(CHEN_LEI, **change))  # type: ignore[arg-type]

    assert shop.refused(lambda: shop.scan(COLD_TABLETS)) == "no_pharmacist"
    assert shop.refused(lambda: shop.sell()) == "no_pharmacist"
    shop.till.remove_line(0)
    assert shop.sell(VITAMIN).sale.pharmacist_id is None


def test_nothing_can_be_done_before_somebody_has_signed_in(shop: Shop) -> None:
    shop.till.sign_out()
    for act in (
        shop.till.counter,
        lambda: shop.till.enter(VITAMIN),
        lambda: shop.till.settle(Settlement(basket_id="x")),
    ):
        assert shop.refused(act) == "not_signed_in"
