"""How an exact rate is written in words."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache


@lru_cache(maxsize=4096)
def ratio_text(numerator: int, denominator: int) -> str:
    """The shortest plain decimal of a ratio not below 0 ("266.415"). ``ValueError`` where no decimal can hold it."""
    places = 0
    while numerator % denominator:
        numerator *= 10
        places += 1
        if places > 60:
            raise ValueError(f"{numerator}/{denominator}")
    digits = str(numerator // denominator)
    if not places:
        return digits
    digits = digits.rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}"


def decimal_text(rate: Fraction) -> str:
    """The shortest plain decimal of a rate ("1.5", "0.85")."""
    return ratio_text(rate.numerator, rate.denominator)


def percent_text(rate: Fraction) -> str:
    """A share in per cent: 0.50 is 50%."""
    return f"{decimal_text(rate * 100)}%"
