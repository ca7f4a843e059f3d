"""A member with everything that the desks decide by, as of one moment in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from pos_member.app.ports import TerminalRecords
from pos_member.app.workplace import Moment, Workplace
from pos_member.domain.benefits import BenefitUse
from pos_member.domain.bonuses import PastBonus
from pos_member.domain.member import MemberState
from pos_member.domain.own_records import OwnRecords
from pos_member.domain.quote import MemberStanding, OfflineLimit
from pos_member.domain.standing import benefit_uses_with, bonuses_with, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFigures:
    """Head office's ``state``, what this till has recorded beyond it (``own``), and the member with both."""

    state: MemberState
    own: OwnRecords
    standing: MemberStanding

    @property
    def bonuses(self) -> tuple[PastBonus, ...]:
        """The bonuses that the member was given."""
        return bonuses_with(self.state, self.own)

    @property
    def benefit_uses(self) -> tuple[BenefitUse, ...]:
        """The free benefits that the member had."""
        return benefit_uses_with(self.state, self.own)


def figures_of(records: TerminalRecords, state: MemberState, moment: Moment) -> MemberFigures:
    """The figures of a member whose ``state`` :meth:`Workplace.member` gave."""
    own = records.own_records(state.member.id, state.applied)
    return MemberFigures(state=state, own=own, standing=standing(state, own, moment.on, moment.ruleset))


def offline_limit(workplace: Workplace, records: TerminalRecords, member_id: str, moment: Moment) -> OfflineLimit:
    """What this till may still take of a member's points today (docs/programme §8)."""
    as_of = workplace.replica.freshness().as_of
    oldest = moment.at - timedelta(days=moment.ruleset.offline.replica_max_age_days)
    return OfflineLimit(
        redeemed_today=records.points_redeemed(member_id, moment.on),
        replica_expired=as_of is None or as_of < oldest,
        stopped=records.spending_stopped,
    )
