"""What the use cases need of the world. Storage, sync and devices satisfy these; fakes pass the same contract tests."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from pos_member.app.members.member_records import MemberRecords
from pos_member.domain.basket import Basket
from pos_member.domain.errors import Sentence
from pos_member.domain.event import Event, PersonalPart
from pos_member.domain.fact import Fact
from pos_member.domain.member import Card, MemberState
from pos_member.domain.offers import Coupon, Offer
from pos_member.domain.pin_lock import PinCount
from pos_member.domain.product import Product
from pos_member.domain.receipt import ReceiptDocument
from pos_member.domain.returns import ReturnedLine
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.sale import Sale
from pos_member.domain.sale_return import SaleReturn
from pos_member.domain.shift import ShiftOpening
from pos_member.domain.shift_totals import SoldInShift
from pos_member.domain.staff import Duty, Staff, Store

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How old the replica is: when head office last vouched for it (None: never filled), and up to which change.

    ``as_of`` is by head office's clock; ``ahead`` is by how much this till's clock was then ahead of it.
    """

    as_of: datetime | None
    feed_no: int
    hq_epoch: str
    ahead: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CouponState:
    """A coupon as head office published it: what it takes off, whose it is (None: anyone's), which sale used it."""

    coupon: Coupon
    member_id: str | None = None
    used_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardStock:
    """Pieces of a reward that a store has left, and how far each till's events are in that ("terminal:epoch" → seq)."""

    store_id: str
    reward_id: str
    pieces: int
    applied: dict[str, int]


class Replica(Protocol):
    """Head office's state as this till last got it. Reading only; nothing here ever waits for the network."""

    def product_by_barcode(self, barcode: str) -> Product | None:
        """The product that bears a barcode."""
        ...

    def product_by_sku(self, sku: str) -> Product | None:
        """The product of an SKU (case-insensitive)."""
        ...

    def search_products(self, text: str, limit: int) -> tuple[Product, ...]:
        """Products whose name contains the text, or whose pinyin initials or SKU begin with it, shorter names first."""
        ...

    def card(self, code: str) -> Card | None:
        """A card by its code (case-insensitive), whatever its status."""
        ...

    def member(self, member_id: str) -> MemberState | None:
        """A member's published state."""
        ...

    def cards_of(self, member_id: str) -> tuple[Card, ...]:
        """All cards of a member, by code."""
        ...

    def member_id_by_phone(self, phone: str) -> str | None:
        """Who registered a phone number."""
        ...

    def search_members(self, text: str, limit: int) -> tuple[MemberState, ...]:
        """Members by the last four digits of the phone, by name (prefix), or by pinyin initials (prefix)."""
        ...

    def erased_among(self, member_ids: Collection[str]) -> frozenset[str]:
        """Those of some members whom head office has erased (docs/sync.md)."""
        ...

    def staff(self) -> tuple[Staff, ...]:
        """Everyone who is active, by number."""
        ...

    def store(self, store_id: str) -> Store | None:
        """A shop of the chain."""
        ...

    def ruleset(self, on: date) -> Ruleset | None:
        """The ruleset in force on a business date, None when none was ever published."""
        ...

    def ruleset_of(self, version: str) -> Ruleset | None:
        """A published version, whatever its dates; None when it was never published or cannot be read."""
        ...

    def offers(self) -> tuple[Offer, ...]:
        """The published offers, by id."""
        ...

    def coupon(self, code: str) -> CouponState | None:
        """A coupon by its code (case-insensitive)."""
        ...

    def reward_stock(self, reward_id: str) -> RewardStock | None:
        """The pieces of a reward that this store has left; None where it keeps no stock of it."""
        ...

    def freshness(self) -> Freshness:
        """How old all this is."""
        ...


class PrintState(StrEnum):
    """Where a print job stands. ``uncertain``: sent, but the printer never said it was done; a person decides."""

    QUEUED = "queued"
    SENDING = "sending"
    DONE = "done"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintJob:
    """A document on its way to paper. ``title`` is what a person calls it; ``reprint`` marks a 补打.

    ``problem`` is the printer's own code for why it is not on paper ("unreachable", "paper_out", …), or empty.
    """

    id: str
    title: str
    document: ReceiptDocument
    queued_at: datetime
    sale_id: str | None = None
    reprint: bool = False
    state: PrintState = PrintState.QUEUED
    attempts: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendedBasket:
    """A basket that was put aside, by whom and when, to be taken up again."""

    basket: Basket
    suspended_at: datetime
    staff_id: str


class TerminalRecords(MemberRecords, Protocol):
    """What one transaction of ``terminal.db`` can read and write; all of it is committed together or not at all."""

    @property
    def chain(self) -> str:
        """The chain that this till writes now, as ``applied`` maps call it: "terminal:epoch"."""
        ...

    @property
    def spending_stopped(self) -> bool:
        """Whether this till may take no points offline: its file was rewound, copied or recovered (docs/sync.md)."""
        ...

    def next_shift_number(self) -> int:
        """The number after the last shift's, from 1; it goes on where the file of this till was put back to before."""
        ...

    def load_basket(self) -> Basket | None:
        """The basket that was open when the till last ran."""
        ...

    def save_basket(self, basket: Basket) -> None:
        """Keeps the open basket, in place of the one before."""
        ...

    def next_receipt_number(self) -> int:
        """The next number without gaps, from 1; taken only if the transaction commits."""
        ...

    def append_event(
        self,
        *,
        kind: str,
        event_id: str,
        at: datetime,
        body: object,
        member_id: str | None = None,
        part: PersonalPart | None = None,
    ) -> Event:
        """Chains a fact to this till's events and puts it in the outbox.

        The body is a frozen value or a mapping; its ``id``, where there is one, is what the fact is about. ``part``
        travels beside it and can be erased.
        """
        ...

    def latest_event_at(self) -> datetime | None:
        """When the latest event was recorded, by this till's clock."""
        ...

    def add_fact(self, kind: str, fact: Fact, receipt_no: str | None = None) -> None:
        """Writes a fact with its ledger entries. Its event belongs in the same transaction."""
        ...

    def fact(self, kind: type[F], fact_id: str) -> F | None:
        """A fact of this till. ``InvariantViolation`` when the id is another kind's."""
        ...

    def facts_about(self, kind: type[F], about: str) -> tuple[F, ...]:
        """Facts of a kind about one thing, in the order in which they were recorded."""
        ...

    def facts_of_member(self, kind: type[F], member_id: str) -> tuple[F, ...]:
        """Facts of a kind about a member, in the order in which they were recorded."""
        ...

    def facts_of_shift(self, kind: type[F], shift_id: str) -> tuple[F, ...]:
        """Facts of a kind in a shift, in the order in which they were recorded."""
        ...

    def part_about(self, subject_id: str) -> Mapping[str, object] | None:
        """The personal part of the last event about something; None when there is none, or it was erased."""
        ...

    def open_shift(self) -> ShiftOpening | None:
        """The shift that was opened and is not closed."""
        ...

    def last_shift(self) -> ShiftOpening | None:
        """The shift that was opened last, closed or not."""
        ...

    def sold_in_shift(self, shift_id: str) -> SoldInShift:
        """What the sales of a shift come to, summed."""
        ...

    def suspend_basket(self, suspended: SuspendedBasket) -> None:
        """Puts a basket aside. ``Refusal`` ``suspended_full`` at 50 of them."""
        ...

    def suspended_baskets(self) -> tuple[SuspendedBasket, ...]:
        """The baskets put aside, oldest first."""
        ...

    def take_suspended(self, basket_id: str) -> SuspendedBasket | None:
        """Takes one of them up again; None when it is not there any more."""
        ...

    def sale_of_coupon(self, code: str) -> str | None:
        """The sale of this till that used a coupon (case-insensitive)."""
        ...

    def sale_of_prescription(self, prescription_id: str) -> str | None:
        """The sale of this till that used a prescription."""
        ...

    def handed_out(self, reward_id: str, applied: Mapping[str, int]) -> int:
        """Pieces of a reward that this till handed out, less those taken back, that ``applied`` does not hold yet."""
        ...

    def add_sale(self, sale: Sale) -> None:
        """Writes the sale with its lines, tenders and ledger entries."""
        ...

    def sale(self, sale_id: str) -> Sale | None:
        """A sale of this till."""
        ...

    def last_sale(self) -> Sale | None:
        """The latest sale of this till."""
        ...

    def sale_by_receipt(self, receipt_no: str) -> Sale | None:
        """A sale of this till by the number on its receipt."""
        ...

    def points_redeemed(self, member_id: str, on: date) -> int:
        """Points (not below 0) that a member spent at this till on a business date, however, less what was voided."""
        ...

    def return_by_receipt(self, receipt_no: str) -> SaleReturn | None:
        """A return of this till by the number on its slip."""
        ...

    def latest_business_date(self) -> date | None:
        """The latest business date this till has recorded."""
        ...

    def enqueue_print(self, job: PrintJob) -> None:
        """Puts a job in the print queue. The queue is bounded: ``Refusal`` ``print_queue_full`` at 200 open jobs."""
        ...

    def open_print_jobs(self) -> tuple[PrintJob, ...]:
        """Jobs that are not done, oldest first."""
        ...

    def set_print_state(
        self, job_id: str, state: PrintState, *, attempts: int | None = None, problem: str = ""
    ) -> None:
        """Moves a print job on."""
        ...

    def pin_attempts(self, staff_id: str) -> PinCount:
        """Wrong PINs in a row so far."""
        ...

    def save_pin_attempts(self, staff_id: str, attempts: PinCount) -> None:
        """Keeps the count; it outlives a restart."""
        ...

    def duty(self) -> Duty | None:
        """Who came on duty at this terminal last and has not left; it may have lapsed with the day."""
        ...

    def set_duty(self, duty: Duty | None) -> None:
        """Someone comes on duty, or nobody is."""
        ...


class TerminalStore(Protocol):
    """``terminal.db``."""

    def transaction(self) -> AbstractContextManager[TerminalRecords]:
        """A writing transaction: commits durably at the end of the block, rolls back on any exception.

        ``Fault`` ``disk_write_failed`` when the disk refuses.
        """
        ...

    def reading(self) -> AbstractContextManager[TerminalRecords]:
        """A short reading transaction."""
        ...

    def notice(self) -> Sentence | None:
        """What people have to be told of this file: that it was rewound, restored or recovered; None mostly."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteSale:
    """A sale as head office holds it, and what has come back of it, by the ids of the returns."""

    sale: Sale
    returned: dict[str, tuple[ReturnedLine, ...]]


class HeadOfficeDesk(Protocol):
    """What a till asks of head office while somebody waits. Every call has a deadline of 800 ms.

    ``Fault``: ``head_office_unreachable`` and its like, all retryable.
    """

    def sale(self, receipt_no: str) -> RemoteSale | None:
        """A sale of any till of the chain, None when head office knows none of that number."""
        ...


class PinHasher(Protocol):
    """Checks a PIN against its stored hash."""

    def verify(self, pin_hash: str, pin: str) -> bool:
        """Whether the PIN is right."""
        ...


Wake = Callable[[], None]
"""Tells a background worker (sync, print spooler) that there is new work. Returns at once."""
