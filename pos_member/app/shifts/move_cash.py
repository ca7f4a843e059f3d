"""Puts cash into the till drawer or takes some out (现金存取), otherwise than by a sale or a return."""

from __future__ import annotations

from dataclasses import dataclass

from pos_member.app.people.authorise import Approval, Authority, authorise
from pos_member.app.ports import TerminalRecords
from pos_member.app.printing.queue_slip import queue_slip
from pos_member.app.recorded_before import recorded_before
from pos_member.app.sane_amount import require_sane_amount
from pos_member.app.shifts.shift_for_trade import require_open
from pos_member.app.workplace import Workplace
from pos_member.app.written import required_reason, written
from pos_member.domain.errors import Refusal
from pos_member.domain.money import yuan
from pos_member.domain.rights import Right
from pos_member.domain.shift import CashDirection, CashMovement, ShiftOpening
from pos_member.domain.shift_layout import DrawerPlace, cash_slip, direction_label
from pos_member.domain.staff import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class CashMoved:
    """Cash that is recorded as moved. ``slip_queued`` is False where a full print queue left the drawer shut."""

    movement: CashMovement
    slip_queued: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CashRequest:
    """Cash that somebody wants to move in a shift, under the id of the movement."""

    movement_id: str
    shift_id: str
    direction: CashDirection
    fen: int
    reason: str


def move_cash(workplace: Workplace, person: Staff, request: CashRequest, approval: Approval | None = None) -> CashMoved:
    """Records that cash was moved, prints its slip and opens the drawer; audited.

    More may be taken out than the drawer should hold: to refuse it would tell how much that is, and the count at the
    end of the shift shows it. ``Refusal``: ``right_missing``, ``id_used``, ``cash_negative``, ``amount_most``,
    ``cash_reason``, ``text_too_long``, ``shift_unknown``, ``shift_closed``, ``shift_other``.
    """
    authority = authorise(workplace, person, Right.MOVE_CASH, approval)
    with workplace.terminal.transaction() as records:
        known = recorded_before(
            records,
            CashMovement,
            request.movement_id,
            shift_id=request.shift_id,
            direction=request.direction,
            fen=request.fen,
            reason=written(request.reason),
        )
        moved = (
            _move(workplace, records, authority, request)
            if known is None
            else CashMoved(movement=known, slip_queued=True)
        )
    if known is None:
        workplace.wake_sync()
        if workplace.wake_printer is not None:
            workplace.wake_printer()
    return moved


def _move(workplace: Workplace, records: TerminalRecords, authority: Authority, request: CashRequest) -> CashMoved:
    if request.fen <= 0:
        template = "存取的现金 {amount} 不对：必须大于 0，请重新输入"
        raise Refusal("cash_negative", template, amount=yuan(request.fen))
    require_sane_amount(request.fen)
    template = "请写明存取现金的原因，再办理"
    reason = required_reason("cash_reason", template, request.reason)
    opening = require_open(records, request.shift_id)
    person = authority.person
    movement = CashMovement(
        **workplace.stamp(records, workplace.moment(records), request.movement_id, person),
        approved_by=authority.approver_id,
        direction=request.direction,
        fen=request.fen,
        reason=reason,
    )
    workplace.record(records, movement)
    authority.record(workplace, records, movement_id=movement.id)
    queued = _queue_slip(workplace, records, movement, opening, person)
    if queued and workplace.wake_printer is not None:
        workplace.audit(records, "open_drawer", person.id, movement_id=movement.id, reason=reason)
    return CashMoved(movement=movement, slip_queued=queued)


def _queue_slip(
    workplace: Workplace, records: TerminalRecords, movement: CashMovement, opening: ShiftOpening, person: Staff
) -> bool:
    place = DrawerPlace(store=workplace.store(), terminal_name=workplace.identity.name, person=person)
    document = cash_slip(movement, opening.number, place)
    return queue_slip(workplace, records, direction_label(movement.direction), document)
