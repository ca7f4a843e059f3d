"""Goods are exchanged for others: a return and a sale on one slip, together or not at all."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from pos_member.app.returns.exchange_goods import Exchanged
from pos_member.app.returns.return_goods import GoodsBack
from pos_member.app.selling.settle_sale import Settlement
from pos_member.domain.product import Category
from pos_member.domain.receipt import TextRow
from pos_member.domain.sale import Sale
from pos_member.domain.tender import Tender, TenderKind
from tests.app.returning import CONFIRMED, available, back, kinds, member_sells, pieces, stored_points, take_back
from tests.app.shop import COLD_TABLETS, MASKS, VITAMIN, Shop, cash, gold, goods

TEST_STRIPS = "6907777777776"


def paid(**fen: int) -> tuple[Tender, ...]:
    return tuple(Tender(kind=TenderKind(kind), fen=each) for kind, each in fen.items())


def bring(shop: Shop, sale: Sale, line: int = 0) -> GoodsBack:
    return back(shop.till.returns.find(sale.receipt_no), pieces(line), reason="换一种")


def at_the_counter(shop: Shop, *codes: str, **settlement: object) -> Settlement:
    """Scans what is wanted instead."""
    for code in codes:
        shop.scan(code)
    return Settlement(basket_id=shop.till.counter().basket.id, **settlement)  # type: ignore[arg-type]


def exchange(shop: Shop, brought: GoodsBack, settlement: Settlement) -> Exchanged:
    shop.clock.pass_by(minutes=1)
    return shop.till.returns.exchange(shop.till.new_id(), brought, settlement)


def test_dearer_goods_are_paid_with_the_money_back_and_the_rest_in_cash(shop: Shop) -> None:
    sale = shop.sell(MASKS).sale
    brought = bring(shop, sale)
    done = exchange(shop, brought, at_the_counter(shop, VITAMIN, tenders=cash(10_000)))
    assert done.sale.quote.payable_fen == 5000
    assert done.sale.tenders == cash(11_000)
    assert done.sale.quote.change_fen == 6000
    assert done.returned.goods.tenders == cash(1000)
    assert (done.returned.exchange_sale_id, done.sale.exchange_return_id) == (done.sale.id, done.returned.id)
    assert (done.returned.receipt_no, done.sale.receipt_no) == ("S001-01-000002", "S001-01-000003")
    assert done.returned.shift_id == done.sale.shift_id
    assert done.next.basket.is_empty

    _, slip = shop.till.print_jobs()
    texts = [row.text for row in slip.document.rows if isinstance(row, TextRow)]
    assert "补收 ¥40.00" in texts
    assert slip.document.kick_drawer


def test_cheaper_goods_leave_money_that_goes_back_the_way_it_came(shop: Shop) -> None:
    shop.scan(VITAMIN)
    sale = shop.settle(tenders=paid(wechat=5000)).sale
    brought = bring(shop, sale)
    preview = shop.till.returns.preview_exchange(brought, at_the_counter(shop, MASKS))
    assert preview.moves == {TenderKind.WECHAT: -4000}
    done = exchange(shop, brought, at_the_counter(shop))
    assert done.sale.tenders == paid(wechat=1000)
    _, slip = shop.till.print_jobs()
    assert not slip.document.kick_drawer


def test_the_same_again_moves_no_money(shop: Shop) -> None:
    sale = shop.sell(MASKS).sale
    brought = bring(shop, sale)
    done = exchange(shop, brought, at_the_counter(shop, MASKS))
    assert done.sale.tenders == cash(1000)
    assert shop.till.returns.find(done.sale.receipt_no).lines[0].left.is_whole
    _, slip = shop.till.print_jobs()
    assert any(isinstance(row, TextRow) and row.text == "无差价" for row in slip.document.rows)


def test_the_new_sale_is_priced_as_if_the_goods_had_never_been_bought(shop: Shop) -> None:
    shop.publish(gold(points=500))
    sale = member_sells(shop, VITAMIN, points=500)
    brought = bring(shop, sale)
    shop.scan_member()
    settlement = at_the_counter(shop, VITAMIN, points=500)
    preview = shop.till.returns.preview_exchange(brought, settlement)
    done = exchange(shop, brought, replace(settlement, agreed_fen=preview.quote.payable_fen))

    assert kinds(done.sale) == kinds(sale)
    assert done.sale.quote.payable_fen == sale.quote.payable_fen
    assert done.sale.quote.figures_after == sale.quote.figures_after
    assert preview.quote == done.sale.quote
    assert preview.goods == done.returned.goods
    assert preview.moves == {}
    assert done.sale.quote.available_after == available(shop) == stored_points(shop) - 5500


def test_a_preview_says_what_is_still_missing_and_writes_nothing(shop: Shop) -> None:
    sale = shop.sell(MASKS).sale
    brought = bring(shop, sale)
    settlement = at_the_counter(shop, VITAMIN, tenders=cash(1500))
    before = shop.count("events"), shop.count("facts")
    preview = shop.till.returns.preview_exchange(brought, settlement)
    assert preview.short_fen == 2500
    assert preview.moves == {TenderKind.CASH: 4000}
    assert (shop.count("events"), shop.count("facts")) == before


def test_when_the_sale_is_refused_nothing_comes_back_either(shop: Shop) -> None:
    sale = shop.sell(MASKS, COLD_TABLETS).sale
    brought = bring(shop, sale)
    empty = at_the_counter(shop)
    before = shop.count("events"), shop.count("facts")
    assert shop.refused(lambda: exchange(shop, brought, empty)) == "basket_empty"
    dearer = at_the_counter(shop, VITAMIN)
    refusals = {
        "exchange_short": replace(dearer, tenders=cash(1500)),
        "cash_negative": replace(dearer, tenders=cash(-1)),
        "tender_repeated": replace(dearer, tenders=cash(3000) + cash(2000)),
        "price_changed": replace(dearer, agreed_fen=4999),
        "points_no_member": replace(dearer, points=100),
        "basket_changed": replace(dearer, basket_id=shop.till.new_id()),
        "already_settled": replace(dearer, basket_id=sale.id),
    }
    for code, settlement in refusals.items():
        assert shop.refused(lambda settled=settlement: exchange(shop, brought, settled)) == code  # type: ignore[misc]
    drugs = bring(shop, sale, 1)
    assert shop.refused(lambda: exchange(shop, drugs, dearer)) == "return_quality_only"
    assert (shop.count("events"), shop.count("facts")) == before
    assert shop.till.counter().basket.id == dearer.basket_id
    assert exchange(shop, brought, dearer).returned.receipt_no == "S001-01-000002"


def test_nothing_that_a_sale_needs_is_got_round_by_an_exchange(shop: Shop) -> None:
    sale = shop.sell(MASKS).sale
    brought = bring(shop, sale)
    settlement = at_the_counter(shop, COLD_TABLETS)
    shop.till.leave_duty()
    assert shop.refused(lambda: exchange(shop, brought, settlement)) == "no_pharmacist"


def test_faulty_drugs_are_exchanged_on_a_pharmacists_word(shop: Shop) -> None:
    sale = shop.sell(COLD_TABLETS).sale
    brought = replace(bring(shop, sale), quality=True, reason="包装破损")
    settlement = at_the_counter(shop, COLD_TABLETS)
    done = shop.till.returns.exchange(shop.till.new_id(), brought, settlement, pharmacist=CONFIRMED)
    assert done.returned.confirmed_by == CONFIRMED.staff_id


def test_asked_again_under_the_same_id_also_after_a_restart_it_is_the_same_exchange(shop: Shop) -> None:
    sale = shop.sell(MASKS, MASKS).sale
    brought = bring(shop, sale)
    settlement = at_the_counter(shop, VITAMIN, tenders=cash(4000))
    exchange_id = shop.till.new_id()
    done = shop.till.returns.exchange(exchange_id, brought, settlement)
    shop.restart()
    events = shop.count("events")
    again = shop.till.returns.exchange(exchange_id, brought, settlement)
    assert (again.returned, again.sale) == (done.returned, done.sale)
    assert (shop.count("events"), shop.count("sales"), shop.count("print_jobs")) == (events, 2, 2)
    assert shop.refused(lambda: shop.till.returns.take_back(exchange_id, brought)) == "id_used"


def test_what_the_insurance_gets_back_pays_for_nothing_else(shop: Shop) -> None:
    shop.publish(goods(TEST_STRIPS, "T100", "血糖试纸", Category.DEVICE, 6000, insurable=True))
    shop.scan(TEST_STRIPS)
    sale = shop.settle(tenders=paid(insurance=5000, cash=1000)).sale
    brought = bring(shop, sale)
    settlement = at_the_counter(shop, MASKS, MASKS)
    preview = shop.till.returns.preview_exchange(brought, settlement)
    assert preview.moves == {TenderKind.INSURANCE: -5000, TenderKind.CASH: 1000}
    assert exchange(shop, brought, settlement).sale.tenders == cash(2000)


def test_cash_is_rounded_only_where_nothing_but_cash_pays(shop: Shop) -> None:
    shop.scan(MASKS)
    by_phone = shop.settle(tenders=paid(wechat=1000)).sale
    in_cash = shop.sell(MASKS).sale
    shop.publish(goods(TEST_STRIPS, "T100", "血糖试纸", Category.DEVICE, 1557))
    odd = at_the_counter(shop, TEST_STRIPS, cash_rounding=True)
    rounded = shop.till.returns.preview_exchange(bring(shop, in_cash), odd)
    assert (rounded.quote.rounding_fen, rounded.quote.change_fen) == (7, 0)
    assert rounded.moves == {TenderKind.CASH: 550}
    assert shop.till.returns.preview_exchange(bring(shop, by_phone), odd).quote.rounding_fen == 0


def test_exchanged_goods_can_come_back_in_their_turn(shop: Shop) -> None:
    before = available(shop)
    sale = member_sells(shop, MASKS)
    brought = bring(shop, sale)
    shop.scan_member()
    done = exchange(shop, brought, at_the_counter(shop, VITAMIN))
    shop.restart()
    fact = take_back(shop, done.sale, pieces(0)).fact
    assert fact.goods.refund_fen == done.sale.quote.payable_fen
    assert fact.balance_after == available(shop) == before


def test_the_slip_of_an_exchange_is_reprinted_with_both_on_it(shop: Shop) -> None:
    sale = shop.sell(MASKS).sale
    brought = bring(shop, sale)
    done = exchange(shop, brought, at_the_counter(shop, VITAMIN))
    job = shop.till.returns.reprint_last()
    texts = [row.text for row in job.document.rows if isinstance(row, TextRow)]
    assert {"换货", "补打", f"新单号 {done.sale.receipt_no}", f"退货单号 {done.returned.receipt_no}"} <= {*texts}


def test_an_exchange_asked_for_again_with_other_money_or_points_is_refused_and_stays_as_it_is(shop: Shop) -> None:
    sale = shop.sell(MASKS).sale
    shop.scan_member()
    shop.scan(VITAMIN)
    exchange_id, goods = shop.till.new_id(), back(shop.till.returns.find(sale.receipt_no), pieces(0))
    settlement = Settlement(basket_id=shop.till.counter().basket.id, points=100, tenders=cash(5000))
    done = shop.till.returns.exchange(exchange_id, goods, settlement)
    for other in (replace(settlement, points=0), replace(settlement, tenders=cash(9000))):
        assert shop.refused(partial(shop.till.returns.exchange, exchange_id, goods, other)) == "id_used"
    shop.restart()
    again = shop.till.returns.exchange(exchange_id, goods, settlement)
    assert (again.returned, again.sale) == (done.returned, done.sale)
