"""What the cashier is told when a card is scanned: at most three prompts (提示), most valuable first (programme.md §9)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PromptKind(StrEnum):
    """What a prompt is about."""

    EXPIRING = "expiring"
    NEXT_TIER = "next_tier"
    BIRTHDAY = "birthday"
    FIRST_PURCHASE = "first_purchase"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A prompt: its kind and the sentence as a template with gaps (see :class:`pos_member.domain.errors.Spoken`)."""

    kind: PromptKind
    template: str
    gaps: dict[str, object]
