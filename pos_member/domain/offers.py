"""Line offers (单品优惠): which apply, and the one that a line gets (docs/programme §3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from pos_member.domain.product import Category
from pos_member.domain.quote import LineOffer, MemberStanding
from pos_member.domain.rates import decimal_text
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.tier import Tier

FIRST_PURCHASE: Final = "first_purchase"
_TIER: Final = "tier:"


def tier_offer(tier: Tier) -> str:
    """The id of a tier's discount."""
    return f"{_TIER}{tier.value}"


def tier_of_offer(offer_id: str) -> Tier:
    """The tier whose discount an offer is. ``ValueError`` for another offer."""
    if not offer_id.startswith(_TIER):
        raise ValueError(offer_id)
    return Tier(offer_id.removeprefix(_TIER))


@dataclass(frozen=True, slots=True, kw_only=True)
class RateOffer:
    """An offer by which a rate of the gross is paid."""

    id: str
    rate: Fraction

    def net_fen(self, gross_fen: int) -> int:
        """What is paid, rounded half up to a fen."""
        numerator, denominator = self.rate.as_integer_ratio()
        return (2 * gross_fen * numerator + denominator) // (2 * denominator)


def offers_for(member: MemberStanding | None, ruleset: Ruleset) -> tuple[RateOffer, ...]:
    """The offers that this customer has on every line that may take one, by id (code points)."""
    if member is None:
        return ()
    by_tier = RateOffer(id=tier_offer(member.tier), rate=ruleset.tiers[member.tier].discount)
    if member.completed_sales:
        return (by_tier,)
    return RateOffer(id=FIRST_PURCHASE, rate=ruleset.first_purchase_rate), by_tier


def best_offer(
    offers: Sequence[RateOffer], category: Category, gross_fen: int, ruleset: Ruleset
) -> tuple[LineOffer, RateOffer] | None:
    """The offer with the lowest line net, ties to the lower id; None where none makes the line cheaper.

    ``offers`` come sorted by id. What would leave a line at nothing that is never given away is no candidate.
    """
    least = 1 if category in ruleset.obligations.never_free else 0
    best: RateOffer | None = None
    best_net = gross_fen
    for offer in offers:
        net = offer.net_fen(gross_fen)
        if least <= net < best_net:
            best, best_net = offer, net
    if best is None:
        return None
    return LineOffer(id=best.id, reduction_fen=gross_fen - best_net, rate=decimal_text(best.rate)), best
