"""Exchanges (换货): the money back for goods pays for the new ones first, and only the difference changes hands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos_member.domain.tender import Tender, TenderKind
from pos_member.domain.tendering import insured


def refund_used(refund: Sequence[Tender], payable_fen: int, given: Sequence[Tender]) -> tuple[Tender, ...]:
    """What of a refund pays for the new goods, non-cash before cash, beside what the customer has ``given``.

    The insurance's money is its own: what goes back to it pays for nothing else, and what it gives is not replaced.
    """
    room = max(0, payable_fen - insured(given))
    used = []
    for tender in sorted(refund, key=lambda each: each.kind is TenderKind.CASH):
        if tender.kind is not TenderKind.INSURANCE and room:
            used.append(Tender(kind=tender.kind, fen=min(room, tender.fen)))
            room -= used[-1].fen
    return tuple(used)


def paid_by(refund: Sequence[Tender], payable_fen: int, given: Sequence[Tender]) -> tuple[Tender, ...]:
    """How the new goods are paid: by the refund, by what was ``given``, and what is missing then in cash."""
    every = (*refund_used(refund, payable_fen, given), *given)
    missing_fen = max(0, payable_fen - sum(tender.fen for tender in every))
    return together(*every, Tender(kind=TenderKind.CASH, fen=missing_fen))


def together(*tenders: Tender) -> tuple[Tender, ...]:
    """Tenders with those of a kind joined, none of 0."""
    parts: dict[TenderKind, int] = {}
    for tender in tenders:
        parts[tender.kind] = parts.get(tender.kind, 0) + tender.fen
    return tuple(Tender(kind=kind, fen=fen) for kind, fen in parts.items() if fen)


def differences(refund: Sequence[Tender], tenders: Sequence[Tender], change_fen: int) -> Mapping[TenderKind, int]:
    """What changes hands in fen by kind, none of 0: above 0 the customer pays it, below 0 it goes back to them."""
    moved: dict[TenderKind, int] = {}
    for tender in tenders:
        moved[tender.kind] = tender.fen - (change_fen if tender.kind is TenderKind.CASH else 0)
    for tender in refund:
        moved[tender.kind] = moved.get(tender.kind, 0) - tender.fen
    return {kind: fen for kind, fen in moved.items() if fen}
