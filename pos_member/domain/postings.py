"""The ledger entries that sales and returns post (docs/programme §4, §6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeAlias

from pos_member.domain.ids import IdFactory
from pos_member.domain.ledger import LedgerEntry, expiry_of
from pos_member.domain.quote import Quote
from pos_member.domain.redeeming import VOID, RedemptionKind
from pos_member.domain.returns import GoodsReturn
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.sale import Sale

REDEMPTION = "redemption"
PURCHASE = "purchase"
BIRTHDAY = "birthday"
UPGRADE = "upgrade"
PURCHASE_REVERSAL = "purchase_reversal"
BIRTHDAY_REVERSAL = "birthday_reversal"
REDEMPTION_REVERSAL = "redemption_reversal"

SPENDING = frozenset({REDEMPTION, VOID, *RedemptionKind})
"""The kinds by which points are spent at a till, and by which a spending of the same day is undone."""

_Movement: TypeAlias = tuple[str, int, date | None, str | None]
"""Kind, points, last day of what adds, the entry that what takes reverses."""


def entries_of(
    quote: Quote,
    *,
    ids: IdFactory,
    ruleset: Ruleset,
    sale_id: str,
    member_id: str | None,
    at: datetime,
    on: date,
    store_id: str,
    terminal_id: str,
) -> tuple[LedgerEntry, ...]:
    """The ledger entries that a settled quote posts, none of 0: what it takes, then what it adds (docs/programme §4).

    A sale to nobody in particular posts none. ``on`` is its business date.
    """
    if member_id is None:
        return ()
    flat = {part.kind: part.points for part in quote.points if part.kind in (BIRTHDAY, UPGRADE)}
    last_day = expiry_of(on, ruleset.ledger.expiry_months)
    movements: tuple[_Movement, ...] = (
        (REDEMPTION, -quote.points_redeemed, None, None),
        (PURCHASE, quote.points_earned - sum(flat.values()), last_day, None),
        (BIRTHDAY, flat.get(BIRTHDAY, 0), last_day, None),
        (UPGRADE, flat.get(UPGRADE, 0), last_day, None),
    )
    return _posted(movements, quote, ids, member_id, at, on, store_id, terminal_id, sale_id)


def return_entries(
    returned: GoodsReturn,
    sale: Sale,
    *,
    ids: IdFactory,
    return_id: str,
    at: datetime,
    on: date,
    store_id: str,
    terminal_id: str,
) -> tuple[LedgerEntry, ...]:
    """The ledger entries that a return posts: what it takes back of the sale's, then what it gives (docs/programme §6).

    Points given back have the last day of their lot. Goods sold to nobody in particular post none. ``on`` is the
    return's business date.
    """
    if sale.member_id is None:
        return ()
    posted = {entry.kind: entry.id for entry in sale.entries}
    movements: list[_Movement] = [
        (PURCHASE_REVERSAL, -returned.purchase_taken_back, None, posted.get(PURCHASE)),
        (BIRTHDAY_REVERSAL, -returned.birthday_taken_back, None, posted.get(BIRTHDAY)),
    ]
    movements += [(REDEMPTION_REVERSAL, lot.points, lot.expires_on, None) for lot in returned.given_back_lots]
    return _posted(movements, sale.quote, ids, sale.member_id, at, on, store_id, terminal_id, return_id)


def _posted(
    movements: Iterable[_Movement],
    quote: Quote,
    ids: IdFactory,
    member_id: str,
    at: datetime,
    on: date,
    store_id: str,
    terminal_id: str,
    source: str,
) -> tuple[LedgerEntry, ...]:
    return tuple(
        LedgerEntry(
            id=ids.new(),
            member_id=member_id,
            kind=kind,
            points=points,
            occurred_at=at,
            business_date=on,
            store_id=store_id,
            terminal_id=terminal_id,
            source=source,
            ruleset=quote.ruleset,
            expires_on=expires_on,
            of=of,
        )
        for kind, points, expires_on, of in movements
        if points
    )
