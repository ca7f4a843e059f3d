"""Records points given, or taken by an adjustment, otherwise than by a sale: one commit of the grant and its entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_member.app.clock_check import require_sound_clock
from pos_member.app.members.identify import require_usable
from pos_member.app.members.member_figures import MemberFigures, figures_of
from pos_member.app.people.authorise import Authority
from pos_member.app.ports import TerminalRecords
from pos_member.app.recorded_before import recorded_before
from pos_member.app.workplace import Moment, Workplace
from pos_member.domain.bonuses import Bonus, BonusKind
from pos_member.domain.errors import Sentence
from pos_member.domain.granting import BonusGrant
from pos_member.domain.ledger import expiry_of
from pos_member.domain.member import MemberState
from pos_member.domain.spending import available_points
from pos_member.domain.staff import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class BonusRequest:
    """A bonus that somebody asks for under an id. ``asked`` are fields that tell it from another under the same id."""

    grant_id: str
    member_id: str
    kind: BonusKind
    asked: dict[str, object]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BonusGiven:
    """A recorded bonus, and the points that the member can spend now, or owes.

    ``withheld`` says how many points a monthly limit cut off; None where it cut off none.
    """

    grant: BonusGrant
    available: int
    debt: int
    withheld: Sentence | None = None


Decide = Callable[[MemberFigures, Moment], Bonus]
"""What the rules give a member now. ``Refusal`` where they give nothing."""


def give_bonus(workplace: Workplace, authority: Authority, request: BonusRequest, decide: Decide) -> BonusGiven:
    """Records what ``decide`` gives, once; a bonus with a reason is audited.

    ``Refusal``: ``id_used``, ``member_frozen``, ``member_gone``, those of the clock and of ``decide``.
    """
    with workplace.terminal.transaction() as records:
        moment = workplace.moment(records)
        known = recorded_before(
            records,
            BonusGrant,
            request.grant_id,
            member_id=request.member_id,
            kind=request.kind,
            **request.asked,
        )
        if known is not None:
            return _given(records, known, workplace.member(records, request.member_id), moment)
        require_sound_clock(workplace, records, moment)
        state = require_usable(workplace.member(records, request.member_id))
        bonus = decide(figures_of(records, state, moment), moment)
        grant = post_bonus(
            workplace,
            records,
            moment,
            authority.person,
            bonus,
            grant_id=request.grant_id,
            member_id=request.member_id,
            reason=request.reason,
            approved_by=authority.approver_id,
        )
        authority.record(workplace, records, grant_id=grant.id)
        if request.reason:
            _audit(workplace, records, grant)
        given = _given(records, grant, state, moment)
    workplace.wake_sync()
    return given


def post_bonus(
    workplace: Workplace,
    records: TerminalRecords,
    moment: Moment,
    person: Staff,
    bonus: Bonus,
    *,
    grant_id: str,
    member_id: str,
    about: str | None = None,
    reason: str = "",
    approved_by: str | None = None,
) -> BonusGrant:
    """Writes a bonus, its ledger entry and its event into a transaction."""
    last_day = expiry_of(moment.on, moment.ruleset.ledger.expiry_months) if bonus.points > 0 else None
    entry = workplace.entry(
        moment,
        member_id=member_id,
        kind=bonus.kind.value,
        points=bonus.points,
        source=bonus.source,
        expires_on=last_day,
    )
    grant = BonusGrant(
        **workplace.stamp(records, moment, grant_id, person),
        member_id=member_id,
        about=about,
        approved_by=approved_by,
        entries=(entry,),
        kind=bonus.kind,
        points=bonus.points,
        source=bonus.source,
        withheld=bonus.withheld,
        reason=reason,
    )
    workplace.record(records, grant)
    return grant


def _audit(workplace: Workplace, records: TerminalRecords, grant: BonusGrant) -> None:
    workplace.audit(
        records,
        "adjust_points",
        grant.approved_by or grant.staff_id,
        grant_id=grant.id,
        member_id=grant.member_id or "",
        points=grant.points,
        reason=grant.reason,
    )


def _given(records: TerminalRecords, grant: BonusGrant, state: MemberState | None, moment: Moment) -> BonusGiven:
    standing = None if state is None else figures_of(records, state, moment).standing
    return BonusGiven(
        grant=grant,
        available=0 if standing is None else available_points(standing, moment.on),
        debt=0 if standing is None else standing.debt,
        withheld=_withheld(grant),
    )


def _withheld(grant: BonusGrant) -> Sentence | None:
    if grant.withheld == 0:
        return None
    template = "本月上限只剩 {points} 分的余地，已记 {points} 分，另 {withheld} 分不再记"
    return Sentence(template=template, gaps={"points": grant.points, "withheld": grant.withheld})
