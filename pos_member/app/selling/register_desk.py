"""What the registers' panels ask of the till: prescriptions, buyers of goods with ephedrine, conflicts."""

from __future__ import annotations

from datetime import date

from pos_member.app.counter import CounterState
from pos_member.app.people.authorise import Approval
from pos_member.app.people.seat import Seat
from pos_member.app.selling.acknowledge_conflict import acknowledge_conflict
from pos_member.app.selling.open_basket import open_basket
from pos_member.app.selling.prescriptions import RegisteredPrescription, read_prescription
from pos_member.app.selling.register_buyer import register_buyer
from pos_member.app.selling.register_prescription import attach_prescription, decide_prescription, register_prescription
from pos_member.app.workplace import Workplace
from pos_member.domain.registers import PrescriptionPaper


class RegisterDesk:
    """What :attr:`CounterState.needs` asks for is done here. Each method answers with the counter after it."""

    def __init__(self, workplace: Workplace, seat: Seat) -> None:
        self._workplace = workplace
        self._seat = seat

    def prescriptions(self) -> tuple[RegisteredPrescription, ...]:
        """The prescriptions attached to the open basket, in the order they were."""
        self._seat.person()
        with self._workplace.terminal.reading() as records:
            ids = open_basket(self._workplace, records).prescription_ids
            return tuple(read_prescription(records, each) for each in ids)

    def register_prescription(
        self,
        prescription_id: str,
        paper: PrescriptionPaper,
        written_on: date,
        skus: tuple[str, ...],
        approval: Approval | None = None,
    ) -> CounterState:
        """Registers a prescription for goods of the open basket. ``Refusal``: see the use case of this name."""
        person = self._seat.person()
        return register_prescription(self._workplace, person, prescription_id, paper, written_on, skus, approval)

    def attach_prescription(self, prescription_id: str) -> CounterState:
        """Attaches a registered prescription to the open basket. ``Refusal``: ``prescription_unknown``."""
        self._seat.person()
        return attach_prescription(self._workplace, prescription_id)

    def decide_prescription(
        self,
        decision_id: str,
        prescription_id: str,
        *,
        approved: bool,
        reason: str = "",
        pharmacist: Approval | None = None,
    ) -> CounterState:
        """Records a pharmacist's word on a prescription. ``Refusal``: see the use case of this name."""
        return decide_prescription(
            self._workplace,
            self._seat.person(),
            decision_id,
            prescription_id,
            approved=approved,
            reason=reason,
            pharmacist=pharmacist,
        )

    def register_buyer(self, name: str, id_number: str) -> CounterState:
        """Registers who buys the goods with ephedrine. ``Refusal``: ``buyer_name``, ``id_number_…``."""
        self._seat.person()
        return register_buyer(self._workplace, name, id_number)

    def acknowledge(self, key: str) -> CounterState:
        """Acknowledges a conflict by its key. ``Refusal``: ``conflict_gone``."""
        return acknowledge_conflict(self._workplace, self._seat.person(), key)
