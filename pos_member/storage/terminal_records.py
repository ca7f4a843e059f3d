"""One transaction of ``terminal.db``: the :class:`pos_member.app.ports.TerminalRecords`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upserting

from pos_member.app.codec import from_text, to_text
from pos_member.app.ports import PrintJob, PrintState
from pos_member.domain.basket import Basket
from pos_member.domain.clock import instant_text, parse_instant
from pos_member.domain.errors import InvariantViolation
from pos_member.domain.event import GENESIS_HASH, Event, EventKey, chain_event
from pos_member.domain.pin_lock import PinCount
from pos_member.domain.sale import Sale
from pos_member.storage import print_rows, sale_rows
from pos_member.storage.terminal_schema import duty, events, meta, open_basket, pin_attempts

_BASKET = select(open_basket.c.document)
_SAVE_BASKET = upserting(open_basket)
_SAVE_BASKET = _SAVE_BASKET.on_conflict_do_update(
    index_elements=["id"], set_={"document": _SAVE_BASKET.excluded.document}
)
_NEXT_NUMBER = update(meta).values(receipt_number=meta.c.receipt_number + 1).returning(meta.c.receipt_number)
_BUSINESS_DATE = select(meta.c.business_date)
_MOVE_DATE_ON = (
    update(meta)
    .where(or_(meta.c.business_date.is_(None), meta.c.business_date < bindparam("on")))
    .values(business_date=bindparam("on"))
)
_LAST_EVENT = (
    select(events.c.seq, events.c.hash)
    .where(events.c.epoch == bindparam("of_epoch"))
    .order_by(events.c.seq.desc())
    .limit(1)
)
_INSERT_EVENT = insert(events)
_ATTEMPTS = select(pin_attempts).where(pin_attempts.c.staff_id == bindparam("person"))
_SAVE_ATTEMPTS = upserting(pin_attempts)
_SAVE_ATTEMPTS = _SAVE_ATTEMPTS.on_conflict_do_update(
    index_elements=["staff_id"],
    set_={"wrong": _SAVE_ATTEMPTS.excluded.wrong, "locked_until": _SAVE_ATTEMPTS.excluded.locked_until},
)
_DUTY = select(duty.c.staff_id)
_LEAVE_DUTY = delete(duty)
_TAKE_DUTY = insert(duty)


class TerminalRecords:
    """What one transaction reads and writes. It lives as long as the block of its store that gave it."""

    def __init__(self, connection: Connection, *, terminal_id: str, epoch: str) -> None:
        self._connection = connection
        self._terminal_id = terminal_id
        self._epoch = epoch
        self._sales_added: set[str] = set()
        self._sales_told: set[str] = set()

    def load_basket(self) -> Basket | None:
        """The basket that was open when the till last ran."""
        document = self._connection.execute(_BASKET).scalar_one_or_none()
        return None if document is None else from_text(Basket, document)

    def save_basket(self, basket: Basket) -> None:
        """Keeps the open basket, in place of the one before."""
        self._connection.execute(_SAVE_BASKET, {"id": 1, "document": to_text(basket)})

    def next_receipt_number(self) -> int:
        """The next number without gaps, from 1; taken only if the transaction commits."""
        return int(self._connection.execute(_NEXT_NUMBER).scalar_one())

    def append_event(self, *, kind: str, event_id: str, at: datetime, body: Mapping[str, object]) -> Event:
        """Chains a fact to this till's events, which is what puts it in the outbox.

        ``body["id"]``, where there is one, is what the fact is about.
        """
        last = self._connection.execute(_LAST_EVENT, {"of_epoch": self._epoch}).one_or_none()
        seq, previous = (0, GENESIS_HASH) if last is None else (last.seq, last.hash)
        event = chain_event(
            key=EventKey(terminal_id=self._terminal_id, epoch=self._epoch, seq=seq + 1),
            previous=previous,
            event_id=event_id,
            kind=kind,
            at=at,
            body=body,
        )
        subject = body.get("id")
        subject_id = subject if isinstance(subject, str) else None
        self._connection.execute(
            _INSERT_EVENT,
            {
                "epoch": event.key.epoch,
                "seq": event.key.seq,
                "terminal_id": event.key.terminal_id,
                "event_id": event_id,
                "kind": kind,
                "subject_id": subject_id,
                "canonical": event.canonical,
                "hash": event.hash,
            },
        )
        if kind == "sale" and subject_id is not None:
            self._sales_told.add(subject_id)
        return event

    def add_sale(self, sale: Sale) -> None:
        """Writes the sale with its lines, tenders and ledger entries.

        Its event (kind ``sale``, the sale's id as ``body["id"]``) belongs in the same transaction.
        """
        sale_rows.write_sale(self._connection, sale)
        self._connection.execute(_MOVE_DATE_ON, {"on": sale.business_date.isoformat()})
        self._sales_added.add(sale.id)

    def sale(self, sale_id: str) -> Sale | None:
        """A sale of this till."""
        return sale_rows.read_sale(self._connection, sale_id)

    def last_sale(self) -> Sale | None:
        """The latest sale of this till."""
        return sale_rows.read_last_sale(self._connection)

    def sales_of_member(self, member_id: str, applied: Mapping[str, int]) -> tuple[Sale, ...]:
        """This till's sales to a member that head office's figures do not hold yet, oldest first."""
        return sale_rows.read_sales_not_applied(self._connection, member_id, applied)

    def points_redeemed(self, member_id: str, on: date) -> int:
        """Points (not below 0) that this till took from a member on a business date."""
        return sale_rows.read_points_redeemed(self._connection, member_id, on)

    def latest_business_date(self) -> date | None:
        """The latest business date this till has recorded."""
        latest = self._connection.execute(_BUSINESS_DATE).scalar_one()
        return None if latest is None else date.fromisoformat(latest)

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
        row = self._connection.execute(_ATTEMPTS, {"person": staff_id}).one_or_none()
        if row is None:
            return PinCount(wrong=0, locked_until=None)
        locked_until = None if row.locked_until is None else parse_instant(row.locked_until)
        return PinCount(wrong=row.wrong, locked_until=locked_until)

    def save_pin_attempts(self, staff_id: str, attempts: PinCount) -> None:
        """Keeps the count; it outlives a restart."""
        locked_until = None if attempts.locked_until is None else instant_text(attempts.locked_until)
        self._connection.execute(
            _SAVE_ATTEMPTS, {"staff_id": staff_id, "wrong": attempts.wrong, "locked_until": locked_until}
        )

    def pharmacist_on_duty(self) -> str | None:
        """The staff id of the pharmacist on duty at this terminal."""
        return self._connection.execute(_DUTY).scalar_one_or_none()

    def set_pharmacist_on_duty(self, staff_id: str | None) -> None:
        """Someone comes on duty, or nobody is."""
        self._connection.execute(_LEAVE_DUTY)
        if staff_id is not None:
            self._connection.execute(_TAKE_DUTY, {"id": 1, "staff_id": staff_id})

    def require_whole(self) -> None:
        """``InvariantViolation`` when a sale and its event are not both in this transaction: such a sale would never
        reach head office.
        """
        alone = self._sales_added ^ self._sales_told
        if alone:
            raise InvariantViolation(f"a sale without its event, or the other way round: {sorted(alone)}")
