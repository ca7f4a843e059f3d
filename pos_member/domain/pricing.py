"""The price of a basket and what it earns (docs/programme §3, §4).

Whole fen and points throughout; rates are ratios of integers. What cannot be raises ``Malformed`` naming the field,
what a rule forbids a ``Refusal``.
"""

from __future__ import annotations

from collections.abc import Sequence

from pos_member.domain import redemption
from pos_member.domain.accrual import Accrual, accrue
from pos_member.domain.errors import Malformed
from pos_member.domain.ledger import EatenLot, Lot, eat, joined, unexpired
from pos_member.domain.line_offers import LineOffers
from pos_member.domain.merging import merged
from pos_member.domain.money import half_up, spread
from pos_member.domain.order_reductions import reduce_order
from pos_member.domain.quantity import Quantity
from pos_member.domain.quote import LineOffer, OrderReduction, PricedLine, Quote, QuoteRequest, SaleLine
from pos_member.domain.redemption import RedemptionLimit
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.tendering import cash_rounding, change, insured, require_distinct


def quote(request: QuoteRequest, ruleset: Ruleset) -> Quote:
    """Prices a basket and says what it earns.

    ``Refusal``, in this order: ``coupon_not_applicable``; ``points_no_member``, ``points_step``, ``points_balance``,
    ``points_cap``, ``points_offline_limit``; ``insurance_exceeds``, ``tender_short``, ``tender_exceeds``.
    """
    require_distinct(request.tenders)
    if request.points_to_redeem != "max" and request.points_to_redeem < 0:
        raise Malformed("points_to_redeem", "不能小于 0")
    lots = _open_lots(request)
    basket = _Basket(request, ruleset)
    eaten = basket.deduct(_points(request, basket, lots, ruleset), lots)
    basket.round_cash()
    payable = basket.payable_fen
    insurable = basket.insurable_nets()
    change_fen = change(payable, sum(insurable), request.tenders)
    basket.insured_fen = spread(insured(request.tenders), insurable)
    accrual = basket.accrue(payable)
    return basket.priced(lots, eaten, payable, change_fen, accrual)


def greatest_redemption(request: QuoteRequest, ruleset: Ruleset) -> tuple[int, RedemptionLimit]:
    """The most points this basket may be paid with now, whatever the request asks for, and the limit that sets it."""
    lots = _open_lots(request)
    base = sum(_Basket(request, ruleset).payable_with_points())
    return redemption.greatest(base, _available(request, lots), request.offline, ruleset)


class _Basket:
    """The lines while they are priced, column by column; ``nets_fen`` is what is left to pay after the steps so far."""

    def __init__(self, request: QuoteRequest, ruleset: Ruleset) -> None:
        self._request = request
        self._ruleset = ruleset
        self.goods: list[SaleLine]
        self.parts: dict[int, tuple[Quantity, ...]]
        self.goods, self.parts = merged(request.lines)
        self.gross_fen = [half_up(line.unit_price_fen * line.quantity.milli, 1000) for line in self.goods]
        best = LineOffers(request, ruleset).best
        self.offers: list[LineOffer | None] = list(map(best, self.goods, self.gross_fen))
        self.line_nets_fen = [
            gross if offer is None else gross - offer.reduction_fen
            for gross, offer in zip(self.gross_fen, self.offers, strict=True)
        ]
        self.nets_fen = self.line_nets_fen.copy()
        self.reductions: tuple[OrderReduction, ...] = ()
        if request.offers or request.coupon is not None:
            self.reductions = reduce_order(request, self.goods, self.gross_fen, self.nets_fen, ruleset)
        nothing = (0,) * len(self.goods)
        self.points_fen: Sequence[int] = nothing
        self.points: Sequence[int] = nothing
        self.rounding_fen: Sequence[int] = nothing
        self.insured_fen: Sequence[int] = nothing
        self.earning_fen: Sequence[int] = nothing

    @property
    def payable_fen(self) -> int:
        return sum(self.nets_fen)

    def payable_with_points(self) -> list[int]:
        """Each line's net as far as points may pay for it."""
        if self.reductions and not self._ruleset.stacking.points_with_reductions:
            return [0] * len(self.goods)
        categories = self._ruleset.deduction.categories
        return [
            net if goods.category in categories else 0 for goods, net in zip(self.goods, self.nets_fen, strict=True)
        ]

    def deduct(self, points: int, lots: Sequence[Lot]) -> tuple[EatenLot, ...]:
        """Takes points off the lines that they may pay for, in fen and in points; what they eat of the lots."""
        if not points:
            return ()
        weights = self.payable_with_points()
        worth = self._ruleset.deduction.worth_fen(points)
        self.points_fen = spread(worth, weights)
        self.points = self.points_fen if worth == points else spread(points, weights)
        self._take_off(self.points_fen)
        return joined(eat(lots, points))

    def round_cash(self) -> None:
        off = cash_rounding(self._request, self.payable_fen, self._ruleset)
        if off:
            self.rounding_fen = spread(off, self.nets_fen)
            self._take_off(self.rounding_fen)

    def insurable_nets(self) -> list[int]:
        return [net if goods.insurable else 0 for goods, net in zip(self.goods, self.nets_fen, strict=True)]

    def accrue(self, payable_fen: int) -> Accrual | None:
        request = self._request
        if request.member is None:
            return None
        self.earning_fen = [
            0 if goods.no_points else net - insured
            for goods, net, insured in zip(self.goods, self.nets_fen, self.insured_fen, strict=True)
        ]
        earning = [(goods.category, fen) for goods, fen in zip(self.goods, self.earning_fen, strict=True)]
        return accrue(request.member, request.on, earning, payable_fen, self._ruleset)

    def priced(
        self,
        lots: Sequence[Lot],
        eaten: tuple[EatenLot, ...],
        payable_fen: int,
        change_fen: int,
        accrual: Accrual | None,
    ) -> Quote:
        member = self._request.member
        redeemed = sum(self.points)
        earned = 0 if accrual is None else accrual.points
        gross, line_net = sum(self.gross_fen), sum(self.line_nets_fen)
        return Quote(
            on=self._request.on,
            lines=tuple(map(self._line, range(len(self.goods)))),
            gross_fen=gross,
            line_reduction_fen=gross - line_net,
            order_reductions=self.reductions,
            points_redeemed=redeemed,
            points_redeemed_fen=sum(self.points_fen),
            rounding_fen=sum(self.rounding_fen),
            payable_fen=payable_fen,
            change_fen=change_fen,
            redeemed_lots=eaten,
            points=() if accrual is None else accrual.parts,
            points_earned=earned,
            multipliers=() if accrual is None else accrual.multipliers,
            available_after=None if member is None else max(0, _held(lots) - member.debt - redeemed + earned),
            tier_before=None if member is None else member.tier,
            tier_after=None if accrual is None else accrual.tier_after,
            figures_after=None if accrual is None else accrual.figures,
            ruleset=self._ruleset.version,
        )

    def _line(self, index: int) -> PricedLine:
        line_net, net = self.line_nets_fen[index], self.nets_fen[index]
        points_fen, rounding = self.points_fen[index], self.rounding_fen[index]
        return PricedLine(
            goods=self.goods[index],
            gross_fen=self.gross_fen[index],
            offer=self.offers[index],
            line_net_fen=line_net,
            order_reduction_fen=line_net - points_fen - rounding - net,
            points_reduction_fen=points_fen,
            points_redeemed=self.points[index],
            rounding_fen=rounding,
            net_fen=net,
            insured_fen=self.insured_fen[index],
            earning_fen=self.earning_fen[index],
            parts=self.parts.get(index, ()),
        )

    def _take_off(self, shares: Sequence[int]) -> None:
        self.nets_fen = [net - share for net, share in zip(self.nets_fen, shares, strict=True)]


def _open_lots(request: QuoteRequest) -> tuple[Lot, ...]:
    """The member's lots that can be spent, as they are eaten."""
    member = request.member
    if member is None:
        return ()
    if member.debt < 0 or (member.debt and member.lots):
        raise Malformed("member.debt", "欠分应为不小于 0 的整数；有欠分时不会同时有积分批次")
    return unexpired(member.lots, request.on)


def _held(lots: Sequence[Lot]) -> int:
    return sum([lot.points for lot in lots])


def _available(request: QuoteRequest, lots: Sequence[Lot]) -> int | None:
    return None if request.member is None else _held(lots)


def _points(request: QuoteRequest, basket: _Basket, lots: Sequence[Lot], ruleset: Ruleset) -> int:
    """The points that pay: what was asked for, if no rule forbids it, or the most that may."""
    wanted = request.points_to_redeem
    if wanted == 0:
        return 0
    base = sum(basket.payable_with_points())
    available = _available(request, lots)
    if wanted == "max":
        return redemption.greatest(base, available, request.offline, ruleset)[0]
    redemption.check(wanted, base, available, request.offline, ruleset)
    return wanted
