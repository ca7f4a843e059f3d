"""A member as this till sees them: head office's state with the till's own, not yet counted records laid over it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pos_member.domain.benefits import BenefitUse
from pos_member.domain.bonuses import PastBonus, past_bonuses
from pos_member.domain.ledger import fold_onto
from pos_member.domain.member import MemberState
from pos_member.domain.own_records import OwnRecords
from pos_member.domain.postings import BIRTHDAY, BIRTHDAY_REVERSAL, UPGRADE
from pos_member.domain.quote import MemberStanding
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.sale import Sale
from pos_member.domain.sale_return import SaleReturn
from pos_member.domain.tier import Purchase, Tier, UpgradeBonus, figures


def standing(state: MemberState, own: OwnRecords, on: date, ruleset: Ruleset) -> MemberStanding:
    """The member on a business date. ``own`` is what this till has recorded and ``state`` does not hold yet.

    Lots that have lapsed by then are left out; the tier is the highest that either side knows of, for a return by
    itself lowers none.
    """
    balance = fold_onto(state.lots, state.debt, own.entries(state.member.id), on)
    purchases = purchases_with(state.purchases, own)
    window = ruleset.tier_window
    counted = figures(purchases, on, window.days, window.visit_min_fen)
    sales = own.sales
    tiers = [state.tier, *(sale.quote.tier_after for sale in sales if sale.quote.tier_after is not None)]
    return MemberStanding(
        id=state.member.id,
        tier=max(tiers, key=lambda tier: tier.rank),
        birthday=state.member.birthday,
        completed_sales=max(0, state.completed_sales + len(sales) - sum(each.whole for each in own.returns)),
        spend_365_fen=counted.spend_fen,
        visits_365=counted.visits,
        visited_today=any(p.on == on and p.net_fen >= window.visit_min_fen for p in purchases),
        lots=balance.lots,
        debt=balance.debt,
        birthday_bonus_years=birthday_years_with(state.birthday_bonus_years, own),
        upgrade_bonuses=(*state.upgrade_bonuses, *(bonus for sale in sales for bonus in upgrades_of(sale))),
    )


def purchases_with(purchases: tuple[Purchase, ...], own: OwnRecords) -> tuple[Purchase, ...]:
    """The purchases with own sales added and what own returns gave back taken off the sale they are of."""
    returned: dict[str, int] = {}
    for each in own.returns:
        if each.about is not None:
            returned[each.about] = returned.get(each.about, 0) + each.goods.refund_fen
    every = (*purchases, *map(purchase_of, own.sales))
    if not returned:
        return every
    return tuple(replace(each, net_fen=each.net_fen - returned.get(each.sale_id, 0)) for each in every)


def birthday_years_with(years: tuple[int, ...], own: OwnRecords) -> tuple[int, ...]:
    """The calendar years whose birthday extra was given, as they stand after own sales and returns.

    An extra that was taken back in full can be earned again (docs/programme §4).
    """
    given = set(years)
    for each in own.records:
        kinds = {entry.kind for entry in each.entries}
        if BIRTHDAY in kinds:
            given.add(each.business_date.year)
        elif isinstance(each, SaleReturn) and BIRTHDAY_REVERSAL in kinds:
            given.discard(each.sale_on.year)
    return tuple(sorted(given))


def bonuses_with(state: MemberState, own: OwnRecords) -> tuple[PastBonus, ...]:
    """The bonuses that the member was given, own ones added."""
    return (*state.bonuses, *past_bonuses(own.entries(state.member.id)))


def benefit_uses_with(state: MemberState, own: OwnRecords) -> tuple[BenefitUse, ...]:
    """The free benefits that the member had, own ones added; one that was voided counts no more.

    An own void may be of a use that ``state`` holds already: it is one of that benefit and day.
    """
    recorded = {each.id for each in own.redemptions}
    published = list(state.benefit_uses)
    for void in own.voids:
        used = BenefitUse(benefit_id=void.benefit_id or "", on=void.business_date)
        if void.about not in recorded and used in published:
            published[published.index(used)] = replace(used, voided=True)
    voided = own.voided
    return (
        *published,
        *(
            BenefitUse(benefit_id=each.spending.benefit_id, on=each.business_date, voided=each.id in voided)
            for each in own.redemptions
            if each.spending.benefit_id is not None
        ),
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
