"""Dates and times as ``calc`` takes them: ISO 8601 in full, a time with its offset."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_INSTANT: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:Z|([+-])(\d\d):([0-5]\d))", re.ASCII
)


def parse_day(text: str) -> date:
    """The date written ``YYYY-MM-DD``. ``ValueError`` for anything else, days that no calendar has included."""
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return date(int(match[1]), int(match[2]), int(match[3]))


def parse_moment(text: str) -> datetime:
    """The time written ``YYYY-MM-DDTHH:MM[:SS[.f]]`` with ``Z`` or ``±HH:MM``, in that offset, to the microsecond.

    ``ValueError`` for anything else.
    """
    match = _INSTANT.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day, hour, minute, second, fraction, sign, hours, minutes = match.groups()
    zone = UTC
    if sign is not None:
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        zone = timezone(offset if sign == "+" else -offset)
    micro = int(fraction[:6].ljust(6, "0")) if fraction else 0
    return datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), micro, tzinfo=zone)
