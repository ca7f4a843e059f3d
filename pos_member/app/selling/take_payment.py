"""Shows what is owed with so many points off and so much paid otherwise, and the change due."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from pos_member.app.clock_check import require_sound_clock
from pos_member.app.counter import Payment
from pos_member.app.selling.basket_needs import require_cleared
from pos_member.app.selling.price_basket import allowance, payable_basket
from pos_member.app.selling.settle_sale import require_typed
from pos_member.app.workplace import Workplace
from pos_member.domain.obligations import require_paid
from pos_member.domain.pricing import quote
from pos_member.domain.quote import Quote, QuoteRequest
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.tender import Tender, TenderKind

_NOTES_FEN = (100, 500, 1000, 2000, 5000, 10000)
_SUGGESTIONS = 4


def take_payment(
    workplace: Workplace, points: int | Literal["max"], tenders: tuple[Tender, ...], *, cash_rounding: bool = False
) -> Payment:
    """The basket as it would be settled; what is still missing of the money is no reason to refuse.

    ``Refusal``: all others of :func:`pos_member.app.selling.settle_sale.settle_within`.
    """
    require_typed(0 if points == "max" else points, tenders)
    with workplace.terminal.reading() as records:
        moment = workplace.moment(records)
        if points:
            require_sound_clock(workplace, records, moment)
        payable = payable_basket(workplace, records, records.load_basket(), moment, with_points=True)
        require_cleared(workplace, records, payable.basket, payable.member, moment)
    request = replace(payable.request, points_to_redeem=points, cash_rounding=cash_rounding)
    others = tuple(tender for tender in tenders if tender.kind is not TenderKind.CASH)
    priced = _paid_up(request, others, moment.ruleset)
    require_paid(priced, payable.names, moment.ruleset)
    cash_fen = next((tender.fen for tender in tenders if tender.kind is TenderKind.CASH), None)
    left = priced.payable_fen - sum(tender.fen for tender in others)
    given = cash_fen or 0
    change_fen = max(0, given - left)
    return Payment(
        quote=replace(priced, change_fen=change_fen),
        allowance=allowance(payable.request, moment.ruleset),
        tenders=tenders,
        cash_fen=cash_fen,
        change_fen=change_fen,
        short_fen=max(0, left - given),
        suggestions=cash_suggestions(left),
    )


def cash_suggestions(payable_fen: int) -> tuple[int, ...]:
    """Cash amounts people hand over for what is owed: exactly that, then up to the next notes, rising."""
    rounded = (-(-payable_fen // note) * note for note in _NOTES_FEN)
    return tuple(sorted({payable_fen, *rounded}))[:_SUGGESTIONS]


def _paid_up(request: QuoteRequest, others: tuple[Tender, ...], ruleset: Ruleset) -> Quote:
    """The quote with enough cash beside the other tenders, whatever was given so far."""
    if not others:
        return quote(request, ruleset)
    enough = sum(line.unit_price_fen * line.quantity.milli for line in request.lines)
    return quote(replace(request, tenders=(*others, Tender(kind=TenderKind.CASH, fen=enough))), ruleset)
