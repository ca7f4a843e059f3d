"""Recorded enrolments and changes of members (入会, 变更, 换卡); who they are travels apart, to be erasable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos_member.domain.fact import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Who a member is: the personal part of an enrolment or a change (docs/sync.md, "Personal parts").

    ``cards`` are the codes that stand for the member.
    """

    name: str
    phone: str | None
    birthday: date | None = None
    gender: str | None = None
    address: str | None = None
    cards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment(Fact):
    """A new member (入会); the fact's id is the member's. Consents were asked one by one.

    ``channel`` is how the member came: "store" at a till.
    """

    referrer_id: str | None = None
    marketing_consent: bool = False
    health_consent: bool = False
    channel: str = "store"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberChange(Fact):
    """A member's profile was changed; the whole new :class:`Profile` is its personal part."""

    marketing_consent: bool
    health_consent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CardReplacement(Fact):
    """A lost card was replaced; :class:`ReplacedCard` is its personal part."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacedCard:
    """The card that counts no more (None: all of the member's), and the one in its place."""

    old: str | None
    new: str
