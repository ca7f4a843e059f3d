"""Pinyin initials of a name, for typing: every reading of it, as long as there are few."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import Any, cast

_SURNAMES = {"曾": "z", "单": "s", "解": "x", "仇": "q", "查": "z", "区": "o", "朴": "p"}
_WORDS = {"重楼": ("c", "l"), "炔诺酮": ("q", "n", "t")}
_MOST_READINGS = 8


def initials(text: str) -> str:
    """The initials of every reading of a name, lower case, space-separated, the likeliest first.

    Letters and digits stand for themselves, punctuation is passed over. A sign that is read otherwise as a surname
    has that reading too where it begins the name. When a name has more than eight readings only the first is given.
    """
    cleaned = "".join(sign for sign in text if sign.isalnum())
    fixed = _words_in(cleaned)
    usual = _letters(cleaned, fixed, heteronym=False)
    every = _letters(cleaned, fixed, heteronym=True)
    if cleaned and 0 not in fixed and cleaned[0] in _SURNAMES:
        surname = _SURNAMES[cleaned[0]]
        usual[0] = [surname]
        every[0] = list(dict.fromkeys([surname, *every[0]]))
    readings = ["".join(choice[0] for choice in usual)]
    if prod(len(choice) for choice in every) <= _MOST_READINGS:
        readings.extend("".join(letters) for letters in product(*every))
    return " ".join(dict.fromkeys(readings))


def _words_in(text: str) -> dict[int, str]:
    """The initials of signs whose reading the word around them settles, by position."""
    fixed: dict[int, str] = {}
    for word, letters in _WORDS.items():
        start = text.find(word)
        while start >= 0:
            fixed.update(enumerate(letters, start))
            start = text.find(word, start + len(word))
    return fixed


def _letters(text: str, fixed: dict[int, str], *, heteronym: bool) -> list[list[str]]:
    """Each sign's possible initials. What is no Chinese character comes back sign by sign as it is."""
    from pypinyin import Style, pinyin  # its dictionaries take long to load, and only writers of names need them

    read = pinyin(text, style=Style.FIRST_LETTER, heteronym=heteronym, errors=cast(Any, list))
    found = [list(dict.fromkeys(letter[0].lower() for letter in choice)) for choice in read]
    return [[fixed[index]] if index in fixed else choice for index, choice in enumerate(found)]
