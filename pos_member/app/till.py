"""Everything a screen can ask of the till. Each method runs on the database lane and answers with frozen values.

A ``Refusal`` means a rule said no and nothing changed; a ``Fault`` means the surroundings failed.
"""

from __future__ import annotations

from typing import Literal

from pos_member.app.counter import Choice, CounterState, Payment, Session, Settled
from pos_member.app.members.member_desk import MemberDesk
from pos_member.app.people.authorise import Approval
from pos_member.app.people.lock_till import lock_till, unlock_till
from pos_member.app.people.seat import Seat
from pos_member.app.people.sign_in import leave_duty, sign_in, sign_out, take_duty
from pos_member.app.points.points_desk import PointsDesk
from pos_member.app.ports import PrintJob
from pos_member.app.printing import print_receipt
from pos_member.app.returns.return_desk import ReturnDesk
from pos_member.app.selling import ring_up, suspend_recall
from pos_member.app.selling.apply_coupon import apply_coupon, drop_coupon
from pos_member.app.selling.change_price import change_price
from pos_member.app.selling.open_drawer import open_drawer
from pos_member.app.selling.register_desk import RegisterDesk
from pos_member.app.selling.settle_sale import Settlement, settle_sale
from pos_member.app.selling.suspend_recall import Recalled, SuspendedSale
from pos_member.app.selling.take_payment import take_payment
from pos_member.app.shifts.shift_desk import ShiftDesk
from pos_member.app.workplace import Workplace
from pos_member.domain.errors import Refusal, Sentence
from pos_member.domain.staff import Staff
from pos_member.domain.tender import Tender


class Till:
    """The till as its screens see it. Knows who is signed in; all else is on disk."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace
        self.seat = Seat(workplace.as_now)
        self.shifts = ShiftDesk(workplace, self.seat)
        self.members = MemberDesk(workplace, self.seat)
        self.registers = RegisterDesk(workplace, self.seat)
        self.points = PointsDesk(workplace, self.seat)
        self.returns = ReturnDesk(workplace, self.seat)

    def new_id(self) -> str:
        """An id for something that is about to be done; asking again with the same id does it no second time."""
        return self._workplace.ids.new()

    def notice(self) -> Sentence | None:
        """What happened to this till's records, or what a check of them found; None mostly."""
        return self._workplace.terminal.notice()

    def staff(self) -> tuple[Staff, ...]:
        """Who may sign in, by number."""
        return self._workplace.replica.staff()

    def sign_in(self, staff_id: str, pin: str) -> Session:
        """Signs someone in, in place of whoever is; a pharmacist comes on duty by it. Who is locked out unlocks by it.

        ``Refusal``: ``pin_wrong`` (gap ``left``), ``pin_locked`` (gap ``seconds``); then all is as it was.
        """
        before = self.seat.occupant
        if before is not None and before.id == staff_id and self.seat.is_locked:
            return self.unlock(pin)
        person = sign_in(self._workplace, staff_id, pin, before)
        self.seat.take(person)
        return self._session(person)

    def sign_out(self) -> None:
        """Signs out who is at the till; the open basket stays. A pharmacist who signs out is on duty no more.

        ``Refusal``: ``till_locked``.
        """
        if self.seat.occupant is not None:
            sign_out(self._workplace, self.seat.unlocked())
        self.seat.leave()

    def lock(self) -> Staff | None:
        """Nothing is done here until a PIN was typed; the open basket stays, and a pharmacist stays on duty.

        The answer is who is signed in, None for nobody: then there is nothing to lock. It is locked even when that
        cannot be recorded.
        """
        person = self.seat.occupant
        if person is not None and not self.seat.is_locked:
            self.seat.lock()
            lock_till(self._workplace, person)
        return person

    def unlock(self, pin: str) -> Session:
        """Who was locked out is back. ``Refusal`` as :meth:`sign_in`, and ``not_signed_in``."""
        person = self.seat.occupant
        if person is None:
            raise Refusal("not_signed_in", "请先登录")
        back = unlock_till(self._workplace, person, pin)
        self.seat.take(back)
        return self._session(back)

    def take_duty(self, staff_id: str, pin: str) -> Session:
        """Puts a pharmacist on duty beside the cashier. ``Refusal`` as :meth:`sign_in`, and ``not_a_pharmacist``."""
        cashier = self.seat.person()
        take_duty(self._workplace, staff_id, pin)
        return self._session(cashier)

    def leave_duty(self) -> Session:
        """Nobody is on duty any more."""
        cashier = self.seat.person()
        leave_duty(self._workplace, cashier)
        return self._session(cashier)

    def counter(self) -> CounterState:
        """The open basket as it stands, also after a restart."""
        self.seat.person()
        return ring_up.counter(self._workplace)

    def enter(self, text: str) -> CounterState | Choice:
        """Scanned or typed text: a product is added, a member attached; several meanings come back as a choice.

        ``Refusal``: those of :func:`pos_member.app.members.identify.identify` and of the obligations at the counter.
        """
        self.seat.person()
        return ring_up.enter(self._workplace, text)

    def choose(self, key: str) -> CounterState:
        """Takes one of the candidates of a choice."""
        self.seat.person()
        return ring_up.choose(self._workplace, key)

    def set_quantity(self, line: int, text: str, approval: Approval | None = None) -> CounterState:
        """Sets the quantity of a line (index from 0). ``Refusal``: those of :func:`ring_up.set_quantity`."""
        return ring_up.set_quantity(self._workplace, self.seat.person(), line, text, approval)

    def remove_line(self, line: int, approval: Approval | None = None) -> CounterState:
        """Takes a line out (index from 0). ``Refusal``: ``no_such_line``, ``right_missing``."""
        return ring_up.remove_line(self._workplace, self.seat.person(), line, approval)

    def change_price(self, line: int, price_fen: int, reason: str, approval: Approval | None = None) -> CounterState:
        """Sells a line (index from 0) at another price a unit. ``Refusal``: those of :func:`change_price`."""
        return change_price(self._workplace, self.seat.person(), line, price_fen, reason, approval)

    def apply_coupon(self, text: str) -> CounterState:
        """Puts a coupon into the basket by its code. ``Refusal``: those of :func:`apply_coupon`."""
        self.seat.person()
        return apply_coupon(self._workplace, text)

    def drop_coupon(self) -> CounterState:
        """Takes the coupon out of the basket."""
        self.seat.person()
        return drop_coupon(self._workplace)

    def drop_member(self) -> CounterState:
        """The sale is for nobody in particular."""
        self.seat.person()
        return ring_up.drop_member(self._workplace)

    def void_basket(self, approval: Approval | None = None) -> CounterState:
        """Abandons the open basket. ``Refusal``: ``right_missing``."""
        return ring_up.void_basket(self._workplace, self.seat.person(), approval)

    def suspend(self, basket_id: str) -> CounterState:
        """Puts the basket of this id aside and opens the next. ``Refusal``: those of :func:`suspend_basket`."""
        return suspend_recall.suspend_basket(self._workplace, self.seat.person(), basket_id)

    def suspended(self) -> tuple[SuspendedSale, ...]:
        """The baskets put aside, oldest first."""
        self.seat.person()
        return suspend_recall.suspended_sales(self._workplace)

    def recall(self, basket_id: str) -> Recalled:
        """Takes a basket up again. ``Refusal``: ``basket_not_empty``, ``suspended_gone``."""
        self.seat.person()
        return suspend_recall.recall_basket(self._workplace, basket_id)

    def payment(
        self, points: int | Literal["max"], tenders: tuple[Tender, ...] = (), *, cash_rounding: bool = False
    ) -> Payment:
        """What is owed with so many points off and these tenders, and the change. ``Refusal``: see :meth:`settle`."""
        self.seat.person()
        return take_payment(self._workplace, points, tenders, cash_rounding=cash_rounding)

    def settle(self, settlement: Settlement) -> Settled:
        """Settles the sale: one durable commit, then the receipt; asked again, it gives the same sale.

        ``Refusal``: those of :func:`pos_member.app.selling.settle_sale.settle_within`.
        """
        return settle_sale(self._workplace, self.seat.person(), settlement)

    def open_drawer(self, reason: str, approval: Approval | None = None) -> None:
        """Opens the till drawer without a sale. ``Refusal``: those of :func:`open_drawer`."""
        open_drawer(self._workplace, self.seat.person(), reason, approval)

    def contact_head_office(self) -> None:
        """Tries now to reach head office and to send what waits; the answer is the status."""
        self._workplace.wake_sync()

    def reprint_last(self, approval: Approval | None = None) -> PrintJob:
        """Prints the last receipt again, marked 补打.

        ``Refusal``: ``nothing_to_reprint``, ``no_printer``, ``right_missing``.
        """
        return print_receipt.reprint_last(self._workplace, self.seat.person(), approval)

    def reprint(self, receipt_no: str, approval: Approval | None = None) -> PrintJob:
        """Prints the receipt of a sale again by its number. ``Refusal``: ``receipt_unknown`` and as above."""
        return print_receipt.reprint(self._workplace, self.seat.person(), receipt_no, approval)

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
            pharmacist, duty = workplace.pharmacist(records), workplace.duty(records)
            moment = workplace.moment(records)
        return Session(
            staff=cashier,
            store=workplace.store(),
            terminal_name=workplace.identity.name,
            pharmacist=pharmacist,
            pharmacist_since=duty.since if pharmacist is not None and duty is not None else None,
            business_date=moment.on,
            lock_after_seconds=moment.ruleset.people.lock_after_seconds,
        )
