"""JSON as ``calc`` takes it, nothing lenient about it: UTF-8, no key twice, no number but integers.

A number that is no integer and an object with a key twice are kept as marks, so that whoever reads the field names it.
"""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from typing import Final

from pos_member.composition.calc.shown import NoInteger, Repeated, one_line
from pos_member.domain.errors import Malformed

MOST_DIGITS: Final = 300
"""No amount, count or rate has more digits; what they multiply to can still be written."""

_REASONS: Final = (
    ("Extra data", "一个 JSON 值之后还有多余的内容"),
    ("Unterminated string", "文字没有用引号收尾"),
    ("Invalid control character", "文字里有未转义的控制字符"),
    ("Invalid \\", "文字里有不认识的转义"),
    ("Expecting property name", "此处应为写在双引号内的键"),
    ("Expecting ':'", "此处应为冒号"),
    ("Expecting ','", "此处应为逗号或收尾的括号"),
    ("Illegal trailing comma", "最后一项之后多了逗号"),
)
_BREAKS: Final = ("\u2028", "\u2029", "\x85")


class StrictJson:
    """Decodes one JSON value after another, and writes results as one line each."""

    def __init__(self) -> None:
        self._decoder = _decoder(whole=None)
        self._encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode

    def decode(self, given: bytes, name: str) -> object:
        """The value that was given. :class:`Malformed` bears ``name``, which is what the whole is called."""
        text = _text(given, name)
        try:
            return self._value(text)
        except json.JSONDecodeError as error:
            raise _no_json(error, text, name) from None
        except RecursionError:
            raise Malformed(name, "嵌套太深，读不了") from None

    def encode(self, result: dict[str, object]) -> bytes:
        """A result as one line of UTF-8 with its line feed; the same result always gives the same bytes."""
        text = self._encode(result)
        if not text.isascii():
            for letter in _BREAKS:
                text = text.replace(letter, f"\\u{ord(letter):04x}")
        return f"{text}\n".encode()

    def _value(self, text: str) -> object:
        try:
            return self._decoder.decode(text)
        except json.JSONDecodeError:
            raise
        except ValueError:  # an integer with more digits than the interpreter reads
            return _decoder(whole=_whole).decode(text)


def _decoder(whole: object) -> json.JSONDecoder:
    return json.JSONDecoder(
        object_pairs_hook=_table,
        parse_float=NoInteger,
        parse_constant=NoInteger,
        parse_int=whole,  # type: ignore[arg-type]
    )


def _table(pairs: list[tuple[str, object]]) -> dict[str, object] | Repeated:
    table = dict(pairs)
    if len(table) == len(pairs):
        return table
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            break
        seen.add(key)
    return Repeated(key)


def _whole(text: str) -> int | NoInteger:
    return NoInteger(text) if len(text) > MOST_DIGITS else int(text)


def _text(given: bytes, name: str) -> str:
    if given.startswith(BOM_UTF8):
        raise Malformed(name, "开头有 BOM 标记，请存为不带 BOM 的 UTF-8")
    try:
        text = given.decode()
    except UnicodeDecodeError as error:
        raise Malformed(name, "不是 UTF-8：第 {byte} 个字节读不了", byte=error.start + 1) from None
    if not text.strip(" \t\r\n"):
        raise Malformed(name, "是空的，应为一个 JSON 对象")
    return text


def _no_json(error: json.JSONDecodeError, text: str, name: str) -> Malformed:
    reason = next((words for start, words in _REASONS if error.msg.startswith(start)), "此处应为一个值")
    why = "不是合法的 JSON：第 {line} 行第 {column} 个字符，{reason}，读到 {near}"
    near = one_line(text[error.pos : error.pos + 12]) or "结尾"
    return Malformed(name, why, line=error.lineno, column=error.colno, reason=reason, near=near)
