"""The kinds of facts beside sales: what an event, a stored row and head office call each of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pos_member.domain.fact import Fact
from pos_member.domain.granting import BonusGrant
from pos_member.domain.membership import CardReplacement, Enrolment, MemberChange
from pos_member.domain.redeeming import Redemption, RedemptionVoid
from pos_member.domain.registers import EphedrineRegistered, PrescriptionDecided, PrescriptionRegistered
from pos_member.domain.sale_return import SaleReturn
from pos_member.domain.shift import CashMovement, ShiftClosing, ShiftOpening

SALE: Final = "sale"
AUDIT: Final = "audit"

FACTS: Final[Mapping[str, type[Fact]]] = MappingProxyType(
    {
        "return": SaleReturn,
        "redemption": Redemption,
        "redemption_void": RedemptionVoid,
        "bonus": BonusGrant,
        "enrolment": Enrolment,
        "member_change": MemberChange,
        "card_replacement": CardReplacement,
        "shift_opening": ShiftOpening,
        "shift_closing": ShiftClosing,
        "cash_movement": CashMovement,
        "prescription": PrescriptionRegistered,
        "prescription_decision": PrescriptionDecided,
        "ephedrine": EphedrineRegistered,
    }
)
"""By the kind of the event, never to be renamed: events are kept for ever."""

_KINDS: Final = {fact: kind for kind, fact in FACTS.items()}


def kind_of(fact: type[Fact]) -> str:
    """What facts of a type are called."""
    return _KINDS[fact]
