"""Points given to charity (公益捐赠), and the month's board of donors (docs/programme §7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pos_member.domain.errors import Refusal
from pos_member.domain.member import MemberState, MemberStatus, mask_name
from pos_member.domain.quote import MemberStanding, OfflineLimit
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.spending import Spending, take
from pos_member.domain.tier import Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Donation:
    """What a member gives, and its worth in fen as the certificate says it."""

    spending: Spending
    worth_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDonation:
    """Points that a member gave on a business date. One that was voided is on no board."""

    member_id: str
    points: int
    on: date
    voided: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DonorRow:
    """A row of the board that hangs in the store: equal points share a place, the next one counts them all."""

    place: int
    tier: Tier
    masked_name: str
    points: int


def donate(
    points: int, cause: str, member: MemberStanding, on: date, offline: OfflineLimit | None, ruleset: Ruleset
) -> Donation:
    """A donation of whole steps of points to a ``cause``; ``offline`` None: no offline limit applies.

    ``Refusal``: ``donation_step``, ``redeem_balance``, ``redeem_offline_limit``, in this order.
    """
    rule = ruleset.donation
    if points < rule.step or points % rule.step:
        template = "捐赠按 {step} 分一档，{points} 分不成整档；请改捐整档积分"
        raise Refusal("donation_step", template, step=rule.step, points=points)
    lots = take(points, cause, member, on, offline, ruleset)
    spending = Spending(on_what=cause, on=on, points=points, lots=lots)
    return Donation(spending=spending, worth_fen=points * rule.fen_per_100_points // 100)


def donors_board(
    donations: Iterable[PastDonation], members: Mapping[str, MemberState], month: date
) -> tuple[DonorRow, ...]:
    """The donors of the calendar month that ``month`` is in, most points first, of equals the higher tier.

    Tier and name are those the members have now; one who is erased or unknown is not shown.
    """
    given: dict[str, int] = {}
    for donation in donations:
        if not donation.voided and (donation.on.year, donation.on.month) == (month.year, month.month):
            given[donation.member_id] = given.get(donation.member_id, 0) + donation.points
    shown = [
        (points, state)
        for member_id, points in given.items()
        if (state := members.get(member_id)) is not None and state.member.status is not MemberStatus.ERASED
    ]
    shown.sort(key=lambda each: (-each[0], -each[1].tier.rank, each[1].member.id))
    places: dict[int, int] = {}
    for place, (points, _) in enumerate(shown, start=1):
        places.setdefault(points, place)
    return tuple(
        DonorRow(
            place=places[points],
            tier=state.tier,
            masked_name=mask_name(state.member.name),
            points=points,
        )
        for points, state in shown
    )
