"""Registers a prescription (处方登记) for the open basket, and records what a pharmacist says of it (处方审核)."""

from __future__ import annotations

from datetime import date

from pos_member.app.counter import CounterState
from pos_member.app.people.authorise import Approval, authorise
from pos_member.app.ports import TerminalRecords
from pos_member.app.recorded_before import id_used, recorded_before
from pos_member.app.selling.open_basket import open_basket
from pos_member.app.selling.prescriptions import ERASED, PrescriptionStatus, RegisteredPrescription, read_prescription
from pos_member.app.selling.price_basket import price_basket
from pos_member.app.workplace import Workplace
from pos_member.app.written import written
from pos_member.domain.errors import Refusal
from pos_member.domain.registers import PrescriptionDecided, PrescriptionPaper, PrescriptionRegistered
from pos_member.domain.rights import Right
from pos_member.domain.staff import Staff


def register_prescription(
    workplace: Workplace,
    person: Staff,
    prescription_id: str,
    paper: PrescriptionPaper,
    written_on: date,
    skus: tuple[str, ...],
    approval: Approval | None = None,
) -> CounterState:
    """Registers a prescription for goods and attaches it to the open basket; a pharmacist has to approve it then.

    Whether its date is too old is the pharmacist's to judge. ``Refusal``: ``right_missing``,
    ``prescription_incomplete``, ``text_too_long``, ``prescription_ahead``, ``id_used``.
    """
    allowed = authorise(workplace, person, Right.REGISTER_PRESCRIPTION, approval)
    paper = _complete(paper, skus)
    with workplace.terminal.transaction() as records:
        known = recorded_before(records, PrescriptionRegistered, prescription_id, written_on=written_on, skus=skus)
        if known is not None and read_prescription(records, prescription_id).paper not in (paper, ERASED):
            raise id_used()
        if known is None:
            moment = workplace.moment(records)
            if written_on > moment.on:
                template = "处方日期 {day} 还没有到：请核对处方上的日期"
                raise Refusal("prescription_ahead", template, day=f"{written_on:%Y-%m-%d}")
            stamp = workplace.stamp(records, moment, prescription_id, person)
            fact = PrescriptionRegistered(
                **{**stamp, "approved_by": allowed.approver_id}, written_on=written_on, skus=skus
            )
            workplace.record(records, fact, personal=paper)
            allowed.record(workplace, records, prescription_id=prescription_id)
        state = _attach(workplace, records, prescription_id)
    workplace.wake_sync()
    return state


def attach_prescription(workplace: Workplace, prescription_id: str) -> CounterState:
    """Attaches a prescription that was registered for another basket to the open one.

    ``Refusal``: ``prescription_unknown``.
    """
    with workplace.terminal.transaction() as records:
        read_prescription(records, prescription_id)
        return _attach(workplace, records, prescription_id)


def decide_prescription(
    workplace: Workplace,
    person: Staff,
    decision_id: str,
    prescription_id: str,
    *,
    approved: bool,
    reason: str = "",
    pharmacist: Approval | None = None,
) -> CounterState:
    """Records that the person at the till, or the pharmacist who types the PIN, approves or rejects a prescription.

    What was approved by a pharmacist who is on duty no more can be decided anew by the one who is.

    ``Refusal``: ``right_missing`` and those of the PIN; ``rejection_reason``, ``text_too_long``,
    ``prescription_unknown``, ``prescription_used``, ``prescription_decided``, ``pharmacist_not_here``, ``id_used``.
    """
    allowed = authorise(workplace, person, Right.APPROVE_PRESCRIPTION, pharmacist)
    decider = allowed.approved_by or allowed.person
    why = written(reason)
    if not approved and not why:
        raise Refusal("rejection_reason", "驳回处方必须写明原因：请填写原因")
    with workplace.terminal.transaction() as records:
        asked = {"about": prescription_id, "approved": approved, "reason": why, "staff_id": decider.id}
        if recorded_before(records, PrescriptionDecided, decision_id, **asked) is None:
            _require_open(workplace, records, read_prescription(records, prescription_id), decider)
            stamp = workplace.stamp(records, workplace.moment(records), decision_id, decider)
            fact = PrescriptionDecided(**{**stamp, "about": prescription_id}, approved=approved, reason=why)
            workplace.record(records, fact)
            allowed.record(workplace, records, prescription_id=prescription_id)
        state = price_basket(workplace, records, open_basket(workplace, records))
    workplace.wake_sync()
    return state


def _complete(paper: PrescriptionPaper, skus: tuple[str, ...]) -> PrescriptionPaper:
    """What stands on the prescription, each on one line; nothing of it may be missing."""
    whole = PrescriptionPaper(
        number=written(paper.number),
        institution=written(paper.institution),
        prescriber=written(paper.prescriber),
        patient=written(paper.patient),
    )
    if not all((whole.number, whole.institution, whole.prescriber, whole.patient, skus)):
        template = "处方登记不全，须有处方号、开具机构、医师、患者和药品；请补全后再登记"
        raise Refusal("prescription_incomplete", template)
    return whole


def _attach(workplace: Workplace, records: TerminalRecords, prescription_id: str) -> CounterState:
    basket = open_basket(workplace, records).with_prescription(prescription_id)
    records.save_basket(basket)
    return price_basket(workplace, records, basket)


def _require_open(
    workplace: Workplace, records: TerminalRecords, registered: RegisteredPrescription, decider: Staff
) -> None:
    """That a pharmacist may say something of a prescription now."""
    on_duty = workplace.pharmacist(records)
    number = registered.paper.number
    if on_duty is None or on_duty.id != decider.id:
        template = "{name} 没有在本机上岗，不能审核处方；请先在本机上岗"
        raise Refusal("pharmacist_not_here", template, name=decider.name)
    if registered.status is PrescriptionStatus.USED:
        raise Refusal("prescription_used", "处方 {number} 已用于一笔销售，不能再审核；请登记新的处方", number=number)
    still_stands = registered.status is PrescriptionStatus.APPROVED and registered.decided_by == on_duty.id
    if still_stands or registered.status is PrescriptionStatus.REJECTED:
        template = "处方 {number} 已经审核过，不能再审核；要更改请登记新的处方"
        raise Refusal("prescription_decided", template, number=number)
