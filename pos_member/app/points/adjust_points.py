"""Adds points to a member, or takes some, by hand (调整积分): a store manager's alone, with a reason, audited."""

from __future__ import annotations

from functools import partial
from typing import Final

from pos_member.app.members.member_figures import MemberFigures
from pos_member.app.people.authorise import Approval, authorise
from pos_member.app.points.record_bonus import BonusGiven, BonusRequest, give_bonus
from pos_member.app.workplace import Moment, Workplace
from pos_member.app.written import written
from pos_member.domain.bonuses import Bonus, BonusKind, adjustment
from pos_member.domain.errors import Refusal
from pos_member.domain.rights import Right
from pos_member.domain.staff import Staff

_MOST: Final = 999_999_999
"""Points; more is a slip of the finger, and long sums of such would not fit a ledger's column."""


def adjust_points(
    workplace: Workplace,
    person: Staff,
    grant_id: str,
    member_id: str,
    points: int,
    reason: str,
    approval: Approval | None = None,
) -> BonusGiven:
    """Posts ``points``, taken where below 0; what is taken beyond what the member has becomes debt.

    ``Refusal``: ``right_missing``, ``adjustment_zero``, ``adjustment_reason``, ``adjustment_most``,
    ``text_too_long``, and those of :func:`pos_member.app.points.record_bonus.give_bonus`.
    """
    authority = authorise(workplace, person, Right.ADJUST_POINTS, approval)
    why = written(reason)
    request = BonusRequest(
        grant_id=grant_id,
        member_id=member_id,
        kind=BonusKind.ADJUSTMENT,
        asked={"points": points, "reason": why},
        reason=why,
    )
    return give_bonus(workplace, authority, request, partial(_decide, points, why, authority.approved_by or person))


def _decide(points: int, reason: str, by: Staff, _member: MemberFigures, _moment: Moment) -> Bonus:
    if abs(points) > _MOST:
        template = "一次至多调整 {most} 分，输入的是 {points} 分；请核对后重填"
        raise Refusal("adjustment_most", template, most=_MOST, points=points)
    return adjustment(points, reason, by)
