"""``calc quote``: the price of a basket and what it earns, every key of the published format in its order."""

from __future__ import annotations

from collections.abc import Iterable

from pos_member.composition.calc.fields import Table
from pos_member.composition.calc.read_quote import read_sale
from pos_member.domain.ledger import EatenLot
from pos_member.domain.pricing import quote
from pos_member.domain.quote import PricedLine, Quote
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.trace import TraceStep, trace
from pos_member.domain.trace_words import in_chinese, sentence


def quote_command(given: Table, ruleset: Ruleset) -> dict[str, object]:
    """The priced basket. ``Malformed`` names a field, ``Refusal`` says what no rule allows."""
    _, request = read_sale(given, ruleset)
    return _written(quote(request, ruleset), ruleset)


def written_lots(lots: Iterable[EatenLot]) -> list[dict[str, object]]:
    """Points by the day they expire on."""
    return [{"expires_on": lot.expires_on.isoformat(), "points": lot.points} for lot in lots]


def _written(priced: Quote, ruleset: Ruleset) -> dict[str, object]:
    return {
        "lines": [_line(line) for line in priced.lines],
        "gross_fen": priced.gross_fen,
        "line_reduction_fen": priced.line_reduction_fen,
        "order_reductions": [{"id": each.id, "fen": each.fen} for each in priced.order_reductions],
        "points_redeemed": priced.points_redeemed,
        "points_redeemed_fen": priced.points_redeemed_fen,
        "rounding_fen": priced.rounding_fen,
        "payable_fen": priced.payable_fen,
        "change_fen": priced.change_fen,
        "redeemed_lots": written_lots(priced.redeemed_lots),
        "points": [{"kind": part.kind, "points": part.points} for part in priced.points],
        "points_earned": priced.points_earned,
        "available_after": priced.available_after,
        "tier_before": priced.tier_before,
        "tier_after": priced.tier_after,
        "ruleset": priced.ruleset,
        "trace": [_step(step) for step in trace(priced, ruleset)],
    }


def _line(line: PricedLine) -> dict[str, object]:
    offer = line.offer
    return {
        "sku": line.sku,
        "category": line.category,
        "quantity": str(line.quantity),
        "gross_fen": line.gross_fen,
        "offer": None if offer is None else {"id": offer.id, "reduction_fen": offer.reduction_fen},
        "line_net_fen": line.line_net_fen,
        "order_reduction_fen": line.order_reduction_fen,
        "points_reduction_fen": line.points_reduction_fen,
        "points_redeemed": line.points_redeemed,
        "rounding_fen": line.rounding_fen,
        "net_fen": line.net_fen,
        "insured_fen": line.insured_fen,
        "earning_fen": line.earning_fen,
    }


def _step(step: TraceStep) -> dict[str, object]:
    measure, amount = ("points", step.points) if step.fen is None else ("fen", step.fen)
    return {"rule": step.rule, "line": step.line, measure: amount, "why": sentence(step, in_chinese)}
