"""A clock that nobody can believe, told with opening a shift; a sale never waits for it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pos_member.domain.errors import Refusal
from tests.app.returning import available, stored_points
from tests.app.shop import CHEN_LEI, COLD_TABLETS, MASKS, VITAMIN, Shop
from tests.storage.makers import TODAY


def open_shift(shop: Shop) -> object:
    return shop.till.shifts.open_shift(shop.till.new_id(), 0)


def told(shop: Shop) -> str:
    with pytest.raises(Refusal) as refused:
        open_shift(shop)
    return refused.value.message


def test_a_clock_that_was_set_back_is_told_with_both_times_and_sells_on(shop: Shop) -> None:
    shop.clock.pass_by(hours=3)
    shop.till.lock()
    shop.till.unlock("1111")
    shop.clock.pass_by(minutes=-90)
    assert told(shop) == (
        "本机时间 2026-03-05 12:00 早于已有记录的时间 2026-03-05 13:30："
        "请校准系统时间；已经校准的，连上总部核对后再办理"
    )
    shop.till.lock()
    shop.till.unlock("1111")
    assert shop.refused(lambda: open_shift(shop)) == "clock_set_back"
    shop.scan(VITAMIN)
    assert shop.settle().sale.business_date.isoformat() == "2026-03-05"


def test_it_is_still_known_after_a_restart_and_once_time_has_caught_up_all_is_well(shop: Shop) -> None:
    shop.clock.pass_by(hours=3)
    shop.till.lock()
    shop.clock.pass_by(minutes=-90)
    shop.restart()
    assert shop.refused(lambda: open_shift(shop)) == "clock_set_back"
    shop.clock.pass_by(minutes=88)
    open_shift(shop)


def test_two_minutes_are_what_clocks_differ_by(shop: Shop) -> None:
    shop.clock.pass_by(hours=3)
    shop.till.lock()
    shop.till.unlock("1111")
    shop.clock.pass_by(minutes=-2)
    open_shift(shop)
    shop.clock.pass_by(seconds=-1)
    shift = shop.till.shifts.state().shift
    assert shift is not None
    assert shop.refused(lambda: shop.till.shifts.close_shift(shop.till.new_id(), shift.id, 0)) == "clock_set_back"


def test_head_offices_word_outweighs_what_a_fast_clock_has_recorded(shop: Shop) -> None:
    right = shop.clock.now()
    shop.clock.pass_by(hours=5)
    shop.till.lock()
    shop.till.unlock("1111")
    shop.clock.at = right
    shop.clock.pass_by(minutes=5)
    assert shop.refused(lambda: open_shift(shop)) == "clock_set_back"
    shop.publish()
    shop.clock.pass_by(minutes=1)
    open_shift(shop)


def test_the_word_of_a_while_ago_does_not(shop: Shop) -> None:
    right = shop.clock.now()
    shop.clock.pass_by(hours=5)
    shop.till.lock()
    shop.till.unlock("1111")
    shop.clock.at = right
    shop.publish()
    shop.clock.pass_by(minutes=3)
    assert shop.refused(lambda: open_shift(shop)) == "clock_set_back"


def test_a_till_a_day_ahead_of_head_office_is_told_with_both_times_and_sells_on(shop: Shop) -> None:
    office = shop.clock.now()
    shop.clock.pass_by(days=2)
    shop.publish(as_of=office)
    assert told(shop) == (
        "上次与总部核对时，总部时间 2026-03-05 10:30，本机却是 2026-03-07 10:30，快了一天以上："
        "请校准系统时间，连上总部后再办理"
    )
    shop.scan(MASKS)
    shop.settle()
    shop.publish()
    assert shop.till.shifts.state().shift is not None


def test_a_till_that_is_hours_ahead_is_believed(shop: Shop) -> None:
    office = shop.clock.now()
    shop.clock.pass_by(hours=24)
    shop.publish(as_of=office)
    open_shift(shop)


def test_a_new_till_with_a_clock_of_long_ago_is_not_believed(shop: Shop) -> None:
    shop.clock.pass_by(days=400)
    office = shop.clock.now()
    shop.clock.pass_by(days=-398)
    shop.publish(as_of=office)
    assert "早于已有记录的时间 2027-04-09" in told(shop)


def test_a_till_that_is_known_to_be_a_year_ahead_sells_under_head_offices_date_and_no_points_lapse(shop: Shop) -> None:
    right = shop.clock.now()
    shop.clock.pass_by(days=400)
    shop.publish(as_of=right)
    shop.till.take_duty(CHEN_LEI.id, "2222")
    shop.scan_member()
    shop.scan(COLD_TABLETS)
    sale = shop.settle().sale
    assert sale.business_date == TODAY
    assert {entry.expires_on for entry in sale.entries} == {date(2027, 3, 31)}
    assert available(shop) == stored_points(shop)

    shop.clock.pass_by(days=-399)
    assert shop.sell(MASKS).sale.business_date == TODAY  # until head office has seen the clock again
    shop.publish()
    assert shop.sell(MASKS).sale.business_date == TODAY + timedelta(days=1)


def test_a_clock_of_long_ago_dates_no_sale_before_head_offices_last_word(shop: Shop) -> None:
    vouched = shop.clock.now()
    shop.clock.pass_by(days=-4000)
    shop.publish(as_of=vouched)
    assert shop.sell(MASKS).sale.business_date == TODAY
