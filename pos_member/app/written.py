"""What somebody wrote in words of their own (a reason, what stands on a paper): one line of signs that can be seen."""

from __future__ import annotations

import unicodedata
from typing import Final

from pos_member.domain.errors import Refusal

_LONGEST: Final = 200
"""Signs; an event has to fit into one push, and a slip onto paper."""

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})
"""Unicode's categories of what commands a printer, turns a line around, or is half a sign."""


def written(text: str) -> str:
    """The text with single spaces, and such for signs that cannot be seen. ``Refusal`` ``text_too_long``."""
    seen = "".join(" " if unicodedata.category(sign) in _UNSEEN else sign for sign in text)
    words = " ".join(seen.split())
    if len(words) > _LONGEST:
        template = "内容太长，最多 {most} 个字，现有 {length} 个：请缩短后再办理"
        raise Refusal("text_too_long", template, most=_LONGEST, length=len(words))
    return words


def required_reason(code: str, template: str, reason: str) -> str:
    """The reason (原因) for what is audited. ``Refusal``: ``text_too_long``; where there is none, this one."""
    why = written(reason)
    if not why:
        raise Refusal(code, template)
    return why
