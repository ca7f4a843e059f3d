"""Closes a shift (交班): the cash is counted blind, and what should be there is told only when all is recorded."""

from __future__ import annotations

from dataclasses import dataclass

from pos_member.app.clock_check import require_sound_clock
from pos_member.app.people.authorise import Approval, Authority, authorise
from pos_member.app.ports import TerminalRecords
from pos_member.app.printing.queue_slip import queue_slip
from pos_member.app.recorded_before import recorded_before
from pos_member.app.sane_amount import require_sane_amount
from pos_member.app.shifts.shift_for_trade import require_open
from pos_member.app.workplace import Workplace
from pos_member.app.written import written
from pos_member.domain.clock import local_text
from pos_member.domain.errors import Refusal
from pos_member.domain.money import yuan
from pos_member.domain.redeeming import Redemption, RedemptionVoid
from pos_member.domain.rights import Right
from pos_member.domain.sale_return import SaleReturn
from pos_member.domain.shift import CashMovement, ShiftClosing, ShiftOpening, ShiftTotals
from pos_member.domain.shift_layout import DrawerPlace, closing_slip
from pos_member.domain.shift_totals import shift_totals
from pos_member.domain.staff import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingRequest:
    """A shift that somebody wants to close, under the id of the closing, with the cash that was counted in fen.

    ``reason`` is why it is not what it should be, if it is not.
    """

    closing_id: str
    shift_id: str
    counted_fen: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftClosed:
    """A shift that is closed for good. ``suspended`` baskets are left for the next one to take up.

    ``slip_queued`` is False where a full print queue kept the slip from the printer.
    """

    closing: ShiftClosing
    suspended: int
    slip_queued: bool


def close_shift(
    workplace: Workplace, person: Staff, request: ClosingRequest, approval: Approval | None = None
) -> ShiftClosed:
    """Records the end of a shift with its totals, and queues its slip, in one commit.

    A count that differs and gives no reason is refused without a word of how much it differs, and audited: nobody finds
    the expected cash by trying unseen. ``Refusal``: ``right_missing``, ``id_used``, ``cash_negative``,
    ``shift_unknown``, ``shift_closed``, ``shift_other``, ``basket_open``, ``difference_reason``, ``amount_most``,
    ``text_too_long``, those of the clock.
    """
    authority = authorise(workplace, person, Right.CLOSE_SHIFT, approval)
    with workplace.terminal.transaction() as records:
        known = recorded_before(
            records,
            ShiftClosing,
            request.closing_id,
            about=request.shift_id,
            counted_fen=request.counted_fen,
            reason=written(request.reason),
        )
        closed = _close(workplace, records, authority, request) if known is None else _again(records, known)
    workplace.wake_sync()
    if closed is None:
        raise Refusal("difference_reason", "清点的现金与应有的不符：请再清点一遍，仍不符的请写明原因再交班")
    if known is None and workplace.wake_printer is not None:
        workplace.wake_printer()
    return closed


def _again(records: TerminalRecords, closing: ShiftClosing) -> ShiftClosed:
    return ShiftClosed(closing=closing, suspended=len(records.suspended_baskets()), slip_queued=True)


def _close(
    workplace: Workplace, records: TerminalRecords, authority: Authority, request: ClosingRequest
) -> ShiftClosed | None:
    """None where the count differs without a reason; that is all that is recorded then."""
    opening = _closable(workplace, records, request)
    moment = workplace.moment(records)
    require_sound_clock(workplace, records, moment)
    person, totals, reason = authority.person, _totals(records, opening), written(request.reason)
    if request.counted_fen != totals.expected_cash_fen and not reason:
        workplace.audit(records, "count_differs", person.id, shift_id=opening.id, counted_fen=request.counted_fen)
        return None
    closing = ShiftClosing(
        **workplace.stamp(records, moment, request.closing_id, person),
        about=opening.id,
        approved_by=authority.approver_id,
        number=opening.number,
        counted_fen=request.counted_fen,
        totals=totals,
        reason=reason,
    )
    workplace.record(records, closing)
    authority.record(workplace, records, closing_id=closing.id)
    place = DrawerPlace(store=workplace.store(), terminal_name=workplace.identity.name, person=person)
    document = closing_slip(closing, opening, place, workplace.person(opening.staff_id))
    queued = queue_slip(workplace, records, f"交班单 第 {closing.number} 班", document)
    return ShiftClosed(closing=closing, suspended=len(records.suspended_baskets()), slip_queued=queued)


def _closable(workplace: Workplace, records: TerminalRecords, request: ClosingRequest) -> ShiftOpening:
    if request.counted_fen < 0:
        template = "清点的现金 {amount} 不对：不能小于 0，请重新清点"
        raise Refusal("cash_negative", template, amount=yuan(request.counted_fen))
    require_sane_amount(request.counted_fen)
    for closed in records.facts_about(ShiftClosing, request.shift_id):
        template = "第 {number} 班已于 {time} 交班，内容不能再改：请返回班次页面，查看当前班次"
        time = local_text(closed.at, workplace.store().zone)
        raise Refusal("shift_closed", template, number=closed.number, time=time)
    opening = require_open(records, request.shift_id)
    basket = records.load_basket()
    if basket is not None and basket.lines:
        template = "购物篮里还有 {lines} 行商品没有收款：请先收款、挂单或整单作废，再交班"
        raise Refusal("basket_open", template, lines=len(basket.lines))
    return opening


def _totals(records: TerminalRecords, opening: ShiftOpening) -> ShiftTotals:
    return shift_totals(
        opening.float_fen,
        records.sold_in_shift(opening.id),
        records.facts_of_shift(SaleReturn, opening.id),
        records.facts_of_shift(CashMovement, opening.id),
        (
            *records.facts_of_shift(Redemption, opening.id),
            *records.facts_of_shift(RedemptionVoid, opening.id),
        ),
    )
