"""A settled sale: the fact that a till records, prints, and sends to head office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pos_member.domain.ledger import LedgerEntry
from pos_member.domain.quote import Quote
from pos_member.domain.tender import Tender


@dataclass(frozen=True, slots=True, kw_only=True)
class SoldProduct:
    """What a line of the quote was, as it was named on the day of the sale."""

    sku: str
    name: str
    specification: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """A settled sale. ``products[i]`` names ``quote.lines[i]``; ``entries`` are the ledger entries it posts.

    ``receipt_no`` counts without gaps per till, returns counted in. ``pharmacist_id`` is who was on duty, if anyone.
    ``prescription_ids`` were approved for goods of it. ``exchange_return_id`` is the return on the same slip.
    """

    id: str
    receipt_no: str
    store_id: str
    terminal_id: str
    cashier_id: str
    pharmacist_id: str | None
    member_id: str | None
    at: datetime
    business_date: date
    products: tuple[SoldProduct, ...]
    quote: Quote
    tenders: tuple[Tender, ...]
    entries: tuple[LedgerEntry, ...]
    shift_id: str | None = None
    prescription_ids: tuple[str, ...] = ()
    approved_by: str | None = None
    exchange_return_id: str | None = None

    @property
    def coupon_id(self) -> str | None:
        """The coupon that was used, if one was."""
        return next((each.id for each in self.quote.order_reductions if each.is_coupon), None)
