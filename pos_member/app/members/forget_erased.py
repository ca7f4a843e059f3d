"""Forgets what this till wrote of members whom head office has erased (个人信息删除, docs/sync.md)."""

from __future__ import annotations

from pos_member.app.workplace import Workplace
from pos_member.domain.staff import Staff


def forget_erased(workplace: Workplace, person: Staff) -> frozenset[str]:
    """Deletes all that is personal about them here, and tells head office; their ids.

    What was sold and posted stays, by the member's id alone. ``person`` is who was at the till.
    """
    with workplace.terminal.reading() as records:
        known = records.members_known_by_name()
    erased = workplace.replica.erased_among(known)
    if not erased:
        return erased
    with workplace.terminal.transaction() as records:
        for member_id in sorted(erased):
            records.forget_member(member_id)
            workplace.audit(records, "member_forgotten", person.id, member_id=member_id)
    workplace.wake_sync()
    return erased
