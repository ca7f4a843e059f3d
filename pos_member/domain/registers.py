"""Registers the law asks for: prescriptions (处方登记) and buyers of goods with ephedrine (docs/programme §1).

Who is named in them is the personal part of the fact (docs/sync.md, "Personal parts").
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos_member.domain.fact import Fact
from pos_member.domain.quantity import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class PrescriptionPaper:
    """What stands on the prescription: the personal part of its registration."""

    number: str
    institution: str
    prescriber: str
    patient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrescriptionRegistered(Fact):
    """A prescription was registered for goods (``skus``), written on a date; nobody has looked at it yet."""

    written_on: date
    skus: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrescriptionDecided(Fact):
    """A pharmacist (``staff_id``) approved or rejected a prescription (``about``); a rejection has its ``reason``."""

    approved: bool
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredPacks:
    """So many packs of goods with ephedrine."""

    sku: str
    quantity: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class EphedrineRegistered(Fact):
    """The buyer of a sale's (``about``) goods with ephedrine was registered; :class:`Buyer` is the personal part."""

    packs: tuple[RegisteredPacks, ...]
