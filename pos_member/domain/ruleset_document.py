"""Reading a ruleset document: every value is there, of its type and in its range, and nothing else is."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import Final

from pos_member.domain.product import Category
from pos_member.domain.rights import Right
from pos_member.domain.ruleset import (
    AccrualRule,
    Activity,
    Benefit,
    BonusRule,
    CategoryRule,
    DeductionRule,
    DonationRule,
    LedgerRule,
    LifecycleRule,
    MeasureTargets,
    Obligations,
    OfflineRule,
    PeopleRule,
    Period,
    PromptRule,
    Requires,
    ReturnRule,
    Reward,
    Ruleset,
    Service,
    StackingRule,
    TenderRule,
    TierRule,
    TierWindow,
)
from pos_member.domain.ruleset_checks import check_ruleset
from pos_member.domain.staff import Role
from pos_member.domain.tier import Tier
from pos_member.domain.toml_document import open_document
from pos_member.domain.toml_section import Section

_MOST_FEN: Final = 1_000_000_000
_MOST_POINTS: Final = 1_000_000
_MOST_DAYS: Final = 366


def parse_ruleset(document: str | bytes) -> Ruleset:
    """The ruleset of a TOML document, given as text or as the bytes of a file (UTF-8).

    ``RulesetError`` names the key, its value and what is allowed: for what is missing, unknown, of another type or out
    of range, then for what contradicts another value or loosens what the law fixes.
    """
    root = open_document(document)
    ruleset = Ruleset(
        version=root.text("version"),
        effective_from=root.day("effective_from"),
        stores=root.texts("stores"),
        tiers=root.read("tiers", _tiers),
        tier_window=root.read("tier_window", _tier_window),
        categories=root.read("categories", _categories),
        first_purchase_rate=root.read("first_purchase", _first_purchase),
        stacking=root.read("stacking", _stacking),
        deduction=root.read("deduction", _deduction),
        tenders=root.read("tenders", _tenders),
        offline=root.read("offline", _offline),
        accrual=root.read("accrual", _accrual),
        bonuses=root.read("bonuses", _bonuses),
        ledger=root.read("ledger", _ledger),
        returns=root.read("returns", _returns),
        services=root.read("services", lambda section: section.read_each(_service)),
        rewards=root.read("rewards", lambda section: section.read_each(_reward)),
        benefits=root.read("benefits", lambda section: section.read_each(_benefit)),
        donation=root.read("donation", _donation),
        lifecycle=root.read("lifecycle", _lifecycle),
        prompts=root.read("prompts", _prompts),
        measures=root.read("measures", _measures),
        obligations=root.read("obligations", _obligations),
        activities=root.read("activities", lambda section: section.read_each(_activity)),
        people=root.read("people", _people),
        rights=root.read("rights", _rights),
    )
    root.finish()
    check_ruleset(ruleset, root)
    return ruleset


def _tiers(section: Section) -> dict[Tier, TierRule]:
    return {tier: section.read(tier.value, partial(_tier, tier)) for tier in Tier}


def _tier(tier: Tier, section: Section) -> TierRule:
    base = tier is Tier.BASIC
    return TierRule(
        tier=tier,
        requires=Requires.ALL if base else section.word("requires", Requires),
        spend_fen=None if base else section.whole_or_none("spend_fen", 1, _MOST_FEN),
        visits=None if base else section.whole_or_none("visits", 1, _MOST_DAYS),
        recency_days=None if base else section.whole_or_none("recency_days", 0, _MOST_DAYS),
        discount=section.rate("discount", "0", "1", open_low=True),
        multiplier=section.rate("multiplier", "1", "100"),
    )


def _tier_window(section: Section) -> TierWindow:
    return TierWindow(
        days=section.whole("days", 1, _MOST_DAYS),
        visit_min_fen=section.whole("visit_min_fen", 1, _MOST_FEN),
        review_day=section.whole("review_day", 1, 28),
        review_recency_days=section.whole("review_recency_days", 0, _MOST_DAYS),
    )


def _categories(section: Section) -> dict[Category, CategoryRule]:
    return {category: section.read(category.value, _category) for category in Category}


def _category(section: Section) -> CategoryRule:
    return CategoryRule(
        points_per_yuan=section.rate("points_per_yuan", "0", "1000"),
        tier_discount=section.flag("tier_discount"),
        only_named_offers=section.flag("only_named_offers"),
    )


def _first_purchase(section: Section) -> Fraction:
    return section.rate("rate", "0", "1", open_low=True)


def _stacking(section: Section) -> StackingRule:
    return StackingRule(
        coupon_with_spend_reduce=section.flag("coupon_with_spend_reduce"),
        points_with_reductions=section.flag("points_with_reductions"),
    )


def _deduction(section: Section) -> DeductionRule:
    return DeductionRule(
        fen_per_100_points=section.whole("fen_per_100_points", 1, 10_000),
        step=section.whole("step", 1, _MOST_POINTS),
        minimum=section.whole("minimum", 1, _MOST_POINTS),
        max_share=section.rate("max_share", "0", "1"),
        categories=section.words("categories", Category),
    )


def _tenders(section: Section) -> TenderRule:
    return TenderRule(cash_rounding_fen=section.whole("cash_rounding_fen", 1, 100))


def _offline(section: Section) -> OfflineRule:
    return OfflineRule(
        points_per_member_day=section.whole("points_per_member_day", 0, _MOST_FEN),
        replica_max_age_days=section.whole("replica_max_age_days", 0, _MOST_DAYS),
    )


def _accrual(section: Section) -> AccrualRule:
    return AccrualRule(
        birthday_multiplier=section.rate("birthday_multiplier", "1", "100"),
        birthday_multiplier_tiers=section.words("birthday_multiplier_tiers", Tier),
        member_day=section.whole("member_day", 1, 31),
        member_day_rate=section.rate("member_day_rate", "1", "100"),
        member_day_from_tier=section.word("member_day_from_tier", Tier),
        birthday_points=section.whole("birthday_points", 0, _MOST_POINTS),
        upgrade_points=section.whole("upgrade_points", 0, _MOST_POINTS),
        upgrade_window_days=section.whole("upgrade_window_days", 1, _MOST_DAYS),
    )


def _bonuses(section: Section) -> BonusRule:
    return BonusRule(
        registration_points=section.whole("registration_points", 0, _MOST_POINTS),
        check_in_points=section.whole("check_in_points", 0, _MOST_POINTS),
        check_in_month_limit=section.whole("check_in_month_limit", 0, _MOST_POINTS),
        review_points=section.whole("review_points", 0, _MOST_POINTS),
        review_month_limit=section.whole("review_month_limit", 0, _MOST_POINTS),
        referral_points=section.whole("referral_points", 0, _MOST_POINTS),
        referral_spend_fen=section.whole("referral_spend_fen", 1, _MOST_FEN),
        activity_points_least=section.whole("activity_points_least", 1, _MOST_POINTS),
        activity_points_most=section.whole("activity_points_most", 1, _MOST_POINTS),
        festival_points=section.whole("festival_points", 0, _MOST_POINTS),
    )


def _ledger(section: Section) -> LedgerRule:
    return LedgerRule(
        expiry_months=section.whole("expiry_months", 1, 1200),
        expiring_days=section.whole("expiring_days", 0, _MOST_DAYS),
    )


def _returns(section: Section) -> ReturnRule:
    return ReturnRule(
        days=section.whole("days", 1, _MOST_DAYS),
        giveback_days=section.whole("giveback_days", 0, _MOST_DAYS),
        quality_only=section.words("quality_only", Category),
    )


def _service(service_id: str, section: Section) -> Service:
    return Service(
        id=service_id,
        name=section.text("name"),
        points=section.whole("points", 1, _MOST_POINTS),
        from_tier=section.word("from_tier", Tier),
    )


def _reward(reward_id: str, section: Section) -> Reward:
    return Reward(
        id=reward_id,
        name=section.text("name"),
        points=section.whole("points", 1, _MOST_POINTS),
        category=section.word("category", Category),
        from_tier=section.word("from_tier", Tier),
    )


def _benefit(benefit_id: str, section: Section) -> Benefit:
    return Benefit(
        id=benefit_id,
        name=section.text("name"),
        from_tier=section.word("from_tier", Tier),
        times=section.whole("times", 0, _MOST_DAYS),
        period=section.word("period", Period),
        services=section.texts("services"),
        category=section.word_or_none("category", Category),
        birthday_month=section.flag("birthday_month"),
    )


def _donation(section: Section) -> DonationRule:
    return DonationRule(
        fen_per_100_points=section.whole("fen_per_100_points", 1, 10_000),
        step=section.whole("step", 1, _MOST_POINTS),
    )


def _lifecycle(section: Section) -> LifecycleRule:
    return LifecycleRule(
        dormant_days=section.whole("dormant_days", 1, 3660),
        lost_days=section.whole("lost_days", 1, 3660),
        mature_from_tier=section.word("mature_from_tier", Tier),
        acquisition_purchases=section.whole("acquisition_purchases", 0, 100),
    )


def _prompts(section: Section) -> PromptRule:
    return PromptRule(
        most=section.whole("most", 0, 10),
        dormant_threshold_fen=section.whole("dormant_threshold_fen", 1, _MOST_FEN),
        dormant_off_fen=section.whole("dormant_off_fen", 1, _MOST_FEN),
    )


def _measures(section: Section) -> MeasureTargets:
    return MeasureTargets(
        member_growth=section.rate("member_growth", "0", "10"),
        activity=section.rate("activity", "0", "1"),
        activity_days=section.whole("activity_days", 1, _MOST_DAYS),
        redemption=section.rate("redemption", "0", "10"),
        ticket_uplift=section.rate("ticket_uplift", "0", "10"),
        contribution=section.rate("contribution", "0", "1"),
        churn=section.rate("churn", "0", "1"),
        enrolments_per_appraisal_point=section.whole("enrolments_per_appraisal_point", 1, 10_000),
    )


def _obligations(section: Section) -> Obligations:
    return Obligations(
        otc_a_needs_pharmacist=section.flag("otc_a_needs_pharmacist"),
        ephedrine_limit=section.whole("ephedrine_limit", 0, 100),
        prescription=section.words("prescription", Category),
        never_free=section.words("never_free", Category),
    )


def _activity(activity_id: str, section: Section) -> Activity:
    return Activity(
        id=activity_id,
        name=section.text("name"),
        points=section.whole("points", 1, _MOST_POINTS),
        first=section.day_or_none("first"),
        last=section.day_or_none("last"),
    )


def _people(section: Section) -> PeopleRule:
    return PeopleRule(
        lock_after_seconds=section.whole("lock_after_seconds", 10, 86_400),
        pin_tries=section.whole("pin_tries", 1, 20),
        pin_lock_seconds=section.whole("pin_lock_seconds", 1, 86_400),
    )


def _rights(section: Section) -> dict[Right, frozenset[Role]]:
    return {right: section.words(right.value, Role) for right in Right}
