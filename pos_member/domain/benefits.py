"""What a tier gives for nothing (会员权益): free services and gifts, and how often (docs/programme §7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pos_member.domain.accrual import is_birthday_month
from pos_member.domain.calendar_days import month_end, plus_days
from pos_member.domain.errors import Refusal
from pos_member.domain.labels import category_label, tier_label
from pos_member.domain.product import Category
from pos_member.domain.quote import MemberStanding
from pos_member.domain.ruleset import Benefit, Period, Ruleset


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitUse:
    """A free benefit that a member had on a business date. One that was voided counts no more."""

    benefit_id: str
    on: date
    voided: bool = False


def period_of(period: Period, on: date) -> tuple[date, date]:
    """The first and the last day of the calendar month or year that a date is in."""
    if period is Period.YEAR:
        return on.replace(month=1, day=1), on.replace(month=12, day=31)
    return on.replace(day=1), month_end(on)


def uses_left(benefit: Benefit, uses: Iterable[BenefitUse], on: date) -> int | None:
    """How often the benefit can still be had in the period of a date; None: as often as asked for."""
    if benefit.times == 0:
        return None
    first, last = period_of(benefit.period, on)
    had = sum(use.benefit_id == benefit.id and not use.voided and first <= use.on <= last for use in uses)
    return max(0, benefit.times - had)


def check_benefit(benefit: Benefit, member: MemberStanding, uses: Sequence[BenefitUse], on: date) -> None:
    """Refuses a benefit that the member does not have now.

    ``Refusal``: ``benefit_tier``, ``benefit_birthday_month``, ``benefit_quota``, in this order.
    """
    if member.tier.rank < benefit.from_tier.rank:
        template = "「{benefit}」从{tier}起享有，该会员是{held}；请换别的权益"
        tier, held = tier_label(benefit.from_tier), tier_label(member.tier)
        raise Refusal("benefit_tier", template, benefit=benefit.name, tier=tier, held=held)
    if benefit.birthday_month:
        _check_birthday_month(benefit.name, member.birthday, on)
    if uses_left(benefit, uses, on) == 0:
        template = "「{benefit}」的 {times} 次已用完；{again} 起可再享"
        again = again_from(benefit, on)
        raise Refusal("benefit_quota", template, benefit=benefit.name, times=benefit.times, again=again)


def free_benefit(
    service_id: str, member: MemberStanding, uses: Sequence[BenefitUse], on: date, ruleset: Ruleset
) -> Benefit | None:
    """The benefit that gives the member a service for nothing now; None when points have to.

    Of several, one without a quota comes first, then the one whose period ends first, then the lower id.
    """
    given = [each for each in benefits_with(service_id, member, on, ruleset) if uses_left(each, uses, on) != 0]
    return min(given, key=lambda each: (each.times > 0, period_of(each.period, on)[1], each.id), default=None)


def benefits_with(service_id: str, member: MemberStanding, on: date, ruleset: Ruleset) -> tuple[Benefit, ...]:
    """The benefits that cover a service and are the member's by tier and month, used up or not."""
    return tuple(
        benefit
        for benefit in ruleset.benefits.values()
        if service_id in benefit.services
        and member.tier.rank >= benefit.from_tier.rank
        and (not benefit.birthday_month or is_birthday_month(member.birthday, on))
    )


def check_gift(
    benefit: Benefit, category: Category, member: MemberStanding, uses: Sequence[BenefitUse], on: date, ruleset: Ruleset
) -> None:
    """Refuses goods of a category as the gift that a benefit is.

    ``Refusal``: ``gift_never_free``, ``gift_category``, then those of :func:`check_benefit`.
    """
    if category in ruleset.obligations.never_free:
        template = "{category}依法不得赠送，不能用作「{benefit}」；请换别的商品"
        raise Refusal("gift_never_free", template, category=category_label(category), benefit=benefit.name)
    if category is not benefit.category:
        template = "「{benefit}」不含{category}；请换合适的商品"
        raise Refusal("gift_category", template, category=category_label(category), benefit=benefit.name)
    check_benefit(benefit, member, uses, on)


def again_from(benefit: Benefit, on: date) -> str:
    """From when on, as YYYY-MM-DD, one whose uses are spent on a date has new ones."""
    if benefit.birthday_month:
        return date(on.year + 1, on.month, 1).isoformat()
    return plus_days(period_of(benefit.period, on)[1], 1).isoformat()


def _check_birthday_month(name: str, birthday: date | None, on: date) -> None:
    if birthday is None:
        template = "「{benefit}」只在生日当月，该会员没有登记生日；请先登记生日"
        raise Refusal("benefit_birthday_month", template, benefit=name)
    if not is_birthday_month(birthday, on):
        template = "「{benefit}」只在生日当月，该会员的生日在 {month} 月；请届时再来"
        raise Refusal("benefit_birthday_month", template, benefit=name, month=birthday.month)
