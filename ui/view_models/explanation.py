"""Why this price, why these points: a line's steps of the reckoning out of the quote's trace."""

from __future__ import annotations

from dataclasses import dataclass

from pos_member.app.counter import CounterState
from pos_member.domain.money import yuan
from pos_member.domain.quote import Quote
from pos_member.domain.trace import TraceStep
from pos_member.domain.trace_words import sentence
from ui.view_models.figures import points
from ui.view_models.labels import label
from ui.view_models.language import Translate
from ui.view_models.offers import offer_word


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationRow:
    """A step: the rule, how much it came to, and why."""

    rule: str
    why: str
    figure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A line's own steps, those of the whole sale, and the rules they follow."""

    title: str
    of_line: tuple[ExplanationRow, ...]
    of_sale: tuple[ExplanationRow, ...]
    rules: str


def explanation(state: CounterState, line: int, tr: Translate) -> Explanation | None:
    """What led to the figures of a line, None when there is no such line."""
    if state.quote is None or not 0 <= line < len(state.quote.lines):
        return None
    return Explanation(
        title=state.basket.lines[line].product.name,
        of_line=tuple(_row(step, state.quote, tr) for step in state.trace if step.line == line),
        of_sale=tuple(_row(step, state.quote, tr) for step in state.trace if step.line is None),
        rules=tr("规则版本 {version}", version=state.quote.ruleset),
    )


def _row(step: TraceStep, quote: Quote, tr: Translate) -> ExplanationRow:
    figure = yuan(step.fen) if step.fen is not None else tr("{points} 分", points=points(step.points or 0))
    offer = quote.lines[step.line].offer if step.line is not None else None
    rule = offer_word(offer, tr).text if offer and offer.id == step.rule else tr(label(step.rule))
    return ExplanationRow(rule=rule, why=sentence(step, tr), figure=figure)
