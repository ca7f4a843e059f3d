"""What the use cases need of the world. Storage, sync and devices satisfy these; fakes pass the same contract tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from pos_member.domain.basket import Basket
from pos_member.domain.event import Event
from pos_member.domain.member import Card, MemberState
from pos_member.domain.pin_lock import PinCount
from pos_member.domain.product import Product
from pos_member.domain.receipt import ReceiptDocument
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.sale import Sale
from pos_member.domain.staff import Staff, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """How old the replica is: when head office last vouched for it (None: never filled), and up to which change."""

    as_of: datetime | None
    feed_no: int
    hq_epoch: str


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

    def member_id_by_phone(self, phone: str) -> str | None:
        """Who registered a phone number."""
        ...

    def search_members(self, text: str, limit: int) -> tuple[MemberState, ...]:
        """Members by the last four digits of the phone, by name (prefix), or by pinyin initials (prefix)."""
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


class TerminalRecords(Protocol):
    """What one transaction of ``terminal.db`` can read and write; all of it is committed together or not at all."""

    def load_basket(self) -> Basket | None:
        """The basket that was open when the till last ran."""
        ...

    def save_basket(self, basket: Basket) -> None:
        """Keeps the open basket, in place of the one before."""
        ...

    def next_receipt_number(self) -> int:
        """The next number without gaps, from 1; taken only if the transaction commits."""
        ...

    def append_event(self, *, kind: str, event_id: str, at: datetime, body: Mapping[str, object]) -> Event:
        """Chains a fact to this till's events and puts it in the outbox."""
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

    def sales_of_member(self, member_id: str, applied: Mapping[str, int]) -> tuple[Sale, ...]:
        """This till's sales to a member that head office's figures do not hold yet, oldest first.

        ``applied`` is :attr:`MemberState.applied`.
        """
        ...

    def points_redeemed(self, member_id: str, on: date) -> int:
        """Points (not below 0) that this till took from a member on a business date."""
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

    def pharmacist_on_duty(self) -> str | None:
        """The staff id of the pharmacist on duty at this terminal."""
        ...

    def set_pharmacist_on_duty(self, staff_id: str | None) -> None:
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


class PinHasher(Protocol):
    """Checks a PIN against its stored hash."""

    def verify(self, pin_hash: str, pin: str) -> bool:
        """Whether the PIN is right."""
        ...


Wake = Callable[[], None]
"""Tells a background worker (sync, print spooler) that there is new work. Returns at once."""
