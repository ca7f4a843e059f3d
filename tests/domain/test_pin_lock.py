"""What happens to wrong PINs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pos_member.domain.pin_lock import PinCount, PinPolicy, after_wrong_pin, locked_seconds, wrong_pins_left

NOON = datetime(2026, 5, 6, 4, tzinfo=UTC)
POLICY = PinPolicy(tries=5, lock=timedelta(minutes=1))
FRESH = PinCount(wrong=0, locked_until=None)


def test_the_fifth_wrong_pin_in_a_row_locks_for_a_minute() -> None:
    count, left = FRESH, []
    for _ in range(4):
        count = after_wrong_pin(count, NOON, POLICY)
        left.append(wrong_pins_left(count, POLICY))
        assert locked_seconds(count, NOON, POLICY) == 0
    assert left == [4, 3, 2, 1]
    locked = after_wrong_pin(count, NOON, POLICY)
    assert locked_seconds(locked, NOON, POLICY) == 60
    assert locked_seconds(locked, NOON + timedelta(seconds=59), POLICY) == 1
    assert locked_seconds(locked, NOON + timedelta(seconds=60), POLICY) == 0


def test_after_the_lock_there_are_five_tries_again() -> None:
    locked = after_wrong_pin(PinCount(wrong=4, locked_until=None), NOON, POLICY)
    later = after_wrong_pin(locked, NOON + timedelta(minutes=2), POLICY)
    assert (later.locked_until, wrong_pins_left(later, POLICY)) == (None, 4)


def test_a_clock_that_was_set_back_locks_nobody_out_for_days() -> None:
    locked = after_wrong_pin(PinCount(wrong=4, locked_until=None), NOON, POLICY)
    assert locked_seconds(locked, NOON - timedelta(days=3), POLICY) == 0


def test_a_shop_may_be_stricter() -> None:
    strict = PinPolicy(tries=2, lock=timedelta(minutes=10))
    locked = after_wrong_pin(after_wrong_pin(FRESH, NOON, strict), NOON, strict)
    assert locked_seconds(locked, NOON, strict) == 600
