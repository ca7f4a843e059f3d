"""Text in paper columns. A one-byte code of GB18030 takes 1 column, every other character 2."""

from __future__ import annotations

import unicodedata
from typing import Literal

from wcwidth import wcwidth

from hardware.profiles import PrinterProfile

REPLACEMENT = "〓"
"""Printed for a character the printer has no glyph for: seen by everyone, taken for nothing else."""

_SUBSTITUTES = str.maketrans(
    {
        "¥": "￥",
        "µ": "μ",
        "•": "·",
        "−": "-",  # the sign of a figure must survive
        "‑": "-",
        "\t": " ",
        "\u00a0": " ",
        "\u2007": " ",
        "\u2009": " ",
        "\u202f": " ",
    }
)
_NEVER_FIRST = frozenset("，。、；：？！）》〉】〕」』”’％℃μ…·,.;:?!)]}%")
_NEVER_LAST = frozenset("（《〈【〔「『“‘￥μ([{")


def char_columns(char: str) -> Literal[1, 2]:
    """Columns of one printable character."""
    return 1 if char < "\x80" else 2


def text_columns(text: str) -> int:
    """Columns of a printable text."""
    return sum(char_columns(char) for char in text)


def printable(text: str, profile: PrinterProfile) -> str:
    """The text in characters the printer has: marks composed, invisible ones dropped, the rest replaced by ``〓``."""
    composed = unicodedata.normalize("NFC", text).translate(_SUBSTITUTES)
    visible = (char for char in composed if wcwidth(char) != 0)
    return "".join(char if _has_glyph(char, profile) else REPLACEMENT for char in visible)


def _has_glyph(char: str, profile: PrinterProfile) -> bool:
    if unicodedata.category(char) in {"Cc", "Co", "Cs", "Cn"}:
        return False
    try:
        length = len(char.encode(profile.encoding))
    except UnicodeEncodeError:
        return False
    return length < 4 or profile.four_byte_glyphs


def pad(text: str, columns: int, align: Literal["left", "center", "right"]) -> str:
    """The text with spaces up to exactly ``columns``; it must not be wider."""
    spare = columns - text_columns(text)
    left = {"left": 0, "center": spare // 2, "right": spare}[align]
    return " " * left + text + " " * (spare - left)


def truncate(text: str, columns: int) -> str:
    """The longest beginning that fits; a wide character is never halved."""
    used = 0
    for index, char in enumerate(text):
        used += char_columns(char)
        if used > columns:
            return text[:index]
    return text


def wrap(text: str, columns: int) -> tuple[str, ...]:
    """Lines of at most ``columns`` (at least 2), one line for an empty text.

    Breaks between Chinese characters and at spaces, inside a Latin word or number only if it is longer than a line,
    and leaves no closing mark at a line's start and no opening mark at its end.
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if text_columns(line) + text_columns(piece) <= columns:
            if line or not lines or not piece.isspace():
                line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = ""
        if piece.isspace():
            continue
        while text_columns(piece) > columns:
            head = truncate(piece, columns)
            lines.append(head)
            piece = piece[len(head) :]
        line = piece
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return tuple(lines)


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for char in text:
        if pieces and _belong_together(pieces[-1][-1], char):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _belong_together(last: str, char: str) -> bool:
    if last == " " or char == " ":
        return last == char
    if char in _NEVER_FIRST or last in _NEVER_LAST:
        return True
    return char_columns(last) == 1 and char_columns(char) == 1
