"""The price of a basket and what it earns, every step explained (docs/programme §3, §4).

Whole fen and points throughout; rates are ratios of integers. What is malformed raises ``ValueError`` naming the field,
what a rule forbids a ``Refusal``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pos_member.domain import redemption
from pos_member.domain.accrual import Accrual, accrue
from pos_member.domain.errors import Refusal
from pos_member.domain.labels import category_label, offer_label
from pos_member.domain.ledger import Lot, eat, unexpired
from pos_member.domain.money import spread, yuan
from pos_member.domain.offers import RateOffer, best_offer, offers_for
from pos_member.domain.quantity import Quantity
from pos_member.domain.quote import (
    EatenLot,
    LineOffer,
    MemberStanding,
    PricedLine,
    Quote,
    QuoteRequest,
    SaleLine,
    TraceStep,
)
from pos_member.domain.rates import decimal_text, discount_text, percent_text
from pos_member.domain.redemption import RedemptionLimit
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.tender import Tender


def quote(request: QuoteRequest, ruleset: Ruleset) -> Quote:
    """Prices a basket and says what it earns.

    ``Refusal``: ``points_no_member``, ``points_step``, ``points_balance``, ``points_cap``, ``points_offline_limit``,
    ``tender_short``, in this order.
    """
    lines, trace = _offered(request, ruleset)
    lots = _open_lots(request)
    points = _points(request, lines, lots, ruleset)
    eaten, _ = eat(lots, points)
    shares, point_shares = _shares(points, lines, ruleset)
    if points:
        _trace_points(trace, points, shares, lines, eaten, ruleset)
    nets = [line.net_fen - share for line, share in zip(lines, shares, strict=True)]
    payable = sum(nets)
    change = _change(payable, request.tenders)
    member = request.member
    earning = [0 if member is None or line.goods.no_points else net for line, net in zip(lines, nets, strict=True)]
    accrual = _accrual(request, lines, earning, payable, ruleset)
    if accrual is not None:
        trace.extend(accrual.trace)
    earned = 0 if accrual is None else accrual.points
    available = sum(lot.points for lot in lots)
    return Quote(
        lines=tuple(map(_priced, lines, shares, point_shares, nets, earning)),
        gross_fen=sum(line.gross_fen for line in lines),
        line_reduction_fen=sum(line.gross_fen - line.net_fen for line in lines),
        points_redeemed=points,
        points_redeemed_fen=sum(shares),
        payable_fen=payable,
        change_fen=change,
        redeemed_lots=_joined(eaten),
        points=() if accrual is None else accrual.parts,
        points_earned=earned,
        available_after=None if member is None else max(0, available - member.debt - points + earned),
        tier_before=None if member is None else member.tier,
        tier_after=None if accrual is None else accrual.tier_after,
        ruleset=ruleset.version,
        trace=tuple(trace),
    )


def greatest_redemption(request: QuoteRequest, ruleset: Ruleset) -> tuple[int, RedemptionLimit]:
    """The most points this basket may be paid with now, whatever the request asks for, and the limit that sets it."""
    lines, _ = _offered(request, ruleset)
    return _greatest(request, lines, _open_lots(request), ruleset)


@dataclass(slots=True)
class _Line:
    """A merged line with its best offer; ``net_fen`` before points."""

    goods: SaleLine
    quantity: Quantity
    gross_fen: int
    offer: LineOffer | None
    net_fen: int


def _merged(lines: Sequence[SaleLine]) -> list[tuple[SaleLine, list[Quantity]]]:
    """The lines by SKU and unit price, in the order they first come, with the quantities that were merged."""
    if not lines:
        raise ValueError("lines: empty")
    merged: dict[tuple[str, int], tuple[SaleLine, list[Quantity]]] = {}
    for line in lines:
        if line.unit_price_fen < 0:
            raise ValueError(f"unit_price_fen: {line.sku} below 0")
        if line.quantity.milli <= 0 or not (line.by_weight or line.quantity.is_whole):
            raise ValueError(f"quantity: {line.sku} has {line.quantity}")
        first, quantities = merged.setdefault((line.sku, line.unit_price_fen), (line, []))
        quantities.append(line.quantity)
        for field in ("category", "no_discount", "no_points", "by_weight"):
            if first is not line and getattr(first, field) != getattr(line, field):
                raise ValueError(f"{field}: lines of {line.sku} differ")
    return list(merged.values())


def _offered(request: QuoteRequest, ruleset: Ruleset) -> tuple[list[_Line], list[TraceStep]]:
    """The merged lines, each with its best offer, and how they came about."""
    offers = offers_for(request.member, ruleset)
    rates = {offer.id: decimal_text(offer.rate) for offer in offers}
    names = {offer.id: f"{offer_label(offer.id)} {discount_text(offer.rate)}" for offer in offers}
    lines = []
    trace: list[TraceStep] = []
    for index, (goods, quantities) in enumerate(_merged(request.lines)):
        milli = sum(quantity.milli for quantity in quantities)
        gross = (2 * goods.unit_price_fen * milli + 1000) // 2000
        line = _Line(goods=goods, quantity=Quantity(milli), gross_fen=gross, offer=None, net_fen=gross)
        lines.append(line)
        trace.append(TraceStep(rule="gross", line=index, fen=gross, why=_gross_why(line, quantities)))
        if offers:
            trace.append(_take_offer(line, index, offers, names, rates, ruleset))
    return lines, trace


def _gross_why(line: _Line, quantities: Sequence[Quantity]) -> str:
    exact = line.goods.unit_price_fen * line.quantity.milli % 1000 == 0
    why = f"{yuan(line.goods.unit_price_fen)} × {line.quantity} {'=' if exact else '≈'} {yuan(line.gross_fen)}"
    if len(quantities) > 1:
        why += f"（合并 {' + '.join(map(str, quantities))}）"
    return why


def _take_offer(
    line: _Line,
    index: int,
    offers: Sequence[RateOffer],
    names: Mapping[str, str],
    rates: Mapping[str, str],
    ruleset: Ruleset,
) -> TraceStep:
    """Gives the line its best offer, if it may have one, and says why."""
    category, gross = line.goods.category, line.gross_fen
    if line.goods.no_discount:
        return TraceStep(rule="no_offer", line=index, fen=0, why="该商品不参与折扣")
    if not ruleset.categories[category].tier_discount:
        return TraceStep(rule="no_offer", line=index, fen=0, why=f"{category_label(category)}不参与折扣")
    best = best_offer(offers, category, gross, ruleset)
    if best is None:
        return TraceStep(rule="no_offer", line=index, fen=0, why="折扣不能使本行更低")
    line.offer, offer = best
    line.net_fen = gross - line.offer.reduction_fen
    exact = gross * offer.rate.numerator % offer.rate.denominator == 0
    why = f"{names[offer.id]}：{yuan(gross)} × {rates[offer.id]} {'=' if exact else '≈'} {yuan(line.net_fen)}"
    others = [f"{names[other.id]} {yuan(other.net_fen(gross))}" for other in offers if other is not offer]
    if others:
        why += f"（不高于{'、'.join(others)}）"
    return TraceStep(rule=offer.id, line=index, fen=-line.offer.reduction_fen, why=why)


def _open_lots(request: QuoteRequest) -> tuple[Lot, ...]:
    """The member's lots that can be spent, as they are eaten."""
    member = request.member
    if member is None:
        return ()
    if member.debt < 0 or (member.debt and member.lots):
        raise ValueError(f"debt: {member.debt} beside {len(member.lots)} lots")
    return unexpired(member.lots, request.on)


def _payable_with_points(lines: Sequence[_Line], ruleset: Ruleset) -> list[int]:
    """Each line's net as far as points may pay for its category."""
    categories = ruleset.deduction.categories
    return [line.net_fen if line.goods.category in categories else 0 for line in lines]


def _greatest(
    request: QuoteRequest, lines: Sequence[_Line], lots: Sequence[Lot], ruleset: Ruleset
) -> tuple[int, RedemptionLimit]:
    base = sum(_payable_with_points(lines, ruleset))
    return redemption.greatest(base, _available(request.member, lots), request.offline, ruleset)


def _available(member: MemberStanding | None, lots: Sequence[Lot]) -> int | None:
    return None if member is None else sum(lot.points for lot in lots)


def _points(request: QuoteRequest, lines: Sequence[_Line], lots: Sequence[Lot], ruleset: Ruleset) -> int:
    """The points that pay: what was asked for, if no rule forbids it, or the most that may."""
    wanted = request.points_to_redeem
    if wanted == "max":
        return _greatest(request, lines, lots, ruleset)[0]
    base = sum(_payable_with_points(lines, ruleset))
    redemption.check(wanted, base, _available(request.member, lots), request.offline, ruleset)
    return wanted


def _shares(points: int, lines: Sequence[_Line], ruleset: Ruleset) -> tuple[Sequence[int], Sequence[int]]:
    """Each line's share of the deduction, in fen and in points."""
    if not points:
        nothing = (0,) * len(lines)
        return nothing, nothing
    weights = _payable_with_points(lines, ruleset)
    fen = ruleset.deduction.worth_fen(points)
    shares = spread(fen, weights)
    return shares, shares if fen == points else spread(points, weights)


def _trace_points(
    trace: list[TraceStep],
    points: int,
    shares: Sequence[int],
    lines: Sequence[_Line],
    eaten: Sequence[Lot],
    ruleset: Ruleset,
) -> None:
    base = sum(_payable_with_points(lines, ruleset))
    worth = ruleset.deduction.worth_fen(points)
    share = percent_text(ruleset.deduction.max_share)
    used = "、".join(f"{lot.expires_on} 到期的 {lot.points} 分" for lot in _joined(eaten))
    why = f"{points} 分抵 {yuan(worth)}，不超过 {yuan(base)} 的 {share}；用掉 {used}"
    trace.append(TraceStep(rule="redemption", line=None, points=-points, why=why))
    for index, (line, fen) in enumerate(zip(lines, shares, strict=True)):
        if fen:
            why = f"按净额分摊抵现：{yuan(worth)} × {yuan(line.net_fen)} ÷ {yuan(base)}，零头按最大余数分配"
            trace.append(TraceStep(rule="points_deduction", line=index, fen=-fen, why=why))


def _joined(eaten: Sequence[Lot]) -> tuple[EatenLot, ...]:
    """What was eaten, in order, equal last days joined."""
    by_day: dict[object, EatenLot] = {}
    for lot in eaten:
        before = by_day.get(lot.expires_on)
        points = lot.points + (before.points if before else 0)
        by_day[lot.expires_on] = EatenLot(expires_on=lot.expires_on, points=points)
    return tuple(by_day.values())


def _change(payable_fen: int, tenders: Sequence[Tender]) -> int:
    """The change due in fen. Without tenders the whole is paid exactly."""
    if not tenders:
        return 0
    if len({tender.kind for tender in tenders}) < len(tenders):
        raise ValueError("tenders: two of a kind")
    if any(tender.fen < 0 for tender in tenders):
        raise ValueError("tenders: below 0")
    given = sum(tender.fen for tender in tenders)
    if given < payable_fen:
        template = "应收 {payable}，只收到 {given}，还差 {short}。请补足后再完成收款"
        gaps = {"payable": yuan(payable_fen), "given": yuan(given), "short": yuan(payable_fen - given)}
        raise Refusal("tender_short", template, **gaps)
    return given - payable_fen


def _accrual(
    request: QuoteRequest, lines: Sequence[_Line], earning: Sequence[int], payable_fen: int, ruleset: Ruleset
) -> Accrual | None:
    if request.member is None:
        return None
    by_line = [(line.goods.category, fen) for line, fen in zip(lines, earning, strict=True)]
    return accrue(request.member, request.on, by_line, payable_fen, ruleset)


def _priced(line: _Line, share_fen: int, share_points: int, net_fen: int, earning_fen: int) -> PricedLine:
    return PricedLine(
        sku=line.goods.sku,
        category=line.goods.category,
        quantity=line.quantity,
        unit_price_fen=line.goods.unit_price_fen,
        gross_fen=line.gross_fen,
        offer=line.offer,
        line_net_fen=line.net_fen,
        points_reduction_fen=share_fen,
        points_redeemed=share_points,
        net_fen=net_fen,
        earning_fen=earning_fen,
    )
