"""Taking the fields of a JSON object one by one: each is checked as it is taken, and what nobody took is refused.

Every function raises ``Malformed`` with the field's path from the object at hand, what is allowed there, and what was
given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Final, TypeAlias, TypeVar

from pos_member.composition.calc.moments import parse_day, parse_moment
from pos_member.composition.calc.shown import Repeated, named, quoted, shown
from pos_member.composition.calc.strict_json import MOST_DIGITS
from pos_member.domain.errors import Malformed
from pos_member.domain.quantity import Quantity

Table: TypeAlias = dict[str, object]
"""The fields of a JSON object that are still to be taken."""

Value = TypeVar("Value")

_MISSING: Final = object()
_TOO_BIG: Final = 10**MOST_DIGITS
_QUANTITY: Final = re.compile(rf"(\d{{1,{MOST_DIGITS}}})(?:\.(\d{{1,3}}))?", re.ASCII)
_RATE: Final = re.compile(rf"(\d{{1,{MOST_DIGITS}}})(?:\.(\d{{1,50}}))?", re.ASCII)


def finish(left: Table) -> None:
    """Refuses the first field that nobody took."""
    for key in left:
        raise Malformed(named(key), "没有这个字段，请删去")


def text(left: Table, name: str) -> str:
    """A text of at least one character."""
    return _text(left.pop(name, _MISSING), name)


def whole(left: Table, name: str, least: int = 0, or_else: str = "") -> int:
    """An integer from ``least`` on; true and false are none. ``or_else`` says what else the field may hold."""
    value = left.pop(name, _MISSING)
    if type(value) is int and least <= value < _TOO_BIG:
        return value
    raise wrong(name, value, f"应为不小于 {least} 的整数{or_else}")


def signed(left: Table, name: str) -> int:
    """An integer other than 0."""
    value = left.pop(name, _MISSING)
    if type(value) is int and value and -_TOO_BIG < value < _TOO_BIG:
        return value
    raise wrong(name, value, "应为不等于 0 的整数")


def flag(left: Table, name: str) -> bool:
    """true or false; false where it is left out."""
    value = left.pop(name, False)
    if value is True or value is False:
        return value
    raise wrong(name, value, "应为 true 或 false")


def word(left: Table, name: str, words: Mapping[str, Value]) -> Value:
    """What one of some words stands for."""
    return _word(left.pop(name, _MISSING), name, words)


def day(left: Table, name: str) -> date:
    """A date."""
    value = left.pop(name, _MISSING)
    try:
        return parse_day(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise wrong(name, value, '应为日期，如 "2026-05-15"') from None


def moment(left: Table, name: str) -> datetime:
    """A time with its offset."""
    value = left.pop(name, _MISSING)
    try:
        return parse_moment(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise wrong(name, value, '应为带时区的时间，如 "2026-05-15T10:30:00+08:00"') from None


def quantity(left: Table, name: str) -> Quantity:
    """A quantity above 0 with at most three decimals."""
    value = left.pop(name, _MISSING)
    match = _QUANTITY.fullmatch(value) if isinstance(value, str) else None
    if match is not None:
        milli = int(match[1]) * 1000 + int((match[2] or "").ljust(3, "0"))
        if milli:
            return Quantity(milli)
    raise wrong(name, value, '应为大于 0、至多三位小数的数，写在引号内，如 "2.5"')


def rate(left: Table, name: str) -> Fraction:
    """An exact decimal above 0, at most 1."""
    value = left.pop(name, _MISSING)
    match = _RATE.fullmatch(value) if isinstance(value, str) else None
    if match is not None:
        decimals = match[2] or ""
        exact = Fraction(int(match[1] + decimals), 10 ** len(decimals))
        if 0 < exact <= 1:
            return exact
    raise wrong(name, value, '应为大于 0、不大于 1、至多 50 位的小数，写在引号内，如 "0.90"')


def inner(left: Table, name: str, read: Callable[[Table], Value]) -> Value:
    """What ``read`` makes of an object."""
    return _read(left.pop(name, _MISSING), name, read)


def inner_or_none(left: Table, name: str, read: Callable[[Table], Value]) -> Value | None:
    """As :func:`inner`; None for null or where it is left out."""
    value = left.pop(name, None)
    return None if value is None else _read(value, name, read)


def each(left: Table, name: str, read: Callable[[Table], Value]) -> tuple[Value, ...]:
    """What ``read`` makes of each object of a list."""
    return tuple(_read(item, f"{name}[{index}]", read) for index, item in enumerate(_list(left, name)))


def texts(left: Table, name: str) -> frozenset[str]:
    """A list of texts, not empty."""
    return frozenset(_text(item, f"{name}[{index}]") for index, item in enumerate(_filled(left, name)))


def words(left: Table, name: str, known: Mapping[str, Value]) -> frozenset[Value]:
    """A list of words, not empty."""
    return frozenset(_word(item, f"{name}[{index}]", known) for index, item in enumerate(_filled(left, name)))


def counts(left: Table, name: str) -> tuple[int, ...]:
    """A list of integers from 0 on."""
    items = {f"{name}[{index}]": item for index, item in enumerate(_list(left, name))}
    return tuple(whole(items, item) for item in tuple(items))


def some_numbers(left: Table, name: str, least: int, most: int) -> frozenset[int]:
    """A list of integers from ``least`` to ``most``, not empty."""
    found = set()
    for index, item in enumerate(_filled(left, name)):
        if type(item) is not int or not least <= item <= most:
            raise wrong(f"{name}[{index}]", item, f"应为 {least} 至 {most} 的整数")
        found.add(item)
    return frozenset(found)


def table(value: object, name: str) -> Table:
    """A JSON object, under the name of what it stands for."""
    if type(value) is dict:
        return value
    raise wrong(name, value, "应为对象")


def root(left: Table, name: str) -> Table:
    """The object that is the whole input, whose fields are named by themselves."""
    value = left.pop(name, _MISSING)
    if isinstance(value, Repeated):
        raise _twice(named(value.key))
    return table(value, name)


def wrong(name: str, value: object, allowed: str) -> Malformed:
    """What is said of a field with a value that cannot be, or without any."""
    if value is _MISSING:
        return Malformed(name, "缺少这个字段，{allowed}", allowed=allowed)
    if isinstance(value, Repeated):
        return _twice(f"{name}.{named(value.key)}")
    return Malformed(name, "{allowed}，收到 {given}", allowed=allowed, given=shown(value))


def _twice(path: str) -> Malformed:
    return Malformed(path, "同一个对象里写了两次，只能写一次")


def _read(value: object, name: str, read: Callable[[Table], Value]) -> Value:
    fields = table(value, name)
    try:
        return read(fields)
    except Malformed as malformed:
        raise malformed.within(name) from None


def _list(left: Table, name: str) -> list[object]:
    value = left.pop(name, _MISSING)
    if type(value) is list:
        return value
    raise wrong(name, value, "应为列表")


def _filled(left: Table, name: str) -> list[object]:
    found = _list(left, name)
    if not found:
        raise Malformed(name, "列表不能是空的：不限定就不写这个字段")
    return found


def _text(value: object, name: str) -> str:
    if type(value) is not str or not value:
        raise wrong(name, value, "应为至少一个字的文字")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise Malformed(name, "含有不成字符的半个代理码，收到 {given}", given=quoted(value)) from None
    return value


def _word(value: object, name: str, words: Mapping[str, Value]) -> Value:
    if type(value) is str and value in words:
        return words[value]
    raise wrong(name, value, f"应为 {'、'.join(words)} 之一")
