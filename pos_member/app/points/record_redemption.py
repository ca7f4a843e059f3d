"""Records what a member has for points or for a free quota: one commit of the redemption, its entry and its slip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_member.app.clock_check import require_sound_clock
from pos_member.app.members.identify import require_usable
from pos_member.app.members.member_figures import MemberFigures, figures_of, offline_limit
from pos_member.app.people.authorise import Approval, Authority, authorise
from pos_member.app.ports import TerminalRecords
from pos_member.app.printing.print_slip import queue_redemption
from pos_member.app.recorded_before import recorded_before
from pos_member.app.workplace import Moment, Workplace
from pos_member.domain.errors import Sentence
from pos_member.domain.ledger import LedgerEntry
from pos_member.domain.member import MemberState
from pos_member.domain.money import yuan
from pos_member.domain.quote import OfflineLimit
from pos_member.domain.redeeming import Redemption, RedemptionKind
from pos_member.domain.rights import Right
from pos_member.domain.spending import Spending, available_points
from pos_member.domain.staff import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class RedemptionRequest:
    """Something that a member wants, under the id of the redemption. ``asked`` tells it from others of its kind."""

    redemption_id: str
    member_id: str
    kind: RedemptionKind
    asked: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedemptionCase:
    """What a redemption is decided by: the member as of now, and what the offline limit leaves."""

    moment: Moment
    member: MemberFigures
    offline: OfflineLimit


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """What the rules grant: its ``name`` and id (``about``), what it takes, the goods it hands out.

    ``worth_fen`` is a donation's worth. ``said`` says what it took where :func:`what_it_took` says too little.
    """

    about: str
    name: str
    spending: Spending
    said: Sentence | None = None
    sku: str | None = None
    goods: str = ""
    worth_fen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Redeemed:
    """A recorded redemption, the points that the member can spend now, and the sentence that says what it took.

    ``slip_queued`` is False where a full queue kept the slip from the printer; the redemption stands.
    """

    redemption: Redemption
    available: int
    said: Sentence
    slip_queued: bool


Decide = Callable[[TerminalRecords, RedemptionCase], Granted]
"""What the rules grant. ``Refusal`` where they do not."""


def redeem(
    workplace: Workplace, person: Staff, request: RedemptionRequest, approval: Approval | None, decide: Decide
) -> Redeemed:
    """Records what ``decide`` grants, once.

    ``Refusal``: ``right_missing``, ``id_used``, ``member_frozen``, ``member_gone``, those of the clock and of
    ``decide``.
    """
    authority = authorise(workplace, person, Right.REDEEM, approval)
    with workplace.terminal.transaction() as records:
        moment = workplace.moment(records)
        known = recorded_before(
            records,
            Redemption,
            request.redemption_id,
            member_id=request.member_id,
            kind=request.kind,
            **request.asked,
        )
        if known is not None:
            state = workplace.member(records, request.member_id)
            return Redeemed(
                redemption=known,
                available=points_left(records, state, moment),
                said=what_it_took(known),
                slip_queued=True,
            )
        require_sound_clock(workplace, records, moment)
        case = case_of(workplace, records, moment, request.member_id)
        granted = decide(records, case)
        redemption = _record(workplace, records, authority, request, moment, granted)
        available = points_left(records, case.member.state, moment)
        said = granted.said or what_it_took(redemption)
        queued = queue_redemption(
            workplace, records, redemption, person, case.member.state.member, available, said, granted.goods
        )
        redeemed = Redeemed(redemption=redemption, available=available, said=said, slip_queued=queued)
    if workplace.wake_printer is not None:
        workplace.wake_printer()
    workplace.wake_sync()
    return redeemed


def case_of(workplace: Workplace, records: TerminalRecords, moment: Moment, member_id: str) -> RedemptionCase:
    """What this member's redemptions are decided by now. ``Refusal``: ``member_frozen``, ``member_gone``."""
    state = require_usable(workplace.member(records, member_id))
    return RedemptionCase(
        moment=moment,
        member=figures_of(records, state, moment),
        offline=offline_limit(workplace, records, member_id, moment),
    )


def points_left(records: TerminalRecords, state: MemberState | None, moment: Moment) -> int:
    """The points that a member can spend with all that is recorded; 0 for one who is gone."""
    return 0 if state is None else available_points(figures_of(records, state, moment).standing, moment.on)


def what_it_took(redemption: Redemption) -> Sentence:
    """Whether a recorded redemption was paid with points or with a free quota."""
    name, points = redemption.name, redemption.points
    if points == 0:
        return Sentence(template="{name}用会员权益，不扣积分", gaps={"name": name})
    if redemption.kind is RedemptionKind.DONATION:
        gaps = {"points": points, "cause": name, "worth": yuan(redemption.worth_fen)}
        return Sentence(template="捐赠 {points} 分给「{cause}」，折合 {worth}", gaps=gaps)
    return Sentence(template="{name}扣 {points} 分", gaps={"name": name, "points": points})


def _record(
    workplace: Workplace,
    records: TerminalRecords,
    authority: Authority,
    request: RedemptionRequest,
    moment: Moment,
    granted: Granted,
) -> Redemption:
    redemption = Redemption(
        **workplace.stamp(records, moment, request.redemption_id, authority.person),
        member_id=request.member_id,
        about=granted.about,
        approved_by=authority.approver_id,
        entries=_entries(workplace, request, moment, granted.spending),
        kind=request.kind,
        name=granted.name,
        spending=granted.spending,
        sku=granted.sku,
        worth_fen=granted.worth_fen,
    )
    workplace.record(records, redemption)
    authority.record(workplace, records, redemption_id=redemption.id)
    return redemption


def _entries(
    workplace: Workplace, request: RedemptionRequest, moment: Moment, spending: Spending
) -> tuple[LedgerEntry, ...]:
    """What takes the points; a free quota takes none."""
    if spending.points == 0:
        return ()
    taken = workplace.entry(
        moment,
        member_id=request.member_id,
        kind=request.kind.value,
        points=-spending.points,
        source=request.redemption_id,
    )
    return (taken,)
