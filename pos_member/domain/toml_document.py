"""The text of a ruleset document, as far as TOML goes: whatever a file holds, it opens or is refused in words."""

from __future__ import annotations

import re
import tomllib
from typing import Final

from pos_member.domain.toml_section import RulesetError, Section

_LARGEST: Final = 64 * 1024
_LONGEST_LINE: Final = 4_000
_BYTE_ORDER_MARK: Final = "\ufeff"
_POSITION: Final = re.compile(r"\(at line (\d+), column \d+\)")


def open_document(document: str | bytes) -> Section:
    """The document's root. A byte order mark is passed over.

    ``RulesetError`` for what is no UTF-8, no TOML, larger or nested more deeply than a ruleset is; its key is the line.
    Size and lines are limited because long chains of names in one line take the parser minutes.
    """
    if len(document) > _LARGEST:
        unit = "字节" if isinstance(document, bytes) else "字"
        raise RulesetError("文件", f"{len(document)} {unit}", f"文件太大，应不超过 {_LARGEST} {unit}")
    text = document if isinstance(document, str) else _decoded(document)
    text = text.removeprefix(_BYTE_ORDER_MARK)
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if len(line) > _LONGEST_LINE:
            raise _wrong_line(number, line, f"一行应不超过 {_LONGEST_LINE} 个字，长的列表可分行写")
    try:
        return Section("", tomllib.loads(text))
    except RecursionError as error:
        number, line = max(enumerate(lines, start=1), key=lambda numbered: _openings(numbered[1]))
        raise _wrong_line(number, line, "层层嵌套太深，应为节、值和列表") from error
    except ValueError as error:
        position = _POSITION.search(str(error))
        number = len(text.rstrip().split("\n")) if position is None else int(position[1])
        raise _wrong_line(number, lines[number - 1], "应为格式正确的 TOML 文档，每项只写一次") from error


def _decoded(document: bytes) -> str:
    try:
        return document.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RulesetError("文件", f"第 {error.start + 1} 个字节", "应为 UTF-8 编码的文本文件") from error


def _openings(line: str) -> int:
    return line.count("[") + line.count("{")


def _wrong_line(number: int, line: str, allowed: str) -> RulesetError:
    return RulesetError(f"第 {number} 行", line.strip() or "（空行）", allowed)
