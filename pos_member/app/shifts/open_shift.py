"""Opens a shift (开班) with the float that was counted into the drawer."""

from __future__ import annotations

from pos_member.app.clock_check import require_sound_clock
from pos_member.app.people.authorise import Approval, Authority, authorise
from pos_member.app.ports import TerminalRecords
from pos_member.app.recorded_before import recorded_before
from pos_member.app.sane_amount import require_sane_amount
from pos_member.app.shifts.shift_for_trade import begin_shift
from pos_member.app.workplace import Workplace
from pos_member.domain.clock import local_text
from pos_member.domain.errors import Refusal
from pos_member.domain.money import yuan
from pos_member.domain.rights import Right
from pos_member.domain.shift import ShiftOpening
from pos_member.domain.staff import Staff


def open_shift(
    workplace: Workplace, person: Staff, shift_id: str, float_fen: int, approval: Approval | None = None
) -> ShiftOpening:
    """Records that a shift began.

    ``Refusal``: ``right_missing``, ``id_used``, ``cash_negative``, ``amount_most``, ``shift_open``, those of the clock.
    """
    authority = authorise(workplace, person, Right.OPEN_SHIFT, approval)
    with workplace.terminal.transaction() as records:
        known = recorded_before(records, ShiftOpening, shift_id, float_fen=float_fen)
        opening = known or _open(workplace, records, authority, shift_id, float_fen)
    if known is None:
        workplace.wake_sync()
    return opening


def _open(
    workplace: Workplace, records: TerminalRecords, authority: Authority, shift_id: str, float_fen: int
) -> ShiftOpening:
    if float_fen < 0:
        raise Refusal("cash_negative", "备用金 {amount} 不对：不能小于 0，请重新清点", amount=yuan(float_fen))
    require_sane_amount(float_fen)
    held = records.open_shift()
    if held is not None:
        raise Refusal(
            "shift_open",
            "第 {number} 班（{time} 开班）还没有交班：请先交班，再开新班",
            number=held.number,
            time=local_text(held.at, workplace.store().zone),
        )
    moment = workplace.moment(records)
    require_sound_clock(workplace, records, moment)
    opening = begin_shift(
        workplace, records, moment, authority.person, shift_id, float_fen, approved_by=authority.approver_id
    )
    authority.record(workplace, records, shift_id=shift_id)
    return opening
