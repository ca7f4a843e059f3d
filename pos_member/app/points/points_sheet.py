"""What a member may have for points, or is given: every choice with its price, and why not where it is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

from pos_member.app.clock_check import require_sound_clock
from pos_member.app.points.join_activity import bonus_of_activity
from pos_member.app.points.record_redemption import RedemptionCase, case_of
from pos_member.app.points.redeem_reward import stock_left
from pos_member.app.points.redeem_service import grant_service
from pos_member.app.ports import TerminalRecords
from pos_member.app.workplace import Workplace
from pos_member.domain import rewards
from pos_member.domain.benefits import check_benefit, uses_left
from pos_member.domain.bonuses import check_in_bonus
from pos_member.domain.donations import donate
from pos_member.domain.errors import Refusal, Sentence
from pos_member.domain.product import Category
from pos_member.domain.redemption import offline_left
from pos_member.domain.ruleset import Activity, Benefit, Reward, Service
from pos_member.domain.spending import available_points
from pos_member.domain.tier import Tier

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceChoice:
    """A service. ``free_by`` is the benefit that gives it for nothing now, with ``free_left`` uses (None: no limit)."""

    id: str
    name: str
    points: int
    free_by: str | None
    free_left: int | None
    why_not: Sentence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardChoice:
    """Goods for points, for members of ``from_tier`` on; ``stock`` pieces are left, None where none are counted."""

    id: str
    name: str
    points: int
    category: Category
    from_tier: Tier
    stock: int | None
    why_not: Sentence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftChoice:
    """A gift out of a ``category`` of goods. ``left`` uses, None where there is no limit."""

    id: str
    name: str
    category: Category
    left: int | None
    why_not: Sentence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DonationChoice:
    """Points go by whole steps, each worth ``step_fen``; ``most`` can be given now."""

    step: int
    step_fen: int
    most: int
    why_not: Sentence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BonusChoice:
    """Points that the member would be given now, less than usual where a limit leaves no more: a check-in, an activity.

    ``id`` and ``name`` are the activity's, empty for a check-in.
    """

    id: str
    name: str
    points: int
    why_not: Sentence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsSheet:
    """A member's points as of now, and all that may be had for them or is given.

    ``offline_left`` points may still be taken at this till today, ``as_of`` is when head office last vouched for what
    the figures rest on. ``stopped`` says why nothing at all can be recorded now: the clock is not to be believed.
    """

    member_id: str
    tier: Tier
    available: int
    worth_fen: int
    debt: int
    offline_left: int
    as_of: datetime | None
    stopped: Sentence | None
    services: tuple[ServiceChoice, ...]
    rewards: tuple[RewardChoice, ...]
    gifts: tuple[GiftChoice, ...]
    donation: DonationChoice
    check_in: BonusChoice
    activities: tuple[BonusChoice, ...]


def points_sheet(workplace: Workplace, member_id: str) -> PointsSheet:
    """The sheet of a member. ``Refusal``: ``member_frozen``, ``member_gone``."""
    with workplace.terminal.reading() as records:
        moment = workplace.moment(records)
        case = case_of(workplace, records, moment, member_id)
        ruleset, standing = moment.ruleset, case.member.standing
        available = available_points(standing, moment.on)
        return PointsSheet(
            member_id=member_id,
            tier=standing.tier,
            available=available,
            worth_fen=ruleset.deduction.worth_fen(available),
            debt=standing.debt,
            offline_left=offline_left(case.offline, ruleset),
            as_of=workplace.replica.freshness().as_of,
            stopped=_asked(partial(require_sound_clock, workplace, records, moment))[1],
            services=tuple(_service(service, case) for service in ruleset.services.values()),
            rewards=tuple(_reward(workplace, records, reward, case) for reward in ruleset.rewards.values()),
            gifts=tuple(_gifts(case)),
            donation=_donation(available, case),
            check_in=_check_in(case),
            activities=tuple(_activity(activity, case) for activity in ruleset.activities.values()),
        )


def _service(service: Service, case: RedemptionCase) -> ServiceChoice:
    granted, why_not = _asked(partial(grant_service, service, case))
    benefit_id = None if granted is None else granted.spending.benefit_id
    benefit = None if benefit_id is None else case.moment.ruleset.benefits[benefit_id]
    return ServiceChoice(
        id=service.id,
        name=service.name,
        points=service.points,
        free_by=None if benefit is None else benefit.name,
        free_left=_left(benefit, case),
        why_not=why_not,
    )


def _reward(workplace: Workplace, records: TerminalRecords, reward: Reward, case: RedemptionCase) -> RewardChoice:
    stock = stock_left(workplace, records, reward.id)
    moment, standing = case.moment, case.member.standing
    _, why_not = _asked(
        lambda: rewards.redeem_reward(reward, reward.category, stock, standing, moment.on, case.offline, moment.ruleset)
    )
    return RewardChoice(
        id=reward.id,
        name=reward.name,
        points=reward.points,
        category=reward.category,
        from_tier=reward.from_tier,
        stock=stock,
        why_not=why_not,
    )


def _gifts(case: RedemptionCase) -> Iterator[GiftChoice]:
    for benefit in case.moment.ruleset.benefits.values():
        if benefit.category is not None:
            check = partial(check_benefit, benefit, case.member.standing, case.member.benefit_uses, case.moment.on)
            yield GiftChoice(
                id=benefit.id,
                name=benefit.name,
                category=benefit.category,
                left=_left(benefit, case),
                why_not=_asked(check)[1],
            )


def _left(benefit: Benefit | None, case: RedemptionCase) -> int | None:
    return None if benefit is None else uses_left(benefit, case.member.benefit_uses, case.moment.on)


def _donation(available: int, case: RedemptionCase) -> DonationChoice:
    ruleset, standing = case.moment.ruleset, case.member.standing
    rule = ruleset.donation
    most = min(available, offline_left(case.offline, ruleset))
    _, why_not = _asked(partial(donate, rule.step, "公益捐赠", standing, case.moment.on, case.offline, ruleset))
    return DonationChoice(
        step=rule.step,
        step_fen=rule.step * rule.fen_per_100_points // 100,
        most=most - most % rule.step,
        why_not=why_not,
    )


def _check_in(case: RedemptionCase) -> BonusChoice:
    moment = case.moment
    bonus, why_not = _asked(partial(check_in_bonus, case.member.bonuses, moment.on, moment.ruleset))
    return BonusChoice(id="", name="", points=0 if bonus is None else bonus.points, why_not=why_not)


def _activity(activity: Activity, case: RedemptionCase) -> BonusChoice:
    _, why_not = _asked(partial(bonus_of_activity, activity, case.member, case.moment))
    return BonusChoice(id=activity.id, name=activity.name, points=activity.points, why_not=why_not)


def _asked(ask: Callable[[], T]) -> tuple[T | None, Sentence | None]:
    """What the rules answer, or why they say no."""
    try:
        return ask(), None
    except Refusal as refusal:
        return None, refusal.sentence
