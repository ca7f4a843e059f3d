"""Offers that head office publishes, and coupons that a customer brings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from pos_member.app.offer_text import offer_to_text
from pos_member.app.ports import CouponState
from pos_member.app.published import PublishedOffer
from pos_member.domain.offers import Coupon, Offer, PercentOffer, Scope, SpendReduceOffer
from pos_member.domain.product import Category
from tests.app.shop import MASKS, SHELF, VITAMIN, Shop
from tests.storage.makers import LI, TODAY, WANG, member

TEN_OFF = CouponState(coupon=Coupon(id="Q100", threshold_fen=8000, off_fen=1000))


def offer(of: Offer) -> PublishedOffer:
    return PublishedOffer(id=of.id, text=offer_to_text(of))


def dated(first: date | None, last: date | None) -> CouponState:
    return replace(TEN_OFF, coupon=replace(TEN_OFF.coupon, scope=Scope(first=first, last=last)))


def hers(member_id: str = WANG) -> CouponState:
    return replace(TEN_OFF, member_id=member_id)


def used_here(shop: Shop) -> None:
    """Q100 is used by a sale of this till."""
    shop.scan(VITAMIN)
    shop.scan(VITAMIN)
    shop.till.apply_coupon("Q100")
    shop.settle()


def test_published_offers_hold_at_once_and_only_the_best_one_on_a_line(shop: Shop) -> None:
    shop.scan(VITAMIN)
    shop.scan(MASKS)
    cheaper = PercentOffer(id="春季", rate=Fraction(4, 5), scope=Scope(categories=frozenset({Category.SUPPLEMENT})))
    shop.publish(offer(cheaper), offer(SpendReduceOffer(id="满50减5", threshold_fen=5000, off_fen=500)))
    quote = shop.till.counter().quote
    assert quote is not None
    assert [line.offer.id if line.offer else None for line in quote.lines] == ["春季", None]
    assert quote.payable_fen == 4000 + 1000 - 500
    assert shop.settle(0, (), quote.payable_fen).sale.quote.saved_fen == 1500


def test_a_coupon_comes_off_and_is_used_up_with_the_sale(shop: Shop) -> None:
    shop.publish(TEN_OFF)
    shop.scan(VITAMIN)
    shop.scan(VITAMIN)
    state = shop.till.apply_coupon(" q100 ")
    assert state.basket.coupon == "Q100"
    assert state.quote is not None
    assert (state.quote.payable_fen, state.coupon_problem) == (9000, None)
    shop.restart()
    sale = shop.settle(0, (), 9000).sale
    assert sale.coupon_id == "Q100"

    shop.scan(VITAMIN)
    shop.scan(VITAMIN)
    assert shop.refused(lambda: shop.till.apply_coupon("Q100")) == "coupon_used"
    assert shop.settle().sale.quote.payable_fen == 10_000


def test_a_coupon_waits_in_the_basket_until_the_goods_are_enough_for_it(shop: Shop) -> None:
    shop.publish(TEN_OFF)
    shop.scan(VITAMIN)
    state = shop.till.apply_coupon("Q100")
    assert state.quote is not None
    assert state.quote.payable_fen == 5000
    assert state.coupon_problem is not None
    assert "¥30.00" in state.coupon_problem.message
    assert shop.refused(lambda: shop.till.payment(0)) == "coupon_not_applicable"
    assert shop.refused(shop.settle) == "coupon_not_applicable"

    enough = shop.scan(VITAMIN)
    assert enough.quote is not None
    assert (enough.quote.payable_fen, enough.coupon_problem) == (9000, None)
    shop.till.set_quantity(0, "1")
    assert shop.till.drop_coupon().coupon_problem is None
    assert shop.settle().sale.coupon_id is None


@pytest.mark.parametrize(
    ("published", "code"),
    [
        (replace(TEN_OFF, coupon=replace(TEN_OFF.coupon, id="Q101")), "coupon_unknown"),
        (replace(TEN_OFF, used_by="0" * 32), "coupon_used"),
        (dated(None, TODAY - timedelta(days=1)), "coupon_expired"),
        (dated(TODAY + timedelta(days=1), None), "coupon_not_yet"),
        (hers(), "coupon_needs_member"),
    ],
)
def test_a_coupon_that_cannot_be_used_is_refused_and_the_basket_stays(
    shop: Shop, published: CouponState, code: str
) -> None:
    shop.publish(published)
    shop.scan(VITAMIN)
    before = shop.scan(VITAMIN).basket
    assert shop.refused(lambda: shop.till.apply_coupon("Q100")) == code
    assert shop.refused(lambda: shop.till.apply_coupon("  ")) == "coupon_missing"
    assert shop.till.counter().basket == before


def test_a_coupon_is_good_on_its_last_day_and_not_a_day_longer(shop: Shop) -> None:
    shop.publish(dated(TODAY, TODAY))
    shop.scan(VITAMIN)
    shop.scan(VITAMIN)
    shop.till.apply_coupon("Q100")
    assert shop.till.payment(0).quote.payable_fen == 9000
    shop.clock.pass_by(days=1)
    assert shop.refused(shop.settle) == "coupon_expired"
    problem = shop.till.counter().coupon_problem
    assert problem is not None
    assert "2026-03-05" in problem.message


def test_a_members_coupon_is_for_that_member(shop: Shop) -> None:
    shop.publish(hers(LI), member(LI, "李娜", phone="13900139000"))
    shop.scan(VITAMIN)
    shop.scan(VITAMIN)
    shop.scan_member()
    assert shop.refused(lambda: shop.till.apply_coupon("Q100")) == "coupon_of_another"
    shop.scan("13900139000")
    assert shop.till.apply_coupon("Q100").coupon_problem is None
    shop.scan_member()
    assert shop.refused(shop.settle) == "coupon_of_another"
    shop.till.drop_member()
    assert shop.refused(shop.settle) == "coupon_needs_member"
    shop.till.drop_coupon()
    assert shop.settle().sale.quote.payable_fen == 10_000


def test_a_coupon_that_head_office_saw_used_meanwhile_is_not_used_again(shop: Shop) -> None:
    shop.publish(TEN_OFF)
    shop.scan(VITAMIN)
    shop.scan(VITAMIN)
    shop.till.apply_coupon("Q100")
    shop.publish(replace(TEN_OFF, used_by="0" * 32))
    assert shop.refused(shop.settle) == "coupon_used"


def test_a_basket_put_aside_with_a_coupon_does_not_use_it_a_second_time(shop: Shop) -> None:
    shop.publish(TEN_OFF)
    shop.scan(VITAMIN)
    shop.scan(VITAMIN)
    basket_id = shop.till.apply_coupon("Q100").basket.id
    shop.till.suspend(basket_id)
    used_here(shop)
    recalled = shop.till.recall(basket_id).state
    assert recalled.basket.coupon == "Q100"
    assert recalled.coupon_problem is not None
    assert shop.refused(shop.settle) == "coupon_used"


def test_goods_without_discount_do_not_count_for_a_coupon(shop: Shop) -> None:
    shop.publish(TEN_OFF, replace(SHELF[0], no_discount=True))
    shop.scan(VITAMIN)
    shop.scan(VITAMIN)
    state = shop.till.apply_coupon("Q100")
    assert state.coupon_problem is not None
    assert state.quote is not None
    assert state.quote.payable_fen == 10_000
