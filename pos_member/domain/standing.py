"""A member as this till sees them: head office's state with the till's own, not yet counted sales laid over it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pos_member.domain.ledger import fold_onto
from pos_member.domain.member import MemberState
from pos_member.domain.postings import BIRTHDAY, UPGRADE
from pos_member.domain.quote import MemberStanding
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.sale import Sale
from pos_member.domain.tier import Purchase, Tier, UpgradeBonus, figures


def standing(state: MemberState, own_sales: Sequence[Sale], on: date, ruleset: Ruleset) -> MemberStanding:
    """The member on a business date. ``own_sales`` are those of this till that ``state`` does not hold yet.

    Lots that have lapsed by then are left out; the tier is the highest that either side knows of.
    """
    own_entries = [entry for sale in own_sales for entry in sale.entries]
    balance = fold_onto(state.lots, state.debt, own_entries, on)
    purchases = [*state.purchases, *(purchase_of(sale) for sale in own_sales)]
    window = ruleset.tier_window
    counted = figures(purchases, on, window.days, window.visit_min_fen)
    tiers = [state.tier, *(sale.quote.tier_after for sale in own_sales if sale.quote.tier_after is not None)]
    bonus_years = {entry.business_date.year for entry in own_entries if entry.kind == BIRTHDAY}
    return MemberStanding(
        id=state.member.id,
        tier=max(tiers, key=lambda tier: tier.rank),
        birthday=state.member.birthday,
        completed_sales=state.completed_sales + len(own_sales),
        spend_365_fen=counted.spend_fen,
        visits_365=counted.visits,
        visited_today=any(p.on == on and p.net_fen >= window.visit_min_fen for p in purchases),
        lots=balance.lots,
        debt=balance.debt,
        birthday_bonus_years=tuple(sorted({*state.birthday_bonus_years, *bonus_years})),
        upgrade_bonuses=(*state.upgrade_bonuses, *(bonus for sale in own_sales for bonus in upgrades_of(sale))),
    )


def purchase_of(sale: Sale) -> Purchase:
    """A sale as the tier sees it."""
    return Purchase(sale_id=sale.id, on=sale.business_date, net_fen=sale.quote.payable_fen)


def upgrades_of(sale: Sale) -> tuple[UpgradeBonus, ...]:
    """The upgrade bonus that a sale posted, if any."""
    after: Tier | None = sale.quote.tier_after
    if after is None or all(entry.kind != UPGRADE for entry in sale.entries):
        return ()
    return (UpgradeBonus(tier=after, on=sale.business_date),)
