"""Signs people in and out, and pharmacists on and off duty; five wrong PINs lock an account a while."""

from __future__ import annotations

import math

from pos_member.app.ports import TerminalRecords
from pos_member.app.workplace import Workplace
from pos_member.domain.errors import Refusal
from pos_member.domain.pin_lock import PinCount, after_wrong_pin, locked_seconds, wrong_pins_left
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


def check_pin(workplace: Workplace, staff_id: str, pin: str) -> Staff:
    """The person whose PIN this is.

    ``Refusal``: ``staff_unknown``, ``pin_locked`` (gap ``seconds``), ``pin_wrong`` (gap ``left``). The count is
    committed before the answer, so that restarting the till gives no further tries.
    """
    person = workplace.person(staff_id)
    if person is None:
        raise Refusal("staff_unknown", "没有这位员工：请联系店长")
    now = workplace.clock.now()
    with workplace.terminal.reading() as records:
        count = records.pin_attempts(staff_id)
    seconds = locked_seconds(count, now)
    if seconds > 0:
        raise _locked(person, seconds)
    right = workplace.pins.verify(person.pin_hash, pin)
    after = PinCount(wrong=0, locked_until=None) if right else after_wrong_pin(count, now)
    with workplace.terminal.transaction() as records:
        records.save_pin_attempts(staff_id, after)
        if after.locked_until is not None:
            workplace.audit(records, "pin_locked", staff_id)
    if right:
        return person
    if after.locked_until is not None:
        workplace.wake_sync()
        raise _locked(person, locked_seconds(after, now))
    raise Refusal("pin_wrong", "密码不对，还可再试 {left} 次", left=wrong_pins_left(after))


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


def _locked(person: Staff, seconds: float) -> Refusal:
    return Refusal(
        "pin_locked",
        "密码连续输错，{name} 已锁定，请 {seconds} 秒后再试",
        name=person.name,
        seconds=math.ceil(seconds),
    )
