"""Checks a person's PIN: signs a cashier in, puts a pharmacist on duty; five wrong PINs lock the account a while."""

from __future__ import annotations

import math

from pos_member.app.ports import PinAttempts
from pos_member.app.workplace import Workplace
from pos_member.domain.errors import Refusal
from pos_member.domain.pin_lock import PinCount, after_wrong_pin, locked_seconds, wrong_pins_left
from pos_member.domain.staff import Role, Staff


def check_pin(workplace: Workplace, staff_id: str, pin: str, action: str) -> Staff:
    """The person whose PIN this is; audited as ``action``.

    ``Refusal``: ``staff_unknown``, ``pin_locked`` (gap ``seconds``), ``pin_wrong`` (gap ``left``). The count is
    committed before the answer, so that restarting the till gives no further tries.
    """
    person = workplace.person(staff_id)
    if person is None:
        raise Refusal("staff_unknown", "没有这位员工：请联系店长")
    now = workplace.clock.now()
    with workplace.terminal.reading() as records:
        before = records.pin_attempts(staff_id)
    count = PinCount(wrong=before.wrong, locked_until=before.locked_until)
    seconds = locked_seconds(count, now)
    if seconds > 0:
        raise _locked(person, seconds)
    right = workplace.pins.verify(person.pin_hash, pin)
    after = PinCount(wrong=0, locked_until=None) if right else after_wrong_pin(count, now)
    with workplace.terminal.transaction() as records:
        records.save_pin_attempts(staff_id, PinAttempts(wrong=after.wrong, locked_until=after.locked_until))
        if right:
            workplace.audit(records, action, staff_id)
        elif after.locked_until is not None:
            workplace.audit(records, "pin_locked", staff_id)
    workplace.wake_sync()
    if right:
        return person
    if after.locked_until is not None:
        raise _locked(person, locked_seconds(after, now))
    raise Refusal("pin_wrong", "密码不对，还可再试 {left} 次", left=wrong_pins_left(after))


def check_pharmacist_pin(workplace: Workplace, staff_id: str, pin: str) -> Staff:
    """A pharmacist who comes on duty at this till. ``Refusal``: ``not_a_pharmacist`` and those of the PIN."""
    person = workplace.person(staff_id)
    if person is not None and person.role is not Role.PHARMACIST:
        raise Refusal("not_a_pharmacist", "{name} 不是药师，不能登记在岗", name=person.name)
    person = check_pin(workplace, staff_id, pin, "duty_on")
    go_on_duty(workplace, person)
    return person


def go_on_duty(workplace: Workplace, pharmacist: Staff) -> None:
    """From now on this is the pharmacist on duty at the till."""
    with workplace.terminal.transaction() as records:
        records.set_pharmacist_on_duty(pharmacist.id)


def _locked(person: Staff, seconds: float) -> Refusal:
    return Refusal(
        "pin_locked",
        "密码连续输错，{name} 已锁定，请 {seconds} 秒后再试",
        name=person.name,
        seconds=math.ceil(seconds),
    )
