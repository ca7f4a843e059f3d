"""Line offers (单品优惠): which apply to a line, and the one that it gets (docs/programme §3.2)."""

from __future__ import annotations

from pos_member.domain.offers import (
    FIRST_PURCHASE,
    BuyNGetMOffer,
    FixedPriceOffer,
    LineOfferRule,
    PercentOffer,
    SpendReduceOffer,
    tier_offer,
)
from pos_member.domain.quote import LineOffer, QuoteRequest, SaleLine
from pos_member.domain.rates import decimal_text
from pos_member.domain.ruleset import Ruleset


class LineOffers:
    """The line offers open to one sale, asked line by line."""

    def __init__(self, request: QuoteRequest, ruleset: Ruleset) -> None:
        member = request.member
        tier = None if member is None else member.tier
        self._categories = ruleset.categories
        self._never_free = ruleset.obligations.never_free
        self._built_in: list[LineOfferRule] = []
        if member is not None:
            self._built_in.append(PercentOffer(id=tier_offer(member.tier), rate=ruleset.tiers[member.tier].discount))
            if not member.completed_sales:
                self._built_in.append(PercentOffer(id=FIRST_PURCHASE, rate=ruleset.first_purchase_rate))
        self._anywhere: list[LineOfferRule] = []
        self._by_sku: dict[str, list[LineOfferRule]] = {}
        for offer in request.offers:
            if isinstance(offer, SpendReduceOffer) or not offer.scope.is_open(tier, request.store, request.on):
                continue
            if offer.scope.skus is None:
                self._anywhere.append(offer)
            else:
                for sku in offer.scope.skus:
                    self._by_sku.setdefault(sku, []).append(offer)

    def best(self, goods: SaleLine, gross_fen: int) -> LineOffer | None:
        """The offer with the lowest net, ties to the lower id (code points); None where none makes the line cheaper.

        What would leave a line at nothing that is never given away is no candidate.
        """
        if goods.no_discount:
            return None
        least = 1 if goods.category in self._never_free else 0
        milli, price = goods.quantity.milli, goods.unit_price_fen
        best: LineOfferRule | None = None
        best_net = gross_fen
        others: list[tuple[int, str]] = []
        for offer in self._candidates(goods):
            net = offer.net_fen(price, milli, gross_fen)
            if not least <= net < gross_fen:
                continue
            if best is None:
                best, best_net = offer, net
            elif net < best_net or (net == best_net and offer.id < best.id):
                others.append((best_net, best.id))
                best, best_net = offer, net
            else:
                others.append((net, offer.id))
        return None if best is None else _taken(best, gross_fen - best_net, others)

    def _candidates(self, goods: SaleLine) -> list[LineOfferRule]:
        rule = self._categories[goods.category]
        found = self._built_in if rule.tier_discount else []
        published = self._by_sku.get(goods.sku)
        if not published and not self._anywhere:
            return found
        found = found.copy()
        for offer in (*self._anywhere, *(published or ())):
            if isinstance(offer, BuyNGetMOffer) and (goods.by_weight or goods.category in self._never_free):
                continue
            if offer.scope.covers(goods.sku, goods.category, by_name=rule.only_named_offers):
                found.append(offer)
        return found


def _taken(offer: LineOfferRule, reduction_fen: int, others: list[tuple[int, str]]) -> LineOffer:
    beaten = tuple([(offer_id, net) for net, offer_id in sorted(others)]) if others else ()
    if isinstance(offer, PercentOffer):
        rate = decimal_text(offer.rate)
        return LineOffer(id=offer.id, reduction_fen=reduction_fen, rate=rate, others=beaten)
    if isinstance(offer, FixedPriceOffer):
        return LineOffer(id=offer.id, reduction_fen=reduction_fen, price_fen=offer.price_fen, others=beaten)
    return LineOffer(id=offer.id, reduction_fen=reduction_fen, n=offer.n, m=offer.m, others=beaten)
