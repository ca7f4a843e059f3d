"""Signs people in and out, and pharmacists on and off duty."""

from __future__ import annotations

from dataclasses import replace

from pos_member.app.members.forget_erased import forget_erased
from pos_member.app.people.check_pin import check_pin
from pos_member.app.ports import TerminalRecords
from pos_member.app.workplace import Workplace
from pos_member.domain.clock import end_of_day
from pos_member.domain.errors import Refusal
from pos_member.domain.staff import Duty, Role, Staff


def sign_in(workplace: Workplace, staff_id: str, pin: str, before: Staff | None = None) -> Staff:
    """Signs somebody in; ``before``, who was at the till until now, is signed out by it (换人).

    A pharmacist comes on duty by it. One who came on duty by signing in is on duty no more when another signs in; one
    who took duty beside the cashier stays. ``Refusal``: those of :func:`check_pin`.
    """
    person = check_pin(workplace, staff_id, pin)
    with workplace.terminal.transaction() as records:
        if before is not None and before.id != person.id:
            workplace.audit(records, "sign_out", before.id)
        _end_duty_of_seat(workplace, records, person)
        workplace.audit(records, "sign_in", person.id)
        if person.role is Role.PHARMACIST:
            _come_on_duty(workplace, records, person, beside=False)
    forget_erased(workplace, person)
    workplace.wake_sync()
    return person


def sign_out(workplace: Workplace, person: Staff) -> None:
    """Signs somebody out; a pharmacist who signs out is on duty no more."""
    with workplace.terminal.transaction() as records:
        workplace.audit(records, "sign_out", person.id)
        held = records.duty()
        if held is not None and held.staff_id == person.id:
            _go_off_duty(workplace, records, held)
    workplace.wake_sync()


def take_duty(workplace: Workplace, staff_id: str, pin: str) -> None:
    """Puts a pharmacist on duty beside whoever is at the till.

    ``Refusal``: ``not_a_pharmacist`` and those of :func:`check_pin`.
    """
    person = workplace.person(staff_id)
    if person is not None and person.role is not Role.PHARMACIST:
        raise Refusal("not_a_pharmacist", "{name} 不是药师，不能登记在岗", name=person.name)
    person = check_pin(workplace, staff_id, pin)
    with workplace.terminal.transaction() as records:
        _come_on_duty(workplace, records, person, beside=True)
    workplace.wake_sync()


def leave_duty(workplace: Workplace, by: Staff) -> None:
    """Nobody is on duty any more, says ``by``."""
    with workplace.terminal.transaction() as records:
        held = records.duty()
        if held is not None:
            _go_off_duty(workplace, records, held, by_staff_id=by.id)
    workplace.wake_sync()


def _come_on_duty(workplace: Workplace, records: TerminalRecords, pharmacist: Staff, *, beside: bool) -> None:
    """Whoever was on duty before is relieved; both are audited. Taking duty again is no second duty."""
    held = records.duty()
    if held is not None:
        if held.staff_id == pharmacist.id and workplace.duty(records) is not None:
            records.set_duty(replace(held, beside=held.beside or beside))
            return
        _go_off_duty(workplace, records, held)
    moment = workplace.moment(records)
    until = end_of_day(moment.on, workplace.store().zone)
    workplace.audit(records, "duty_on", pharmacist.id)
    records.set_duty(Duty(staff_id=pharmacist.id, since=moment.at, until=until, beside=beside))


def _end_duty_of_seat(workplace: Workplace, records: TerminalRecords, person: Staff) -> None:
    """Duty that lapsed with the day is over, and so is duty by having sat where ``person`` sits now."""
    held = records.duty()
    if held is None:
        return
    relieved = not held.beside and held.staff_id != person.id
    if relieved or workplace.duty(records) is None:
        _go_off_duty(workplace, records, held)


def _go_off_duty(workplace: Workplace, records: TerminalRecords, held: Duty, **told: str) -> None:
    workplace.audit(records, "duty_off", held.staff_id, **told)
    records.set_duty(None)
