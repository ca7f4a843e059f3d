"""Reading a section of a ruleset document: every value checked, every key accounted for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Final, TypeVar

from pos_member.domain.errors import Refusal

_DECIMAL: Final = re.compile(r"\d{1,9}(?:\.\d{1,9})?", re.ASCII)

Word = TypeVar("Word", bound=StrEnum)


class RulesetError(Refusal):
    """A ruleset that cannot be used: ``key`` (dotted), its ``value``, and what is ``allowed``, in words."""

    def __init__(self, key: str, value: object, allowed: str) -> None:
        super().__init__(
            "ruleset_unusable",
            "规则集不能使用：{key} 的值 {value} 不合要求，{allowed}。请总部更正后重新发布",
            key=key,
            value=value,
            allowed=allowed,
        )


class Section:
    """A table of the document under its dotted name. What is read is ticked off; :meth:`finish` refuses the rest."""

    def __init__(self, name: str, table: Mapping[str, object]) -> None:
        self._name = name
        self._left = dict(table)

    def key(self, name: str) -> str:
        """The full dotted name of one of the section's keys."""
        return f"{self._name}.{name}" if self._name else name

    def take(self, name: str, allowed: str) -> object:
        """A value that has to be there."""
        if name not in self._left:
            raise RulesetError(self.key(name), "（缺）", allowed)
        return self._left.pop(name)

    def has(self, name: str) -> bool:
        """Whether a key is there and not yet read."""
        return name in self._left

    def section(self, name: str) -> Section:
        """A table inside this one."""
        value = self.take(name, "应为一节")
        if not isinstance(value, dict):
            raise RulesetError(self.key(name), value, "应为一节")
        return Section(self.key(name), value)

    def whole(self, name: str, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``."""
        allowed = f"应为 {low} 至 {high} 的整数"
        value = self.take(name, allowed)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise RulesetError(self.key(name), value, allowed)
        return value

    def whole_or_none(self, name: str, low: int, high: int) -> int | None:
        """A whole number, where the key may be left out."""
        return self.whole(name, low, high) if self.has(name) else None

    def rate(self, name: str, low: str, high: str, *, open_low: bool = False) -> Fraction:
        """An exact decimal written in quotes, from ``low`` (itself left out when ``open_low``) to ``high``."""
        allowed = f'应为{"大于" if open_low else "不小于"} {low}、不大于 {high} 的小数，写在引号内，如 "0.90"'
        value = self.take(name, allowed)
        if not isinstance(value, str) or _DECIMAL.fullmatch(value) is None:
            raise RulesetError(self.key(name), value, allowed)
        rate = Fraction(value)
        if not Fraction(low) <= rate <= Fraction(high) or (open_low and rate == Fraction(low)):
            raise RulesetError(self.key(name), value, allowed)
        return rate

    def flag(self, name: str) -> bool:
        """Yes or no."""
        value = self.take(name, "应为 true 或 false")
        if not isinstance(value, bool):
            raise RulesetError(self.key(name), value, "应为 true 或 false")
        return value

    def text(self, name: str) -> str:
        """Words, at least one character."""
        value = self.take(name, "应为文字")
        if not isinstance(value, str) or not value.strip():
            raise RulesetError(self.key(name), value, "应为文字")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, possibly empty, none twice."""
        value = self.take(name, "应为文字列表")
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise RulesetError(self.key(name), value, "应为文字列表")
        if len(set(value)) < len(value):
            raise RulesetError(self.key(name), value, "不得重复")
        return tuple(value)

    def day(self, name: str) -> date:
        """A date."""
        value = self.take(name, "应为日期，如 2026-01-01")
        if not isinstance(value, date) or isinstance(value, datetime):
            raise RulesetError(self.key(name), value, "应为日期，如 2026-01-01")
        return value

    def word(self, name: str, kind: type[Word]) -> Word:
        """One of the words of an enumeration."""
        value = self.text(name)
        return self._word(name, kind, value)

    def words(self, name: str, kind: type[Word]) -> frozenset[Word]:
        """Several words of an enumeration."""
        return frozenset(self._word(name, kind, value) for value in self.texts(name))

    def _word(self, name: str, kind: type[Word], value: str) -> Word:
        known = {word.value: word for word in kind}
        if value not in known:
            raise RulesetError(self.key(name), value, f"应为 {'、'.join(known)} 之一")
        return known[value]

    def finish(self) -> None:
        """Refuses what nobody asked for: a misspelt rule must not be passed over."""
        for name, value in self._left.items():
            raise RulesetError(self.key(name), value, "没有这一项")
