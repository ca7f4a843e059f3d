"""The people of the demo store: invented names, phone numbers and cards, the same ones for the same seed."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

_YOUNGEST, _OLDEST = 19, 88
_MEMBER_SINCE_YEARS = 5
_PHONE_PREFIXES = ("133", "135", "136", "137", "138", "139", "150", "158", "177", "186", "189", "198")
_SHARED_TAIL = "1947"
_SHARED_TAIL_PEOPLE = 3
_FIRST, _LEAPLING = 1, 7
_ELDER_YEAR = 1968
_LEAP_DAY = date(1980, 2, 29)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who may become a member. ``card`` is the number on the first card they were given."""

    name: str
    gender: str
    birthday: date | None
    phone: str | None
    card: str
    joined_on: date


class People:
    """An endless line of different people, drawn from a seeded source; dates lie before ``today``.

    The first has a birthday in the month of ``today``, the seventh on a 29 February, three share a phone's last digits.
    """

    def __init__(self, names: Path, random: Random, today: date) -> None:
        self._names: dict[str, Any] = tomllib.loads(names.read_text(encoding="utf-8"))
        self._surnames: str = "".join(self._names["surnames"].split())
        self._whole: list[dict[str, str]] = list(self._names["whole"])
        self._random = random
        self._today = today
        self._taken: set[str] = set()
        self._made = 0

    def __iter__(self) -> Iterator[Person]:
        while True:
            yield self._person()

    def card(self) -> str:
        """A card number nobody has yet."""
        return self._new(lambda: luhn_number(f"6200{self._random.randrange(10**11):011d}"))

    def _person(self) -> Person:
        self._made += 1
        birthday = self._birthday()
        name, gender = self._whole_name() or self._name(birthday)
        told = self._made in (_FIRST, _LEAPLING) or self._random.random() < 0.92
        return Person(
            name=name,
            gender=gender,
            birthday=birthday if told else None,
            phone=self._phone(),
            card=self.card(),
            joined_on=self._joined_on(),
        )

    def _birthday(self) -> date:
        if self._made == _FIRST:
            return date(_ELDER_YEAR, self._today.month, 18)
        if self._made == _LEAPLING:
            return _LEAP_DAY
        age_days = self._random.triangular(_YOUNGEST, _OLDEST, 58) * 365.25
        return self._today - timedelta(days=int(age_days))

    def _joined_on(self) -> date:
        # Squared, so that more have joined lately than long ago.
        days = self._random.random() ** 2 * _MEMBER_SINCE_YEARS * 365
        return self._today - timedelta(days=1 + int(days))

    def _whole_name(self) -> tuple[str, str] | None:
        if self._made % 11 or not self._whole:
            return None
        entry = self._whole.pop(0)
        return entry["name"], entry["gender"]

    def _name(self, birthday: date) -> tuple[str, str]:
        random = self._random
        gender = "f" if random.random() < 0.58 else "m"
        age = "elder" if birthday.year < 1965 else "middle" if birthday.year < 1990 else "younger"
        signs: str = self._names["women" if gender == "f" else "men"][age]
        surname = random.choice(self._names["compound_surnames"] if random.random() < 0.02 else self._surnames)
        given = "".join(random.sample(signs, 1 if random.random() < 0.18 else 2))
        return surname + given, gender

    def _phone(self) -> str | None:
        if self._random.random() < 0.03:
            return None
        tail = _SHARED_TAIL if self._made <= _SHARED_TAIL_PEOPLE else f"{self._random.randrange(10**4):04d}"
        # 0000 in the middle: eleven digits in the right form, and plainly nobody's.
        return self._new(lambda: f"{self._random.choice(_PHONE_PREFIXES)}0000{tail}")

    def _new(self, draw: Callable[[], str]) -> str:
        while (value := draw()) in self._taken:
            pass
        self._taken.add(value)
        return value


def luhn_number(digits: str) -> str:
    """A number with its Luhn check digit (ISO/IEC 7812-1) put at the end."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 if place % 2 else 2)
        total += value - 9 if value > 9 else value
    return f"{digits}{-total % 10}"
