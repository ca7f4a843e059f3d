"""What a counter shows of a member: the figures, what they are worth, and what to tell the member."""

from __future__ import annotations

from pos_member.app.counter import MemberSheet
from pos_member.app.members.member_figures import MemberFigures
from pos_member.app.workplace import Moment, Workplace
from pos_member.domain.ledger import Balance
from pos_member.domain.prompts import next_tier, prompts


def member_sheet(
    workplace: Workplace, figures: MemberFigures, moment: Moment, card_code: str | None = None
) -> MemberSheet:
    """The sheet of a member; ``card_code`` is the card that was read, if it was one."""
    on, ruleset = moment.on, moment.ruleset
    current = figures.standing
    available = Balance(lots=current.lots, debt=current.debt, expired=0).available
    return MemberSheet(
        state=figures.state,
        standing=current,
        card_code=card_code,
        available=available,
        worth_fen=ruleset.deduction.worth_fen(available),
        debt=current.debt,
        own_records=len(figures.own.records),
        as_of=workplace.replica.freshness().as_of,
        prompts=prompts(current, figures.state, on, ruleset),
        next_tier=next_tier(current, ruleset),
    )
