"""Points earned otherwise than by buying, and why there are no more of them (docs/programme §5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pos_member.domain.bonuses import (
    Bonus,
    BonusKind,
    PastBonus,
    activity_bonus,
    adjustment,
    check_in_bonus,
    festival_bonus,
    past_bonuses,
    referral_bonus,
    registration_bonus,
    review_bonus,
)
from pos_member.domain.errors import Refusal
from pos_member.domain.ledger import LedgerEntry
from pos_member.domain.staff import Role, Staff
from tests.domain.makers import RULES, day, entry, ruleset

BOUGHT = {"A1", "B2"}


def had(kind: BonusKind, points: int, on: str, source: str = "x") -> PastBonus:
    return PastBonus(kind=kind, points=points, on=day(on), source=source)


def booked(entry_id: str, kind: str, points: int, on: str, source: str, of: str | None = None) -> LedgerEntry:
    expires_on = "2027-12-31" if points > 0 else None
    made = entry(entry_id, points, f"{on}T02:00:00+00:00", kind=kind, expires_on=expires_on, of=of)
    return replace(made, source=source)


def staff(role: Role) -> Staff:
    return Staff(id="u1", number="001", name="陈店长", role=role, pin_hash="")


def refused(give: Callable[[], Bonus]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        give()
    return caught.value


def test_whoever_registers_gets_points_once() -> None:
    first = registration_bonus((), "m1", RULES)
    assert first == Bonus(kind=BonusKind.REGISTRATION, points=50, source="m1")
    again = refused(lambda: registration_bonus([had(first.kind, 50, "2024-02-01", "m1")], "m1", RULES))
    assert again.code == "registration_given"
    assert "只有一次" in again.message


def test_signing_in_counts_once_a_day() -> None:
    given = check_in_bonus([had(BonusKind.CHECK_IN, 1, "2026-05-05")], day("2026-05-06"), RULES)
    assert given == Bonus(kind=BonusKind.CHECK_IN, points=1, source="2026-05-06")
    again = refused(lambda: check_in_bonus([had(given.kind, 1, "2026-05-06")], day("2026-05-06"), RULES))
    assert (again.code, "2026-05-07 起" in again.message) == ("check_in_given", True)


def test_the_31st_day_in_a_row_is_beyond_the_month_and_the_next_month_begins_anew() -> None:
    month = [had(BonusKind.CHECK_IN, 1, f"2026-12-{date:02d}") for date in range(1, 31)]
    full = refused(lambda: check_in_bonus(month, day("2026-12-31"), RULES))
    assert full.code == "check_in_month_limit"
    assert full.message == "该会员本月签到已得 30 分，每月至多 30 分；2027-01-01 起可再得"
    assert check_in_bonus(month, day("2027-01-01"), RULES).points == 1


def test_the_same_month_of_another_year_is_another_month() -> None:
    month = [had(BonusKind.CHECK_IN, 1, f"2025-05-{date:02d}") for date in range(1, 31)]
    assert check_in_bonus(month, day("2026-05-31"), RULES).points == 1


def test_a_review_earns_only_for_goods_the_member_has_bought() -> None:
    given = review_bonus((), "r1", "A1", BOUGHT, day("2026-05-06"), RULES)
    assert given == Bonus(kind=BonusKind.REVIEW, points=5, source="r1")
    never_bought = refused(lambda: review_bonus((), "r1", "C3", BOUGHT, day("2026-05-06"), RULES))
    assert (never_bought.code, "C3" in never_bought.message) == ("review_not_bought", True)


def test_one_review_earns_once_and_the_fifth_of_a_month_nothing() -> None:
    four = [had(BonusKind.REVIEW, 5, "2026-05-01", f"r{number}") for number in range(4)]
    assert review_bonus(four[:3], "r9", "A1", BOUGHT, day("2026-05-06"), RULES).points == 5
    assert refused(lambda: review_bonus(four, "r0", "A1", BOUGHT, day("2026-06-06"), RULES)).code == "review_given"
    fifth = refused(lambda: review_bonus(four, "r9", "A1", BOUGHT, day("2026-05-06"), RULES))
    assert fifth.code == "review_month_limit"
    assert "20 分；2026-06-01 起" in fifth.message


def test_where_a_limit_leaves_a_part_that_part_is_posted_and_the_rest_is_told() -> None:
    uneven = ruleset(("review_month_limit = 20", "review_month_limit = 12"))
    two = [had(BonusKind.REVIEW, 5, "2026-05-01", f"r{number}") for number in range(2)]
    third = review_bonus(two, "r9", "A1", BOUGHT, day("2026-05-06"), uneven)
    assert (third.points, third.withheld) == (2, 3)


def test_other_points_of_the_month_fill_no_limit() -> None:
    others = [had(BonusKind.CHECK_IN, 30, "2026-05-01"), had(BonusKind.ACTIVITY, 50, "2026-05-01")]
    assert review_bonus(others, "r1", "A1", BOUGHT, day("2026-05-06"), RULES).points == 5


def test_a_referral_earns_when_the_one_referred_has_spent_enough() -> None:
    short = refused(lambda: referral_bonus((), "m1", "m2", 9_999, RULES))
    assert short.code == "referral_spend"
    assert "还差 ¥0.01" in short.message
    given = referral_bonus((), "m1", "m2", 10_000, RULES)
    assert given == Bonus(kind=BonusKind.REFERRAL, points=50, source="m2")


def test_each_person_referred_earns_once_and_nobody_refers_themselves() -> None:
    past = [had(BonusKind.REFERRAL, 50, "2026-01-01", "m2")]
    assert refused(lambda: referral_bonus(past, "m1", "m2", 50_000, RULES)).code == "referral_given"
    assert referral_bonus(past, "m1", "m3", 50_000, RULES).points == 50
    assert refused(lambda: referral_bonus((), "m1", "m1", 50_000, RULES)).code == "referral_self"


@pytest.mark.parametrize("points", [10, 37, 50])
def test_an_activity_sets_its_points_within_the_range(points: int) -> None:
    given = activity_bonus((), "quiz-5", points, RULES)
    assert given == Bonus(kind=BonusKind.ACTIVITY, points=points, source="quiz-5")


@pytest.mark.parametrize("points", [9, 51])
def test_an_activity_outside_the_range_gives_nothing(points: int) -> None:
    outside = refused(lambda: activity_bonus((), "quiz-5", points, RULES))
    assert outside.code == "activity_points"
    assert f"10 至 50 分，本活动设为 {points} 分" in outside.message


def test_activities_and_festivals_are_once_each() -> None:
    past = [had(BonusKind.ACTIVITY, 10, "2026-05-01", "one"), had(BonusKind.FESTIVAL, 20, "2026-02-17", "two")]
    assert refused(lambda: activity_bonus(past, "one", 10, RULES)).code == "activity_given"
    assert refused(lambda: festival_bonus(past, "two", RULES)).code == "festival_given"
    assert activity_bonus(past, "two", 10, RULES).points == 10
    assert festival_bonus(past, "one", RULES) == Bonus(kind=BonusKind.FESTIVAL, points=20, source="one")


@pytest.mark.parametrize("points", [300, -300])
def test_the_store_manager_adjusts_either_way_with_a_reason(points: int) -> None:
    made = adjustment(points, "收银时漏扫会员卡", staff(Role.STORE_MANAGER))
    assert made == Bonus(kind=BonusKind.ADJUSTMENT, points=points, source="u1")


@pytest.mark.parametrize(
    ("role", "points", "reason", "code"),
    [
        (Role.CASHIER, 0, "", "adjustment_store_manager"),
        (Role.PHARMACIST, 100, "漏积分", "adjustment_store_manager"),
        (Role.STORE_MANAGER, 0, "", "adjustment_zero"),
        (Role.STORE_MANAGER, 100, "  ", "adjustment_reason"),
    ],
)
def test_an_adjustment_is_refused_with_the_reason(role: Role, points: int, reason: str, code: str) -> None:
    assert refused(lambda: adjustment(points, reason, staff(role))).code == code


def test_what_the_programme_does_not_give_is_refused_in_words() -> None:
    without = ruleset(("registration_points = 50", "registration_points = 0"))
    assert refused(lambda: registration_bonus((), "m1", without)).code == "bonus_not_offered"


def test_the_ledger_says_what_was_given_and_an_entry_that_comes_twice_counts_once() -> None:
    first = booked("e1", "check_in", 1, "2026-05-01", "2026-05-01")
    entries = [first, first, booked("e2", "purchase", 80, "2026-05-01", "s1")]
    assert past_bonuses(entries) == (had(BonusKind.CHECK_IN, 1, "2026-05-01", "2026-05-01"),)


def test_points_taken_back_make_no_room_again() -> None:
    entries = [
        booked("e1", "festival", 20, "2026-02-17", "spring-2026"),
        booked("e2", "festival", -20, "2026-02-18", "spring-2026", of="e1"),
    ]
    again = refused(lambda: festival_bonus(past_bonuses(entries), "spring-2026", RULES))
    assert again.code == "festival_given"


def test_signing_in_is_seen_among_other_points_of_the_day_and_those_are_no_signing_in() -> None:
    today = day("2026-05-06")
    others = [had(BonusKind.REVIEW, 5, "2026-05-06"), had(BonusKind.FESTIVAL, 20, "2026-05-06")]
    assert check_in_bonus(others, today, RULES).points == 1
    signed_in = had(BonusKind.CHECK_IN, 1, "2026-05-06")
    assert refused(lambda: check_in_bonus([*others, signed_in], today, RULES)).code == "check_in_given"


def test_a_month_that_two_tills_filled_beyond_its_limit_gives_nothing_more() -> None:
    five = [had(BonusKind.REVIEW, 5, "2026-05-01", f"r{number}") for number in range(5)]
    beyond = refused(lambda: review_bonus(five, "r9", "A1", BOUGHT, day("2026-05-06"), RULES))
    assert (beyond.code, "已得 25 分" in beyond.message) == ("review_month_limit", True)


def test_points_that_an_adjustment_took_were_not_given() -> None:
    assert past_bonuses([booked("e1", "adjustment", -5, "2026-05-01", "u1")]) == ()
