"""The balance of a member's ledger (docs/programme §6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pos_member.domain.errors import Malformed
from pos_member.domain.ledger import (
    Balance,
    LedgerEntry,
    expiring,
    expiry_of,
    fold,
    fold_onto,
    unexpired,
    with_expiry,
)
from tests.domain.makers import day, entry, lot


def balance(*entries: LedgerEntry, on: str = "2026-06-01") -> Balance:
    return fold([with_expiry(each, 12) for each in entries], day(on))


def lots(folded: Balance) -> list[tuple[str, int, str]]:
    return [(lot.entry_id, lot.points, str(lot.expires_on)) for lot in folded.lots]


def test_lapsed_points_and_a_debt_that_later_points_pay() -> None:
    sent = entry("e5", 80, "2026-05-20T12:00:00+00:00")
    again = entry("e5", 80, "2026-05-20T20:00:00+08:00")
    folded = balance(
        entry("e1", 300, "2025-04-10T09:00:00+08:00"),
        entry("e2", -120, "2025-09-01T10:00:00+08:00"),
        entry("e3", 150, "2026-01-12T09:00:00+08:00"),
        sent,
        entry("e4", -200, "2026-05-03T08:00:00+08:00"),
        again,
        entry("e6", 40, "2026-06-01T10:00:00+08:00", expires_on="2027-01-31"),
        on="2027-01-10",
    )
    assert lots(folded) == [("e6", 40, "2027-01-31"), ("e5", 30, "2027-05-31")]
    assert (folded.total, folded.available, folded.debt, folded.expired) == (70, 70, 0, 180)
    assert sum(lot.points for lot in expiring(folded.lots, day("2027-01-10"), 30)) == 40


@pytest.mark.parametrize(
    ("earned", "last_day"),
    [
        ("2026-03-10", "2027-03-31"),
        ("2026-02-28", "2027-02-28"),
        ("2027-02-01", "2028-02-29"),
        ("2026-12-31", "2027-12-31"),
    ],
)
def test_points_last_to_the_end_of_the_twelfth_month_after(earned: str, last_day: str) -> None:
    assert expiry_of(day(earned), 12) == day(last_day)


def test_what_is_taken_back_comes_out_of_its_own_lot_first() -> None:
    earned_twice = (
        entry("old", 100, "2026-01-02T09:00:00+08:00"),
        entry("new", 100, "2026-03-02T09:00:00+08:00"),
    )
    plain = balance(*earned_twice, entry("x", -150, "2026-04-01T09:00:00+08:00"))
    reversal = balance(*earned_twice, entry("x", -150, "2026-04-01T09:00:00+08:00", of="new"))
    assert [name for name, _, _ in lots(plain)] == ["new"]
    assert [(name, points) for name, points, _ in lots(reversal)] == [("old", 50)]


def test_a_reversal_of_points_that_are_gone_takes_others_and_then_makes_debt() -> None:
    folded = balance(
        entry("a", 100, "2026-01-02T09:00:00+08:00"),
        entry("b", -100, "2026-01-03T09:00:00+08:00"),
        entry("c", 30, "2026-02-02T09:00:00+08:00"),
        entry("d", -100, "2026-03-02T09:00:00+08:00", of="a"),
    )
    assert (folded.lots, folded.debt, folded.available, folded.total) == ((), 70, 0, -70)


def test_lots_with_one_last_day_go_by_the_day_they_were_earned_then_by_id() -> None:
    folded = balance(
        entry("b", 10, "2026-01-20T09:00:00+08:00"),
        entry("a", 10, "2026-01-20T09:00:00+08:00"),
        entry("c", 10, "2026-01-02T09:00:00+08:00"),
        entry("x", -15, "2026-02-02T09:00:00+08:00"),
    )
    assert [(name, points) for name, points, _ in lots(folded)] == [("a", 5), ("b", 10)]


def test_points_taken_on_their_last_day_are_not_lapsed() -> None:
    earned = entry("a", 100, "2025-01-20T09:00:00+08:00")
    in_time = balance(earned, entry("x", -60, "2026-01-31T09:00:00+08:00"))
    too_late = balance(earned, entry("x", -60, "2026-02-01T09:00:00+08:00"))
    assert (in_time.debt, in_time.expired) == (0, 40)
    assert (too_late.debt, too_late.expired) == (60, 100)


def test_points_that_come_lapsed_still_pay_debt() -> None:
    folded = balance(
        entry("x", -30, "2026-02-01T09:00:00+08:00"),
        entry("a", 100, "2026-02-02T09:00:00+08:00", expires_on="2026-01-31"),
    )
    assert (folded.debt, folded.available, folded.expired) == (0, 0, 70)


def test_an_entry_of_a_fast_clock_counts_too() -> None:
    assert balance(entry("a", 100, "2026-09-02T09:00:00+08:00"), on="2026-06-01").available == 100


def test_one_id_with_two_contents_is_malformed_at_its_second_place() -> None:
    with pytest.raises(Malformed) as malformed:
        balance(
            entry("e1", 100, "2026-01-02T09:00:00+08:00"),
            entry("e2", 100, "2026-01-02T09:00:00+08:00"),
            entry("e1", 90, "2026-01-02T09:00:00+08:00"),
        )
    assert str(malformed.value) == "entries[2].id: 流水 'e1' 出现了两次，内容不同"


def test_a_default_expiry_that_is_written_out_is_the_same_content() -> None:
    plain = entry("e1", 100, "2026-01-02T09:00:00+08:00")
    assert balance(plain, replace(plain, expires_on=day("2027-01-31"))).available == 100


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (entry("e1", 0, "2026-01-02T09:00:00+08:00"), "points: 流水 'e1' 的积分不能为 0"),
        (
            entry("e1", 0, "2026-01-02T09:00:00+08:00", expires_on="2027-01-31"),
            "points: 流水 'e1' 的积分不能为 0",
        ),
        (entry("e1", 100, "2026-01-02T09:00:00+08:00"), "expires_on: 增加积分的流水 'e1' 应有到期日"),
        (
            entry("e1", 100, "2026-01-02T09:00:00+08:00", expires_on="2027-01-31", of="e0"),
            "of: 流水 'e1' 增加积分，不能冲减别的流水",
        ),
        (
            entry("e1", -100, "2026-01-02T09:00:00+08:00", expires_on="2027-01-31"),
            "expires_on: 流水 'e1' 扣减积分，不能有到期日",
        ),
    ],
)
def test_an_entry_that_makes_no_sense_is_malformed_and_named_by_its_place(wrong: LedgerEntry, sentence: str) -> None:
    sound = with_expiry(entry("e0", 100, "2026-01-01T09:00:00+08:00"), 12)
    with pytest.raises(Malformed) as malformed:
        fold([sound, wrong], day("2026-06-01"))
    assert str(malformed.value) == f"entries[1].{sentence}"


def test_points_earned_at_the_end_of_the_calendar_last_to_its_last_day() -> None:
    assert expiry_of(day("9999-03-10"), 12) == day("9999-12-31")
    assert expiry_of(day("9998-12-31"), 12) == day("9999-12-31")
    held = (lot(5, "9999-12-01", "9999-12-31"),)
    assert expiring(held, day("9999-12-20"), 30) == held


def test_the_first_and_the_last_instant_of_the_calendar_are_folded_in_order() -> None:
    folded = balance(
        entry("z", -10, "9999-12-31T23:59:59-12:00"),
        entry("y", 30, "9999-12-31T23:59:59+14:00"),
        entry("x", -10, "0001-01-01T00:00:00+14:00"),
        on="9999-12-31",
    )
    assert (folded.total, folded.debt, folded.expired) == (10, 0, 0)


def test_entries_of_one_instant_in_other_offsets_go_by_id() -> None:
    folded = balance(
        entry("c", -50, "2026-03-01T01:00:00+00:00"),
        entry("b", 100, "2026-03-01T09:00:00+08:00", expires_on="2026-02-28"),
        entry("a", -30, "2026-02-28T20:00:00-05:00", on="2026-03-01"),
    )
    assert (folded.expired, folded.debt) == (70, 50)


def test_a_reversal_that_comes_before_what_it_reverses_takes_like_any_other() -> None:
    folded = balance(
        entry("x", -40, "2026-01-01T09:00:00+08:00", of="a"),
        entry("a", 100, "2026-01-02T09:00:00+08:00"),
        entry("b", 100, "2026-01-03T09:00:00+08:00"),
    )
    assert [(name, points) for name, points, _ in lots(folded)] == [("a", 60), ("b", 100)]


def test_a_reversal_of_a_lapsed_lot_takes_others() -> None:
    folded = balance(
        entry("a", 100, "2025-01-02T09:00:00+08:00"),
        entry("b", 100, "2025-06-02T09:00:00+08:00"),
        entry("x", -40, "2026-03-01T09:00:00+08:00", of="a"),
    )
    assert (lots(folded), folded.expired) == ([("b", 60, "2026-06-30")], 100)


def test_a_lot_emptied_by_its_reversal_hides_none_behind_it() -> None:
    folded = balance(
        entry("a", 100, "2026-01-02T09:00:00+08:00"),
        entry("b", 100, "2026-02-02T09:00:00+08:00"),
        entry("x", -100, "2026-03-01T09:00:00+08:00", of="a"),
        entry("y", -30, "2026-03-02T09:00:00+08:00"),
        entry("z", -30, "2026-03-03T09:00:00+08:00", of="a"),
    )
    assert [(name, points) for name, points, _ in lots(folded)] == [("b", 40)]


def test_own_entries_are_laid_over_what_stands() -> None:
    stands = (lot(300, "2026-01-02", "2027-01-31", "a"), lot(100, "2025-01-02", "2026-01-31", "lapsed"))
    folded = fold_onto(stands, 0, [entry("x", -200, "2026-05-06T09:00:00+08:00")], day("2026-05-06"))
    assert (lots(folded), folded.expired) == ([("a", 100, "2027-01-31")], 100)


def test_points_earned_here_pay_a_debt_that_stands() -> None:
    earned = with_expiry(entry("a", 100, "2026-05-06T09:00:00+08:00"), 12)
    folded = fold_onto((), 30, [earned], day("2026-05-06"))
    assert (lots(folded), folded.debt) == ([("a", 70, "2027-05-31")], 0)


def test_points_that_expire_in_thirty_days_count_as_expiring_and_in_thirty_one_not() -> None:
    held = (
        lot(1, "2025-05-02", "2026-05-31"),
        lot(2, "2025-06-02", "2026-06-30"),
        lot(4, "2025-07-02", "2026-07-01"),
        lot(8, "2025-07-02", "2026-07-02"),
    )
    assert [each.points for each in expiring(held, day("2026-06-01"), 30)] == [2, 4]


def test_open_lots_stand_as_they_are_eaten() -> None:
    held = (
        lot(1, "2026-01-02", "2027-02-28", "late"),
        lot(1, "2026-01-04", "2027-01-31", "b"),
        lot(1, "2026-01-04", "2027-01-31", "a"),
        lot(1, "2026-01-03", "2027-01-31", "z"),
        lot(1, "2025-01-02", "2026-01-31", "gone"),
    )
    assert [each.entry_id for each in unexpired(held, day("2026-06-01"))] == ["z", "a", "b", "late"]


def test_what_a_ledger_holds_is_listed_first_to_expire_first() -> None:
    ends = ("2027-03-31", "2027-01-31", "2027-05-31", "2027-04-30", "2027-02-28")
    earned = [entry(f"e{number}", 10, "2026-05-01T09:00:00+08:00", expires_on=last) for number, last in enumerate(ends)]
    assert [last for _, _, last in lots(balance(*earned, entry("x", -10, "2026-05-02T09:00:00+08:00", of="e1")))] == [
        "2027-02-28",
        "2027-03-31",
        "2027-04-30",
        "2027-05-31",
    ]


def test_a_single_point_is_a_lot_like_any_other() -> None:
    folded = balance(entry("e1", 1, "2026-05-01T09:00:00+08:00"), entry("e2", 1, "2026-05-02T09:00:00+08:00"))
    assert (folded.available, lots(folded)) == (2, [("e1", 1, "2027-05-31"), ("e2", 1, "2027-05-31")])


def test_in_the_calendars_last_year_months_still_have_their_ends() -> None:
    assert [expiry_of(day(earned), 12) for earned in ("9998-03-10", "9999-03-10")] == [day("9999-03-31"), date.max]
