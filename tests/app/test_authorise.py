"""Who may do it by right, and a second person's PIN for one action; told with cash that only a manager may move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pos_member.app.people.authorise import Approval
from pos_member.domain.errors import Refusal
from pos_member.domain.shift import CashDirection
from pos_member.domain.staff import Role
from tests.app.people import SUN_WEI, audits, rights_with
from tests.app.shop import CHEN_LEI, LI_FANG, Shop

MANAGER = Approval(staff_id=SUN_WEI.id, pin="3333")
Take = Callable[..., object]


@pytest.fixture
def take(shop: Shop) -> Take:
    """李芳 takes ¥100 out, which only a store manager may."""
    shop.publish(SUN_WEI, rights_with("move_cash", "store_manager"))
    shift_id = shop.till.shifts.open_shift(shop.till.new_id(), 20_000).id

    def take(approval: Approval | None = None, reason: str = "存银行", movement_id: str | None = None) -> object:
        given = movement_id or shop.till.new_id()
        return shop.till.shifts.move_cash(given, shift_id, CashDirection.OUT, 10_000, reason, approval)

    return take


def test_what_a_person_may_not_is_refused_and_names_who_may(shop: Shop, take: Take) -> None:
    with pytest.raises(Refusal) as told:
        take()
    assert told.value.code == "right_missing"
    assert told.value.message == "李芳没有「现金存取」的权限：请由店长输入密码授权，或由其登录后办理"


def test_a_second_persons_pin_allows_one_action_and_both_are_in_the_audit(shop: Shop, take: Take) -> None:
    movement_id = shop.till.new_id()
    take(MANAGER, movement_id=movement_id)
    (override,) = audits(shop, "override")
    assert override == {
        "action": "override",
        "staff_id": SUN_WEI.id,
        "for_staff_id": LI_FANG.id,
        "right": "move_cash",
        "movement_id": movement_id,
    }
    assert shop.refused(take) == "right_missing"
    assert shop.count("facts") == 2


def test_asking_again_for_what_was_allowed_is_no_second_override(shop: Shop, take: Take) -> None:
    movement_id = shop.till.new_id()
    assert take(MANAGER, movement_id=movement_id) != take(MANAGER, movement_id=shop.till.new_id())
    take(MANAGER, movement_id=movement_id)
    assert len(audits(shop, "override")) == 2


def test_of_an_action_that_is_refused_no_override_remains(shop: Shop, take: Take) -> None:
    assert shop.refused(lambda: take(MANAGER, reason=" ")) == "cash_reason"
    assert audits(shop, "override") == []


def test_who_has_the_right_needs_no_second_person(shop: Shop, take: Take) -> None:
    shop.till.sign_in(SUN_WEI.id, "3333")
    take(Approval(staff_id=LI_FANG.id, pin="wrong"))
    assert audits(shop, "override") == []
    assert audits(shop, "sign_in_failed") == []


def test_a_second_person_without_the_right_is_no_help(shop: Shop, take: Take) -> None:
    with pytest.raises(Refusal) as told:
        take(Approval(staff_id=CHEN_LEI.id, pin="2222"))
    assert (told.value.code, told.value.gaps["name"]) == ("right_missing", "陈蕾")


def test_nobody_approves_for_themselves_what_they_lack(shop: Shop, take: Take) -> None:
    assert shop.refused(lambda: take(Approval(staff_id=LI_FANG.id, pin="1111"))) == "right_missing"
    assert audits(shop, "override") == []


def test_a_role_that_head_office_gives_or_takes_counts_at_once(shop: Shop, take: Take) -> None:
    shop.publish(replace(LI_FANG, role=Role.STORE_MANAGER))
    take()
    shop.publish(LI_FANG)
    assert shop.refused(take) == "right_missing"


def test_whoever_has_left_does_nothing_more_but_sign_out(shop: Shop, take: Take) -> None:
    shop.publish(gone=LI_FANG)
    assert shop.refused(take) == "staff_gone"
    assert shop.refused(shop.till.counter) == "staff_gone"
    shop.till.sign_out()
    assert shop.audited()[-1] == "sign_out"
    assert shop.refused(shop.till.counter) == "not_signed_in"


def test_a_till_without_head_offices_list_says_so_and_blames_nobody(shop: Shop) -> None:
    shop.close()
    for file in shop.folder.glob("replica.db*"):
        file.unlink()
    seat = shop.till.seat.occupant
    assert seat is not None
    shop.open()
    shop.till.seat.take(seat)
    assert shop.refused(shop.till.counter) == "replica_empty"


def test_a_wrong_pin_of_the_second_person_counts_against_that_person_also_after_a_restart(
    shop: Shop, take: Take
) -> None:
    wrong = Approval(staff_id=SUN_WEI.id, pin="0000")
    for _ in range(4):
        assert shop.refused(lambda: take(wrong)) == "pin_wrong"
    shop.restart()
    assert shop.refused(lambda: shop.till.sign_in(SUN_WEI.id, "0000")) == "pin_locked"
    assert [body["staff_id"] for body in audits(shop, "sign_in_failed")] == [SUN_WEI.id] * 5
    assert shop.till.seat.person() == LI_FANG


def test_a_second_person_head_office_has_taken_off_the_list_approves_nothing(shop: Shop, take: Take) -> None:
    shop.publish(replace(SUN_WEI, active=False))
    assert shop.refused(lambda: take(MANAGER)) == "staff_unknown"


def test_a_role_that_is_given_the_right_has_it_at_once(shop: Shop, take: Take) -> None:
    shop.publish(rights_with("move_cash", "cashier"))
    take()
    assert audits(shop, "override") == []
