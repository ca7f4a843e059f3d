"""Redeems a service (积分换服务): the free quota first, points after."""

from __future__ import annotations

from functools import partial

from pos_member.app.people.authorise import Approval
from pos_member.app.points.record_redemption import Granted, Redeemed, RedemptionCase, RedemptionRequest, redeem
from pos_member.app.ports import TerminalRecords
from pos_member.app.workplace import Workplace
from pos_member.domain import services
from pos_member.domain.errors import Refusal
from pos_member.domain.redeeming import RedemptionKind
from pos_member.domain.ruleset import Service
from pos_member.domain.staff import Staff


def redeem_service(
    workplace: Workplace,
    person: Staff,
    redemption_id: str,
    member_id: str,
    service_id: str,
    approval: Approval | None = None,
) -> Redeemed:
    """Records a service for a member and prints its slip.

    ``Refusal``: ``service_unknown``, those of :func:`pos_member.domain.services.redeem_service` and of
    :func:`pos_member.app.points.record_redemption.redeem`.
    """
    request = RedemptionRequest(
        redemption_id=redemption_id, member_id=member_id, kind=RedemptionKind.SERVICE, asked={"about": service_id}
    )
    return redeem(workplace, person, request, approval, partial(_decide, service_id))


def grant_service(service: Service, case: RedemptionCase) -> Granted:
    """A service as the rules give it now."""
    standing, moment = case.member.standing, case.moment
    done = services.redeem_service(service, standing, case.member.benefit_uses, moment.on, case.offline, moment.ruleset)
    return Granted(about=service.id, name=service.name, spending=done.spending, said=done.said)


def _decide(service_id: str, _records: TerminalRecords, case: RedemptionCase) -> Granted:
    service = case.moment.ruleset.services.get(service_id)
    if service is None:
        template = "现行会员规则里没有服务 {service}，可能已撤下；请从列表里重选"
        raise Refusal("service_unknown", template, service=service_id)
    return grant_service(service, case)
