"""Signs people in and out, and pharmacists on and off duty."""

from __future__ import annotations

from pos_member.app.check_pin import check_pin
from pos_member.app.ports import TerminalRecords
from pos_member.app.workplace import Workplace
from pos_member.domain.errors import Refusal
from pos_member.domain.staff import Role, Staff


def sign_in(workplace: Workplace, staff_id: str, pin: str) -> Staff:
    """Signs somebody in; a pharmacist comes on duty by it. ``Refusal``: those of :func:`check_pin`."""
    person = check_pin(workplace, staff_id, pin)
    with workplace.terminal.transaction() as records:
        workplace.audit(records, "sign_in", person.id)
        if person.role is Role.PHARMACIST:
            _come_on_duty(workplace, records, person)
    workplace.wake_sync()
    return person


def sign_out(workplace: Workplace, person: Staff) -> None:
    """Signs somebody out; a pharmacist who signs out is on duty no more."""
    with workplace.terminal.transaction() as records:
        workplace.audit(records, "sign_out", person.id)
        if records.pharmacist_on_duty() == person.id:
            _go_off_duty(workplace, records)
    workplace.wake_sync()


def take_duty(workplace: Workplace, staff_id: str, pin: str) -> None:
    """Puts a pharmacist on duty. ``Refusal``: ``not_a_pharmacist`` and those of :func:`check_pin`."""
    person = workplace.person(staff_id)
    if person is not None and person.role is not Role.PHARMACIST:
        raise Refusal("not_a_pharmacist", "{name} 不是药师，不能登记在岗", name=person.name)
    person = check_pin(workplace, staff_id, pin)
    with workplace.terminal.transaction() as records:
        _come_on_duty(workplace, records, person)
    workplace.wake_sync()


def leave_duty(workplace: Workplace) -> None:
    """Nobody is on duty any more."""
    with workplace.terminal.transaction() as records:
        _go_off_duty(workplace, records)
    workplace.wake_sync()


def _come_on_duty(workplace: Workplace, records: TerminalRecords, pharmacist: Staff) -> None:
    """Whoever was on duty before is relieved; both are audited."""
    if records.pharmacist_on_duty() == pharmacist.id:
        return
    _go_off_duty(workplace, records)
    workplace.audit(records, "duty_on", pharmacist.id)
    records.set_pharmacist_on_duty(pharmacist.id)


def _go_off_duty(workplace: Workplace, records: TerminalRecords) -> None:
    leaving = records.pharmacist_on_duty()
    if leaving is not None:
        workplace.audit(records, "duty_off", leaving)
        records.set_pharmacist_on_duty(None)
