"""Members (会员), their cards, and the state that head office publishes of them (docs/programme §2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pos_member.domain.benefits import BenefitUse
from pos_member.domain.bonuses import PastBonus
from pos_member.domain.ledger import Lot
from pos_member.domain.tier import Purchase, Tier, UpgradeBonus


class MemberStatus(StrEnum):
    """Whether a membership can be used."""

    ACTIVE = "active"
    FROZEN = "frozen"
    ERASED = "erased"


class CardStatus(StrEnum):
    """Whether a card can be used."""

    ACTIVE = "active"
    LOST = "lost"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card or code that stands for a member."""

    code: str
    member_id: str
    status: CardStatus = CardStatus.ACTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Who the member is. ``initials`` are the pinyin initials of the name, for typing; ``channel`` is how they came."""

    id: str
    name: str
    initials: str
    phone: str | None
    birthday: date | None
    gender: str | None
    joined_on: date
    home_store: str
    status: MemberStatus = MemberStatus.ACTIVE
    address: str | None = None
    channel: str = ""
    referrer_id: str | None = None
    marketing_consent: bool = False
    health_consent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberState:
    """A member as head office last published it: the profile, and what the rules need to price and to pay with points.

    ``purchases`` are the completed sales of the last 366 business days, ``applied`` the last event of each till
    ("terminal:epoch" → seq) that is already in these figures. ``bonuses`` are those given once and those of the last
    calendar months, ``benefit_uses`` the free benefits of this year and the last. ``spend_fen`` is what was paid since
    joining, net of returns. ``allergies`` are active ingredients, known with the member's consent.
    """

    member: Member
    tier: Tier
    lots: tuple[Lot, ...] = ()
    debt: int = 0
    completed_sales: int = 0
    purchases: tuple[Purchase, ...] = ()
    birthday_bonus_years: tuple[int, ...] = ()
    upgrade_bonuses: tuple[UpgradeBonus, ...] = ()
    applied: dict[str, int] = field(default_factory=dict)
    bonuses: tuple[PastBonus, ...] = ()
    benefit_uses: tuple[BenefitUse, ...] = ()
    spend_fen: int = 0
    allergies: tuple[str, ...] = ()


def mask_name(name: str) -> str:
    """A name as strangers may see it: 王*明, 李*, 欧*娜 keeps the first and, from three characters on, the last."""
    if len(name) < 2:
        return name
    return f"{name[0]}*{name[-1]}" if len(name) > 2 else f"{name[0]}*"


def mask_phone(phone: str) -> str:
    """A phone number as strangers may see it: 138****5678."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 7 else "****"


def mask_card(code: str) -> str:
    """A card number as strangers may see it: 6200 **** 1947."""
    return f"{code[:4]} **** {code[-4:]}" if len(code) >= 8 else f"**** {code[-2:]}"
