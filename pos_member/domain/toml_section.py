"""Reading a section of a ruleset document: every value checked, every key accounted for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Final, TypeGuard, TypeVar

from pos_member.domain.errors import Refusal

_MISSING: Final = object()
_DECIMAL: Final = re.compile(r"\d{1,9}(?:\.\d{1,9})?", re.ASCII)
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_LONGEST_TEXT: Final = 40
_MOST_SHOWN: Final = 60
_ITEMS_SHOWN: Final = 8
_DIGITS_SHOWN: Final = 20

T = TypeVar("T")
Word = TypeVar("Word", bound=StrEnum)


class RulesetError(Refusal):
    """A ruleset that cannot be used: ``key`` (dotted), its ``value`` as it is written there, and what is ``allowed``.

    However wild key and value are, the sentence is one short line.
    """

    def __init__(self, key: str, value: str, allowed: str) -> None:
        super().__init__(
            "ruleset_unusable",
            "规则集不能使用：{key} 的值 {value} 不合要求，{allowed}。请总部更正后重新发布",
            key=_one_line(key),
            value=_one_line(value),
            allowed=allowed,
        )


class Section:
    """A table of the document under its dotted name. What is read is ticked off; :meth:`finish` refuses the rest."""

    def __init__(self, name: str, table: Mapping[str, object]) -> None:
        self._name = name
        self._table = table
        self._left = dict(table)

    def wrong(self, path: str, allowed: str) -> RulesetError:
        """The error of one of the section's values, by its dotted name inside the section."""
        value: object = self._table
        for name in path.split("."):
            value = value.get(name, _MISSING) if isinstance(value, dict) else _MISSING
        return RulesetError(self._key(path), _shown(value), allowed)

    def read(self, name: str, reader: Callable[[Section], T]) -> T:
        """What ``reader`` makes of the table of that name; keys that it leaves are refused."""
        section = self._section(name)
        value = reader(section)
        section.finish()
        return value

    def read_each(self, reader: Callable[[str, Section], T]) -> dict[str, T]:
        """What ``reader`` makes of every table in here, by the table's name, which is an id."""
        found = {}
        for name in tuple(self._left):
            if _ID.fullmatch(name) is None:
                raise self._unread(name, "编号应以小写字母开头，只含小写字母、数字和下划线，至多 40 个字符")
            section = self._section(name)
            found[name] = reader(name, section)
            section.finish()
        return found

    def finish(self) -> None:
        """Refuses what nobody asked for: a misspelt rule must not be passed over."""
        for name in self._left:
            raise self._unread(name, "没有这一项")

    def whole(self, name: str, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``."""
        allowed = f"应为 {low} 至 {high} 的整数"
        value = self._take(name, allowed)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.wrong(name, allowed)
        return value

    def whole_or_none(self, name: str, low: int, high: int) -> int | None:
        """A whole number, where the key may be left out."""
        return self.whole(name, low, high) if name in self._left else None

    def rate(self, name: str, low: str, high: str, *, open_low: bool = False) -> Fraction:
        """An exact decimal written in quotes, from ``low`` (itself left out when ``open_low``) to ``high``."""
        allowed = f'应为{"大于" if open_low else "不小于"} {low}、不大于 {high} 的小数，写在引号内，如 "0.90"'
        value = self._take(name, allowed)
        if not isinstance(value, str) or _DECIMAL.fullmatch(value) is None:
            raise self.wrong(name, allowed)
        rate = Fraction(value)
        if not Fraction(low) <= rate <= Fraction(high) or (open_low and rate == Fraction(low)):
            raise self.wrong(name, allowed)
        return rate

    def flag(self, name: str) -> bool:
        """Yes or no."""
        allowed = "应为 true 或 false"
        value = self._take(name, allowed)
        if not isinstance(value, bool):
            raise self.wrong(name, allowed)
        return value

    def text(self, name: str) -> str:
        """Words that can be shown on one line: 1 to 40 printable characters, no space around them."""
        allowed = f"应为 1 至 {_LONGEST_TEXT} 个字的文字，不含控制字符和特殊空格，首尾无空格"
        value = self._take(name, allowed)
        if not _is_text(value):
            raise self.wrong(name, allowed)
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts as :meth:`text` takes them, possibly empty, none twice."""
        allowed = f"应为文字列表，每项 1 至 {_LONGEST_TEXT} 个字，不含控制字符和特殊空格"
        value = self._take(name, allowed)
        if not isinstance(value, list):
            raise self.wrong(name, allowed)
        texts = tuple(item for item in value if _is_text(item))
        if len(texts) < len(value):
            raise self.wrong(name, allowed)
        if len(set(texts)) < len(texts):
            raise self.wrong(name, "不得重复")
        return texts

    def day(self, name: str) -> date:
        """A date."""
        allowed = "应为日期，不加引号，如 2026-01-01"
        value = self._take(name, allowed)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.wrong(name, allowed)
        return value

    def day_or_none(self, name: str) -> date | None:
        """A date, where the key may be left out."""
        return self.day(name) if name in self._left else None

    def word(self, name: str, kind: type[Word]) -> Word:
        """One of the words of an enumeration."""
        allowed = _one_of(kind)
        value = self._take(name, allowed)
        for word in kind:
            if value == word.value:
                return word
        raise self.wrong(name, allowed)

    def word_or_none(self, name: str, kind: type[Word]) -> Word | None:
        """One of the words of an enumeration, where the key may be left out."""
        return self.word(name, kind) if name in self._left else None

    def words(self, name: str, kind: type[Word]) -> frozenset[Word]:
        """Several words of an enumeration, possibly none."""
        known = {word.value: word for word in kind}
        texts = self.texts(name)
        if not known.keys() >= set(texts):
            raise self.wrong(name, f"每项{_one_of(kind)}")
        return frozenset(known[text] for text in texts)

    def _section(self, name: str) -> Section:
        value = self._take(name, "应为一节")
        if not isinstance(value, dict):
            raise self._unread(name, "应为一节")
        return Section(self._key(name), value)

    def _take(self, name: str, allowed: str) -> object:
        if name not in self._left:
            raise self.wrong(name, allowed)
        return self._left.pop(name)

    def _unread(self, name: str, allowed: str) -> RulesetError:
        """As :meth:`wrong`, where the name may hold anything."""
        return RulesetError(self._key(name), _shown(self._table[name]), allowed)

    def _key(self, path: str) -> str:
        return f"{self._name}.{path}" if self._name else path


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and value == value.strip() and value.isprintable() and 0 < len(value) <= _LONGEST_TEXT


def _one_of(kind: type[StrEnum]) -> str:
    return f"应为 {'、'.join(word.value for word in kind)} 之一"


def _shown(value: object) -> str:
    """A value much as a document writes it; of what is large, its beginning."""
    if value is _MISSING:
        return "（缺）"
    if not isinstance(value, list):
        return _shown_plain(value)
    rest = ", …" if len(value) > _ITEMS_SHOWN else ""
    return f"[{', '.join(map(_shown_plain, value[:_ITEMS_SHOWN]))}{rest}]"


def _shown_plain(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() if abs(value) >= 10**_DIGITS_SHOWN:
            return f"（超过 {_DIGITS_SHOWN} 位的整数）"
        case str():
            return f'"{_one_line(value)}"'
        case dict():
            return "（一节）"
        case list():
            return "[…]"
        case _:
            return str(value)


def _one_line(text: str) -> str:
    line = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[: _MOST_SHOWN + 1])
    return line if len(line) <= _MOST_SHOWN else f"{line[:_MOST_SHOWN]}…"
