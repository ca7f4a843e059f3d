"""Locks the till while nobody is at it, and unlocks it. Who is signed in stays so, and a pharmacist on duty too."""

from __future__ import annotations

from pos_member.app.people.check_pin import check_pin
from pos_member.app.workplace import Workplace
from pos_member.domain.staff import Staff


def lock_till(workplace: Workplace, person: Staff) -> None:
    """Records that the till was locked with a person signed in."""
    with workplace.terminal.transaction() as records:
        workplace.audit(records, "lock", person.id)
    workplace.wake_sync()


def unlock_till(workplace: Workplace, person: Staff, pin: str) -> Staff:
    """The person, as head office has them now, is back. ``Refusal``: those of :func:`check_pin`."""
    back = check_pin(workplace, person.id, pin)
    with workplace.terminal.transaction() as records:
        workplace.audit(records, "unlock", back.id)
    workplace.wake_sync()
    return back
