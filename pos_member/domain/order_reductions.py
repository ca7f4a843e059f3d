"""Reductions of the whole order: at most one 满减, then at most one coupon (docs/programme §3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    used = () if offer is None else (order.take(offer),)
    if request.coupon is None:
        return used
    coupon = order.weigh(request.coupon)
    order.require_applicable(coupon)
    if used and not ruleset.stacking.coupon_with_spend_reduce:
        template = "本单已享满减 {offer}，不能再用券 {coupon}。请改天再用，或不用券收款"
        raise Refusal("coupon_not_applicable", template, offer=used[0].id, coupon=request.coupon.id)
    return (*used, order.take(coupon))


def share_weight(net_fen: int, *, never_free: bool) -> int:
    """How much of a line's net an order reduction may take: all, or all but a fen where it is never given away."""
    return net_fen - 1 if never_free and net_fen else net_fen


@dataclass(slots=True, kw_only=True)
class _Weighed:
    """A rule against the lines that count for it: how much each may give, their gross, what comes off in all."""

    rule: OrderReductionRule
    lines: list[int]
    weights: list[int]
    gross_fen: int
    fen: int


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

    def best_offer(self) -> _Weighed | None:
        """The one that reduces most, ties to the lower id; the coupon is not looked at."""
        best: _Weighed | None = None
        for offer in self._request.offers:
            if not isinstance(offer, SpendReduceOffer) or not self._is_open(offer):
                continue
            weighed = self.weigh(offer)
            if weighed.fen and (best is None or (-weighed.fen, offer.id) < (-best.fen, best.rule.id)):
                best = weighed
        return best

    def weigh(self, rule: OrderReductionRule) -> _Weighed:
        """What a rule would take off now; 0 below its threshold."""
        goods, nets, gross, never_free = self._goods, self._nets, self._gross, self._never_free
        lines = self._counted(rule.scope)
        eligible = sum([gross[index] for index in lines])
        weights = [share_weight(nets[index], never_free=goods[index].category in never_free) for index in lines]
        fen = min(rule.off_fen, sum(weights)) if eligible >= rule.threshold_fen else 0
        return _Weighed(rule=rule, lines=lines, weights=weights, gross_fen=eligible, fen=fen)

    def take(self, weighed: _Weighed) -> OrderReduction:
        """Takes a reduction that applies off the nets of the lines that count for it."""
        rule = weighed.rule
        shares = spread(weighed.fen, weighed.weights)
        for index, share in zip(weighed.lines, shares, strict=True):
            self._nets[index] -= share
        return OrderReduction(
            id=rule.id,
            is_coupon=isinstance(rule, Coupon),
            threshold_fen=rule.threshold_fen,
            off_fen=rule.off_fen,
            fen=weighed.fen,
            lines=tuple(weighed.lines),
            shares=shares,
        )

    def require_applicable(self, coupon: _Weighed) -> None:
        """``Refusal`` ``coupon_not_applicable`` with the reason."""
        rule = coupon.rule
        if not self._is_open(rule):
            template = "券 {coupon} 不适用于本店、今天或这位顾客。请不用券收款"
            raise Refusal("coupon_not_applicable", template, coupon=rule.id)
        if coupon.gross_fen < rule.threshold_fen:
            template = (
                "券 {coupon} 要适用商品满 {threshold} 才能用，本单适用的只有 {gross}，还差 {missing}。"
                "请加购，或不用券收款"
            )
            raise Refusal(
                "coupon_not_applicable",
                template,
                coupon=rule.id,
                threshold=yuan(rule.threshold_fen),
                gross=yuan(coupon.gross_fen),
                missing=yuan(rule.threshold_fen - coupon.gross_fen),
            )
        if not coupon.fen:
            template = "券 {coupon} 在本单上减不了钱：适用商品已减到底。请不用券收款"
            raise Refusal("coupon_not_applicable", template, coupon=rule.id)

    def _is_open(self, rule: OrderReductionRule) -> bool:
        return rule.scope.is_open(self._tier, self._request.store, self._request.on)

    def _counted(self, scope: Scope) -> list[int]:
        """The indices of the lines that count for a reduction of this scope, and that it reduces."""
        rules = self._categories
        return [
            index
            for index, goods in enumerate(self._goods)
            if not goods.no_discount
            and scope.covers(goods.sku, goods.category, by_name=rules[goods.category].only_named_offers)
        ]
