"""Everything a screen can ask of the till. Each method runs on the database lane and answers with frozen values.

A ``Refusal`` means a rule said no and nothing changed; a ``Fault`` means the surroundings failed.
"""

from __future__ import annotations

from typing import Literal, Protocol

from pos_member.app.counter import Choice, CounterState, Payment, Session, Settled
from pos_member.app.ports import PrintJob
from pos_member.domain.staff import Staff
from pos_member.domain.tender import Tender


class Till(Protocol):
    """The till as its screens see it."""

    def staff(self) -> tuple[Staff, ...]:
        """Who may sign in, by number."""
        ...

    def sign_in(self, staff_id: str, pin: str) -> Session:
        """Signs someone in. ``Refusal``: ``pin_wrong`` (gap ``left``), ``pin_locked`` (gap ``seconds``)."""
        ...

    def sign_out(self) -> None:
        """Signs the cashier out; the open basket stays."""
        ...

    def take_duty(self, staff_id: str, pin: str) -> Session:
        """Puts a pharmacist on duty beside the cashier. ``Refusal`` as :meth:`sign_in`, and ``not_a_pharmacist``."""
        ...

    def leave_duty(self) -> Session:
        """Nobody is on duty any more."""
        ...

    def counter(self) -> CounterState:
        """The open basket as it stands, also after a restart."""
        ...

    def enter(self, text: str) -> CounterState | Choice:
        """Scanned or typed text: a product is added, a member attached; several meanings come back as a choice.

        ``Refusal``: ``unknown_code``, ``unknown_card``, ``card_lost``, ``card_replaced``, ``member_frozen``,
        ``rx_needs_prescription``, ``no_pharmacist``, ``ephedrine_needs_register``, …
        """
        ...

    def choose(self, key: str) -> CounterState:
        """Takes one of the candidates of a choice."""
        ...

    def set_quantity(self, line: int, text: str) -> CounterState:
        """Sets the quantity of a line (index from 0). ``Refusal``: ``bad_quantity``, ``quantity_whole``."""
        ...

    def remove_line(self, line: int) -> CounterState:
        """Takes a line out."""
        ...

    def drop_member(self) -> CounterState:
        """The sale is for nobody in particular."""
        ...

    def void_basket(self) -> CounterState:
        """Abandons the open basket."""
        ...

    def payment(self, points: int | Literal["max"], cash_fen: int | None) -> Payment:
        """What is owed with so many points off, and the change. ``Refusal``: ``points_…``, ``basket_empty``."""
        ...

    def settle(self, points: int, tenders: tuple[Tender, ...]) -> Settled:
        """Settles the sale: one durable commit, then the receipt is printed. ``Refusal``: ``tender_short``, ``points_…``."""
        ...

    def reprint_last(self) -> PrintJob:
        """Prints the last receipt again, marked 补打. ``Refusal``: ``nothing_to_reprint``."""
        ...

    def print_jobs(self) -> tuple[PrintJob, ...]:
        """Jobs that are not done, oldest first."""
        ...

    def resolve_print(self, job_id: str, *, printed: bool) -> tuple[PrintJob, ...]:
        """A person says whether an uncertain job came out; if not, it is printed again as a 补打."""
        ...

    def retry_print(self, job_id: str) -> tuple[PrintJob, ...]:
        """Tries a failed job again now."""
        ...
