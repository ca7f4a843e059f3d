"""Takes a redemption of the same day back (兑换作废): its points return, a free use counts no more."""

from __future__ import annotations

from dataclasses import dataclass

from pos_member.app.clock_check import require_sound_clock
from pos_member.app.people.authorise import Approval, Authority, authorise
from pos_member.app.points.record_redemption import points_left
from pos_member.app.ports import TerminalRecords
from pos_member.app.printing.print_slip import queue_void
from pos_member.app.recorded_before import recorded_before
from pos_member.app.workplace import Moment, Workplace
from pos_member.app.written import required_reason, written
from pos_member.domain import spending
from pos_member.domain.errors import Refusal
from pos_member.domain.redeeming import VOID, Redemption, RedemptionVoid
from pos_member.domain.rights import Right
from pos_member.domain.staff import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class Voided:
    """A voided redemption, and the points that the member can spend now.

    ``slip_queued`` is False where a full queue kept the slip from the printer; the void stands.
    """

    redemption: Redemption
    void: RedemptionVoid
    available: int
    slip_queued: bool


def void_redemption(
    workplace: Workplace,
    person: Staff,
    void_id: str,
    redemption_id: str,
    reason: str,
    approval: Approval | None = None,
) -> Voided:
    """Records the void of a redemption of this till; audited. What was handed out is back in the store's stock.

    ``Refusal``: ``right_missing``, ``id_used``, ``redemption_unknown``, ``void_reason``, ``void_twice``,
    ``void_another_day``, those of the clock.
    """
    authority = authorise(workplace, person, Right.REDEEM, approval)
    with workplace.terminal.transaction() as records:
        moment = workplace.moment(records)
        known = recorded_before(records, RedemptionVoid, void_id, about=redemption_id, reason=written(reason))
        redemption = records.fact(Redemption, redemption_id)
        if redemption is None:
            template = "本机没有办理过这笔兑换；请到办理兑换的收银台作废"
            raise Refusal("redemption_unknown", template)
        void = known or _void(workplace, records, authority, moment, void_id, redemption, reason)
        state = None if redemption.member_id is None else workplace.member(records, redemption.member_id)
        available = points_left(records, state, moment)
        queued = known is not None or queue_void(
            workplace, records, redemption, void, person, None if state is None else state.member, available
        )
    if known is None:
        if workplace.wake_printer is not None:
            workplace.wake_printer()
        workplace.wake_sync()
    return Voided(redemption=redemption, void=void, available=available, slip_queued=queued)


def _void(
    workplace: Workplace,
    records: TerminalRecords,
    authority: Authority,
    moment: Moment,
    void_id: str,
    redemption: Redemption,
    reason: str,
) -> RedemptionVoid:
    require_sound_clock(workplace, records, moment)
    why = required_reason("void_reason", "作废兑换必须写明原因，留作审计；请填写原因", reason)
    lots = spending.void(
        redemption.spending,
        moment.on,
        moment.ruleset,
        already_voided=bool(records.facts_about(RedemptionVoid, redemption.id)),
    )
    void = RedemptionVoid(
        **workplace.stamp(records, moment, void_id, authority.person),
        member_id=redemption.member_id,
        about=redemption.id,
        approved_by=authority.approver_id,
        entries=tuple(
            workplace.entry(
                moment,
                member_id=redemption.member_id or "",
                kind=VOID,
                points=lot.points,
                source=void_id,
                expires_on=lot.expires_on,
            )
            for lot in lots
        ),
        reason=why,
        benefit_id=redemption.spending.benefit_id,
    )
    workplace.record(records, void)
    authority.record(workplace, records, void_id=void_id)
    workplace.audit(
        records, "void_redemption", authority.person.id, redemption_id=redemption.id, void_id=void_id, reason=why
    )
    return void


def redemptions_today(workplace: Workplace, member_id: str) -> tuple[Redemption, ...]:
    """A member's redemptions at this till that can still be voided, oldest first."""
    with workplace.terminal.reading() as records:
        on = workplace.moment(records).on
        voided = {void.about for void in records.facts_of_member(RedemptionVoid, member_id)}
        return tuple(
            each
            for each in records.facts_of_member(Redemption, member_id)
            if each.business_date == on and each.id not in voided
        )
