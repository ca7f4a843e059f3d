"""Reductions of the whole order: at most one 满减, then at most one coupon (docs/programme §3.3)."""

from __future__ import annotations

from collections.abc import Sequence

from pos_member.domain.errors import Refusal
from pos_member.domain.money import spread, yuan
from pos_member.domain.offers import Coupon, OrderReductionRule, Scope, SpendReduceOffer
from pos_member.domain.quote import OrderReduction, QuoteRequest, SaleLine
from pos_member.domain.ruleset import Ruleset


def reduce_order(
    request: QuoteRequest, goods: Sequence[SaleLine], gross_fen: Sequence[int], nets_fen: list[int], ruleset: Ruleset
) -> tuple[OrderReduction, ...]:
    """What the whole order gets; each share is taken off ``nets_fen``. ``Refusal`` ``coupon_not_applicable``.

    The sequences run beside each other, one item a line.
    """
    order = _Order(request, goods, gross_fen, nets_fen, ruleset)
    offer = order.best_offer()
    used = () if offer is None else (order.take(offer, order.counted(offer.scope)),)
    if request.coupon is None:
        return used
    counted = order.counted(request.coupon.scope)
    order.require_applicable(request.coupon, counted)
    if used and not ruleset.stacking.coupon_with_spend_reduce:
        template = "本单已享满减 {offer}，不能再用券 {coupon}。请改天再用，或不用券收款"
        raise Refusal("coupon_not_applicable", template, offer=used[0].id, coupon=request.coupon.id)
    return (*used, order.take(request.coupon, counted))


def share_weight(net_fen: int, *, never_free: bool) -> int:
    """How much of a line's net an order reduction may take: all, or all but a fen where it is never given away."""
    return net_fen - 1 if never_free and net_fen else net_fen


class _Order:
    def __init__(
        self,
        request: QuoteRequest,
        goods: Sequence[SaleLine],
        gross_fen: Sequence[int],
        nets_fen: list[int],
        ruleset: Ruleset,
    ) -> None:
        self._request = request
        self._tier = None if request.member is None else request.member.tier
        self._goods = goods
        self._gross = gross_fen
        self._nets = nets_fen
        self._categories = ruleset.categories
        self._never_free = ruleset.obligations.never_free

    def best_offer(self) -> SpendReduceOffer | None:
        """The one that reduces most, ties to the lower id; the coupon is not looked at."""
        best: SpendReduceOffer | None = None
        most = 0
        for offer in self._request.offers:
            if not isinstance(offer, SpendReduceOffer) or not self._is_open(offer):
                continue
            fen = self._reduction(offer, self.counted(offer.scope))
            if fen > most or (best is not None and fen == most and offer.id < best.id):
                best, most = offer, fen
        return best

    def take(self, rule: OrderReductionRule, counted: Sequence[int]) -> OrderReduction:
        """Takes a reduction that applies off the nets of the lines that count for it."""
        weights = self._weights(counted)
        fen = min(rule.off_fen, sum(weights))
        shares = spread(fen, weights)
        for index, share in zip(counted, shares, strict=True):
            self._nets[index] -= share
        return OrderReduction(
            id=rule.id,
            is_coupon=isinstance(rule, Coupon),
            threshold_fen=rule.threshold_fen,
            off_fen=rule.off_fen,
            fen=fen,
            lines=tuple(counted),
            shares=shares,
        )

    def require_applicable(self, coupon: Coupon, counted: Sequence[int]) -> None:
        """``Refusal`` ``coupon_not_applicable`` with the reason."""
        if not self._is_open(coupon):
            template = "券 {coupon} 不适用于本店、今天或这位顾客。请不用券收款"
            raise Refusal("coupon_not_applicable", template, coupon=coupon.id)
        gross = sum(self._gross[index] for index in counted)
        if gross < coupon.threshold_fen:
            template = (
                "券 {coupon} 要适用商品满 {threshold} 才能用，本单适用的只有 {gross}，还差 {missing}。"
                "请加购，或不用券收款"
            )
            raise Refusal(
                "coupon_not_applicable",
                template,
                coupon=coupon.id,
                threshold=yuan(coupon.threshold_fen),
                gross=yuan(gross),
                missing=yuan(coupon.threshold_fen - gross),
            )
        if not self._reduction(coupon, counted):
            template = "券 {coupon} 在本单上减不了钱：适用商品已减到底。请不用券收款"
            raise Refusal("coupon_not_applicable", template, coupon=coupon.id)

    def _is_open(self, rule: OrderReductionRule) -> bool:
        return rule.scope.is_open(self._tier, self._request.store, self._request.on)

    def counted(self, scope: Scope) -> list[int]:
        """The indices of the lines that count for a reduction of this scope, and that it reduces."""
        rules = self._categories
        return [
            index
            for index, goods in enumerate(self._goods)
            if not goods.no_discount
            and scope.covers(goods.sku, goods.category, by_name=rules[goods.category].only_named_offers)
        ]

    def _weights(self, counted: Sequence[int]) -> list[int]:
        goods, nets, never_free = self._goods, self._nets, self._never_free
        return [share_weight(nets[index], never_free=goods[index].category in never_free) for index in counted]

    def _reduction(self, rule: OrderReductionRule, counted: Sequence[int]) -> int:
        if sum([self._gross[index] for index in counted]) < rule.threshold_fen:
            return 0
        return min(rule.off_fen, sum(self._weights(counted)))
