"""What may not go into a basket, and what happens to wrong PINs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pos_member.domain.errors import Refusal
from pos_member.domain.obligations import check_line
from pos_member.domain.pin_lock import PinCount, PinPolicy, after_wrong_pin, locked_seconds, wrong_pins_left
from tests.domain.makers import RULES, product, ruleset

NOON = datetime(2026, 5, 6, 4, tzinfo=UTC)
FRESH = PinCount(wrong=0, locked_until=None)


@pytest.mark.parametrize(
    ("category", "ephedrine", "on_duty", "code", "words"),
    [
        ("rx", False, False, "no_pharmacist", "药师不在岗"),
        ("otc_a", False, False, "no_pharmacist", "药师不在岗"),
        ("rx", False, True, "rx_needs_prescription", "须凭处方"),
        ("otc_a", True, False, "no_pharmacist", "药师不在岗"),
        ("otc_b", True, False, "ephedrine_needs_register", "一次至多 2 盒"),
        ("otc_a", True, True, "ephedrine_needs_register", "身份证号"),
    ],
)
def test_goods_the_law_binds_are_refused_with_the_reason(
    category: str, ephedrine: bool, on_duty: bool, code: str, words: str
) -> None:
    with pytest.raises(Refusal) as refused:
        check_line(product(category, ephedrine=ephedrine), on_duty, RULES)
    assert refused.value.code == code
    assert words in refused.value.message
    assert "感冒灵颗粒" in refused.value.message


@pytest.mark.parametrize(
    ("category", "on_duty"),
    [("otc_a", True), ("otc_b", False), ("tcm", False), ("supplement", False), ("device", False), ("sundry", False)],
)
def test_other_goods_may_be_sold(category: str, on_duty: bool) -> None:
    check_line(product(category), on_duty, RULES)


def test_head_office_may_let_class_a_go_without_a_pharmacist_but_never_prescription_drugs() -> None:
    lifted = ruleset(("otc_a_needs_pharmacist = true", "otc_a_needs_pharmacist = false"))
    check_line(product("otc_a"), pharmacist_on_duty=False, ruleset=lifted)
    with pytest.raises(Refusal) as refused:
        check_line(product("rx"), pharmacist_on_duty=False, ruleset=lifted)
    assert refused.value.code == "no_pharmacist"


def test_the_fifth_wrong_pin_in_a_row_locks_for_a_minute() -> None:
    count, left = FRESH, []
    for _ in range(4):
        count = after_wrong_pin(count, NOON)
        left.append(wrong_pins_left(count))
        assert locked_seconds(count, NOON) == 0
    assert left == [4, 3, 2, 1]
    locked = after_wrong_pin(count, NOON)
    assert locked_seconds(locked, NOON) == 60
    assert locked_seconds(locked, NOON + timedelta(seconds=59)) == 1
    assert locked_seconds(locked, NOON + timedelta(seconds=60)) == 0


def test_after_the_lock_there_are_five_tries_again() -> None:
    locked = after_wrong_pin(PinCount(wrong=4, locked_until=None), NOON)
    later = after_wrong_pin(locked, NOON + timedelta(minutes=2))
    assert (later.locked_until, wrong_pins_left(later)) == (None, 4)


def test_a_clock_that_was_set_back_locks_nobody_out_for_days() -> None:
    locked = after_wrong_pin(PinCount(wrong=4, locked_until=None), NOON)
    assert locked_seconds(locked, NOON - timedelta(days=3)) == 0


def test_a_shop_may_be_stricter() -> None:
    strict = PinPolicy(tries=2, lock=timedelta(minutes=10))
    locked = after_wrong_pin(after_wrong_pin(FRESH, NOON, strict), NOON, strict)
    assert locked_seconds(locked, NOON, strict) == 600
