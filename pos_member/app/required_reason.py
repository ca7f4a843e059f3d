"""The reason (原因) that somebody has to give for what is audited."""

from __future__ import annotations

from pos_member.domain.errors import Refusal


def required_reason(code: str, template: str, reason: str) -> str:
    """The reason without space around it. ``Refusal`` with this code and sentence where there is none."""
    why = reason.strip()
    if not why:
        raise Refusal(code, template)
    return why
