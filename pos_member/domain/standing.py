"""A member as this till sees them: head office's state with the till's own, not yet counted sales laid over it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from pos_member.domain.ids import IdFactory
from pos_member.domain.ledger import LedgerEntry, fold_onto, with_expiry
from pos_member.domain.member import MemberState
from pos_member.domain.quote import MemberStanding, Quote
from pos_member.domain.returns import GoodsReturn
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.sale import Sale
from pos_member.domain.tier import Purchase, Tier, UpgradeBonus, figures

REDEMPTION = "redemption"
PURCHASE = "purchase"
BIRTHDAY = "birthday"
UPGRADE = "upgrade"
PURCHASE_REVERSAL = "purchase_reversal"
BIRTHDAY_REVERSAL = "birthday_reversal"
REDEMPTION_REVERSAL = "redemption_reversal"


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


def entries_of(
    quote: Quote,
    *,
    ids: IdFactory,
    ruleset: Ruleset,
    sale_id: str,
    member_id: str | None,
    at: datetime,
    on: date,
    store_id: str,
    terminal_id: str,
) -> tuple[LedgerEntry, ...]:
    """The ledger entries that a settled quote posts, none of 0: what it takes, then what it adds (docs/programme §4).

    A sale to nobody in particular posts none. ``on`` is its business date.
    """
    if member_id is None:
        return ()
    flat = {part.kind: part.points for part in quote.points if part.kind in (BIRTHDAY, UPGRADE)}
    movements = (
        (REDEMPTION, -quote.points_redeemed),
        (PURCHASE, quote.points_earned - sum(flat.values())),
        (BIRTHDAY, flat.get(BIRTHDAY, 0)),
        (UPGRADE, flat.get(UPGRADE, 0)),
    )
    return tuple(
        with_expiry(
            LedgerEntry(
                id=ids.new(),
                member_id=member_id,
                kind=kind,
                points=points,
                occurred_at=at,
                business_date=on,
                store_id=store_id,
                terminal_id=terminal_id,
                source=sale_id,
                ruleset=quote.ruleset,
            ),
            ruleset.ledger.expiry_months,
        )
        for kind, points in movements
        if points
    )


def return_entries(
    returned: GoodsReturn,
    sale: Sale,
    *,
    ids: IdFactory,
    return_id: str,
    at: datetime,
    on: date,
    store_id: str,
    terminal_id: str,
) -> tuple[LedgerEntry, ...]:
    """The ledger entries that a return posts: what it takes back of the sale's, then what it gives (docs/programme §6).

    Points given back have the last day of their lot. Goods sold to nobody in particular post none. ``on`` is the
    return's business date.
    """
    if sale.member_id is None:
        return ()
    posted = {entry.kind: entry.id for entry in sale.entries}
    movements: list[tuple[str, int, str | None, date | None]] = [
        (reversal, -points, posted[kind], None)
        for reversal, kind, points in (
            (PURCHASE_REVERSAL, PURCHASE, returned.purchase_taken_back),
            (BIRTHDAY_REVERSAL, BIRTHDAY, returned.birthday_taken_back),
        )
        if points
    ]
    movements += [(REDEMPTION_REVERSAL, lot.points, None, lot.expires_on) for lot in returned.given_back_lots]
    return tuple(
        LedgerEntry(
            id=ids.new(),
            member_id=sale.member_id,
            kind=kind,
            points=points,
            occurred_at=at,
            business_date=on,
            store_id=store_id,
            terminal_id=terminal_id,
            source=return_id,
            ruleset=sale.quote.ruleset,
            expires_on=expires_on,
            of=of,
        )
        for kind, points, of, expires_on in movements
    )
