"""Who may do it: the person at the till by right, or a second person by PIN, for this one action."""

from __future__ import annotations

from dataclasses import dataclass

from pos_member.app.people.check_pin import check_pin
from pos_member.app.ports import TerminalRecords
from pos_member.app.workplace import Workplace
from pos_member.domain.rights import Right, require_right
from pos_member.domain.staff import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A second person types the PIN for one action."""

    staff_id: str
    pin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """That an action is allowed: to ``person``, by ``approved_by`` where the person alone may not."""

    person: Staff
    right: Right
    approved_by: Staff | None = None

    @property
    def approver_id(self) -> str | None:
        """Whose PIN allowed it, None where none was needed."""
        return None if self.approved_by is None else self.approved_by.id

    def record(self, workplace: Workplace, records: TerminalRecords, **facts: str | int) -> None:
        """Audits the override, in the transaction of what it allowed; nothing where none was needed."""
        if self.approved_by is not None:
            workplace.audit(
                records, "override", self.approved_by.id, right=self.right.value, for_staff_id=self.person.id, **facts
            )


def authorise(workplace: Workplace, person: Staff, right: Right, approval: Approval | None = None) -> Authority:
    """Whether a person may, or a second one who types the PIN.

    To be called before the action's transaction: counting PINs is a commit of its own. ``Refusal``: ``right_missing``
    (a second person may allow it, oneself never), and those of :func:`check_pin`: a wrong PIN
    counts against the second person.
    """
    rights = workplace.rules_now().rights
    if person.role not in rights[right] and approval is not None and approval.staff_id != person.id:
        second = check_pin(workplace, approval.staff_id, approval.pin)
        require_right(second, right, rights)
        return Authority(person=person, right=right, approved_by=second)
    require_right(person, right, rights)
    return Authority(person=person, right=right)
