"""How many points may pay, asked of the rule itself (docs/programme §3.4, §8)."""

from __future__ import annotations

import pytest

from pos_member.domain.errors import Refusal
from pos_member.domain.quote import OfflineLimit
from pos_member.domain.redemption import RedemptionLimit, check, greatest, offline_left
from tests.domain.makers import RULES, ruleset


def today(redeemed: int, *, expired: bool = False) -> OfflineLimit:
    return OfflineLimit(redeemed_today=redeemed, replica_expired=expired)


def test_to_pay_with_no_points_is_never_refused() -> None:
    check(0, 0, None, today(2000, expired=True), RULES)


def test_fewer_points_than_none_are_an_error() -> None:
    with pytest.raises(ValueError, match="below 0"):
        check(-1, 10_000, 500, None, RULES)


def test_a_single_point_is_no_step() -> None:
    with pytest.raises(Refusal) as refused:
        check(1, 10_000, 500, None, RULES)
    assert refused.value.code == "points_step"


def test_a_ruleset_may_ask_for_more_than_a_step_to_begin_with() -> None:
    rules = ruleset(
        (
            "[deduction]\nfen_per_100_points = 100\nstep = 100\nminimum = 100",
            "[deduction]\nfen_per_100_points = 100\nstep = 100\nminimum = 300",
        )
    )
    with pytest.raises(Refusal) as refused:
        check(200, 10_000, 500, None, rules)
    assert (refused.value.code, "至少 300 分" in refused.value.message) == ("points_step", True)
    check(300, 10_000, 500, None, rules)
    assert [greatest(10_000, held, None, rules)[0] for held in (299, 300, 499)] == [0, 300, 400]


def test_a_ruleset_may_let_points_pay_another_share() -> None:
    rules = ruleset(('max_share = "0.50"', 'max_share = "0.75"'))
    assert greatest(399, 5000, None, rules)[0] == 200
    assert greatest(400, 5000, None, rules)[0] == 300


def test_what_is_left_of_the_day_offline_is_never_less_than_nothing() -> None:
    assert offline_left(None, RULES) == 2000
    assert [offline_left(today(redeemed), RULES) for redeemed in (0, 1999, 2000, 2001)] == [2000, 1, 0, 0]
    assert offline_left(today(0, expired=True), RULES) == 0


def test_a_till_that_was_stopped_takes_no_points_whatever_is_left_of_the_day() -> None:
    stopped = OfflineLimit(redeemed_today=0, replica_expired=True, stopped=True)
    assert offline_left(stopped, RULES) == 0
    assert greatest(10_000, 500, stopped, RULES) == (0, RedemptionLimit.STOPPED)
    with pytest.raises(Refusal, match="重新登记本机") as refused:
        check(100, 10_000, 500, stopped, RULES)
    assert refused.value.code == "points_offline_limit"


def test_a_sale_of_nothing_payable_is_told_apart_from_one_of_too_little() -> None:
    assert [greatest(fen, 500, None, RULES) for fen in (0, 1)] == [
        (0, RedemptionLimit.NOTHING_PAYABLE),
        (0, RedemptionLimit.SHARE),
    ]
    said = []
    for fen in (0, 1):
        with pytest.raises(Refusal) as refused:
            check(100, fen, 500, None, RULES)
        assert refused.value.code == "points_cap"
        said.append("没有可以用积分抵的金额" in refused.value.message)
    assert said == [True, False]
