"""What every fact that a till records has in common: who did it, where, when, in which shift."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pos_member.domain.ledger import LedgerEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that happened at a till. It is recorded once under its ``id``, whoever asks for it how often.

    ``about`` is the id of what it concerns: the sale that goods come back of, the redemption that is voided.
    ``approved_by`` is the second person whose PIN allowed it, ``shift_id`` the shift it was done in, if one was open.
    ``entries`` are the ledger entries it posts.
    """

    id: str
    at: datetime
    business_date: date
    store_id: str
    terminal_id: str
    staff_id: str
    shift_id: str | None = None
    member_id: str | None = None
    about: str | None = None
    approved_by: str | None = None
    entries: tuple[LedgerEntry, ...] = ()
