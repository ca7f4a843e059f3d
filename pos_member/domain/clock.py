"""Time as the rules see it: injected instants, and the store's business date."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from pos_member.domain.calendar_days import plus_days

SURELY_WRONG: Final = timedelta(days=1)
"""A clock that is off by more gives a wrong business date wherever the shop is."""


class Clock(Protocol):
    """Where the current instant comes from."""

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        ...


def believed(now: datetime, vouched: datetime | None, ahead: timedelta) -> datetime:
    """The instant as far as a till's clock can be believed.

    ``vouched`` is head office's own time at the last exchange: it is not earlier than that. ``ahead`` is how fast the
    till's clock was then; one that was surely wrong is taken back by it.
    """
    kept = now - ahead if ahead > SURELY_WRONG else now
    return kept if vouched is None else max(kept, vouched)


def business_date(at: datetime, zone: str, not_before: date | None = None) -> date:
    """The store's local date at an instant; never earlier than ``not_before`` (a clock set back moves no date back)."""
    local = at.astimezone(ZoneInfo(zone)).date()
    return local if not_before is None else max(local, not_before)


def end_of_day(on: date, zone: str) -> datetime:
    """The instant at which the store's local date is no longer ``on``."""
    return datetime.combine(plus_days(on, 1), time(), ZoneInfo(zone)).astimezone(UTC)


def local_text(at: datetime, zone: str) -> str:
    """An instant as the store's people read it, by their clock: 2026-03-05 10:30."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def instant_text(at: datetime) -> str:
    """ISO 8601 in UTC with milliseconds and ``Z``: the one written form of an instant, sortable as text."""
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def parse_instant(text: str) -> datetime:
    """The instant written by :func:`instant_text`, aware, in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)
