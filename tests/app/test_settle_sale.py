from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pos_member.domain.member import Card, MemberStatus
from pos_member.domain.quote import Quote
from pos_member.domain.redemption import RedemptionLimit
from pos_member.domain.tier import Tier
from tests.app.shop import MASKS, VITAMIN, Shop, cash, gold
from tests.storage.makers import LI, RULESET_TEXT, TODAY, WANG, lot, member, ruleset
from tests.storage.makers import shop as store


def test_a_members_sale_is_one_commit_of_everything_it_is(shop: Shop) -> None:
    shop.scan(VITAMIN)
    shop.scan_member()
    shown = shop.till.payment(1000, 5000)
    events = shop.count("events")
    shop.woken.clear()
    settled = shop.till.settle(1000, cash(5000), shown.quote.payable_fen)

    assert shown.quote.payable_fen == 3250
    assert (shown.change_fen, shown.short_fen) == (1750, 0)
    sale = settled.sale
    assert sale.quote == replace(shown.quote, change_fen=1750)
    assert [(entry.kind, entry.points) for entry in sale.entries] == [
        ("redemption", -1000),
        ("purchase", 73),
        ("birthday", 50),
    ]
    assert (shop.count("sales"), shop.count("print_jobs"), shop.count("events")) == (1, 1, events + 1)
    assert shop.woken == ["printer", "sync"]
    assert settled.next.basket.is_empty
    assert shop.scan_member().member is not None
    assert shop.till.counter().member.available == settled.available == 6000 - 1000 + 123  # type: ignore[union-attr]


def test_a_sale_is_settled_once_however_often_it_is_asked_for(shop: Shop) -> None:
    shop.scan(VITAMIN)
    shop.till.settle(0, cash(5000))
    assert shop.refused(lambda: shop.till.settle(0, cash(5000))) == "basket_empty"
    shop.restart()
    assert shop.refused(lambda: shop.till.payment(0, None)) == "basket_empty"
    assert shop.count("sales") == 1


def test_too_little_money_settles_nothing(shop: Shop) -> None:
    before = shop.scan(VITAMIN)
    assert shop.refused(lambda: shop.till.settle(0, cash(4999))) == "tender_short"
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

    assert shop.refused(lambda: shop.till.payment("max", None)) == code
    assert shop.refused(lambda: shop.till.settle(0, cash(5000))) == code
    assert shop.count("sales") == 0
    shop.till.drop_member()
    assert shop.sell().sale.quote.payable_fen == 5000


def test_a_member_head_office_has_taken_away_is_not_dropped_in_silence(shop: Shop) -> None:
    shop.scan(VITAMIN)
    shop.scan_member()
    shop.publish(gone=gold())
    shop.restart()

    assert shop.till.counter().member is None
    assert shop.refused(lambda: shop.till.settle(0, cash(10_000))) == "member_gone"
    shop.till.drop_member()
    assert shop.sell().sale.member_id is None


def test_what_the_customer_was_told_is_what_is_paid(shop: Shop) -> None:
    shop.scan(VITAMIN)
    shop.scan_member()
    told = shop.till.payment(0, 10_000).quote.payable_fen
    shop.publish(replace(gold(), state=replace(gold().state, tier=Tier.SILVER, applied={})))

    assert shop.refused(lambda: shop.till.settle(0, cash(10_000), told)) == "price_changed"
    assert shop.count("sales") == 0
    now = shop.till.payment(0, 10_000).quote.payable_fen
    assert (told, now) == (4250, 4500)
    assert shop.till.settle(0, cash(10_000), now).sale.quote.change_fen == 5500


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

    assert shop.refused(lambda: shop.till.settle(600, cash(10_000))) == "points_offline_limit"
    allowance = shop.till.payment("max", None).allowance
    assert (allowance.points, allowance.reason, allowance.offline_left) == (500, RedemptionLimit.OFFLINE, 500)
    assert shop.till.settle(500, cash(10_000)).sale.quote.points_redeemed == 500


def test_an_abandoned_basket_takes_nothing_from_the_limit(shop: Shop) -> None:
    shop.scan_member()
    shop.scan(VITAMIN)
    shop.till.payment("max", None)
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

    assert shop.refused(lambda: shop.till.settle(100, cash(10_000))) == "points_offline_limit"
    assert shop.sell().sale.business_date == date(2026, 3, 6)


def test_after_a_week_without_head_office_no_points_are_taken(shop: Shop) -> None:
    shop.scan_member()
    shop.scan(VITAMIN)
    shop.clock.pass_by(days=7)
    assert shop.scan(VITAMIN).allowance.points == 2000
    shop.clock.pass_by(milliseconds=1)
    state = shop.scan(VITAMIN)
    assert (state.allowance.points, state.allowance.reason) == (0, RedemptionLimit.REPLICA_EXPIRED)
    assert shop.refused(lambda: shop.till.settle(100, cash(20_000))) == "points_offline_limit"


# Midnight


def test_points_that_lapse_at_midnight_pay_until_then_and_not_after(shop: Shop) -> None:
    shop.publish(gold(1000, expires_on=TODAY))
    shop.scan_member()
    shop.scan(VITAMIN)
    shop.clock.at = shop.clock.at.replace(hour=15, minute=59, second=59)  # a second to midnight in Shanghai
    assert shop.till.payment("max", None).quote.points_redeemed == 1000
    shop.clock.pass_by(seconds=1)

    assert shop.refused(lambda: shop.till.settle(1000, cash(10_000))) == "points_balance"
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
    assert shop.till.payment(0, None).quote.payable_fen == 4250
    shop.clock.pass_by(minutes=1)
    sale = shop.till.settle(0, cash(5000)).sale
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

    assert shop.refused(lambda: shop.till.settle(0, cash(5000))) == "database_gone"
    for file in aside.iterdir():
        file.rename(shop.folder / file.name)
    shop.restart()
    assert shop.till.settle(0, cash(5000)).sale.receipt_no == "S001-01-000001"
