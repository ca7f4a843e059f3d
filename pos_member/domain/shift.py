"""Shifts (班次) of a till drawer: opened with a float, moved by cash, closed by a count, and then never changed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_member.domain.fact import Fact
from pos_member.domain.tender import Tender


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftOpening(Fact):
    """A shift begins. The fact's id is the shift's; ``number`` counts this till's shifts from 1 without gaps.

    ``by_itself``: nobody opened it, the first sale did, so that no sale waits for it.
    """

    number: int
    float_fen: int
    by_itself: bool = False


class CashDirection(StrEnum):
    """Into the drawer or out of it."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True, kw_only=True)
class CashMovement(Fact):
    """Cash put into the drawer or taken out, otherwise than by a sale or a return."""

    direction: CashDirection
    fen: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftTotals:
    """What a shift came to. ``tenders`` were taken (cash less the change), ``refunds`` given back.

    ``expected_cash_fen`` is what should be in the drawer: float + cash taken − cash refunded + in − out.
    """

    sales: int
    returns: int
    gross_fen: int
    net_fen: int
    refund_fen: int
    tenders: tuple[Tender, ...]
    refunds: tuple[Tender, ...]
    cash_in_fen: int
    cash_out_fen: int
    expected_cash_fen: int
    points_earned: int
    points_redeemed: int
    first_receipt_no: str | None
    last_receipt_no: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftClosing(Fact):
    """A shift (``about``) is over. ``counted_fen`` was counted blind; a difference has its ``reason``."""

    number: int
    counted_fen: int
    totals: ShiftTotals
    reason: str = ""

    @property
    def difference_fen(self) -> int:
        """Counted less expected: above 0 there is too much in the drawer."""
        return self.counted_fen - self.totals.expected_cash_fen
