"""Prices the open basket for the screen: the quote, the member's sheet, and how many points may be paid with."""

from __future__ import annotations

from datetime import datetime, timedelta

from pos_member.app.counter import CounterState, LimitReason, MemberSheet, NextTier, RedemptionAllowance
from pos_member.app.ports import TerminalRecords
from pos_member.app.workplace import Workplace
from pos_member.domain.basket import Basket
from pos_member.domain.ledger import Balance
from pos_member.domain.pricing import greatest_redemption, quote
from pos_member.domain.prompts import next_tier, prompts
from pos_member.domain.quote import OfflineLimit, QuoteRequest, SaleLine
from pos_member.domain.redemption import offline_left
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.standing import standing


def price_basket(
    workplace: Workplace, records: TerminalRecords, basket: Basket, touched: int | None = None
) -> CounterState:
    """The basket as the counter shows it now, points not yet deducted."""
    now = workplace.clock.now()
    on = workplace.today(records, now)
    ruleset = workplace.ruleset(on)
    request = quote_request(workplace, records, basket, now)
    sheet = member_sheet(workplace, records, basket, now)
    if not basket.lines:
        step = ruleset.deduction.step
        nothing = RedemptionAllowance(points=0, worth_fen=0, step=step, reason=LimitReason.BALANCE, offline_left=0)
        return CounterState(basket=basket, quote=None, member=sheet, allowance=nothing, touched=None)
    return CounterState(
        basket=basket,
        quote=quote(request, ruleset),
        member=sheet,
        allowance=allowance(request, ruleset),
        touched=touched,
    )


def quote_request(workplace: Workplace, records: TerminalRecords, basket: Basket, now: datetime) -> QuoteRequest:
    """The basket as the pricing rules take it, with the member's standing at this moment."""
    on = workplace.today(records, now)
    sheet = member_sheet(workplace, records, basket, now)
    ruleset = workplace.ruleset(on)
    return QuoteRequest(
        on=on,
        lines=tuple(
            SaleLine(
                sku=line.product.sku,
                category=line.product.category,
                unit_price_fen=line.product.price_fen,
                quantity=line.quantity,
                no_discount=line.product.no_discount,
                no_points=line.product.no_points,
                by_weight=line.product.by_weight,
            )
            for line in basket.lines
        ),
        member=sheet.standing if sheet else None,
        offline=_offline_limit(workplace, records, basket, now, ruleset) if sheet else None,
    )


def member_sheet(workplace: Workplace, records: TerminalRecords, basket: Basket, now: datetime) -> MemberSheet | None:
    """The basket's member with this till's own sales laid over; None for a sale to nobody, or a member who is gone."""
    if basket.member_id is None:
        return None
    state = workplace.replica.member(basket.member_id)
    if state is None:
        return None
    on = workplace.today(records, now)
    ruleset = workplace.ruleset(on)
    own = records.sales_of_member(state.member.id, state.applied)
    current = standing(state, own, on, ruleset)
    ahead = next_tier(current, ruleset)
    available = Balance(lots=current.lots, debt=current.debt, expired=0).available
    return MemberSheet(
        state=state,
        standing=current,
        card_code=basket.card_code,
        available=available,
        worth_fen=ruleset.deduction.worth_fen(available),
        debt=current.debt,
        own_sales=len(own),
        as_of=workplace.replica.freshness().as_of,
        prompts=prompts(current, state, on, ruleset),
        next_tier=None
        if ahead is None
        else NextTier(
            tier=ahead.tier, missing_fen=ahead.missing_fen, spent_fen=ahead.spent_fen, needed_fen=ahead.needed_fen
        ),
    )


def allowance(request: QuoteRequest, ruleset: Ruleset) -> RedemptionAllowance:
    """The most points the basket may be paid with now, and why not more."""
    points, limit = greatest_redemption(request, ruleset)
    return RedemptionAllowance(
        points=points,
        worth_fen=ruleset.deduction.worth_fen(points),
        step=ruleset.deduction.step,
        reason=LimitReason(limit.value),
        offline_left=offline_left(request.offline, ruleset),
    )


def _offline_limit(
    workplace: Workplace, records: TerminalRecords, basket: Basket, now: datetime, ruleset: Ruleset
) -> OfflineLimit:
    on = workplace.today(records, now)
    as_of = workplace.replica.freshness().as_of
    oldest = now - timedelta(days=ruleset.offline.replica_max_age_days)
    return OfflineLimit(
        redeemed_today=records.points_redeemed(basket.member_id or "", on),
        replica_expired=as_of is None or as_of < oldest,
    )
