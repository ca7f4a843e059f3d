"""How figures are written on the screens: money in yuan, points as whole numbers, instants in the store's time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pos_member.domain.money import half_up, yuan
from pos_member.domain.quantity import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where and when a screen stands: the store's time zone and the business date."""

    zone: str
    today: date

    def moment(self, at: datetime) -> str:
        """An instant in the store's time: the clock time alone when it is of today."""
        local = at.astimezone(ZoneInfo(self.zone))
        return f"{local:%H:%M}" if local.date() == self.today else f"{local:%m-%d %H:%M}"


def points(count: int) -> str:
    """Points as the screens write them: 2,340, −120."""
    return f"−{-count:,}" if count < 0 else f"{count:,}"


def gained(count: int) -> str:
    """Points that come on top: +200."""
    return f"+{count:,}" if count > 0 else points(count)


def less(fen: int) -> str:
    """An amount taken off: − ¥11.02."""
    return f"− {yuan(fen)}"


def short_yuan(fen: int) -> str:
    """A round amount without its zeros: ¥85, ¥84.50."""
    return yuan(fen).removesuffix(".00")


def unit_price(fen: int, quantity: Quantity) -> str:
    """What one unit comes to when so many cost ``fen``; marked ≈ when that is no whole number of fen."""
    exact = fen * 1000 % quantity.milli == 0
    return f"{'' if exact else '≈'}{yuan(half_up(fen * 1000, quantity.milli))}"
