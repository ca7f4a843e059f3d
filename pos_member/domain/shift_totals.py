"""What a shift (班次) came to: the money that should be in the drawer, and the points that went out and came back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pos_member.domain.errors import InvariantViolation
from pos_member.domain.redeeming import Redemption, RedemptionVoid
from pos_member.domain.sale_return import SaleReturn
from pos_member.domain.shift import CashDirection, CashMovement, ShiftTotals
from pos_member.domain.tender import Tender, TenderKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SoldInShift:
    """The sales of a shift, summed. ``tenders`` are what was handed over by kind, cash before the change."""

    sales: int
    gross_fen: int
    payable_fen: int
    tenders: tuple[Tender, ...]
    points_earned: int
    points_redeemed: int
    first_receipt_no: str | None
    last_receipt_no: str | None


def shift_totals(
    float_fen: int,
    sold: SoldInShift,
    returns: Sequence[SaleReturn],
    movements: Iterable[CashMovement],
    redemptions: Iterable[Redemption | RedemptionVoid],
) -> ShiftTotals:
    """The totals of a shift, of all that was recorded in it.

    Points are net: earned by its sales less what its returns took back; spent at its sales and redemptions less what
    its returns and voids gave back. ``InvariantViolation`` when the tenders are not what was payable.
    """
    tenders = _less_change(sold)
    refunds = _by_kind(tender for each in returns for tender in each.goods.tenders)
    moved = dict.fromkeys(CashDirection, 0)
    for movement in movements:
        moved[movement.direction] += movement.fen
    numbers = [each for each in (sold.first_receipt_no, sold.last_receipt_no) if each is not None]
    numbers = sorted([*numbers, *(each.receipt_no for each in returns)], key=lambda number: (len(number), number))
    spent = sum(entry.points for each in redemptions for entry in each.entries)
    return ShiftTotals(
        sales=sold.sales,
        returns=len(returns),
        gross_fen=sold.gross_fen,
        net_fen=sold.payable_fen,
        refund_fen=sum(each.goods.refund_fen for each in returns),
        tenders=tenders,
        refunds=refunds,
        cash_in_fen=moved[CashDirection.IN],
        cash_out_fen=moved[CashDirection.OUT],
        expected_cash_fen=(
            float_fen + _cash(tenders) - _cash(refunds) + moved[CashDirection.IN] - moved[CashDirection.OUT]
        ),
        points_earned=sold.points_earned - sum(each.goods.points_taken_back for each in returns),
        points_redeemed=sold.points_redeemed - sum(each.goods.points_given_back for each in returns) - spent,
        first_receipt_no=numbers[0] if numbers else None,
        last_receipt_no=numbers[-1] if numbers else None,
    )


def _less_change(sold: SoldInShift) -> tuple[Tender, ...]:
    """What was kept of what was handed over; only cash gives change."""
    change = sum(tender.fen for tender in sold.tenders) - sold.payable_fen
    if not 0 <= change <= _cash(sold.tenders):
        raise InvariantViolation(f"tenders of a shift are {change} fen above what was payable")
    returned = (Tender(kind=TenderKind.CASH, fen=-change),)
    return _by_kind((*sold.tenders, *returned))


def _by_kind(tenders: Iterable[Tender]) -> tuple[Tender, ...]:
    """One of a kind, in the order of the kinds, none of 0."""
    sums = dict.fromkeys(TenderKind, 0)
    for tender in tenders:
        sums[tender.kind] += tender.fen
    return tuple(Tender(kind=kind, fen=fen) for kind, fen in sums.items() if fen)


def _cash(tenders: Iterable[Tender]) -> int:
    return sum(tender.fen for tender in tenders if tender.kind is TenderKind.CASH)
