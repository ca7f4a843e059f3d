"""Goods come back over the real till: money and points both ways, once, and right at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pos_member.app.people.authorise import Approval
from pos_member.app.ports import RemoteSale
from pos_member.app.selling.settle_sale import Settlement
from pos_member.domain.quantity import Quantity
from pos_member.domain.receipt import TextRow
from pos_member.domain.returns import ReturnedLine
from pos_member.domain.tender import Tender, TenderKind
from tests.app.returning import (
    CONFIRMED,
    ZHAO_MIN,
    available,
    back,
    kinds,
    member_sells,
    pieces,
    stored_points,
    take_back,
)
from tests.app.shop import ASTRAGALUS, CHEN_LEI, COLD_TABLETS, LI_FANG, MASKS, VITAMIN, Shop, cash, gold
from tests.storage.makers import ruleset


def test_parts_come_back_one_after_the_other_and_in_the_end_all_is_as_before(shop: Shop) -> None:
    before = available(shop)
    sale = member_sells(shop, VITAMIN, VITAMIN, MASKS, points=1000)
    assert kinds(sale)["birthday"] == 50

    first = take_back(shop, sale, pieces(0)).fact
    assert first.member_id == sale.member_id
    assert not first.whole
    assert "birthday_reversal" not in kinds(first)
    assert first.balance_after == available(shop) == stored_points(shop)

    shop.restart()
    assert first.balance_after == available(shop)
    rest = take_back(shop, sale, pieces(0), pieces(1)).fact
    assert rest.whole
    assert kinds(rest)["birthday_reversal"] == -50
    assert first.goods.refund_fen + rest.goods.refund_fen == sale.quote.payable_fen
    assert first.goods.points_given_back + rest.goods.points_given_back == 1000
    assert rest.balance_after == available(shop) == before


def test_what_is_sold_after_a_return_counts_as_if_the_goods_had_never_been_sold(shop: Shop) -> None:
    first = member_sells(shop, VITAMIN)
    take_back(shop, first, pieces(0))
    shop.restart()
    shop.till.take_duty(CHEN_LEI.id, "2222")

    again = member_sells(shop, VITAMIN)
    assert again.quote.figures_after == first.quote.figures_after
    assert kinds(again) == kinds(first)
    sheet = shop.scan_member().member
    assert sheet is not None
    assert sheet.standing.completed_sales == 8
    assert sheet.standing.visits_365 == 2


def test_sales_and_returns_share_one_row_of_receipt_numbers(shop: Shop) -> None:
    first = shop.sell(MASKS).sale
    returned = take_back(shop, first, pieces(0)).fact
    third = shop.sell(MASKS).sale
    numbers = [first.receipt_no, returned.receipt_no, third.receipt_no]
    assert numbers == ["S001-01-000001", "S001-01-000002", "S001-01-000003"]
    assert returned.shift_id == first.shift_id == third.shift_id
    assert returned.shift_id is not None


def test_the_first_thing_of_the_day_may_be_a_return(shop: Shop) -> None:
    told = replace(shop.sell(MASKS).sale, id="0" * 31 + "1", receipt_no="S002-07-000123", terminal_id="t7")
    fresh = Shop(shop.folder / "fresh")
    fresh.sign_in()
    fresh.head_office.sales = {told.receipt_no: RemoteSale(sale=told, returned={})}
    fact = take_back(fresh, told, pieces(0)).fact
    assert fact.receipt_no == "S001-01-000001"
    assert fact.shift_id is not None
    fresh.close()


def test_nothing_comes_back_twice_by_two_returns_that_were_begun_together(shop: Shop) -> None:
    sale = shop.sell(MASKS, MASKS).sale
    returns = shop.till.returns
    one, other = returns.find(sale.receipt_no), returns.find(sale.receipt_no)
    returns.take_back(shop.till.new_id(), back(one, pieces(0, "2")))
    assert shop.refused(lambda: returns.take_back(shop.till.new_id(), back(other, pieces(0)))) == "return_exceeds"
    assert shop.refused(lambda: returns.preview(back(other, pieces(0)))) == "return_exceeds"
    assert shop.count("facts WHERE kind = 'return'") == 1
    (line,) = returns.find(sale.receipt_no).lines
    assert (line.sold, line.left) == (Quantity.whole(2), Quantity(0))


def test_more_than_was_sold_is_refused_and_changes_nothing(shop: Shop) -> None:
    sale = shop.sell(MASKS).sale
    before = shop.count("events")
    assert shop.refused(lambda: take_back(shop, sale, pieces(0, "2"))) == "return_exceeds"
    assert shop.count("events") == before
    assert shop.sell(MASKS).sale.receipt_no == "S001-01-000002"


def test_asked_again_under_the_same_id_also_after_a_restart_it_is_the_same_return(shop: Shop) -> None:
    sale = shop.sell(MASKS, MASKS).sale
    found = shop.till.returns.find(sale.receipt_no)
    return_id = shop.till.new_id()
    done = shop.till.returns.take_back(return_id, back(found, pieces(0)))
    shop.restart()
    events = shop.count("events")
    again = shop.till.returns.take_back(return_id, back(shop.till.returns.find(sale.receipt_no), pieces(0)))
    assert again.fact == done.fact
    assert shop.count("events") == events
    assert shop.count("print_jobs") == 2


@pytest.mark.parametrize("change", ["more", "reason", "quality", "exchange", "sale"])
def test_an_id_stands_for_one_return_alone(shop: Shop, change: str) -> None:
    sale, another = shop.sell(MASKS, MASKS).sale, shop.sell(MASKS).sale
    returns = shop.till.returns
    first = back(returns.find(sale.receipt_no), pieces(0))
    return_id = shop.till.new_id()
    returns.take_back(return_id, first)
    changed = {
        "more": replace(first, lines=(pieces(0, "2"),)),
        "reason": replace(first, reason="不喜欢"),
        "quality": replace(first, quality=True),
        "sale": replace(first, sale=returns.find(another.receipt_no)),
    }
    settlement = Settlement(basket_id=shop.till.counter().basket.id)
    if change == "exchange":
        assert shop.refused(lambda: returns.exchange(return_id, first, settlement)) == "id_used"
    else:
        assert shop.refused(lambda: returns.take_back(return_id, changed[change])) == "id_used"


def test_drugs_come_back_only_when_faulty_and_a_pharmacist_says_so(shop: Shop) -> None:
    sale = shop.sell(COLD_TABLETS).sale
    shop.clock.pass_by(days=60)
    returns = shop.till.returns
    found = returns.find(sale.receipt_no)
    faulty = back(found, pieces(0), reason="包装破损", quality=True)
    pin = shop.till.new_id()

    assert shop.refused(lambda: returns.take_back(pin, back(found, pieces(0)))) == "return_quality_only"
    assert shop.refused(lambda: returns.take_back(pin, faulty)) == "return_unconfirmed"
    herself = Approval(staff_id=LI_FANG.id, pin="1111")
    assert shop.refused(lambda: returns.take_back(pin, faulty, pharmacist=herself)) == "right_missing"
    mistyped = Approval(staff_id=CHEN_LEI.id, pin="9999")
    assert shop.refused(lambda: returns.take_back(pin, faulty, pharmacist=mistyped)) == "pin_wrong"

    fact = returns.take_back(pin, faulty, pharmacist=CONFIRMED).fact
    assert (fact.staff_id, fact.confirmed_by, fact.quality) == (LI_FANG.id, CHEN_LEI.id, True)
    assert shop.audited()[-1] == "quality_confirmed"


def test_a_pharmacist_at_the_till_confirms_what_she_takes_back_herself(shop: Shop) -> None:
    sale = shop.sell(COLD_TABLETS).sale
    shop.till.sign_out()
    shop.till.sign_in(CHEN_LEI.id, "2222")
    fact = take_back(shop, sale, pieces(0), quality=True).fact
    assert (fact.staff_id, fact.confirmed_by, fact.approved_by) == (CHEN_LEI.id, CHEN_LEI.id, None)


def test_what_is_no_drug_comes_back_within_thirty_days_for_any_reason_that_is_named(shop: Shop) -> None:
    sale = shop.sell(MASKS, MASKS).sale
    shop.clock.pass_by(days=30)
    assert shop.refused(lambda: take_back(shop, sale, pieces(0), reason=" 　")) == "return_reason"
    assert take_back(shop, sale, pieces(0)).fact.confirmed_by is None
    shop.clock.pass_by(days=1)
    assert shop.refused(lambda: take_back(shop, sale, pieces(0))) == "return_too_late"


def test_a_line_says_on_what_grounds_it_may_come_back_today(shop: Shop) -> None:
    sale = shop.sell(MASKS, COLD_TABLETS).sale
    masks, tablets = shop.till.returns.find(sale.receipt_no).lines
    assert ([*masks.grounds], masks.pharmacist, masks.problem) == (["any", "quality"], False, None)
    assert ([*tablets.grounds], tablets.pharmacist, tablets.problem) == (["quality"], True, None)
    shop.clock.pass_by(days=31)
    masks, tablets = shop.till.returns.find(sale.receipt_no).lines
    assert masks.grounds == ()
    assert masks.problem is not None
    assert "30 天" in masks.problem.message
    assert [*tablets.grounds] == ["quality"]


def test_quantities_that_cannot_be_are_told_in_the_goods_own_words(shop: Shop) -> None:
    shop.scan(ASTRAGALUS)
    shop.till.set_quantity(0, "12.5")
    sale = shop.sell(MASKS).sale
    returns = shop.till.returns
    herb, masks = returns.find(sale.receipt_no).lines
    assert shop.refused(lambda: take_back(shop, sale)) == "return_nothing"
    assert shop.refused(lambda: take_back(shop, sale, pieces(1, "0.5"))) == "return_whole_units"
    nothing = ReturnedLine(line=0, quantity=Quantity(0))
    assert shop.refused(lambda: take_back(shop, sale, nothing)) == "return_quantity"
    assert shop.refused(lambda: returns.quantity(masks, "一盒")) == "return_quantity_unreadable"
    assert returns.quantity(herb, "２.５") == pieces(0, "2.5")
    assert returns.preview(back(returns.find(sale.receipt_no), pieces(0, "2.5"))).goods.refund_fen == 1200


def test_a_preview_is_what_is_done_and_writes_nothing(shop: Shop) -> None:
    sale = member_sells(shop, VITAMIN, VITAMIN, points=500)
    found = shop.till.returns.find(sale.receipt_no)
    before = shop.count("events"), shop.count("facts"), shop.count("print_jobs")
    preview = shop.till.returns.preview(back(found, pieces(0)))
    assert (shop.count("events"), shop.count("facts"), shop.count("print_jobs")) == before
    done = take_back(shop, sale, pieces(0)).fact
    assert (preview.goods, preview.balance_after) == (done.goods, done.balance_after)


def test_points_that_have_gone_are_taken_back_as_a_debt_that_the_next_points_pay(shop: Shop) -> None:
    shop.publish(gold(points=100))
    sale = member_sells(shop, *[VITAMIN] * 4)
    spent = member_sells(shop, *[VITAMIN] * 2, points=500)
    fact = take_back(shop, sale, pieces(0, "4")).fact
    assert fact.balance_after is not None
    assert fact.balance_after < 0
    assert fact.balance_after == 100 + sum(sum(kinds(each).values()) for each in (sale, spent, fact))
    assert available(shop) == 0


def test_the_rules_of_the_sale_give_it_back_whatever_the_rules_are_now(shop: Shop) -> None:
    sale = member_sells(shop, VITAMIN, VITAMIN)
    dear = ruleset("2026.2", date(2026, 3, 6))
    shop.publish(replace(dear, text=dear.text.replace('multiplier = "1.5"', 'multiplier = "9"')))
    shop.clock.pass_by(days=1)
    fact = take_back(shop, sale, pieces(0, "2")).fact
    assert sum(kinds(fact).values()) == -sum(kinds(sale).values())
    now = member_sells(shop, VITAMIN, VITAMIN)
    assert now.quote.ruleset == "2026.2"
    assert now.quote.points_earned > 4 * sale.quote.points_earned


def test_a_sale_by_rules_that_are_not_here_waits_for_them(shop: Shop) -> None:
    sale = shop.sell(MASKS).sale
    elsewhere = replace(sale, id="0" * 31 + "1", receipt_no="S002-07-000123")
    unknown = replace(elsewhere, quote=replace(sale.quote, ruleset="2031.9"))
    shop.head_office.sales = {unknown.receipt_no: RemoteSale(sale=unknown, returned={})}
    assert shop.refused(lambda: shop.till.returns.find(unknown.receipt_no)) == "ruleset_unknown"


def test_money_goes_back_the_way_it_came_and_the_drawer_opens_for_cash_alone(shop: Shop) -> None:
    shop.scan(MASKS)
    shop.scan(MASKS)
    tenders = (Tender(kind=TenderKind.WECHAT, fen=1000), Tender(kind=TenderKind.CASH, fen=1000))
    sale = shop.settle(tenders=tenders).sale
    by_phone, in_cash = take_back(shop, sale, pieces(0)).fact, take_back(shop, sale, pieces(0)).fact
    assert by_phone.goods.tenders == tenders[:1]
    assert in_cash.goods.tenders == tenders[1:]
    kicks = {job.title: job.document.kick_drawer for job in shop.till.print_jobs()}
    assert (kicks[by_phone.receipt_no], kicks[in_cash.receipt_no]) == (False, True)


def test_a_return_wakes_printer_and_sync_and_is_one_event(shop: Shop) -> None:
    sale = shop.sell(MASKS).sale
    events = shop.count("events")
    shop.woken.clear()
    fact = take_back(shop, sale, pieces(0)).fact
    assert set(shop.woken) == {"printer", "sync"}
    assert shop.count("events") == events + 1
    assert shop.count(f"events WHERE kind = 'return' AND subject_id = '{fact.id}'") == 1


def test_with_two_hundred_slips_waiting_the_return_stands_and_its_slip_can_be_had_later(shop: Shop) -> None:
    sale = shop.sell(MASKS).sale
    for _ in range(199):
        shop.till.reprint_last()
    done = take_back(shop, sale, pieces(0))
    assert not done.receipt_queued
    queue = shop.print_queue()
    job = queue.next_job()
    assert job is not None
    queue.mark_done(job.id)
    queue.close()
    assert shop.till.returns.reprint_last().title == done.fact.receipt_no


def test_a_reprinted_slip_is_marked_audited_and_leaves_the_drawer_shut(shop: Shop) -> None:
    assert shop.refused(shop.till.returns.reprint_last) == "nothing_to_reprint"
    sale = shop.sell(MASKS).sale
    assert shop.refused(shop.till.returns.reprint_last) == "nothing_to_reprint"
    fact = take_back(shop, sale, pieces(0)).fact
    shop.restart()
    job = shop.till.returns.reprint_last()
    texts = [row.text for row in job.document.rows if isinstance(row, TextRow)]
    assert job.reprint
    assert not job.document.kick_drawer
    assert "补打" in texts
    assert f"退货单号 {fact.receipt_no}" in texts
    assert shop.audited()[-1] == "reprint"


def test_a_till_without_a_printer_takes_goods_back_and_reprints_nothing(tmp_path: Path) -> None:
    shop = Shop(tmp_path, printer=False)
    shop.sign_in()
    sale = shop.sell(MASKS).sale
    assert take_back(shop, sale, pieces(0)).receipt_queued
    assert shop.till.print_jobs() == ()
    assert shop.refused(shop.till.returns.reprint_last) == "no_printer"
    shop.close()


def test_where_only_the_store_manager_takes_goods_back_her_pin_lets_a_cashier_do_it(shop: Shop) -> None:
    sale = shop.sell(MASKS).sale
    strict = ruleset("2026.2", date(2026, 1, 1))
    everybody = 'return_goods = ["cashier", "pharmacist", "store_manager"]'
    assert everybody in strict.text
    strict = replace(strict, text=strict.text.replace(everybody, 'return_goods = ["store_manager"]'))
    shop.publish(strict, replace(ZHAO_MIN, pin_hash="3333"))
    returns = shop.till.returns
    masks = back(returns.find(sale.receipt_no), pieces(0))
    assert shop.refused(lambda: returns.take_back(shop.till.new_id(), masks)) == "right_missing"
    allowed = Approval(staff_id=ZHAO_MIN.id, pin="3333")
    fact = returns.take_back(shop.till.new_id(), masks, approval=allowed).fact
    assert (fact.staff_id, fact.approved_by) == (LI_FANG.id, ZHAO_MIN.id)
    assert shop.audited()[-1] == "override"


def test_nobody_signed_in_takes_nothing_back(shop: Shop) -> None:
    sale = shop.sell(MASKS).sale
    found = shop.till.returns.find(sale.receipt_no)
    masks = back(found, pieces(0))
    shop.till.sign_out()
    settlement = Settlement(basket_id="b", tenders=cash(1))
    for act in (
        lambda: shop.till.returns.find(sale.receipt_no),
        lambda: shop.till.returns.quantity(found.lines[0], "1"),
        lambda: shop.till.returns.preview(masks),
        lambda: shop.till.returns.take_back("r", masks),
        lambda: shop.till.returns.preview_exchange(masks, settlement),
        lambda: shop.till.returns.exchange("r", masks, settlement),
        shop.till.returns.reprint_last,
    ):
        assert shop.refused(act) == "not_signed_in"


def test_a_return_of_a_sale_that_head_office_did_not_post_gives_no_points_back(shop: Shop) -> None:
    sale = member_sells(shop, VITAMIN, points=1000)
    take_back(shop, sale, pieces(0), quality=True, reason="破损")
    assert available(shop) == 6000
    (sold,) = (event.key.seq for event in shop.events() if event.kind == "sale")
    shop.reject(sold, why="总部没有这位会员。")
    assert available(shop) == 6000
