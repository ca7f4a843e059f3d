from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from pos_member.domain.errors import Fault
from tests.app.people import SUN_WEI, rules_with
from tests.app.shop import CHEN_LEI, COLD_TABLETS, LI_FANG, MASKS, VITAMIN, Shop


def test_five_wrong_pins_lock_the_account_and_a_restart_gives_no_more_tries(shop: Shop) -> None:
    for _ in range(4):
        assert shop.refused(lambda: shop.till.sign_in(LI_FANG.id, "0000")) == "pin_wrong"
    shop.close()
    shop.open()
    assert shop.refused(lambda: shop.till.sign_in(LI_FANG.id, "0000")) == "pin_locked"
    assert shop.refused(lambda: shop.till.sign_in(LI_FANG.id, "1111")) == "pin_locked"
    assert shop.till.sign_in(CHEN_LEI.id, "2222").staff == CHEN_LEI

    shop.clock.pass_by(minutes=1)
    assert shop.till.sign_in(LI_FANG.id, "1111").staff == LI_FANG
    assert shop.audited()[-4:] == ["pin_locked", "sign_in", "sign_out", "sign_in"]


def test_a_lock_does_not_outlast_a_clock_that_was_set_back(shop: Shop) -> None:
    for _ in range(5):
        shop.refused(lambda: shop.till.sign_in(LI_FANG.id, "0000"))
    shop.clock.pass_by(days=-400)
    assert shop.till.sign_in(LI_FANG.id, "1111").staff == LI_FANG


def test_a_right_pin_forgives_the_wrong_ones_before(shop: Shop) -> None:
    for _ in range(3):
        for _ in range(4):
            assert shop.refused(lambda: shop.till.sign_in(LI_FANG.id, "0000")) == "pin_wrong"
        shop.till.sign_in(LI_FANG.id, "1111")


def test_who_has_left_cannot_sign_in(shop: Shop) -> None:
    shop.publish(replace(LI_FANG, active=False))
    assert shop.refused(lambda: shop.till.sign_in(LI_FANG.id, "1111")) == "staff_unknown"
    assert [person.name for person in shop.till.staff()] == ["陈蕾"]


def test_only_a_pharmacist_comes_on_duty_and_stays_so_over_a_restart(shop: Shop) -> None:
    shop.till.leave_duty()
    assert shop.refused(lambda: shop.till.take_duty(LI_FANG.id, "1111")) == "not_a_pharmacist"
    assert shop.refused(lambda: shop.till.take_duty(CHEN_LEI.id, "1111")) == "pin_wrong"
    assert shop.till.take_duty(CHEN_LEI.id, "2222").pharmacist == CHEN_LEI
    shop.restart()
    assert shop.till.sign_in(LI_FANG.id, "1111").pharmacist == CHEN_LEI
    assert shop.till.leave_duty().pharmacist is None
    assert shop.audited()[-1] == "duty_off"


def test_a_pharmacist_is_on_duty_from_signing_in_to_signing_out_and_both_are_audited(shop: Shop) -> None:
    shop.till.leave_duty()
    shop.till.sign_out()
    before = len(shop.audited())
    assert shop.till.sign_in(CHEN_LEI.id, "2222").pharmacist == CHEN_LEI
    shop.till.sign_out()
    assert shop.till.sign_in(LI_FANG.id, "1111").pharmacist is None
    assert shop.audited()[before:] == ["sign_in", "duty_on", "sign_out", "duty_off", "sign_in"]


def test_taking_duty_again_is_no_second_duty(shop: Shop) -> None:
    before = len(shop.audited())
    shop.till.take_duty(CHEN_LEI.id, "2222")
    assert shop.audited()[before:] == []


def test_who_signs_in_takes_the_place_of_who_was_there(shop: Shop) -> None:
    shop.publish(SUN_WEI)
    shop.scan(VITAMIN)
    before = len(shop.audited())
    assert shop.till.sign_in(SUN_WEI.id, "3333").staff == SUN_WEI
    assert shop.audited()[before:] == ["sign_out", "sign_in"]
    assert len(shop.till.counter().basket.lines) == 1


def test_a_wrong_pin_leaves_who_is_at_the_till_there(shop: Shop) -> None:
    assert shop.refused(lambda: shop.till.sign_in(CHEN_LEI.id, "0000")) == "pin_wrong"
    assert shop.till.seat.person() == LI_FANG
    assert shop.audited()[-1] == "sign_in_failed"


def test_a_pharmacist_who_is_on_duty_by_signing_in_is_relieved_by_who_signs_in_next(shop: Shop) -> None:
    shop.till.leave_duty()
    assert shop.till.sign_in(CHEN_LEI.id, "2222").pharmacist == CHEN_LEI
    before = len(shop.audited())
    assert shop.till.sign_in(LI_FANG.id, "1111").pharmacist is None
    assert shop.audited()[before:] == ["sign_out", "duty_off", "sign_in"]


def test_a_pharmacist_who_took_duty_beside_the_cashier_stays_when_cashiers_switch(shop: Shop) -> None:
    shop.publish(SUN_WEI)
    assert shop.till.sign_in(SUN_WEI.id, "3333").pharmacist == CHEN_LEI
    assert shop.till.sign_in(CHEN_LEI.id, "2222").pharmacist == CHEN_LEI
    assert shop.till.sign_in(LI_FANG.id, "1111").pharmacist == CHEN_LEI
    assert shop.audited().count("duty_on") == 1


def test_a_pharmacist_at_the_till_may_take_duty_to_stay_on_it(shop: Shop) -> None:
    shop.till.leave_duty()
    shop.till.sign_in(CHEN_LEI.id, "2222")
    shop.till.take_duty(CHEN_LEI.id, "2222")
    assert shop.till.sign_in(LI_FANG.id, "1111").pharmacist == CHEN_LEI


def test_after_a_power_cut_the_pharmacist_at_the_till_is_on_duty_until_somebody_else_signs_in(shop: Shop) -> None:
    shop.till.leave_duty()
    since = shop.till.sign_in(CHEN_LEI.id, "2222").pharmacist_since
    shop.close()
    shop.open()
    shop.clock.pass_by(minutes=20)
    again = shop.till.sign_in(CHEN_LEI.id, "2222")
    assert (again.pharmacist, again.pharmacist_since) == (CHEN_LEI, since)
    shop.close()
    shop.open()
    assert shop.till.sign_in(LI_FANG.id, "1111").pharmacist is None


def test_duty_ends_with_the_business_date(shop: Shop) -> None:
    assert shop.till.sign_in(LI_FANG.id, "1111").pharmacist_since == shop.clock.now()
    shop.clock.at = datetime(2026, 3, 5, 15, 59, tzinfo=UTC)
    shop.scan(COLD_TABLETS)
    shop.clock.pass_by(minutes=1)
    assert shop.refused(lambda: shop.scan(COLD_TABLETS)) == "no_pharmacist"
    session = shop.till.sign_in(LI_FANG.id, "1111")
    assert (session.pharmacist, session.pharmacist_since, session.business_date) == (None, None, date(2026, 3, 6))
    assert shop.audited()[-2:] == ["duty_off", "sign_in"]
    assert shop.till.take_duty(CHEN_LEI.id, "2222").pharmacist_since == shop.clock.now()


def test_while_the_till_is_locked_nothing_is_done_and_the_same_person_or_another_opens_it(shop: Shop) -> None:
    shop.publish(SUN_WEI)
    shop.scan(VITAMIN)
    assert shop.till.lock() == LI_FANG
    for act in (
        shop.till.counter,
        shop.till.sign_out,
        shop.till.leave_duty,
        shop.till.shifts.state,
        lambda: shop.scan(MASKS),
        lambda: shop.till.take_duty(CHEN_LEI.id, "2222"),
        lambda: shop.settle(),
    ):
        assert shop.refused(act) == "till_locked"
    assert shop.refused(lambda: shop.till.unlock("0000")) == "pin_wrong"
    assert shop.refused(shop.till.counter) == "till_locked"

    session = shop.till.unlock("1111")
    assert (session.staff, session.pharmacist) == (LI_FANG, CHEN_LEI)
    assert len(shop.till.counter().basket.lines) == 1
    shop.till.lock()
    assert shop.till.sign_in(SUN_WEI.id, "3333").staff == SUN_WEI
    assert shop.audited()[-6:] == ["lock", "sign_in_failed", "unlock", "lock", "sign_out", "sign_in"]


def test_signing_in_where_one_is_locked_out_unlocks(shop: Shop) -> None:
    shop.till.lock()
    shop.till.sign_in(LI_FANG.id, "1111")
    assert shop.till.counter().basket.lines == ()
    assert shop.audited()[-2:] == ["lock", "unlock"]


def test_a_pharmacist_who_is_locked_out_stays_on_duty(shop: Shop) -> None:
    shop.till.leave_duty()
    shop.till.sign_in(CHEN_LEI.id, "2222")
    shop.till.lock()
    assert shop.till.unlock("2222").pharmacist == CHEN_LEI


def test_a_till_with_nobody_at_it_has_nothing_to_lock_or_to_unlock(shop: Shop) -> None:
    shop.till.sign_out()
    before = shop.audited()
    assert shop.till.lock() is None
    assert shop.refused(lambda: shop.till.unlock("1111")) == "not_signed_in"
    assert shop.audited() == before


def test_locking_twice_is_recorded_once_and_a_disk_that_refuses_does_not_keep_it_open(shop: Shop) -> None:
    shop.till.lock()
    shop.till.lock()
    assert shop.audited().count("lock") == 1
    shop.till.unlock("1111")
    (shop.folder / "terminal.db").rename(shop.folder / "elsewhere.db")
    with pytest.raises(Fault):
        shop.till.lock()
    assert shop.till.seat.is_locked
    (shop.folder / "elsewhere.db").rename(shop.folder / "terminal.db")


def test_how_long_the_till_may_stand_unused_is_the_rulesets(shop: Shop) -> None:
    assert shop.till.sign_in(LI_FANG.id, "1111").lock_after_seconds == 300
    shop.publish(rules_with("lock_after_seconds = 300", "lock_after_seconds = 45"))
    assert shop.till.sign_in(LI_FANG.id, "1111").lock_after_seconds == 45
