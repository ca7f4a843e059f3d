"""The sale that goods come back of is found by its receipt, at head office or in the till."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pos_member.app.ports import RemoteSale
from pos_member.domain.errors import Refusal
from pos_member.domain.quantity import Quantity
from pos_member.domain.returns import ReturnedLine
from pos_member.domain.sale import Sale
from tests.app.returning import available, back, member_sells, pieces, take_back
from tests.app.shop import MASKS, VITAMIN, Shop
from tests.storage.makers import WANG

ELSEWHERE = "S002-07-000123"
ONE = (ReturnedLine(line=0, quantity=Quantity.whole(1)),)


def sold_elsewhere(shop: Shop, *codes: str) -> Sale:
    """What another till of the chain sold to the member; this one has never heard of it."""
    other = Shop(shop.folder / "other")
    other.sign_in()
    sale = member_sells(other, *codes)
    other.close()
    return replace(sale, receipt_no=ELSEWHERE, terminal_id="0197a0000000700080000000000000ab")


def test_without_head_office_the_tills_own_sale_is_found(shop: Shop) -> None:
    sale = member_sells(shop, VITAMIN)
    shop.clock.pass_by(days=2)
    found = shop.till.returns.find(f" {sale.receipt_no} ")
    assert found.sale == sale
    assert found.days == 2
    assert not found.head_office_asked
    assert found.member is not None
    assert found.member.member.id == WANG


def test_another_tills_sale_needs_head_office(shop: Shop) -> None:
    assert shop.refused(lambda: shop.till.returns.find(ELSEWHERE)) == "return_needs_head_office"


def test_a_number_that_nobody_knows_is_no_sale(shop: Shop) -> None:
    shop.head_office.sales = {}
    assert shop.refused(lambda: shop.till.returns.find(ELSEWHERE)) == "sale_unknown"
    assert shop.refused(lambda: shop.till.returns.find("　 ")) == "receipt_no_missing"


def test_a_sale_that_head_office_has_not_got_yet_is_still_the_tills_own(shop: Shop) -> None:
    sale = shop.sell(MASKS).sale
    shop.head_office.sales = {}
    found = shop.till.returns.find(sale.receipt_no)
    assert found.sale == sale
    assert found.head_office_asked


def test_a_head_office_that_turns_the_till_away_keeps_no_customer_waiting(shop: Shop) -> None:
    sale = shop.sell(MASKS).sale

    def turn_away(receipt_no: str) -> RemoteSale | None:
        raise Refusal("credential_refused", "总部不认这台收银机")

    shop.head_office.sale = turn_away  # type: ignore[method-assign]
    assert shop.till.returns.find(sale.receipt_no).sale == sale
    assert shop.refused(lambda: shop.till.returns.find(ELSEWHERE)) == "return_needs_head_office"


def test_another_tills_sale_comes_back_here_with_money_and_points(shop: Shop) -> None:
    before = available(shop)
    sale = sold_elsewhere(shop, VITAMIN, VITAMIN)
    shop.head_office.sales = {ELSEWHERE: RemoteSale(sale=sale, returned={})}
    fact = take_back(shop, sale, *ONE).fact
    assert fact.sale_receipt_no == ELSEWHERE
    assert fact.goods.refund_fen == 4250
    assert fact.goods.points_taken_back > 0
    assert fact.balance_after == available(shop) == before - fact.goods.points_taken_back


def test_what_came_back_at_other_tills_counts_and_the_tills_own_counts_once(shop: Shop) -> None:
    sale = sold_elsewhere(shop, *[MASKS] * 3)
    shop.head_office.sales = {ELSEWHERE: RemoteSale(sale=sale, returned={"r7": ONE})}
    own = take_back(shop, sale, *ONE).fact
    (line,) = shop.till.returns.find(ELSEWHERE).lines
    assert line.left == Quantity.whole(1)

    shop.head_office.sales = {ELSEWHERE: RemoteSale(sale=sale, returned={"r7": ONE, own.id: ONE})}
    found = shop.till.returns.find(ELSEWHERE)
    assert found.lines[0].left == Quantity.whole(1)
    assert shop.refused(lambda: take_back(shop, sale, pieces(0, "2"))) == "return_exceeds"
    assert take_back(shop, sale, pieces(0)).fact.whole


def test_a_fast_clock_elsewhere_makes_no_sale_of_tomorrow_unreturnable(shop: Shop) -> None:
    sale = sold_elsewhere(shop, MASKS)
    ahead = replace(sale, at=sale.at + timedelta(days=1), business_date=sale.business_date + timedelta(days=1))
    shop.head_office.sales = {ELSEWHERE: RemoteSale(sale=ahead, returned={})}
    found = shop.till.returns.find(ELSEWHERE)
    assert found.days == 0
    assert shop.till.returns.take_back(shop.till.new_id(), back(found, pieces(0))).fact.whole


def test_when_the_line_is_cut_after_the_sale_was_found_the_return_is_done_all_the_same(shop: Shop) -> None:
    sale = sold_elsewhere(shop, MASKS)
    shop.head_office.sales = {ELSEWHERE: RemoteSale(sale=sale, returned={})}
    found = shop.till.returns.find(ELSEWHERE)
    shop.head_office.sales = None
    assert shop.till.returns.take_back(shop.till.new_id(), back(found, pieces(0))).fact.about == sale.id
