"""Signs a member in at the store (签到), once a business date."""

from __future__ import annotations

from pos_member.app.members.member_figures import MemberFigures
from pos_member.app.people.authorise import Approval, authorise
from pos_member.app.points.record_bonus import BonusGiven, BonusRequest, give_bonus
from pos_member.app.workplace import Moment, Workplace
from pos_member.domain.bonuses import Bonus, BonusKind, check_in_bonus
from pos_member.domain.rights import Right
from pos_member.domain.staff import Staff


def check_in(
    workplace: Workplace, person: Staff, grant_id: str, member_id: str, approval: Approval | None = None
) -> BonusGiven:
    """Posts the points of a check-in.

    ``Refusal``: ``right_missing``, ``check_in_given``, ``check_in_month_limit``, ``bonus_not_offered``, and those of
    :func:`pos_member.app.points.record_bonus.give_bonus`.
    """
    authority = authorise(workplace, person, Right.GIVE_BONUS, approval)
    request = BonusRequest(grant_id=grant_id, member_id=member_id, kind=BonusKind.CHECK_IN, asked={})
    return give_bonus(workplace, authority, request, _decide)


def _decide(member: MemberFigures, moment: Moment) -> Bonus:
    return check_in_bonus(member.bonuses, moment.on, moment.ruleset)
