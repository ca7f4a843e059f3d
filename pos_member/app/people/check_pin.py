"""Checks a person's PIN; wrong ones are counted and audited, and several in a row lock the person a while."""

from __future__ import annotations

import math
from datetime import timedelta

from pos_member.app.members.identify import normalise
from pos_member.app.workplace import Workplace
from pos_member.domain.errors import Refusal
from pos_member.domain.pin_lock import PinCount, PinPolicy, after_wrong_pin, locked_seconds, wrong_pins_left
from pos_member.domain.staff import Staff


def check_pin(workplace: Workplace, staff_id: str, pin: str) -> Staff:
    """The person whose PIN this is.

    ``Refusal``: ``staff_unknown``, ``pin_locked`` (gap ``seconds``), ``pin_wrong`` (gap ``left``). The count is
    committed before the answer, so that restarting the till gives no further tries. A PIN typed full-width is the same.
    """
    person = workplace.person(staff_id)
    if person is None:
        raise Refusal("staff_unknown", "没有这位员工：请联系店长")
    rule = workplace.rules_now().people
    policy = PinPolicy(tries=rule.pin_tries, lock=timedelta(seconds=rule.pin_lock_seconds))
    now = workplace.clock.now()
    with workplace.terminal.reading() as records:
        count = records.pin_attempts(staff_id)
    seconds = locked_seconds(count, now, policy)
    if seconds > 0:
        raise _locked(person, seconds)
    right = workplace.pins.verify(person.pin_hash, normalise(pin))
    if right and count == PinCount(wrong=0, locked_until=None):
        return person
    after = PinCount(wrong=0, locked_until=None) if right else after_wrong_pin(count, now, policy)
    with workplace.terminal.transaction() as records:
        records.save_pin_attempts(staff_id, after)
        if not right:
            workplace.audit(records, "sign_in_failed", staff_id)
        if after.locked_until is not None:
            workplace.audit(records, "pin_locked", staff_id)
    if right:
        return person
    workplace.wake_sync()
    if after.locked_until is not None:
        raise _locked(person, locked_seconds(after, now, policy))
    raise Refusal("pin_wrong", "密码不对，还可再试 {left} 次", left=wrong_pins_left(after, policy))


def _locked(person: Staff, seconds: float) -> Refusal:
    return Refusal(
        "pin_locked",
        "密码连续输错，{name} 已锁定，请 {seconds} 秒后再试",
        name=person.name,
        seconds=math.ceil(seconds),
    )
