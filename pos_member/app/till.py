"""Everything a screen can ask of the till. Each method runs on the database lane and answers with frozen values.

A ``Refusal`` means a rule said no and nothing changed; a ``Fault`` means the surroundings failed.
"""

from __future__ import annotations

from typing import Literal

from pos_member.app import print_receipt, ring_up
from pos_member.app.counter import Choice, CounterState, Payment, Session, Settled
from pos_member.app.ports import PrintJob
from pos_member.app.seat import Seat
from pos_member.app.settle_sale import settle_sale
from pos_member.app.sign_in import leave_duty, sign_in, sign_out, take_duty
from pos_member.app.take_payment import take_payment
from pos_member.app.workplace import Workplace
from pos_member.domain.staff import Staff
from pos_member.domain.tender import Tender


class Till:
    """The till as its screens see it. Knows who is signed in; all else is on disk."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self.seat = Seat()

    def new_id(self) -> str:
        """An id for something that is about to be done; asking again with the same id does it no second time."""
        return self._workplace.ids.new()

    def staff(self) -> tuple[Staff, ...]:
        """Who may sign in, by number."""
        return self._workplace.replica.staff()

    def sign_in(self, staff_id: str, pin: str) -> Session:
        """Signs someone in; a pharmacist comes on duty by it.

        ``Refusal``: ``pin_wrong`` (gap ``left``), ``pin_locked`` (gap ``seconds``).
        """
        person = sign_in(self._workplace, staff_id, pin)
        self.seat.take(person)
        return self._session(person)

    def sign_out(self) -> None:
        """Signs out who is at the till; the open basket stays. A pharmacist who signs out is on duty no more."""
        if self.seat.occupant is not None:
            sign_out(self._workplace, self.seat.occupant)
        self.seat.leave()

    def take_duty(self, staff_id: str, pin: str) -> Session:
        """Puts a pharmacist on duty beside the cashier. ``Refusal`` as :meth:`sign_in`, and ``not_a_pharmacist``."""
        cashier = self.seat.person()
        take_duty(self._workplace, staff_id, pin)
        return self._session(cashier)

    def leave_duty(self) -> Session:
        """Nobody is on duty any more."""
        cashier = self.seat.person()
        leave_duty(self._workplace)
        return self._session(cashier)

    def counter(self) -> CounterState:
        """The open basket as it stands, also after a restart."""
        self.seat.person()
        return ring_up.counter(self._workplace)

    def enter(self, text: str) -> CounterState | Choice:
        """Scanned or typed text: a product is added, a member attached; several meanings come back as a choice.

        ``Refusal``: those of :func:`pos_member.app.identify.identify` and of the obligations at the counter.
        """
        self.seat.person()
        return ring_up.enter(self._workplace, text)

    def choose(self, key: str) -> CounterState:
        """Takes one of the candidates of a choice."""
        self.seat.person()
        return ring_up.choose(self._workplace, key)

    def set_quantity(self, line: int, text: str) -> CounterState:
        """Sets a line's quantity (from 0). ``Refusal``: ``bad_quantity``, ``quantity_whole``, ``quantity_most``."""
        self.seat.person()
        return ring_up.set_quantity(self._workplace, line, text)

    def remove_line(self, line: int) -> CounterState:
        """Takes a line out (index from 0)."""
        self.seat.person()
        return ring_up.remove_line(self._workplace, line)

    def drop_member(self) -> CounterState:
        """The sale is for nobody in particular."""
        self.seat.person()
        return ring_up.drop_member(self._workplace)

    def void_basket(self) -> CounterState:
        """Abandons the open basket."""
        return ring_up.void_basket(self._workplace, self.seat.person().id)

    def payment(self, points: int | Literal["max"], cash_fen: int | None) -> Payment:
        """What is owed with so many points off, and the change. ``Refusal``: ``points_…``, ``basket_empty``."""
        self.seat.person()
        return take_payment(self._workplace, points, cash_fen)

    def settle(self, points: int, tenders: tuple[Tender, ...], agreed_fen: int | None = None) -> Settled:
        """Settles the sale: one durable commit, then the receipt. ``agreed_fen`` is the amount the customer was told.

        ``Refusal``: ``price_changed``, ``tender_short``, ``points_…``, ``member_frozen``, ``member_gone``.
        """
        return settle_sale(self._workplace, self.seat.person(), points, tenders, agreed_fen)

    def contact_head_office(self) -> None:
        """Tries now to reach head office and to send what waits; the answer is the status."""
        self._workplace.wake_sync()

    def reprint_last(self) -> PrintJob:
        """Prints the last receipt again, marked 补打. ``Refusal``: ``nothing_to_reprint``, ``no_printer``."""
        return print_receipt.reprint_last(self._workplace, self.seat.person().id)

    def print_jobs(self) -> tuple[PrintJob, ...]:
        """Jobs that are not done, oldest first."""
        return print_receipt.open_jobs(self._workplace)

    def resolve_print(self, job_id: str, *, printed: bool) -> tuple[PrintJob, ...]:
        """A person says whether an uncertain job came out; if not, it is printed again as a 补打."""
        return print_receipt.resolve_print(self._workplace, job_id, self.seat.person().id, printed=printed)

    def retry_print(self, job_id: str) -> tuple[PrintJob, ...]:
        """Tries a failed or waiting job again now."""
        return print_receipt.retry_print(self._workplace, job_id)

    def _session(self, cashier: Staff) -> Session:
        workplace = self._workplace
        with workplace.terminal.reading() as records:
            pharmacist = workplace.pharmacist(records)
            today = workplace.today(records, workplace.clock.now())
        return Session(
            staff=cashier,
            store=workplace.store(),
            terminal_name=workplace.identity.name,
            pharmacist=pharmacist,
            business_date=today,
        )
