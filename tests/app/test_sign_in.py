from __future__ import annotations

from dataclasses import replace

from tests.app.shop import CHEN_LEI, LI_FANG, Shop


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
    assert shop.audited()[-3:] == ["pin_locked", "sign_in", "sign_in"]


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
    before = len(shop.audited())
    assert shop.till.sign_in(CHEN_LEI.id, "2222").pharmacist == CHEN_LEI
    shop.till.sign_out()
    assert shop.till.sign_in(LI_FANG.id, "1111").pharmacist is None
    assert shop.audited()[before:] == ["sign_in", "duty_on", "sign_out", "duty_off", "sign_in"]


def test_taking_duty_again_is_no_second_duty(shop: Shop) -> None:
    before = len(shop.audited())
    shop.till.take_duty(CHEN_LEI.id, "2222")
    assert shop.audited()[before:] == []
