"""What a basket is priced from and what comes out: the values :func:`pos_member.domain.pricing.quote` takes and gives.

Field names follow the published interface of the ``calc`` commands, so that a receipt, a till's database and support
staff speak of the same figure by the same name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pos_member.domain.ledger import Lot
from pos_member.domain.product import Category
from pos_member.domain.quantity import Quantity
from pos_member.domain.tender import Tender
from pos_member.domain.tier import Tier, UpgradeBonus


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


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineLimit:
    """How many points this till may still take of this member today without asking (docs/programme §8)."""

    redeemed_today: int
    replica_expired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRequest:
    """A basket to price on a business date. ``offline`` is None when no offline limit applies.

    ``tenders`` empty: the whole is paid in cash exactly.
    """

    on: date
    lines: tuple[SaleLine, ...]
    member: MemberStanding | None = None
    points_to_redeem: int | Literal["max"] = 0
    offline: OfflineLimit | None = None
    tenders: tuple[Tender, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOffer:
    """The offer a line got, ``tier:<tier>`` or ``first_purchase``: the fen it took off, the rate that is paid."""

    id: str
    reduction_fen: int
    rate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedLine:
    """A line with its price. gross − offer = line net; line net − points = net; what of it earns = earning."""

    sku: str
    category: Category
    quantity: Quantity
    unit_price_fen: int
    gross_fen: int
    offer: LineOffer | None
    line_net_fen: int
    points_reduction_fen: int
    points_redeemed: int
    net_fen: int
    earning_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsPart:
    """A part of what a sale earns: purchase, tier_bonus, birthday_multiplier, member_day, birthday or upgrade."""

    kind: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EatenLot:
    """Points taken out of lots with one last day."""

    expires_on: date
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceStep:
    """One step of the reckoning: which rule, on which line (None = the whole sale), how much, and why in words.

    Just one of ``fen`` and ``points`` is set.
    """

    rule: str
    line: int | None
    fen: int | None = None
    points: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A priced basket, and what it earns. ``available_after`` and the tiers are None for a non-member."""

    lines: tuple[PricedLine, ...]
    gross_fen: int
    line_reduction_fen: int
    points_redeemed: int
    points_redeemed_fen: int
    payable_fen: int
    change_fen: int
    redeemed_lots: tuple[EatenLot, ...]
    points: tuple[PointsPart, ...]
    points_earned: int
    available_after: int | None
    tier_before: Tier | None
    tier_after: Tier | None
    ruleset: str
    trace: tuple[TraceStep, ...]

    @property
    def saved_fen(self) -> int:
        """What the customer saved by offers, points not counted."""
        return self.line_reduction_fen
