"""What a basket is priced from and what comes out: the values :func:`pos_member.domain.pricing.quote` takes and gives.

Field names follow the published interface of the ``calc`` commands, so that a receipt, a till's database and support
staff speak of the same figure by the same name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pos_member.domain.errors import InvariantViolation
from pos_member.domain.ledger import EatenLot, Lot
from pos_member.domain.offers import Coupon, Offer
from pos_member.domain.product import Category
from pos_member.domain.quantity import Quantity
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.tender import Tender
from pos_member.domain.tier import Tier, TierFigures, UpgradeBonus


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberStanding:
    """What pricing needs to know of a member as the sale starts; figures of the 365 days ending on its date."""

    id: str
    tier: Tier
    birthday: date | None
    completed_sales: int
    spend_365_fen: int
    visits_365: int
    visited_today: bool
    lots: tuple[Lot, ...]
    debt: int
    birthday_bonus_years: tuple[int, ...]
    upgrade_bonuses: tuple[UpgradeBonus, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleLine:
    """A line as it is priced: ``unit_price_fen`` times ``quantity`` is its gross."""

    sku: str
    category: Category
    unit_price_fen: int
    quantity: Quantity
    no_discount: bool = False
    no_points: bool = False
    by_weight: bool = False
    insurable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineLimit:
    """How many points this till may still take of this member today without asking (docs/programme §8).

    ``stopped``: none at all, for the till's own records went back in time or are another till's too.
    """

    redeemed_today: int
    replica_expired: bool
    stopped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRequest:
    """A basket to price on a business date. ``offline`` is None when no offline limit applies.

    ``tenders`` empty: the whole is paid in cash exactly. ``cash_rounding``: the store rounds cash down (抹零). A sale
    without a ``store`` is in no offer's list of stores.
    """

    on: date
    lines: tuple[SaleLine, ...]
    member: MemberStanding | None = None
    store: str | None = None
    offers: tuple[Offer, ...] = ()
    coupon: Coupon | None = None
    points_to_redeem: int | Literal["max"] = 0
    offline: OfflineLimit | None = None
    tenders: tuple[Tender, ...] = ()
    cash_rounding: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOffer:
    """The offer a line got, ``tier:<tier>``, ``first_purchase`` or a published one, and the fen it took off.

    Its terms stand beside it, those of other kinds None: a ``rate`` of the gross (exact decimal), a price in fen a
    unit, or ``n`` units paid of each ``n`` + ``m``. ``others`` are the offers it was preferred to, with their nets.
    """

    id: str
    reduction_fen: int
    rate: str | None = None
    price_fen: int | None = None
    n: int | None = None
    m: int | None = None
    others: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedLine:
    """A line with its price: gross − offer = line net; line net − order reductions − points − rounding = net.

    ``goods`` have the merged quantity; ``parts`` are the quantities that were merged, empty where nothing was.
    ``insured_fen`` of the net was paid by the insurance; what earns points is ``earning_fen``.
    """

    goods: SaleLine
    gross_fen: int
    offer: LineOffer | None
    line_net_fen: int
    order_reduction_fen: int
    points_reduction_fen: int
    points_redeemed: int
    rounding_fen: int
    net_fen: int
    insured_fen: int
    earning_fen: int
    parts: tuple[Quantity, ...] = ()

    @property
    def sku(self) -> str:
        """Which product."""
        return self.goods.sku

    @property
    def category(self) -> Category:
        """Of which category."""
        return self.goods.category

    @property
    def quantity(self) -> Quantity:
        """How much of it."""
        return self.goods.quantity

    @property
    def unit_price_fen(self) -> int:
        """The price of one unit before any offer."""
        return self.goods.unit_price_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsPart:
    """A part of what a sale earns: purchase, tier_bonus, birthday_multiplier, member_day, birthday or upgrade."""

    kind: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderReduction:
    """What a ``spend_reduce`` offer or a coupon took off the whole order: ``fen``, shared over ``lines`` by ``shares``.

    ``off_fen`` from ``threshold_fen`` on are its terms; ``lines`` are the indices of those that count for it.
    """

    id: str
    is_coupon: bool
    threshold_fen: int
    off_fen: int
    fen: int
    lines: tuple[int, ...]
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiplier:
    """A rate that a sale's points were multiplied by: tier_bonus, birthday_multiplier or member_day; exact decimal."""

    kind: str
    rate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A priced basket, and what it earns. ``available_after`` and the tiers are None for a non-member.

    With the ruleset it names it holds all that its figures rest on: :func:`pos_member.domain.trace.trace` tells them.
    """

    on: date
    lines: tuple[PricedLine, ...]
    gross_fen: int
    line_reduction_fen: int
    order_reductions: tuple[OrderReduction, ...]
    points_redeemed: int
    points_redeemed_fen: int
    rounding_fen: int
    payable_fen: int
    change_fen: int
    redeemed_lots: tuple[EatenLot, ...]
    points: tuple[PointsPart, ...]
    points_earned: int
    multipliers: tuple[Multiplier, ...]
    available_after: int | None
    tier_before: Tier | None
    tier_after: Tier | None
    figures_after: TierFigures | None
    ruleset: str

    @property
    def saved_fen(self) -> int:
        """What the customer saved by offers and order reductions, points not counted."""
        return self.line_reduction_fen + sum(reduction.fen for reduction in self.order_reductions)


def require_own(quote: Quote, ruleset: Ruleset) -> None:
    """``InvariantViolation`` where a ruleset is not the one that a quote was made by."""
    if quote.ruleset != ruleset.version:
        raise InvariantViolation(f"a quote of ruleset {quote.ruleset} read by ruleset {ruleset.version}")
