"""How a value that was given is shown in a sentence: short, on one line, whatever it is."""

from __future__ import annotations

import errno
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_MOST: Final = 40
_LONGEST_SENTENCE: Final = 400
_BEYOND_WORDS: Final = 10**_MOST
_REASONS: Final[Mapping[int | None, str]] = MappingProxyType(
    {
        errno.EBADF: "没有为此打开",
        errno.ENOENT: "没有这个文件",
        errno.ENOTDIR: "路径中间有一段不是文件夹",
        errno.ENAMETOOLONG: "文件名太长",
        errno.EACCES: "没有权限",
        errno.EISDIR: "这是一个文件夹",
        errno.ENOSPC: "磁盘已满",
    }
)


class NoInteger:
    """A JSON number that is no integer this program takes ("1.0", "1e3", "NaN", far too many digits), as written."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class Repeated:
    """A JSON object in which a key stands twice."""

    __slots__ = ("key",)

    def __init__(self, key: str) -> None:
        self.key = key


def shown(value: object) -> str:
    """A value decoded from JSON, as it was written but for its length; lists and objects by what they are."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool | None):
        return json.dumps(value)
    if isinstance(value, int):
        return str(value) if abs(value) < _BEYOND_WORDS else f"{_MOST} 位以上的整数"
    if isinstance(value, NoInteger):
        return _cut(value.text)
    return "列表" if isinstance(value, list) else "对象"


def quoted(text: str) -> str:
    """A text in quotes, what cannot be seen written as an escape."""
    return f'"{one_line(_cut(text))}"'


def named(key: str) -> str:
    """A key as a field's name: as it is where it can be read, in quotes where it cannot."""
    return key if key.isprintable() and key.strip() == key and 0 < len(key) <= _MOST else quoted(key)


def reason_of(error: OSError) -> str:
    """Why a file or stream cannot be used: in words where it is common, else by the system's name for it ("EIO")."""
    known = _REASONS.get(error.errno)
    if known is not None:
        return known
    return f"系统错误 {errno.errorcode.get(error.errno or 0, type(error).__name__)}"


def one_line(text: str) -> str:
    """The text with every character that breaks a line or cannot be seen written as an escape."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else json.dumps(letter)[1:-1] for letter in text)


def brief(sentence: str) -> str:
    """A sentence on one line and of bounded length, whatever names were put into it."""
    return one_line(_cut(sentence, _LONGEST_SENTENCE))


def _cut(text: str, most: int = _MOST) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
