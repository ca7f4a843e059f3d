"""Shows what is owed with so many points off, and the change due on the cash given."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from pos_member.app.counter import Payment
from pos_member.app.price_basket import allowance, payable_request
from pos_member.app.ring_up import open_basket
from pos_member.app.workplace import Workplace
from pos_member.domain.pricing import quote

_NOTES_FEN = (100, 500, 1000, 2000, 5000, 10000)
_SUGGESTIONS = 4


def take_payment(workplace: Workplace, points: int | Literal["max"], cash_fen: int | None) -> Payment:
    """The basket as it would be settled. ``Refusal``: those of :func:`payable_request` and of a deduction."""
    with workplace.terminal.reading() as records:
        moment = workplace.moment(records)
        request = payable_request(workplace, records, open_basket(workplace, records), moment)
        priced = quote(replace(request, points_to_redeem=points), moment.ruleset)
        given = cash_fen or 0
        return Payment(
            quote=priced,
            allowance=allowance(request, moment.ruleset),
            cash_fen=cash_fen,
            change_fen=max(0, given - priced.payable_fen),
            short_fen=max(0, priced.payable_fen - given),
            suggestions=cash_suggestions(priced.payable_fen),
        )


def cash_suggestions(payable_fen: int) -> tuple[int, ...]:
    """Cash amounts people hand over for what is owed: exactly that, then up to the next notes, rising."""
    rounded = (-(-payable_fen // note) * note for note in _NOTES_FEN)
    return tuple(sorted({payable_fen, *rounded}))[:_SUGGESTIONS]
