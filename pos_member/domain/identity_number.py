"""The number of a citizen's identity card (公民身份号码), checked as GB 11643 makes it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from pos_member.domain.errors import Refusal

_SHAPE: Final = re.compile(r"[1-9][0-9]{16}[0-9X]")
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS: Final = "10X98765432"
_BIRTH: Final = slice(6, 14)


def require_id_number(text: str) -> str:
    """The 18 signs of a number as typed: full-width digits, spaces and a small x are read as what they mean.

    ``Refusal``: ``id_number_malformed`` where it is no 18 signs or its birth date is no date, ``id_number_check_digit``
    where the last sign does not follow from the others: one of them was mistyped.
    """
    number = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if not _SHAPE.fullmatch(number) or not _has_birth_date(number):
        raise Refusal("id_number_malformed", "身份证号应为 18 位，含真实的出生日期；请核对证件后重新输入")
    if number[-1] != check_digit(number[:-1]):
        raise Refusal("id_number_check_digit", "身份证号的最后一位与前 17 位不符，有数字输错了；请核对证件后重新输入")
    return number


def check_digit(body: str) -> str:
    """The last sign of the number whose first 17 digits are ``body``: 0 to 9, or X for ten."""
    weighed = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return _CHECK_DIGITS[weighed % len(_CHECK_DIGITS)]


def _has_birth_date(number: str) -> bool:
    try:
        date.fromisoformat(number[_BIRTH])
    except ValueError:
        return False
    return True
