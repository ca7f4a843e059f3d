"""The desk of the till drawer: which shift is open, opening and closing one, cash in and out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pos_member.app.people.authorise import Approval
from pos_member.app.people.seat import Seat
from pos_member.app.shifts.close_shift import ClosingRequest, ShiftClosed, close_shift
from pos_member.app.shifts.move_cash import CashMoved, CashRequest, move_cash
from pos_member.app.shifts.open_shift import open_shift
from pos_member.app.workplace import Workplace
from pos_member.domain.shift import CashDirection, ShiftOpening
from pos_member.domain.staff import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenShift:
    """The shift that is open: since when, and who opened it (None: somebody who has left).

    ``by_itself``: the first sale did. It says nothing of money: the drawer is counted blind.
    """

    id: str
    number: int
    since: datetime
    opened_by: Staff | None
    by_itself: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawerState:
    """What stands at the drawer: the open shift, if any, and how many baskets are suspended."""

    shift: OpenShift | None
    suspended: int


class ShiftDesk:
    """Shifts and cash for whoever is at the till. Ids of what is done come from :meth:`Till.new_id`."""

    def __init__(self, workplace: Workplace, seat: Seat) -> None:
        self._workplace = workplace
        self._seat = seat

    def state(self) -> DrawerState:
        """Which shift is open."""
        self._seat.person()
        with self._workplace.terminal.reading() as records:
            opening = records.open_shift()
            suspended = len(records.suspended_baskets())
        if opening is None:
            return DrawerState(shift=None, suspended=suspended)
        shift = OpenShift(
            id=opening.id,
            number=opening.number,
            since=opening.at,
            opened_by=self._workplace.person(opening.staff_id),
            by_itself=opening.by_itself,
        )
        return DrawerState(shift=shift, suspended=suspended)

    def open_shift(self, shift_id: str, float_fen: int, approval: Approval | None = None) -> ShiftOpening:
        """Opens a shift with a float. ``Refusal``: those of :func:`pos_member.app.shifts.open_shift.open_shift`."""
        return open_shift(self._workplace, self._seat.person(), shift_id, float_fen, approval)

    def close_shift(
        self, closing_id: str, shift_id: str, counted_fen: int, reason: str = "", approval: Approval | None = None
    ) -> ShiftClosed:
        """Closes a shift by a blind count. ``Refusal``: those of :func:`close_shift`."""
        request = ClosingRequest(closing_id=closing_id, shift_id=shift_id, counted_fen=counted_fen, reason=reason)
        return close_shift(self._workplace, self._seat.person(), request, approval)

    def move_cash(
        self,
        movement_id: str,
        shift_id: str,
        direction: CashDirection,
        fen: int,
        reason: str,
        approval: Approval | None = None,
    ) -> CashMoved:
        """Puts cash in or takes it out. ``Refusal``: those of :func:`pos_member.app.shifts.move_cash.move_cash`."""
        request = CashRequest(movement_id=movement_id, shift_id=shift_id, direction=direction, fen=fen, reason=reason)
        return move_cash(self._workplace, self._seat.person(), request, approval)
