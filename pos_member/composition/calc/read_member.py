"""A member as the sale starts, out of JSON."""

from __future__ import annotations

from pos_member.composition.calc import fields
from pos_member.composition.calc.fields import Table
from pos_member.composition.calc.read_offers import TIERS
from pos_member.domain.ledger import Lot
from pos_member.domain.quote import MemberStanding
from pos_member.domain.tier import UpgradeBonus


def read_member(left: Table) -> MemberStanding:
    """The member of a JSON object."""
    member = MemberStanding(
        id=fields.text(left, "id"),
        tier=fields.word(left, "tier", TIERS),
        birthday=fields.day(left, "birthday") if "birthday" in left else None,
        completed_sales=fields.whole(left, "completed_sales"),
        spend_365_fen=fields.whole(left, "spend_365_fen"),
        visits_365=fields.whole(left, "visits_365"),
        visited_today=fields.flag(left, "visited_today"),
        lots=fields.each(left, "lots", _lot) if "lots" in left else (),
        debt=fields.whole(left, "debt") if "debt" in left else 0,
        birthday_bonus_years=fields.counts(left, "birthday_bonus_years") if "birthday_bonus_years" in left else (),
        upgrade_bonuses=fields.each(left, "upgrade_bonuses", _bonus) if "upgrade_bonuses" in left else (),
    )
    fields.finish(left)
    return member


def _lot(left: Table) -> Lot:
    lot = Lot(
        entry_id="",
        points=fields.whole(left, "points", 1),
        earned_on=fields.day(left, "earned_on"),
        expires_on=fields.day(left, "expires_on"),
    )
    fields.finish(left)
    return lot


def _bonus(left: Table) -> UpgradeBonus:
    bonus = UpgradeBonus(tier=fields.word(left, "tier", TIERS), on=fields.day(left, "on"))
    fields.finish(left)
    return bonus
