"""The trace of a quote (依据): every figure as a step that a person can recompute, and the sentence that says how.

It is told from the quote's own figures and the ruleset it names, so that a receipt can be explained years later. A step
keeps the code of its sentence and the raw figures; the words are put in for whoever reads it, in their language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from pos_member.domain.accrual import base_points
from pos_member.domain.offers import BuyNGetMOffer
from pos_member.domain.order_reductions import share_weight
from pos_member.domain.product import Category
from pos_member.domain.quote import LineOffer, OrderReduction, PricedLine, Quote, require_own
from pos_member.domain.rates import decimal_text, percent_text, ratio_text
from pos_member.domain.ruleset import Ruleset

Gap: TypeAlias = int | str | tuple[tuple[int | str, ...], ...]
"""What fills a gap: a name ending in ``_fen`` is money; ``tier``, ``category`` and ``offer`` are codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceStep:
    """One step of the reckoning: which rule, on which line (None = the whole sale), how much, and why.

    Just one of ``fen`` and ``points`` is set. ``why`` is a key of
    :data:`pos_member.domain.trace_words.SENTENCES`; ``gaps`` what fills it, unworded.
    """

    rule: str
    line: int | None
    fen: int | None = None
    points: int | None = None
    why: str
    gaps: dict[str, Gap] = field(default_factory=dict)


def trace(quote: Quote, ruleset: Ruleset) -> tuple[TraceStep, ...]:
    """How every figure of a quote came about under the ruleset it names.

    The fen of a line's steps sum to its net, those of ``insurance`` apart, which is paid, not taken off. The fen of the
    whole sale's steps are what its order reductions and rounding took off in all, and what the insurance pays; its
    points sum to what is earned less what is spent. ``InvariantViolation`` for another ruleset.
    """
    require_own(quote, ruleset)
    steps = [step for index, line in enumerate(quote.lines) for step in _line_steps(quote, index, line, ruleset)]
    nets = [line.line_net_fen for line in quote.lines]
    for reduction in quote.order_reductions:
        steps += _order_reduction(reduction, quote, nets, ruleset)
    if quote.points_redeemed:
        steps += _deduction(quote, nets, ruleset)
    if quote.rounding_fen:
        gaps: dict[str, Gap] = {
            "before_fen": sum(nets),
            "unit_fen": ruleset.tenders.cash_rounding_fen,
            "after_fen": sum(nets) - quote.rounding_fen,
        }
        steps.append(TraceStep(rule="rounding", line=None, fen=-quote.rounding_fen, why="rounding", gaps=gaps))
        steps += _shares("rounding", [-line.rounding_fen for line in quote.lines], nets)
    insured = sum(line.insured_fen for line in quote.lines)
    if insured:
        gaps = {"total_fen": insured}
        steps.append(TraceStep(rule="insurance", line=None, fen=insured, why="insurance", gaps=gaps))
        weights = [line.net_fen if line.goods.insurable else 0 for line in quote.lines]
        steps += _shares("insurance", [line.insured_fen for line in quote.lines], weights)
    return (*steps, *_earned(quote, ruleset))


def _line_steps(quote: Quote, index: int, line: PricedLine, ruleset: Ruleset) -> Iterator[TraceStep]:
    milli = line.quantity.milli
    gaps: dict[str, Gap] = {
        "unit_price_fen": line.unit_price_fen,
        "quantity": str(line.quantity),
        "equals": "≈" if line.unit_price_fen * milli % 1000 else "=",
        "gross_fen": line.gross_fen,
    }
    if line.parts:
        gaps["quantities"] = tuple((str(part),) for part in line.parts)
    yield TraceStep(
        rule="gross", line=index, fen=line.gross_fen, why="gross_merged" if line.parts else "gross", gaps=gaps
    )
    if line.offer is not None:
        yield _offer_step(index, line, line.offer)
    elif quote.tier_before is not None or any(each.offer for each in quote.lines):
        yield _no_offer(index, line, ruleset)


def _offer_step(index: int, line: PricedLine, offer: LineOffer) -> TraceStep:
    gaps: dict[str, Gap] = {"offer": offer.id, "net_fen": line.line_net_fen, "others": offer.others, "equals": "="}
    if offer.rate is not None:
        why = "rate_offer"
        gaps |= {"gross_fen": line.gross_fen, "rate": offer.rate}
        exact = Fraction(offer.rate) * line.gross_fen == line.line_net_fen
    elif offer.price_fen is not None:
        why = "fixed_price_offer"
        gaps |= {"price_fen": offer.price_fen, "quantity": str(line.quantity)}
        exact = offer.price_fen * line.quantity.milli == line.line_net_fen * 1000
    else:
        why = "free_units_offer"
        rule = BuyNGetMOffer(id=offer.id, n=offer.n or 0, m=offer.m or 0)
        paid = rule.paid_units(line.quantity.milli)
        gaps |= {"n": rule.n, "m": rule.m, "quantity": str(line.quantity), "paid": paid}
        gaps["unit_price_fen"] = line.unit_price_fen
        exact = True
    if not exact:
        gaps["equals"] = "≈"
    return TraceStep(rule=offer.id, line=index, fen=-offer.reduction_fen, why=why, gaps=gaps)


def _no_offer(index: int, line: PricedLine, ruleset: Ruleset) -> TraceStep:
    if line.goods.no_discount:
        return TraceStep(rule="no_offer", line=index, fen=0, why="not_discounted")
    if not ruleset.categories[line.category].tier_discount:
        gaps: dict[str, Gap] = {"category": line.category.value}
        return TraceStep(rule="no_offer", line=index, fen=0, why="category_not_discounted", gaps=gaps)
    return TraceStep(rule="no_offer", line=index, fen=0, why="nothing_lower")


def _order_reduction(reduction: OrderReduction, quote: Quote, nets: list[int], ruleset: Ruleset) -> Iterator[TraceStep]:
    """The whole reduction, then its share of each line, which is taken off ``nets``."""
    counted = [quote.lines[index] for index in reduction.lines]
    never_free = ruleset.obligations.never_free
    weights = [
        share_weight(nets[index], never_free=quote.lines[index].category in never_free) for index in reduction.lines
    ]
    gaps: dict[str, Gap] = {
        "offer": reduction.id,
        "eligible_fen": sum(line.gross_fen for line in counted),
        "threshold_fen": reduction.threshold_fen,
        "off_fen": reduction.off_fen,
        "base_fen": sum(weights),
    }
    why = "coupon" if reduction.is_coupon else "spend_reduce"
    yield TraceStep(rule=reduction.id, line=None, fen=-reduction.fen, why=why, gaps=gaps)
    shares, every_weight = [0] * len(nets), [0] * len(nets)
    for index, share, weight in zip(reduction.lines, reduction.shares, weights, strict=True):
        nets[index] -= share
        shares[index], every_weight[index] = -share, weight
    yield from _shares(reduction.id, shares, every_weight)


def _deduction(quote: Quote, nets: list[int], ruleset: Ruleset) -> Iterator[TraceStep]:
    """The points that pay, then each line's share in fen, which is taken off ``nets``."""
    categories = ruleset.deduction.categories
    weights = [net if line.category in categories else 0 for net, line in zip(nets, quote.lines, strict=True)]
    gaps: dict[str, Gap] = {
        "points": quote.points_redeemed,
        "worth_fen": quote.points_redeemed_fen,
        "base_fen": sum(weights),
        "share": percent_text(ruleset.deduction.max_share),
        "lots": tuple((lot.expires_on.isoformat(), lot.points) for lot in quote.redeemed_lots),
    }
    yield TraceStep(rule="redemption", line=None, points=-quote.points_redeemed, why="redemption", gaps=gaps)
    yield from _shares("points_deduction", [-line.points_reduction_fen for line in quote.lines], weights)
    nets[:] = [net - line.points_reduction_fen for net, line in zip(nets, quote.lines, strict=True)]


def _shares(rule: str, shares: Sequence[int], weights: Sequence[int]) -> Iterator[TraceStep]:
    total, base = abs(sum(shares)), sum(weights)
    for index, (share, weight) in enumerate(zip(shares, weights, strict=True)):
        if share:
            gaps: dict[str, Gap] = {"total_fen": total, "weight_fen": weight, "base_fen": base}
            yield TraceStep(rule=rule, line=index, fen=share, why="share", gaps=gaps)


def _earned(quote: Quote, ruleset: Ruleset) -> Iterator[TraceStep]:
    """A step for each part of what the sale earns."""
    earned = {part.kind: part.points for part in quote.points}
    sums: dict[Category, int] = {}
    for line in quote.lines:
        if line.earning_fen:
            sums[line.category] = sums.get(line.category, 0) + line.earning_fen
    if sums:
        yield from _purchase(quote, sums, ruleset)
    if "birthday" in earned:
        gaps: dict[str, Gap] = {"year": str(quote.on.year)}
        yield TraceStep(rule="birthday", line=None, points=earned["birthday"], why="birthday", gaps=gaps)
    before, after, figures = quote.tier_before, quote.tier_after, quote.figures_after
    if "upgrade" in earned and before is not None and after is not None and figures is not None:
        gaps = {"days": ruleset.tier_window.days, "spend_fen": figures.spend_fen, "visits": figures.visits}
        gaps |= {"tier_before": before.value, "tier_after": after.value}
        yield TraceStep(rule="upgrade", line=None, points=earned["upgrade"], why="upgrade", gaps=gaps)


def _purchase(quote: Quote, sums: dict[Category, int], ruleset: Ruleset) -> Iterator[TraceStep]:
    numerator, denominator = base_points(sums.items(), ruleset)
    floor, exact = numerator // denominator, ratio_text(numerator, denominator)
    terms = tuple(
        (category.value, fen, decimal_text(ruleset.categories[category].points_per_yuan))
        for category, fen in sums.items()
    )
    gaps: dict[str, Gap] = {"terms": terms, "exact": exact, "floor": floor}
    yield TraceStep(rule="purchase", line=None, points=floor, why="earning", gaps=gaps)
    for multiplier in quote.multipliers:
        before, counted = exact, floor
        rate = Fraction(multiplier.rate)
        numerator, denominator = numerator * rate.numerator, denominator * rate.denominator
        floor, exact = numerator // denominator, ratio_text(numerator, denominator)
        gaps = {"before": before, "rate": multiplier.rate, "exact": exact, "floor": floor, "counted": counted}
        if multiplier.kind == "tier_bonus" and quote.tier_before is not None:
            gaps["tier"] = quote.tier_before.value
        gaps["day"] = quote.on.day
        why = f"{multiplier.kind}_multiplied"
        yield TraceStep(rule=multiplier.kind, line=None, points=floor - counted, why=why, gaps=gaps)
