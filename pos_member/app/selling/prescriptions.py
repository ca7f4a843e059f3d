"""Prescriptions (处方) as the counter sees them: what was registered, what a pharmacist said, whether one was used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from pos_member.app.codec import from_plain
from pos_member.app.ports import TerminalRecords
from pos_member.domain.errors import Refusal
from pos_member.domain.registers import PrescriptionDecided, PrescriptionPaper, PrescriptionRegistered

ERASED: Final = PrescriptionPaper(number="", institution="", prescriber="", patient="")
"""What is left of a paper whose patient was erased."""


class PrescriptionStatus(StrEnum):
    """Where a prescription stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    USED = "used"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredPrescription:
    """A registered prescription. ``paper`` is blank where it was erased; ``decided_by`` is the pharmacist's id."""

    id: str
    paper: PrescriptionPaper
    written_on: date
    skus: tuple[str, ...]
    status: PrescriptionStatus
    decided_by: str | None
    reason: str


def read_prescription(records: TerminalRecords, prescription_id: str) -> RegisteredPrescription:
    """A prescription that was registered at this till. ``Refusal``: ``prescription_unknown``."""
    fact = records.fact(PrescriptionRegistered, prescription_id)
    if fact is None:
        raise Refusal("prescription_unknown", "本机没有登记过这张处方：请先登记处方")
    decisions = records.facts_about(PrescriptionDecided, prescription_id)
    last = decisions[-1] if decisions else None
    part = records.part_about(prescription_id)
    return RegisteredPrescription(
        id=fact.id,
        paper=ERASED if part is None else from_plain(PrescriptionPaper, part),
        written_on=fact.written_on,
        skus=fact.skus,
        status=_status(last, used=records.sale_of_prescription(prescription_id) is not None),
        decided_by=None if last is None else last.staff_id,
        reason="" if last is None else last.reason,
    )


def _status(decision: PrescriptionDecided | None, *, used: bool) -> PrescriptionStatus:
    if used:
        return PrescriptionStatus.USED
    if decision is None:
        return PrescriptionStatus.WAITING
    return PrescriptionStatus.APPROVED if decision.approved else PrescriptionStatus.REJECTED
