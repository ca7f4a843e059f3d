from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from pos_member.app.selling.settle_sale import Settlement
from pos_member.domain.member import Card, MemberStatus
from pos_member.domain.quote import Quote
from pos_member.domain.redemption import RedemptionLimit
from pos_member.domain.tender import Tender, TenderKind
from pos_member.domain.tier import Tier
from tests.app.people import rights_with, rules_with
from tests.app.shop import COLD_TABLETS, MASKS, SHELF, VITAMIN, Shop, cash, gold
from tests.storage.makers import LI, RULESET_TEXT, TODAY, WANG, lot, member, ruleset
from tests.storage.makers import shop as store


def test_a_members_sale_is_one_commit_of_everything_it_is(shop: Shop) -> None:
    shop.sell(MASKS)  # opens the shift
    shop.scan(VITAMIN)
    shop.scan_member()
    shown = shop.till.payment(1000, cash(5000))
    events = shop.count("events")
    shop.woken.clear()
    settled = shop.settle(1000, cash(5000), shown.quote.payable_fen)

    assert shown.quote.payable_fen == 3250
    assert (shown.change_fen, shown.short_fen) == (1750, 0)
    sale = settled.sale
    assert sale.quote == shown.quote
    assert [(entry.kind, entry.points) for entry in sale.entries] == [
        ("redemption", -1000),
        ("purchase", 73),
        ("birthday", 50),
    ]
    assert (shop.count("sales"), shop.count("print_jobs"), shop.count("events")) == (2, 2, events + 1)
    assert shop.woken == ["printer", "sync"]
    assert settled.next.basket.is_empty
    assert shop.scan_member().member is not None
    assert shop.till.counter().member.available == settled.available == 6000 - 1000 + 123  # type: ignore[union-attr]


def test_a_sale_is_settled_once_however_often_it_is_asked_for(shop: Shop) -> None:
    basket_id = shop.scan(VITAMIN).basket.id
    asked = Settlement(basket_id=basket_id, tenders=cash(6000), agreed_fen=5000)
    first = shop.till.settle(asked)
    shop.scan(MASKS)
    again = shop.till.settle(asked)
    shop.restart()
    once_more = shop.till.settle(asked)

    assert first.sale == again.sale == once_more.sale
    assert [line.product.sku for line in once_more.next.basket.lines] == ["M010"]
    assert (shop.count("sales"), shop.count("print_jobs")) == (1, 1)


def test_what_is_asked_of_a_sale_that_is_settled_has_to_be_what_was_done(shop: Shop) -> None:
    basket_id = shop.scan(VITAMIN).basket.id
    settled = Settlement(basket_id=basket_id, tenders=cash(6000))
    shop.till.settle(settled)

    for other in (
        replace(settled, points=100),
        replace(settled, tenders=cash(5000)),
        replace(settled, agreed_fen=4999),
    ):
        assert shop.refused(partial(shop.till.settle, other)) == "already_settled"
    assert shop.count("sales") == 1


def test_the_basket_that_the_screen_shows_is_the_one_that_is_settled(shop: Shop) -> None:
    shown = shop.scan(VITAMIN).basket.id
    shop.till.void_basket()
    shop.scan(MASKS)

    assert shop.refused(lambda: shop.till.settle(Settlement(basket_id=shown))) == "basket_changed"
    assert shop.count("sales") == 0


def test_nothing_but_a_member_is_no_sale(shop: Shop) -> None:
    shop.scan_member()
    assert shop.refused(lambda: shop.till.payment(0)) == "basket_empty"
    assert shop.refused(shop.settle) == "basket_empty"


def test_who_may_not_sell_settles_nothing(shop: Shop) -> None:
    shop.scan(VITAMIN)
    shop.publish(rights_with("sell", "store_manager"))
    assert shop.refused(shop.settle) == "right_missing"
    assert shop.count("sales") == 0


def test_too_little_money_settles_nothing(shop: Shop) -> None:
    before = shop.scan(VITAMIN)
    assert shop.refused(lambda: shop.settle(0, cash(4999))) == "tender_short"
    assert shop.till.counter().basket == before.basket
    assert shop.count("sales") == 0
    assert shop.sell().sale.receipt_no == "S001-01-000001"


@pytest.mark.parametrize(
    ("status", "code"), [(MemberStatus.FROZEN, "member_frozen"), (MemberStatus.ERASED, "member_gone")]
)
def test_a_membership_that_ends_while_goods_are_scanned_is_not_used(
    shop: Shop, status: MemberStatus, code: str
) -> None:
    shop.scan(VITAMIN)
    shop.scan_member()
    shop.freeze(gold(), status)

    assert shop.refused(lambda: shop.till.payment("max")) == code
    assert shop.refused(lambda: shop.settle(0, cash(5000))) == code
    assert shop.count("sales") == 0
    shop.till.drop_member()
    assert shop.sell().sale.quote.payable_fen == 5000


def test_a_member_head_office_has_taken_away_is_not_dropped_in_silence(shop: Shop) -> None:
    shop.scan(VITAMIN)
    shop.scan_member()
    shop.publish(gone=gold())
    shop.restart()

    assert shop.till.counter().member is None
    assert shop.refused(lambda: shop.settle(0, cash(10_000))) == "member_gone"
    shop.till.drop_member()
    assert shop.sell().sale.member_id is None


def test_what_the_customer_was_told_is_what_is_paid(shop: Shop) -> None:
    shop.scan(VITAMIN)
    shop.scan_member()
    told = shop.till.payment(0, cash(10_000)).quote.payable_fen
    shop.publish(replace(gold(), state=replace(gold().state, tier=Tier.SILVER, applied={})))

    assert shop.refused(lambda: shop.settle(0, cash(10_000), told)) == "price_changed"
    assert shop.count("sales") == 0
    now = shop.till.payment(0, cash(10_000)).quote.payable_fen
    assert (told, now) == (4250, 4500)
    assert shop.settle(0, cash(10_000), now).sale.quote.change_fen == 5500


def test_rules_published_between_the_price_and_the_money_are_not_taken_unseen(shop: Shop) -> None:
    shop.scan(VITAMIN)
    shop.scan_member()
    told = shop.till.payment("max").quote
    assert (told.points_redeemed, told.payable_fen) == (2000, 2250)
    shop.publish(rules_with('max_share = "0.50"', 'max_share = "0.20"'))

    def settle(points: int, agreed_fen: int) -> Quote:
        return shop.settle(points, cash(10_000), agreed_fen).sale.quote

    assert shop.refused(lambda: settle(told.points_redeemed, told.payable_fen)) == "points_cap"
    assert shop.refused(lambda: settle(800, told.payable_fen)) == "price_changed"
    assert settle(800, 3450).ruleset == "2026.2"


# What is handed over


def test_money_of_several_kinds_pays_one_sale(shop: Shop) -> None:
    shop.publish(replace(SHELF[1], insurable=False))
    shop.scan(VITAMIN)
    shop.scan(MASKS)
    tenders = (
        Tender(kind=TenderKind.INSURANCE, fen=3000),
        Tender(kind=TenderKind.WECHAT, fen=1500),
        Tender(kind=TenderKind.CASH, fen=2000),
    )
    short = shop.till.payment(0, tenders[:2])
    assert (short.cash_fen, short.short_fen, short.change_fen, short.suggestions[0]) == (None, 1500, 0, 1500)
    shown = shop.till.payment(0, tenders)
    assert (shown.short_fen, shown.change_fen) == (0, 500)

    sale = shop.settle(0, tenders, shown.quote.payable_fen).sale
    assert sale.quote == shown.quote
    assert sale.tenders == tenders
    assert [line.insured_fen for line in sale.quote.lines] == [3000, 0]


@pytest.mark.parametrize(
    ("tenders", "code"),
    [
        (cash(-1), "cash_negative"),
        ((Tender(kind=TenderKind.WECHAT, fen=-1),), "tender_negative"),
        ((Tender(kind=TenderKind.CARD, fen=2500), Tender(kind=TenderKind.CARD, fen=2500)), "tender_repeated"),
        ((Tender(kind=TenderKind.ALIPAY, fen=5001),), "tender_exceeds"),
        ((Tender(kind=TenderKind.INSURANCE, fen=5001),), "insurance_exceeds"),
    ],
)
def test_money_that_cannot_be_is_refused_when_it_is_typed_and_when_it_is_taken(
    shop: Shop, tenders: tuple[Tender, ...], code: str
) -> None:
    shop.scan(VITAMIN)
    assert shop.refused(lambda: shop.till.payment(0, tenders)) == code
    assert shop.refused(lambda: shop.settle(0, tenders)) == code
    assert shop.count("sales") == 0


def test_cash_is_rounded_down_where_that_is_asked_for_and_nothing_else_is(shop: Shop) -> None:
    shop.publish(replace(SHELF[1], price_fen=1005))
    basket_id = shop.scan(MASKS).basket.id
    wechat = (Tender(kind=TenderKind.WECHAT, fen=1005),)
    assert shop.till.payment(0, cash_rounding=True).quote.payable_fen == 1000
    assert shop.till.payment(0, wechat, cash_rounding=True).quote.payable_fen == 1005
    asked = Settlement(basket_id=basket_id, tenders=cash(1000), agreed_fen=1000, cash_rounding=True)
    assert shop.till.settle(asked).sale.quote.rounding_fen == 5


def test_a_class_a_drug_is_not_rounded_down_to_nothing(shop: Shop) -> None:
    shop.publish(replace(SHELF[2], price_fen=5))
    basket_id = shop.scan(COLD_TABLETS).basket.id
    asked = Settlement(basket_id=basket_id, cash_rounding=True)
    assert shop.refused(lambda: shop.till.payment(0, cash_rounding=True)) == "given_away"
    assert shop.refused(lambda: shop.till.settle(asked)) == "given_away"
    assert shop.till.settle(replace(asked, cash_rounding=False)).sale.quote.payable_fen == 5


# The limit of points


def _paid_with_points(shop: Shop, points: int) -> Quote:
    shop.scan_member()
    return shop.sell(VITAMIN, VITAMIN, points=points).sale.quote


def test_the_days_limit_holds_over_a_restart_and_for_another_card(shop: Shop) -> None:
    second = Card(code="6200000000000002", member_id=WANG)
    shop.publish(replace(gold(), cards=(*gold().cards, second)))
    _paid_with_points(shop, 1500)
    shop.restart()
    shop.scan(second.code)
    shop.scan(VITAMIN)
    shop.scan(VITAMIN)

    assert shop.refused(lambda: shop.settle(600, cash(10_000))) == "points_offline_limit"
    allowance = shop.till.payment("max").allowance
    assert (allowance.points, allowance.reason, allowance.offline_left) == (500, RedemptionLimit.OFFLINE, 500)
    assert shop.settle(500, cash(10_000)).sale.quote.points_redeemed == 500


def test_an_abandoned_basket_takes_nothing_from_the_limit(shop: Shop) -> None:
    shop.scan_member()
    shop.scan(VITAMIN)
    shop.till.payment("max")
    shop.till.void_basket()
    shop.scan_member()
    assert shop.scan(VITAMIN).allowance.offline_left == 2000


def test_the_limit_is_the_members_not_the_tills(shop: Shop) -> None:
    other = member(LI, "李娜", phone="13900139000")
    shop.publish(replace(other, state=replace(other.state, lots=(lot(LI, 1, 5000, date(2026, 12, 31)),))))
    _paid_with_points(shop, 2000)
    shop.scan(other.cards[0].code)
    assert shop.sell(VITAMIN, VITAMIN, points=2000).sale.quote.points_redeemed == 2000


def test_a_new_day_a_new_limit_and_a_clock_set_back_gives_none(shop: Shop) -> None:
    _paid_with_points(shop, 2000)
    shop.clock.pass_by(days=1)
    _paid_with_points(shop, 2000)
    shop.clock.pass_by(days=-1)
    shop.scan_member()
    shop.scan(VITAMIN)

    assert shop.refused(lambda: shop.settle(100, cash(10_000))) == "points_offline_limit"
    assert shop.sell().sale.business_date == date(2026, 3, 6)


def test_a_clock_that_cannot_be_believed_takes_no_points_but_stops_no_sale(shop: Shop) -> None:
    shop.clock.pass_by(hours=8)
    shop.sell(MASKS)
    shop.clock.pass_by(hours=-5)
    shop.scan_member()
    shop.scan(VITAMIN)

    assert shop.refused(lambda: shop.till.payment("max")) == "clock_set_back"
    assert shop.refused(lambda: shop.settle(100, cash(10_000))) == "clock_set_back"
    assert shop.sell().sale.quote.points_earned > 0


def test_a_till_whose_file_went_back_in_time_takes_no_points_but_sells(shop: Shop) -> None:
    shop.scan_member()
    with sqlite3.connect(shop.folder / "terminal.db") as connection:
        connection.execute("UPDATE meta SET spending_stopped = 1")
    state = shop.scan(VITAMIN)
    assert (state.allowance.points, state.allowance.reason) == (0, RedemptionLimit.STOPPED)
    assert shop.refused(lambda: shop.settle(100, cash(10_000))) == "points_offline_limit"
    assert shop.sell().sale.quote.points_earned > 0


def test_after_a_week_without_head_office_no_points_are_taken(shop: Shop) -> None:
    shop.scan_member()
    shop.scan(VITAMIN)
    shop.clock.pass_by(days=7)
    assert shop.scan(VITAMIN).allowance.points == 2000
    shop.clock.pass_by(milliseconds=1)
    state = shop.scan(VITAMIN)
    assert (state.allowance.points, state.allowance.reason) == (0, RedemptionLimit.REPLICA_EXPIRED)
    assert shop.refused(lambda: shop.settle(100, cash(20_000))) == "points_offline_limit"


# Midnight


def test_points_that_lapse_at_midnight_pay_until_then_and_not_after(shop: Shop) -> None:
    shop.publish(gold(1000, expires_on=TODAY))
    shop.scan_member()
    shop.scan(VITAMIN)
    shop.clock.at = shop.clock.at.replace(hour=15, minute=59, second=59)  # a second to midnight in Shanghai
    assert shop.till.payment("max").quote.points_redeemed == 1000
    shop.clock.pass_by(seconds=1)

    assert shop.refused(lambda: shop.settle(1000, cash(10_000))) == "points_balance"
    assert shop.sell().sale.business_date == date(2026, 3, 6)


def test_new_rules_hold_from_the_first_second_of_their_day(shop: Shop) -> None:
    shop.publish(ruleset("old", date(2020, 1, 1)))
    tomorrow = ruleset("new", date(2026, 3, 6))
    shop.publish(
        replace(
            tomorrow,
            text=tomorrow.text.replace('discount = "0.85"', 'discount = "0.80"', 1).replace(
                _effective_from(), "effective_from = 2026-03-06", 1
            ),
        )
    )
    shop.scan_member()
    shop.scan(VITAMIN)
    shop.clock.at = shop.clock.at.replace(hour=15, minute=59)
    assert shop.till.payment(0).quote.payable_fen == 4250
    shop.clock.pass_by(minutes=1)
    sale = shop.settle(0, cash(5000)).sale
    assert (sale.quote.payable_fen, sale.quote.ruleset) == (4000, "new")


def _effective_from() -> str:
    return next(line for line in RULESET_TEXT.splitlines() if line.startswith("effective_from"))


def test_the_business_date_is_the_stores_own(shop: Shop) -> None:
    shop.publish(replace(store(), zone="Asia/Urumqi"))
    shop.clock.at = shop.clock.at.replace(hour=17, minute=59)
    assert shop.sell(MASKS).sale.business_date == date(2026, 3, 6)
    shop.publish(replace(store(), zone="Asia/Tokyo"))
    assert shop.sell(MASKS).sale.business_date == date(2026, 3, 6)
    shop.publish(replace(store(), zone="Europe/London"))
    assert shop.sell(MASKS).sale.business_date == date(2026, 3, 6)


# The surroundings


@pytest.mark.logs_warnings
def test_rules_this_version_cannot_read_leave_those_before_in_force(shop: Shop) -> None:
    shop.publish(ruleset("readable", date(2020, 1, 1)))
    newer = ruleset("newer", date(2026, 1, 1))
    shop.publish(replace(newer, text=newer.text + "\n[cashback]\nrate = '0.1'\n"))
    assert shop.sell(VITAMIN).sale.quote.ruleset == "readable"


def test_a_sale_is_not_written_to_a_file_that_was_taken_away(shop: Shop) -> None:
    shop.scan(VITAMIN)
    aside = shop.folder / "aside"
    aside.mkdir()
    for file in shop.folder.glob("terminal.db*"):
        file.rename(aside / file.name)

    assert shop.refused(lambda: shop.settle(0, cash(5000))) == "database_gone"
    for file in aside.iterdir():
        file.rename(shop.folder / file.name)
    shop.restart()
    assert shop.settle(0, cash(5000)).sale.receipt_no == "S001-01-000001"
