"""Services for points (积分换服务): the free quota first, points after (docs/programme §7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pos_member.domain.benefits import BenefitUse, again_from, benefits_with, free_benefit, uses_left
from pos_member.domain.errors import Refusal, Sentence
from pos_member.domain.quote import MemberStanding, OfflineLimit
from pos_member.domain.ruleset import Benefit, Ruleset, Service
from pos_member.domain.spending import Spending, available_points, check_tier, take


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRedemption:
    """A service for a member: what it takes, and the sentence that says whether a free quota or points paid."""

    spending: Spending
    said: Sentence


def redeem_service(
    service: Service,
    member: MemberStanding,
    uses: Sequence[BenefitUse],
    on: date,
    offline: OfflineLimit | None,
    ruleset: Ruleset,
) -> ServiceRedemption:
    """A service on a business date; ``uses`` are the free benefits that the member had, ``offline`` None is no limit.

    ``Refusal``: ``redeem_tier``, ``redeem_balance`` (it names the quota that is used up), ``redeem_offline_limit``.
    """
    check_tier(service.name, service.from_tier, member.tier)
    benefit = free_benefit(service.id, member, uses, on, ruleset)
    if benefit is not None:
        spending = Spending(on_what=service.id, on=on, points=0, lots=(), benefit_id=benefit.id)
        return ServiceRedemption(spending=spending, said=_free(service, benefit, uses_left(benefit, uses, on)))
    used_up = next(iter(benefits_with(service.id, member, on, ruleset)), None)
    available = available_points(member, on)
    if used_up is not None and service.points > available:
        template = "免费权益「{benefit}」已用完，{again} 起可再享；{name}要 {points} 分，可用积分只有 {available} 分"
        raise Refusal(
            "redeem_balance",
            template,
            benefit=used_up.name,
            again=again_from(used_up, on),
            name=service.name,
            points=service.points,
            available=available,
        )
    lots = take(service.points, service.name, member, on, offline, ruleset)
    spending = Spending(on_what=service.id, on=on, points=service.points, lots=lots)
    return ServiceRedemption(spending=spending, said=_paid(service, used_up))


def _free(service: Service, benefit: Benefit, left: int | None) -> Sentence:
    if left is None:
        template = "{name}用免费权益「{benefit}」，不扣积分"
        return Sentence(template=template, gaps={"name": service.name, "benefit": benefit.name})
    template = "{name}用免费权益「{benefit}」，不扣积分，用后还剩 {left} 次"
    return Sentence(template=template, gaps={"name": service.name, "benefit": benefit.name, "left": left - 1})


def _paid(service: Service, used_up: Benefit | None) -> Sentence:
    gaps: dict[str, object] = {"name": service.name, "points": service.points}
    if used_up is None:
        template = "{name}扣 {points} 分"
        return Sentence(template=template, gaps=gaps)
    template = "免费权益「{benefit}」已用完，{name}扣 {points} 分"
    return Sentence(template=template, gaps={**gaps, "benefit": used_up.name})
