"""The shift that a sale or a return belongs to. Nobody has to open one first: the first sale does."""

from __future__ import annotations

from pos_member.app.ports import TerminalRecords
from pos_member.app.workplace import Moment, Workplace
from pos_member.domain.errors import Refusal
from pos_member.domain.shift import ShiftOpening
from pos_member.domain.staff import Staff


def shift_for_trade(workplace: Workplace, records: TerminalRecords, moment: Moment, by: Staff) -> ShiftOpening:
    """The open shift; one that opens by itself with an empty drawer where nobody has opened any.

    A customer at the counter is not kept waiting for a float to be counted; it can be put in as cash afterwards.
    """
    held = records.open_shift()
    return held if held is not None else begin_shift(workplace, records, moment, by, workplace.ids.new(), 0, alone=True)


def require_open(records: TerminalRecords, shift_id: str) -> ShiftOpening:
    """The shift of an id, which must be the one that is open.

    ``Refusal``: ``shift_unknown``, ``shift_closed``, ``shift_other`` when another has been opened since.
    """
    asked, held = records.fact(ShiftOpening, shift_id), records.open_shift()
    if asked is None:
        raise Refusal("shift_unknown", "本机没有这一班：请返回班次页面，从当前班次重新办理")
    if held is None:
        raise Refusal("shift_closed", "第 {number} 班已经交班，不能再改：请先开新班再办理", number=asked.number)
    if held.id != asked.id:
        template = "第 {number} 班已经交班，现在是第 {held} 班：请返回班次页面，在第 {held} 班办理"
        raise Refusal("shift_other", template, number=asked.number, held=held.number)
    return held


def begin_shift(
    workplace: Workplace,
    records: TerminalRecords,
    moment: Moment,
    by: Staff,
    shift_id: str,
    float_fen: int,
    *,
    alone: bool = False,
    approved_by: str | None = None,
) -> ShiftOpening:
    """Opens a shift with so much in the drawer; ``alone``: nobody asked for it."""
    opening = ShiftOpening(
        **{**workplace.stamp(records, moment, shift_id, by), "shift_id": shift_id},
        number=records.next_shift_number(),
        float_fen=float_fen,
        by_itself=alone,
        approved_by=approved_by,
    )
    workplace.record(records, opening)
    return opening
