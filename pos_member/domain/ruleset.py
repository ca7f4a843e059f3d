"""The ruleset (规则集): every number of the programme, published and versioned by head office (docs/programme).

Rules are told apart by their version, not compared value by value: they do without the generated ``__eq__`` and
``__repr__``, which would double the time it takes to load them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from pos_member.domain.product import Category
from pos_member.domain.rights import Right
from pos_member.domain.staff import Role
from pos_member.domain.tier import Tier


class Requires(StrEnum):
    """Whether one condition of a tier is enough, or every one has to hold."""

    ANY = "any"
    ALL = "all"


class Period(StrEnum):
    """How often a quota begins anew: with each calendar month, or each calendar year."""

    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class TierRule:
    """A tier: what earns it, and what it gives (docs/programme §2). A condition that is None is not asked for.

    ``spend_fen`` and ``visits`` count over the window, ``recency_days`` is the most that may have passed since the last
    purchase; basic has no condition. ``discount`` is the rate that is paid (0.85 = 8.5折), ``multiplier`` that of the
    points earned.
    """

    tier: Tier
    requires: Requires
    spend_fen: int | None
    visits: int | None
    recency_days: int | None
    discount: Fraction
    multiplier: Fraction


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class TierWindow:
    """Over how many days spend and visits count, and from how many fen a day is a visit (docs/programme §2).

    Head office reviews the tiers on ``review_day`` of the month; the review alone takes ``review_recency_days`` for
    the recency that a tier asks for.
    """

    days: int
    visit_min_fen: int
    review_day: int
    review_recency_days: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class CategoryRule:
    """What goods of a category earn for each yuan, and what takes something off them (docs/programme §1).

    ``tier_discount``: the tier's discount and the first purchase. ``only_named_offers``: an offer or order reduction
    only where its scope names the SKU or the category.
    """

    points_per_yuan: Fraction
    tier_discount: bool
    only_named_offers: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class StackingRule:
    """What one sale may combine (docs/programme §3): a coupon with a spend_reduce, points with either of them.

    Line offers never stack, whatever the ruleset.
    """

    coupon_with_spend_reduce: bool
    points_with_reductions: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class DeductionRule:
    """Paying with points (docs/programme §3): their worth, the steps and the least in points.

    ``max_share`` of the payable is the most they may pay, on goods of ``categories`` alone.
    """

    fen_per_100_points: int
    step: int
    minimum: int
    max_share: Fraction
    categories: frozenset[Category]

    def worth_fen(self, points: int) -> int:
        """What a whole number of steps is worth, in fen."""
        return points * self.fen_per_100_points // 100


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class TenderRule:
    """Where cash is rounded (抹零), the payable goes down to a multiple of so many fen (docs/programme §3)."""

    cash_rounding_fen: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class OfflineRule:
    """Paying with points without asking head office (docs/programme §8).

    At most so many points a member and business date at one till, from a replica that is not older.
    """

    points_per_member_day: int
    replica_max_age_days: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class AccrualRule:
    """What a sale earns beyond the category and the tier (docs/programme §4). ``member_day`` is a day of the month."""

    birthday_multiplier: Fraction
    birthday_multiplier_tiers: frozenset[Tier]
    member_day: int
    member_day_rate: Fraction
    member_day_from_tier: Tier
    birthday_points: int
    upgrade_points: int
    upgrade_window_days: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class BonusRule:
    """Points earned otherwise than by buying (docs/programme §5); limits are points a member and calendar month.

    A referral earns once the one referred has spent ``referral_spend_fen``; an activity sets its own points between
    the least and the most.
    """

    registration_points: int
    check_in_points: int
    check_in_month_limit: int
    review_points: int
    review_month_limit: int
    referral_points: int
    referral_spend_fen: int
    activity_points_least: int
    activity_points_most: int
    festival_points: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class LedgerRule:
    """How many months points last, and how many days ahead a member is told (docs/programme §6)."""

    expiry_months: int
    expiring_days: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ReturnRule:
    """Returns (退货, docs/programme §6): ``days`` to bring goods back without a quality reason.

    Goods of ``quality_only`` come back for a quality reason alone, which a pharmacist confirms. Points that come back
    last ``giveback_days`` more from the return at least.
    """

    days: int
    giveback_days: int
    quality_only: frozenset[Category]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Service:
    """A service that points pay for (积分换服务, docs/programme §7), for members of ``from_tier`` and above."""

    id: str
    name: str
    points: int
    from_tier: Tier


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Reward:
    """Goods that points pay for (积分换礼, docs/programme §7), never of a category that may not be given away.

    For members of ``from_tier`` and above.
    """

    id: str
    name: str
    points: int
    category: Category
    from_tier: Tier


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Benefit:
    """What ``from_tier`` and those above it may have for nothing (docs/programme §7).

    ``times`` a ``period``; 0 times: as often as asked for. Free services share the one quota. A gift names its
    ``category`` instead. ``birthday_month``: only then.
    """

    id: str
    name: str
    from_tier: Tier
    times: int
    period: Period
    services: tuple[str, ...]
    category: Category | None
    birthday_month: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class DonationRule:
    """Points given to charity (公益捐赠, docs/programme §7): their worth, and the steps in points."""

    fen_per_100_points: int
    step: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class LifecycleRule:
    """Days since the last purchase from which a member is dormant or lost (docs/programme §9).

    From ``mature_from_tier`` on a member is mature; with at most ``acquisition_purchases`` still being won.
    """

    dormant_days: int
    lost_days: int
    mature_from_tier: Tier
    acquisition_purchases: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class PromptRule:
    """How many prompts a card shows at ``most``, and a dormant member's coupon in fen (docs/programme §9)."""

    most: int
    dormant_threshold_fen: int
    dormant_off_fen: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class MeasureTargets:
    """What the measures should reach, as shares (docs/programme §10).

    ``activity_days`` is how far back a member counts as active; so many enrolments a month are worth a point of a
    cashier's appraisal.
    """

    member_growth: Fraction
    activity: Fraction
    activity_days: int
    redemption: Fraction
    ticket_uplift: Fraction
    contribution: Fraction
    churn: Fraction
    enrolments_per_appraisal_point: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Obligations:
    """Duties at the counter (docs/programme §1): head office may tighten them, never loosen them.

    ``prescription``: sold against one alone. ``ephedrine_limit`` in minimum packs a sale. ``never_free`` is never
    given away.
    """

    otc_a_needs_pharmacist: bool
    ephedrine_limit: int
    prescription: frozenset[Category]
    never_free: frozenset[Category]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Activity:
    """Something that members get ``points`` for taking part in (活动, docs/programme §5), on the days it lasts."""

    id: str
    name: str
    points: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class PeopleRule:
    """How people sign in: idle seconds that lock the screen, and wrong PINs in a row that lock a person, how long."""

    lock_after_seconds: int
    pin_tries: int
    pin_lock_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Ruleset:
    """One version of the programme, in force from a business date on, at ``stores`` (none named: everywhere).

    Services, rewards and benefits are by id, in the order head office wrote them.
    """

    version: str
    effective_from: date
    stores: tuple[str, ...]
    tiers: Mapping[Tier, TierRule]
    tier_window: TierWindow
    categories: Mapping[Category, CategoryRule]
    first_purchase_rate: Fraction
    stacking: StackingRule
    deduction: DeductionRule
    tenders: TenderRule
    offline: OfflineRule
    accrual: AccrualRule
    bonuses: BonusRule
    ledger: LedgerRule
    returns: ReturnRule
    services: Mapping[str, Service]
    rewards: Mapping[str, Reward]
    benefits: Mapping[str, Benefit]
    donation: DonationRule
    lifecycle: LifecycleRule
    prompts: PromptRule
    measures: MeasureTargets
    obligations: Obligations
    activities: Mapping[str, Activity]
    people: PeopleRule
    rights: Mapping[Right, frozenset[Role]]

    def in_force(self, on: date, store: str | None) -> bool:
        """Whether it holds on a business date, at a store; None is no store, where only a ruleset for all holds."""
        return self.effective_from <= on and (not self.stores or store in self.stores)
