"""The ruleset (规则集): every number of the programme, published and versioned by head office (docs/programme)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from pos_member.domain.product import Category
from pos_member.domain.tier import Tier
from pos_member.domain.toml_section import RulesetError, Section

_LEGAL_NEVER_FREE: Final = frozenset({Category.RX, Category.OTC_A})
_LEGAL_EPHEDRINE_LIMIT: Final = 2
_MOST: Final = 1_000_000_000


class Requires(StrEnum):
    """Whether one condition of a tier is enough, or every one has to hold."""

    ANY = "any"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class TierRule:
    """A tier: what earns it, and what it gives. A condition that is None is not asked for; basic has none.

    ``discount`` is the rate that is paid (0.85 = 8.5折), ``multiplier`` that of the points earned.
    """

    tier: Tier
    requires: Requires
    spend_fen: int | None
    visits: int | None
    recency_days: int | None
    discount: Fraction
    multiplier: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class TierWindow:
    """Over how many days spend and visits count, and from how many fen a sale makes its day a visit."""

    days: int
    visit_min_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRule:
    """What a category earns for each yuan, and whether the tier discount and first purchase apply to it."""

    points_per_yuan: Fraction
    tier_discount: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeductionRule:
    """Paying with points: their worth, the steps in points, the share of the payable, and for which categories."""

    fen_per_100_points: int
    step: int
    minimum: int
    max_share: Fraction
    categories: frozenset[Category]

    def worth_fen(self, points: int) -> int:
        """What a whole number of steps is worth, in fen."""
        return points * self.fen_per_100_points // 100


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineRule:
    """What a till may take of a member's points in a day without asking, and how old its replica may be for that."""

    points_per_member_day: int
    replica_max_age_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccrualRule:
    """What a sale earns beyond the category and the tier. ``member_day`` is a day of the month."""

    birthday_multiplier: Fraction
    birthday_multiplier_tiers: frozenset[Tier]
    member_day: int
    member_day_rate: Fraction
    member_day_from_tier: Tier
    birthday_points: int
    upgrade_points: int
    upgrade_window_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRule:
    """How long points last, and how early a member is told."""

    expiry_months: int
    expiring_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligations:
    """Duties at the counter: ``ephedrine_limit`` in minimum packs a sale, ``never_free`` is never given away."""

    otc_a_needs_pharmacist: bool
    ephedrine_limit: int
    never_free: frozenset[Category]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruleset:
    """One version of the programme, in force from a business date on, at ``stores`` (none named: everywhere)."""

    version: str
    effective_from: date
    stores: tuple[str, ...]
    tiers: Mapping[Tier, TierRule]
    tier_window: TierWindow
    categories: Mapping[Category, CategoryRule]
    first_purchase_rate: Fraction
    deduction: DeductionRule
    offline: OfflineRule
    accrual: AccrualRule
    ledger: LedgerRule
    obligations: Obligations


def parse_ruleset(text: str) -> Ruleset:
    """The ruleset of a TOML document. :class:`RulesetError` names the key, its value and what is allowed."""
    try:
        root = Section("", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise RulesetError("TOML", str(error), "应为格式正确的 TOML 文档") from error
    ruleset = Ruleset(
        version=root.text("version"),
        effective_from=root.day("effective_from"),
        stores=root.texts("stores"),
        tiers=_tiers(root.section("tiers")),
        tier_window=_tier_window(root.section("tier_window")),
        categories=_categories(root.section("categories")),
        first_purchase_rate=_first_purchase(root.section("first_purchase")),
        deduction=_deduction(root.section("deduction")),
        offline=_offline(root.section("offline")),
        accrual=_accrual(root.section("accrual")),
        ledger=_ledger(root.section("ledger")),
        obligations=_obligations(root.section("obligations")),
    )
    root.finish()
    _refuse_giving_away(ruleset)
    return ruleset


def _tiers(section: Section) -> Mapping[Tier, TierRule]:
    rules = {tier: _tier(section.section(tier.value), tier) for tier in Tier}
    section.finish()
    return rules


def _tier(section: Section, tier: Tier) -> TierRule:
    base = tier is Tier.BASIC
    rule = TierRule(
        tier=tier,
        requires=Requires.ALL if base else section.word("requires", Requires),
        spend_fen=None if base else section.whole_or_none("spend_fen", 1, _MOST),
        visits=None if base else section.whole_or_none("visits", 1, 366),
        recency_days=None if base else section.whole_or_none("recency_days", 0, 366),
        discount=section.rate("discount", "0", "1", open_low=True),
        multiplier=section.rate("multiplier", "1", "100"),
    )
    if not base and rule.spend_fen is None and rule.visits is None and rule.recency_days is None:
        raise RulesetError(
            section.key("spend_fen"), "（缺）", "升级条件至少要有 spend_fen、visits、recency_days 中的一项"
        )
    section.finish()
    return rule


def _tier_window(section: Section) -> TierWindow:
    rule = TierWindow(days=section.whole("days", 1, 366), visit_min_fen=section.whole("visit_min_fen", 1, _MOST))
    section.finish()
    return rule


def _categories(section: Section) -> Mapping[Category, CategoryRule]:
    rules = {category: _category(section.section(category.value)) for category in Category}
    section.finish()
    return rules


def _category(section: Section) -> CategoryRule:
    rule = CategoryRule(
        points_per_yuan=section.rate("points_per_yuan", "0", "1000"), tier_discount=section.flag("tier_discount")
    )
    section.finish()
    return rule


def _first_purchase(section: Section) -> Fraction:
    rate = section.rate("rate", "0", "1", open_low=True)
    section.finish()
    return rate


def _deduction(section: Section) -> DeductionRule:
    rule = DeductionRule(
        fen_per_100_points=section.whole("fen_per_100_points", 1, 10_000),
        step=section.whole("step", 1, 1_000_000),
        minimum=section.whole("minimum", 1, 1_000_000),
        max_share=section.rate("max_share", "0", "1"),
        categories=section.words("categories", Category),
    )
    if rule.step * rule.fen_per_100_points % 100:
        raise RulesetError(section.key("step"), rule.step, "一档积分应折合整分钱")
    if rule.minimum % rule.step:
        raise RulesetError(section.key("minimum"), rule.minimum, f"应为 {rule.step} 的倍数")
    section.finish()
    return rule


def _offline(section: Section) -> OfflineRule:
    rule = OfflineRule(
        points_per_member_day=section.whole("points_per_member_day", 0, _MOST),
        replica_max_age_days=section.whole("replica_max_age_days", 0, 366),
    )
    section.finish()
    return rule


def _accrual(section: Section) -> AccrualRule:
    rule = AccrualRule(
        birthday_multiplier=section.rate("birthday_multiplier", "1", "100"),
        birthday_multiplier_tiers=section.words("birthday_multiplier_tiers", Tier),
        member_day=section.whole("member_day", 1, 31),
        member_day_rate=section.rate("member_day_rate", "1", "100"),
        member_day_from_tier=section.word("member_day_from_tier", Tier),
        birthday_points=section.whole("birthday_points", 0, 1_000_000),
        upgrade_points=section.whole("upgrade_points", 0, 1_000_000),
        upgrade_window_days=section.whole("upgrade_window_days", 1, 366),
    )
    section.finish()
    return rule


def _ledger(section: Section) -> LedgerRule:
    rule = LedgerRule(
        expiry_months=section.whole("expiry_months", 1, 1200),
        expiring_days=section.whole("expiring_days", 0, 366),
    )
    section.finish()
    return rule


def _obligations(section: Section) -> Obligations:
    rule = Obligations(
        otc_a_needs_pharmacist=section.flag("otc_a_needs_pharmacist"),
        ephedrine_limit=section.whole("ephedrine_limit", 0, _MOST),
        never_free=section.words("never_free", Category),
    )
    if rule.ephedrine_limit > _LEGAL_EPHEDRINE_LIMIT:
        allowed = f"法定一次不超过 {_LEGAL_EPHEDRINE_LIMIT} 个最小包装，只可更严"
        raise RulesetError(section.key("ephedrine_limit"), rule.ephedrine_limit, allowed)
    if not rule.never_free >= _LEGAL_NEVER_FREE:
        listed = sorted(rule.never_free)
        raise RulesetError(
            section.key("never_free"), listed, "处方药（rx）和甲类非处方药（otc_a）依法不得赠送，必须列入"
        )
    section.finish()
    return rule


def _refuse_giving_away(ruleset: Ruleset) -> None:
    """Points that may pay for all of a sale would give away what is never free (docs/programme §1)."""
    rule = ruleset.deduction
    if rule.max_share == 1 and rule.categories & ruleset.obligations.never_free:
        allowed = "处方药和甲类非处方药依法不得赠送，积分可抵这些类别时应小于 1"
        raise RulesetError("deduction.max_share", rule.max_share, allowed)
