"""Time as the rules see it."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from pos_member.domain.clock import believed, business_date, end_of_day, local_text
from pos_member.domain.ids import Uuid7Factory, made_at

SHANGHAI = "Asia/Shanghai"


class SteppingClock:
    """Gives the instants it was given, one after the other."""

    def __init__(self, *instants: datetime) -> None:
        self._instants = iter(instants)

    def now(self) -> datetime:
        return next(self._instants)


def test_a_clock_set_back_moves_no_business_date_back() -> None:
    noon = datetime(2026, 3, 5, 4, tzinfo=UTC)
    assert business_date(noon, SHANGHAI) == date(2026, 3, 5)
    assert business_date(noon, SHANGHAI, date(2026, 3, 7)) == date(2026, 3, 7)
    assert business_date(noon, SHANGHAI, date(2026, 3, 4)) == date(2026, 3, 5)


def test_a_clock_is_believed_unless_head_office_has_seen_it_wrong_by_more_than_a_day() -> None:
    noon = datetime(2026, 3, 5, 4, tzinfo=UTC)
    hour, day = timedelta(hours=1), timedelta(days=1)
    assert believed(noon, None, timedelta(0)) == noon
    assert believed(noon, noon - hour, day) == noon
    assert believed(noon, noon - 400 * day, 400 * day) == noon - 400 * day
    assert believed(noon, noon + 3 * day, -3 * day) == noon + 3 * day


@pytest.mark.parametrize("zone", [SHANGHAI, "America/New_York", "UTC"])
@pytest.mark.parametrize("on", [date(2026, 3, 7), date(2026, 3, 8), date(2026, 11, 1), date(2024, 2, 29)])
def test_a_day_ends_where_the_next_business_date_begins(on: date, zone: str) -> None:
    end = end_of_day(on, zone)
    assert business_date(end, zone) == on + timedelta(days=1)
    assert business_date(end - timedelta(milliseconds=1), zone) == on


def test_people_read_the_time_of_their_shop() -> None:
    assert local_text(datetime(2026, 3, 5, 16, 30, 59, tzinfo=UTC), SHANGHAI) == "2026-03-06 00:30"


def test_an_id_tells_when_it_was_made_and_after_a_clock_was_set_back_the_latest_before() -> None:
    first = datetime(2026, 3, 5, 4, 0, 0, 123_000, tzinfo=UTC)
    ids = Uuid7Factory(SteppingClock(first, first - timedelta(days=3)), random.Random(1).getrandbits)
    assert [made_at(ids.new()), made_at(ids.new())] == [first, first]
