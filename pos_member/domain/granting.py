"""Recorded bonuses (赠分): points given, or taken by an adjustment, otherwise than by a sale (docs/programme §5)."""

from __future__ import annotations

from dataclasses import dataclass

from pos_member.domain.bonuses import BonusKind
from pos_member.domain.fact import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class BonusGrant(Fact):
    """Points posted to a member. ``source`` is what they are given for once (:class:`BonusKind`).

    ``withheld`` points were cut off by a monthly limit. An adjustment has its ``reason``.
    """

    kind: BonusKind
    points: int
    source: str
    withheld: int = 0
    reason: str = ""
