"""All that this till can tell of a member: figures, points by last day, cards, and what happened here."""

from __future__ import annotations

from dataclasses import dataclass

from pos_member.app.counter import MemberSheet
from pos_member.app.members.directory import MemberDirectory
from pos_member.app.members.identify import require_known
from pos_member.app.members.member_figures import figures_of
from pos_member.app.members.member_records import NotPosted
from pos_member.app.members.member_sheet import member_sheet
from pos_member.app.ports import TerminalRecords
from pos_member.app.workplace import Workplace
from pos_member.domain.ledger import LedgerEntry, Lot, expiring
from pos_member.domain.member import Card
from pos_member.domain.sale import Sale

_ENTRIES = 50
_SALES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberPage:
    """A member's page. ``sheet.standing.lots`` are the points by their last day, first to expire first.

    ``expiring`` are those that lapse within the ruleset's days. ``entries`` and ``sales`` are the latest of this till,
    latest first, whether head office holds them already or not; ``not_posted`` is what it did not post, and why.
    """

    sheet: MemberSheet
    cards: tuple[Card, ...]
    expiring: tuple[Lot, ...]
    entries: tuple[LedgerEntry, ...]
    sales: tuple[Sale, ...]
    not_posted: tuple[NotPosted, ...]

    @property
    def expiring_points(self) -> int:
        """Points that lapse soon."""
        return sum(lot.points for lot in self.expiring)


def member_page(workplace: Workplace, records: TerminalRecords, member_id: str) -> MemberPage:
    """The page of a member, who may be frozen. ``Refusal``: ``member_gone``."""
    moment = workplace.moment(records)
    state = require_known(workplace.member(records, member_id))
    figures = figures_of(records, state, moment)
    return MemberPage(
        sheet=member_sheet(workplace, figures, moment),
        cards=MemberDirectory(workplace.replica, records).cards_of(member_id),
        expiring=expiring(figures.standing.lots, moment.on, moment.ruleset.ledger.expiring_days),
        entries=records.entries_of_member(member_id, _ENTRIES),
        sales=records.sales_of_member(member_id, _SALES),
        not_posted=records.not_posted(member_id),
    )
