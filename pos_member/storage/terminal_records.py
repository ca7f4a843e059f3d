"""One transaction of ``terminal.db``: the :class:`pos_member.app.ports.TerminalRecords`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert as upserting

from pos_member.app.codec import from_text, to_text
from pos_member.app.facts import FACTS, SALE
from pos_member.app.ports import PrintJob, PrintState, SuspendedBasket
from pos_member.domain.basket import Basket
from pos_member.domain.errors import InvariantViolation
from pos_member.domain.event import Event, PersonalPart
from pos_member.domain.fact import Fact
from pos_member.domain.pin_lock import PinCount
from pos_member.domain.sale import Sale
from pos_member.domain.sale_return import SaleReturn
from pos_member.domain.shift import ShiftOpening
from pos_member.domain.shift_totals import SoldInShift
from pos_member.domain.staff import Duty
from pos_member.storage import event_rows, fact_rows, local_rows, people_rows, print_rows, sale_rows, shift_rows
from pos_member.storage.member_records import MemberRecords
from pos_member.storage.prepared import Prepared
from pos_member.storage.terminal_schema import meta, open_basket
from pos_member.storage.witness import Witness

F = TypeVar("F", bound=Fact)

_BASKET = Prepared(select(open_basket.c.document))
_SAVING = upserting(open_basket)
_SAVE_BASKET = Prepared(
    _SAVING.on_conflict_do_update(index_elements=["id"], set_={"document": _SAVING.excluded.document})
)
_COUNTS = Prepared(
    select(meta.c.epoch, meta.c.receipt_number, meta.c.shift_number, meta.c.business_date, meta.c.spending_stopped)
)
_SAVE_COUNTS = Prepared(
    update(meta).values(
        receipt_number=bindparam("receipt"), shift_number=bindparam("shift"), business_date=bindparam("on")
    )
)


class TerminalRecords(MemberRecords):
    """What one transaction reads and writes. It lives as long as the block of its store that gave it."""

    def __init__(self, connection: Connection, *, terminal_id: str) -> None:
        counts = _COUNTS.run(connection).fetchone()
        super().__init__(connection, terminal_id=terminal_id, epoch=counts["epoch"])
        self._receipt_number: int = counts["receipt_number"]
        self._shift_number: int = counts["shift_number"]
        self._business_date: str | None = counts["business_date"]
        self._spending_stopped = bool(counts["spending_stopped"])
        self._counted = self._counts()
        self._added: set[tuple[str, str]] = set()
        self._told: set[tuple[str, str]] = set()
        self.last_event: Event | None = None

    @property
    def chain(self) -> str:
        """The chain that this till writes now, as ``applied`` maps call it: "terminal:epoch"."""
        return f"{self._terminal_id}:{self._epoch}"

    @property
    def spending_stopped(self) -> bool:
        """Whether this till may take no points offline: its file was rewound, copied or recovered."""
        return self._spending_stopped

    def next_shift_number(self) -> int:
        """The number after the last shift's, from 1."""
        return self._shift_number + 1

    def load_basket(self) -> Basket | None:
        """The basket that was open when the till last ran."""
        document = _BASKET.value(self._connection)
        return None if document is None else from_text(Basket, document)

    def save_basket(self, basket: Basket) -> None:
        """Keeps the open basket, in place of the one before."""
        _SAVE_BASKET.run(self._connection, {"id": 1, "document": to_text(basket)})

    def next_receipt_number(self) -> int:
        """The next number without gaps, from 1; taken only if the transaction commits."""
        self._receipt_number += 1
        return self._receipt_number

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
        """Chains a fact to this till's events, which is what puts it in the outbox.

        The body is a frozen value or a mapping; its ``id``, where there is one, is what the fact is about. ``part``
        travels beside it and can be erased.
        """
        event = event_rows.append_event(
            self._connection,
            terminal_id=self._terminal_id,
            epoch=self._epoch,
            kind=kind,
            event_id=event_id,
            at=at,
            body=body,
            member_id=member_id,
            part=part,
        )
        self.last_event = event
        told = event_rows.subject_of(body)
        if told is not None and (kind == SALE or kind in FACTS):
            self._told.add((kind, told))
        return event

    def latest_event_at(self) -> datetime | None:
        """When the latest event was recorded, by this till's clock."""
        return event_rows.read_latest_at(self._connection)

    def part_about(self, subject_id: str) -> Mapping[str, object] | None:
        """The personal part of the last event about something; None when there is none, or it was erased."""
        return event_rows.read_part_about(self._connection, subject_id)

    def add_sale(self, sale: Sale) -> None:
        """Writes the sale with its lines, tenders and ledger entries.

        Its event (kind ``sale``, the sale's id as ``body["id"]``) belongs in the same transaction.
        """
        sale_rows.write_sale(self._connection, sale)
        self._move_date_on(sale.business_date)
        self._added.add((SALE, sale.id))

    def add_fact(self, kind: str, fact: Fact, receipt_no: str | None = None) -> None:
        """Writes a fact with its ledger entries. Its event (of that kind) belongs in the same transaction."""
        fact_rows.write_fact(self._connection, kind, fact, receipt_no)
        if isinstance(fact, ShiftOpening):
            self._shift_number = fact.number
        self._move_date_on(fact.business_date)
        self._added.add((kind, fact.id))

    def fact(self, kind: type[F], fact_id: str) -> F | None:
        """A fact of this till. ``InvariantViolation`` when the id is another kind's."""
        return fact_rows.read_fact(self._connection, kind, fact_id)

    def facts_about(self, kind: type[F], about: str) -> tuple[F, ...]:
        """Facts of a kind about one thing, in the order in which they were recorded."""
        return fact_rows.read_facts_about(self._connection, kind, about)

    def facts_of_member(self, kind: type[F], member_id: str) -> tuple[F, ...]:
        """Facts of a kind about a member, in the order in which they were recorded."""
        return fact_rows.read_facts_of_member(self._connection, kind, member_id)

    def facts_of_shift(self, kind: type[F], shift_id: str) -> tuple[F, ...]:
        """Facts of a kind in a shift, in the order in which they were recorded."""
        return fact_rows.read_facts_of_shift(self._connection, kind, shift_id)

    def open_shift(self) -> ShiftOpening | None:
        """The shift that was opened and is not closed."""
        return fact_rows.read_open_shift(self._connection)

    def last_shift(self) -> ShiftOpening | None:
        """The shift that was opened last, closed or not."""
        return fact_rows.read_last_shift(self._connection)

    def sold_in_shift(self, shift_id: str) -> SoldInShift:
        """What the sales of a shift come to, summed."""
        return shift_rows.read_sold_in_shift(self._connection, shift_id)

    def suspend_basket(self, suspended: SuspendedBasket) -> None:
        """Puts a basket aside. ``Refusal`` ``suspended_full`` at 50 of them."""
        local_rows.suspend(self._connection, suspended)

    def suspended_baskets(self) -> tuple[SuspendedBasket, ...]:
        """The baskets put aside, oldest first."""
        return local_rows.read_suspended(self._connection)

    def take_suspended(self, basket_id: str) -> SuspendedBasket | None:
        """Takes one of them up again; None when it is not there any more."""
        return local_rows.take_up(self._connection, basket_id)

    def sale_of_coupon(self, code: str) -> str | None:
        """The sale of this till that used a coupon (case-insensitive)."""
        return sale_rows.read_sale_of_coupon(self._connection, code)

    def sale_of_prescription(self, prescription_id: str) -> str | None:
        """The sale of this till that used a prescription."""
        return sale_rows.read_sale_of_prescription(self._connection, prescription_id)

    def handed_out(self, reward_id: str, applied: Mapping[str, int]) -> int:
        """Pieces of a reward that this till handed out, less those taken back, that ``applied`` does not hold yet."""
        return fact_rows.read_handed_out(self._connection, self._terminal_id, reward_id, applied)

    def sale(self, sale_id: str) -> Sale | None:
        """A sale of this till."""
        return sale_rows.read_sale(self._connection, sale_id)

    def last_sale(self) -> Sale | None:
        """The latest sale of this till."""
        return sale_rows.read_last_sale(self._connection)

    def sale_by_receipt(self, receipt_no: str) -> Sale | None:
        """A sale of this till by the number on its receipt."""
        return sale_rows.read_sale_by_receipt(self._connection, receipt_no)

    def return_by_receipt(self, receipt_no: str) -> SaleReturn | None:
        """A return of this till by the number on its slip."""
        return fact_rows.read_return_by_receipt(self._connection, receipt_no)

    def points_redeemed(self, member_id: str, on: date) -> int:
        """Points (not below 0) that a member spent at this till on a business date, less what was voided."""
        return sale_rows.read_points_redeemed(self._connection, member_id, on)

    def latest_business_date(self) -> date | None:
        """The latest business date this till has recorded."""
        return None if self._business_date is None else date.fromisoformat(self._business_date)

    def enqueue_print(self, job: PrintJob) -> None:
        """Puts a job in the print queue. ``Refusal`` ``print_queue_full`` at 200 open jobs; nothing else is undone."""
        print_rows.enqueue(self._connection, job)

    def open_print_jobs(self) -> tuple[PrintJob, ...]:
        """Jobs that are not done, oldest first."""
        return print_rows.read_open_jobs(self._connection)

    def set_print_state(
        self, job_id: str, state: PrintState, *, attempts: int | None = None, problem: str = ""
    ) -> None:
        """Moves a print job on, and ends its waiting time."""
        print_rows.move(self._connection, job_id, state, attempts=attempts, problem=problem)

    def pin_attempts(self, staff_id: str) -> PinCount:
        """Wrong PINs in a row so far."""
        return people_rows.read_attempts(self._connection, staff_id)

    def save_pin_attempts(self, staff_id: str, attempts: PinCount) -> None:
        """Keeps the count; it outlives a restart."""
        people_rows.write_attempts(self._connection, staff_id, attempts)

    def duty(self) -> Duty | None:
        """Who came on duty at this terminal last and has not left; it may have lapsed with the day."""
        return people_rows.read_duty(self._connection)

    def set_duty(self, duty: Duty | None) -> None:
        """Someone comes on duty, or nobody is."""
        people_rows.write_duty(self._connection, duty)

    def witness(self) -> Witness | None:
        """What stands after this transaction; None when it told of nothing."""
        if self.last_event is None:
            return None
        return Witness(
            terminal_id=self._terminal_id,
            epoch=self._epoch,
            seq=self.last_event.key.seq,
            hash=self.last_event.hash.hex(),
            receipt_number=self._receipt_number,
            shift_number=self._shift_number,
            business_date=self.latest_business_date(),
        )

    def finish(self) -> None:
        """What is still to be written before the commit.

        ``InvariantViolation`` when a sale or a fact and its event are not both in this transaction: it would never
        reach head office.
        """
        alone = self._added ^ self._told
        if alone:
            raise InvariantViolation(f"a fact without its event, or the other way round: {sorted(alone)}")
        counts = self._counts()
        if counts != self._counted:
            receipt, shift, on = counts
            _SAVE_COUNTS.run(self._connection, {"receipt": receipt, "shift": shift, "on": on})

    def _counts(self) -> tuple[int, int, str | None]:
        return self._receipt_number, self._shift_number, self._business_date

    def _move_date_on(self, on: date) -> None:
        written = on.isoformat()
        if self._business_date is None or self._business_date < written:
            self._business_date = written
