"""Posting sales (docs/sync.md, "Posting")."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pos_member.domain.labels import offer_label, points_label
from pos_member.domain.member import MemberState
from pos_member.domain.offers import FIRST_PURCHASE
from pos_member.domain.postings import BIRTHDAY, UPGRADE
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.sale import Sale
from pos_member.domain.standing import purchase_of, upgrades_of
from pos_member.domain.tier import Purchase, Tier, UpgradeBonus, evaluate, figures
from sync.head_office.fact_book import add_sale
from sync.head_office.ledger_book import post_entries
from sync.head_office.posted import (
    MOST_FEN,
    Arrival,
    Books,
    Ruling,
    granted_twice,
    held,
    points_moved,
    wrong_with_entries,
)

PURCHASES_KEPT_DAYS = 366


def post_sale(books: Books, told: Sale, _arrival: Arrival) -> Ruling:
    """Posts a sale: its points, the member's purchases and tier, the coupon that it used."""
    sale, notices = held(books, told)
    published = books.drafts.member(sale.member_id)
    why = _wrong_with(books, sale, buyer_known=sale.member_id is None or published is not None)
    if why:
        return Ruling(why=why)
    twice = () if published is None else _given_twice(books, sale, published.state)
    post_entries(books.connection, sale.entries)
    add_sale(books.connection, sale)
    twice += _use_coupon(books, sale)
    if published is not None:
        books.drafts.put(replace(published, state=_with_sale(books, published.state, sale)))
    return Ruling(notices=(*notices, *granted_twice(twice)))


def _wrong_with(books: Books, sale: Sale, *, buyer_known: bool) -> str:
    quote = sale.quote
    if not buyer_known:
        return "总部没有这位会员。"
    if sum(line.net_fen for line in quote.lines) != quote.payable_fen or not 0 <= quote.payable_fen <= MOST_FEN:
        return "各行金额之和与应收金额不符。"
    if sum(tender.fen for tender in sale.tenders) - quote.change_fen != quote.payable_fen:
        return "收款减找零与应收金额不符。"
    if points_moved(sale) != (quote.points_earned, quote.points_redeemed):
        return "积分流水与小票上的积分不符。"
    if any(entry.source != sale.id for entry in sale.entries):
        return "积分流水记的不是这笔销售。"
    return wrong_with_entries(books, sale, sale.member_id)


def _given_twice(books: Books, sale: Sale, state: MemberState) -> tuple[str, ...]:
    """What the member had already had when this sale, not yet posted, gives it: labels, empty when all is well."""
    offers = {line.offer.id for line in sale.quote.lines if line.offer is not None}
    kinds = {entry.kind for entry in sale.entries}
    had = [bonus.tier.rank for bonus in _rewarded(books, state, sale)]
    given = {
        offer_label(FIRST_PURCHASE): FIRST_PURCHASE in offers and state.completed_sales > 0,
        points_label(BIRTHDAY): BIRTHDAY in kinds and sale.business_date.year in state.birthday_bonus_years,
        points_label(UPGRADE): any(bonus.tier.rank <= max(had, default=-1) for bonus in upgrades_of(sale)),
    }
    return tuple(label for label, twice in given.items() if twice)


def _rewarded(books: Books, state: MemberState, sale: Sale) -> tuple[UpgradeBonus, ...]:
    """The upgrade bonuses that stand against another one on the day of the sale."""
    ruleset = books.rules.of_version(sale.quote.ruleset)
    days = PURCHASES_KEPT_DAYS if ruleset is None else ruleset.accrual.upgrade_window_days
    oldest = sale.business_date - timedelta(days=days)
    return tuple(bonus for bonus in state.upgrade_bonuses if bonus.on > oldest)


def _use_coupon(books: Books, sale: Sale) -> tuple[str, ...]:
    """Marks the coupon of the sale as used; its code when another sale used it before."""
    coupon = None if sale.coupon_id is None else books.drafts.coupon(sale.coupon_id)
    if coupon is None:
        return ()
    if coupon.used_by is not None:
        return (f"券 {coupon.coupon.id}",)
    books.drafts.put(replace(coupon, used_by=sale.id))
    return ()


def _with_sale(books: Books, state: MemberState, sale: Sale) -> MemberState:
    oldest = books.today - timedelta(days=PURCHASES_KEPT_DAYS)
    purchases = tuple(each for each in (*state.purchases, purchase_of(sale)) if each.on > oldest)
    years = {entry.business_date.year for entry in sale.entries if entry.kind == BIRTHDAY}
    reached = _tier_reached(purchases, sale, books.rules.of_version(sale.quote.ruleset))
    return replace(
        state,
        purchases=purchases,
        completed_sales=state.completed_sales + 1,
        spend_fen=state.spend_fen + sale.quote.payable_fen,
        birthday_bonus_years=tuple(sorted({*state.birthday_bonus_years, *years})),
        upgrade_bonuses=(*state.upgrade_bonuses, *upgrades_of(sale)),
        tier=max(state.tier, reached, key=lambda tier: tier.rank),
    )


def _tier_reached(purchases: tuple[Purchase, ...], sale: Sale, ruleset: Ruleset | None) -> Tier:
    """The tier the purchases earn on the sale's day; under rules head office never published, what the till found."""
    if ruleset is None:
        return sale.quote.tier_after or Tier.BASIC
    window = ruleset.tier_window
    return evaluate(figures(purchases, sale.business_date, window.days, window.visit_min_fen), ruleset)
