"""Offers (优惠) and coupons (券): what they take off, for whom, on what, and when (docs/programme §3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from pos_member.domain.money import half_up
from pos_member.domain.product import Category
from pos_member.domain.tier import Tier

FIRST_PURCHASE: Final = "first_purchase"
_TIER: Final = "tier:"


def tier_offer(tier: Tier) -> str:
    """The id of a tier's discount."""
    return f"{_TIER}{tier.value}"


BUILT_IN: Final = frozenset({FIRST_PURCHASE, *map(tier_offer, Tier)})
"""The ids of the offers that the ruleset itself makes; no published offer may bear one."""


def tier_of_offer(offer_id: str) -> Tier | None:
    """The tier whose discount an offer is; None for another offer."""
    return Tier(offer_id.removeprefix(_TIER)) if offer_id in BUILT_IN and offer_id != FIRST_PURCHASE else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whom an offer is for, on what, where and when. All that is given has to hold; None always does.

    ``members``: for any member; ``tiers``: for members of those; without either, for everyone. ``weekdays`` count from
    1 = Monday, ``first`` and ``last`` are business dates, both included.
    """

    skus: frozenset[str] | None = None
    categories: frozenset[Category] | None = None
    stores: frozenset[str] | None = None
    members: bool = False
    tiers: frozenset[Tier] | None = None
    days_of_month: frozenset[int] | None = None
    weekdays: frozenset[int] | None = None
    first: date | None = None
    last: date | None = None

    def is_open(self, tier: Tier | None, store: str | None, on: date) -> bool:
        """Whether it holds for a sale: the member's tier (None: a stranger), the store if any, the business date."""
        if tier is None and self.members:
            return False
        return (
            (self.tiers is None or tier in self.tiers)
            and (self.stores is None or store in self.stores)
            and (self.days_of_month is None or on.day in self.days_of_month)
            and (self.weekdays is None or on.isoweekday() in self.weekdays)
            and (self.first is None or self.first <= on)
            and (self.last is None or on <= self.last)
        )

    def covers(self, sku: str, category: Category, *, by_name: bool) -> bool:
        """Whether it holds for goods. ``by_name``: only where it names their SKU or category."""
        if self.skus is not None and sku not in self.skus:
            return False
        if self.categories is not None and category not in self.categories:
            return False
        return not by_name or self.skus is not None or self.categories is not None


EVERYTHING: Final = Scope()


@dataclass(frozen=True, slots=True, kw_only=True)
class PercentOffer:
    """A rate of the gross is paid: 0.90 is 9折."""

    id: str
    rate: Fraction
    scope: Scope = EVERYTHING

    def net_fen(self, _unit_price_fen: int, _milli: int, gross_fen: int) -> int:
        """What is paid of the gross, half a fen up."""
        numerator, denominator = self.rate.as_integer_ratio()
        return half_up(gross_fen * numerator, denominator)


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedPriceOffer:
    """A price of its own, in fen a unit (会员价)."""

    id: str
    price_fen: int
    scope: Scope = EVERYTHING

    def net_fen(self, _unit_price_fen: int, milli: int, _gross_fen: int) -> int:
        """What is paid for ``milli`` thousandths of a unit, half a fen up."""
        return half_up(self.price_fen * milli, 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyNGetMOffer:
    """Of each ``n`` + ``m`` units, ``m`` are free (买 n 赠 m)."""

    id: str
    n: int
    m: int
    scope: Scope = EVERYTHING

    def paid_units(self, milli: int) -> int:
        """How many of so many whole units, given in thousandths, are paid for."""
        units = milli // 1000
        return units - units // (self.n + self.m) * self.m

    def net_fen(self, unit_price_fen: int, milli: int, _gross_fen: int) -> int:
        """What is paid for so many whole units, given in thousandths."""
        return unit_price_fen * self.paid_units(milli)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendReduceOffer:
    """From a gross of ``threshold_fen`` on, ``off_fen`` less (满减)."""

    id: str
    threshold_fen: int
    off_fen: int
    scope: Scope = EVERYTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Coupon:
    """As a :class:`SpendReduceOffer`, for the one who presents it (券)."""

    id: str
    threshold_fen: int
    off_fen: int
    scope: Scope = EVERYTHING


LineOfferRule = PercentOffer | FixedPriceOffer | BuyNGetMOffer
OrderReductionRule = SpendReduceOffer | Coupon
Offer = LineOfferRule | SpendReduceOffer
