"""Shows a member's personal data unmasked (查看完整资料), to who may see it, for a reason that is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos_member.app.members.identify import require_known
from pos_member.app.people.authorise import Approval, authorise
from pos_member.app.workplace import Workplace
from pos_member.app.written import required_reason
from pos_member.domain.rights import Right
from pos_member.domain.staff import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class Revealed:
    """Who a member is, unmasked. To be shown for this once, and never kept or printed."""

    member_id: str
    name: str
    phone: str | None
    birthday: date | None
    address: str | None


def reveal_member(
    workplace: Workplace, person: Staff, member_id: str, reason: str, approval: Approval | None = None
) -> Revealed:
    """A member's data in full; that it was looked at, by whom and why, is audited before it is shown.

    ``Refusal``: ``reveal_reason``, ``text_too_long``, ``right_missing``, ``member_gone``.
    """
    template = "查看完整会员资料必须写明原因，留作审计；请填写原因"
    why = required_reason("reveal_reason", template, reason)
    authority = authorise(workplace, person, Right.REVEAL_MEMBER, approval)
    with workplace.terminal.transaction() as records:
        member = require_known(workplace.member(records, member_id)).member
        workplace.audit(records, "reveal_member", person.id, member_id=member_id, reason=why)
        authority.record(workplace, records, member_id=member_id)
    workplace.wake_sync()
    return Revealed(
        member_id=member.id, name=member.name, phone=member.phone, birthday=member.birthday, address=member.address
    )
