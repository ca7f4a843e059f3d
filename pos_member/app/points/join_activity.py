"""Records that a member took part in an activity (活动), once a member and activity."""

from __future__ import annotations

from functools import partial

from pos_member.app.members.member_figures import MemberFigures
from pos_member.app.people.authorise import Approval, authorise
from pos_member.app.points.record_bonus import BonusGiven, BonusRequest, give_bonus
from pos_member.app.workplace import Moment, Workplace
from pos_member.domain.bonuses import Bonus, BonusKind, activity_bonus
from pos_member.domain.errors import Refusal
from pos_member.domain.rights import Right
from pos_member.domain.ruleset import Activity
from pos_member.domain.staff import Staff


def join_activity(
    workplace: Workplace,
    person: Staff,
    grant_id: str,
    member_id: str,
    activity_id: str,
    approval: Approval | None = None,
) -> BonusGiven:
    """Posts the points of an activity.

    ``Refusal``: ``right_missing``, ``activity_unknown``, those of :func:`bonus_of_activity` and of
    :func:`pos_member.app.points.record_bonus.give_bonus`.
    """
    authority = authorise(workplace, person, Right.GIVE_BONUS, approval)
    request = BonusRequest(
        grant_id=grant_id, member_id=member_id, kind=BonusKind.ACTIVITY, asked={"source": activity_id}
    )
    return give_bonus(workplace, authority, request, partial(_decide, activity_id))


def bonus_of_activity(activity: Activity, member: MemberFigures, moment: Moment) -> Bonus:
    """What an activity gives a member now.

    ``Refusal``: ``activity_not_on`` outside its days, ``activity_points``, ``activity_given``, ``bonus_not_offered``.
    """
    if activity.first is not None and moment.on < activity.first:
        template = "活动「{name}」{first} 才开始；请届时再记"
        raise Refusal("activity_not_on", template, name=activity.name, first=activity.first.isoformat())
    if activity.last is not None and moment.on > activity.last:
        template = "活动「{name}」已于 {last} 结束，不能再记；请选别的活动"
        raise Refusal("activity_not_on", template, name=activity.name, last=activity.last.isoformat())
    return activity_bonus(member.bonuses, activity.id, activity.points, moment.ruleset)


def _decide(activity_id: str, member: MemberFigures, moment: Moment) -> Bonus:
    activity = moment.ruleset.activities.get(activity_id)
    if activity is None:
        template = "现行会员规则里没有活动 {activity}，可能已撤下；请从列表里重选"
        raise Refusal("activity_unknown", template, activity=activity_id)
    return bonus_of_activity(activity, member, moment)
