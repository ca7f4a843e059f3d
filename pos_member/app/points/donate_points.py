"""Gives a member's points to charity (公益捐赠), with a certificate."""

from __future__ import annotations

from functools import partial
from typing import Final

from pos_member.app.members.identify import normalise
from pos_member.app.people.authorise import Approval
from pos_member.app.points.record_redemption import Granted, Redeemed, RedemptionCase, RedemptionRequest, redeem
from pos_member.app.ports import TerminalRecords
from pos_member.app.workplace import Workplace
from pos_member.domain.donations import donate
from pos_member.domain.errors import Refusal
from pos_member.domain.redeeming import RedemptionKind
from pos_member.domain.staff import Staff

_LONGEST_CAUSE: Final = 40


def donate_points(
    workplace: Workplace,
    person: Staff,
    redemption_id: str,
    member_id: str,
    points: int,
    cause: str,
    approval: Approval | None = None,
) -> Redeemed:
    """Records that points go to a ``cause``, in its own words, and prints the certificate.

    ``Refusal``: ``donation_cause``, those of :func:`pos_member.domain.donations.donate` and of
    :func:`pos_member.app.points.record_redemption.redeem`.
    """
    named = _cause(cause)
    request = RedemptionRequest(
        redemption_id=redemption_id,
        member_id=member_id,
        kind=RedemptionKind.DONATION,
        asked={"about": named, "points": points},
    )
    return redeem(workplace, person, request, approval, partial(_decide, points, named))


def _cause(text: str) -> str:
    cause = normalise(text)
    if not cause or len(cause) > _LONGEST_CAUSE or not cause.isprintable():
        template = "请填写捐给哪个公益项目，1 至 {most} 个字"
        raise Refusal("donation_cause", template, most=_LONGEST_CAUSE)
    return cause


def _decide(points: int, cause: str, _records: TerminalRecords, case: RedemptionCase) -> Granted:
    moment = case.moment
    given = donate(points, cause, case.member.standing, moment.on, case.offline, moment.ruleset)
    return Granted(about=cause, name=cause, spending=given.spending, worth_fen=given.worth_fen)
