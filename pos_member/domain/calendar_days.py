"""Counting business dates on and back, up to the ends of the calendar."""

from __future__ import annotations

from datetime import date, timedelta


def month_end(day: date) -> date:
    """The last day of a date's month."""
    if day.month == 12:
        return day.replace(day=31)
    return day.replace(month=day.month + 1, day=1) - timedelta(days=1)


def plus_days(day: date, days: int) -> date:
    """The date so many days after a date, or before it; past the calendar's ends the first or last there is."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min
