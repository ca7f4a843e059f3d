"""The shift that a sale or a return belongs to. Nobody has to open one first: the first sale does."""

from __future__ import annotations

from pos_member.app.ports import TerminalRecords
from pos_member.app.workplace import Moment, Workplace
from pos_member.domain.shift import ShiftOpening
from pos_member.domain.staff import Staff


def shift_for_trade(workplace: Workplace, records: TerminalRecords, moment: Moment, by: Staff) -> ShiftOpening:
    """The open shift; one that opens by itself with an empty drawer where nobody has opened any.

    A customer at the counter is not kept waiting for a float to be counted; it can be put in as cash afterwards.
    """
    held = records.open_shift()
    return held if held is not None else begin_shift(workplace, records, moment, by, workplace.ids.new(), 0, alone=True)


def begin_shift(
    workplace: Workplace,
    records: TerminalRecords,
    moment: Moment,
    by: Staff,
    shift_id: str,
    float_fen: int,
    *,
    alone: bool = False,
) -> ShiftOpening:
    """Opens a shift with so much in the drawer; ``alone``: nobody asked for it."""
    last = records.last_shift()
    opening = ShiftOpening(
        **{**workplace.stamp(records, moment, shift_id, by), "shift_id": shift_id},
        number=1 if last is None else last.number + 1,
        float_fen=float_fen,
        by_itself=alone,
    )
    workplace.record(records, opening)
    return opening
