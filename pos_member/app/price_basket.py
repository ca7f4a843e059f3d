"""Prices the open basket: the quote, the member's sheet, and how many points may be paid with."""

from __future__ import annotations

from pos_member.app.counter import CounterState, MemberSheet, RedemptionAllowance
from pos_member.app.identify import require_usable
from pos_member.app.member_figures import figures_of, offline_limit
from pos_member.app.ports import TerminalRecords
from pos_member.app.workplace import Moment, Workplace
from pos_member.domain.basket import Basket
from pos_member.domain.errors import Refusal
from pos_member.domain.ledger import Balance
from pos_member.domain.pricing import greatest_redemption, quote
from pos_member.domain.prompts import next_tier, prompts
from pos_member.domain.quote import QuoteRequest, SaleLine
from pos_member.domain.redemption import RedemptionLimit, offline_left
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.trace import trace


def price_basket(
    workplace: Workplace, records: TerminalRecords, basket: Basket, touched: int | None = None
) -> CounterState:
    """The basket as the counter shows it now, points not yet deducted."""
    moment = workplace.moment(records)
    sheet = member_sheet(workplace, records, basket, moment)
    if not basket.lines:
        nothing = _allowance(0, RedemptionLimit.NOTHING_PAYABLE, 0, moment.ruleset)
        return CounterState(basket=basket, quote=None, member=sheet, allowance=nothing, touched=None)
    request = _request(workplace, records, basket, moment, sheet)
    priced = quote(request, moment.ruleset)
    return CounterState(
        basket=basket,
        quote=priced,
        trace=trace(priced, moment.ruleset),
        member=sheet,
        allowance=allowance(request, moment.ruleset),
        touched=touched,
    )


def payable_request(workplace: Workplace, records: TerminalRecords, basket: Basket, moment: Moment) -> QuoteRequest:
    """The basket as the pricing rules take it, when it is to be paid now.

    ``Refusal``: ``basket_empty``; ``member_frozen`` and ``member_gone``, for head office may have said so since the
    card was scanned.
    """
    if not basket.lines:
        raise Refusal("basket_empty", "购物篮是空的：请先扫商品")
    sheet = member_sheet(workplace, records, basket, moment)
    if basket.member_id is not None:
        require_usable(sheet.state if sheet is not None else None)
    return _request(workplace, records, basket, moment, sheet)


def member_sheet(workplace: Workplace, records: TerminalRecords, basket: Basket, moment: Moment) -> MemberSheet | None:
    """The basket's member with this till's own sales laid over; None for a sale to nobody, or a member who is gone."""
    if basket.member_id is None:
        return None
    state = workplace.member(records, basket.member_id)
    if state is None:
        return None
    on, ruleset = moment.on, moment.ruleset
    figures = figures_of(records, state, moment)
    current = figures.standing
    available = Balance(lots=current.lots, debt=current.debt, expired=0).available
    return MemberSheet(
        state=state,
        standing=current,
        card_code=basket.card_code,
        available=available,
        worth_fen=ruleset.deduction.worth_fen(available),
        debt=current.debt,
        own_records=len(figures.own.records),
        as_of=workplace.replica.freshness().as_of,
        prompts=prompts(current, state, on, ruleset),
        next_tier=next_tier(current, ruleset),
    )


def allowance(request: QuoteRequest, ruleset: Ruleset) -> RedemptionAllowance:
    """The most points the basket may be paid with now, and why not more."""
    points, limit = greatest_redemption(request, ruleset)
    return _allowance(points, limit, offline_left(request.offline, ruleset), ruleset)


def _allowance(points: int, limit: RedemptionLimit, left: int, ruleset: Ruleset) -> RedemptionAllowance:
    rule = ruleset.deduction
    return RedemptionAllowance(
        points=points,
        worth_fen=rule.worth_fen(points),
        step=rule.step,
        minimum=rule.minimum,
        max_share=rule.max_share,
        reason=limit,
        offline_left=left,
    )


def _request(
    workplace: Workplace, records: TerminalRecords, basket: Basket, moment: Moment, sheet: MemberSheet | None
) -> QuoteRequest:
    return QuoteRequest(
        on=moment.on,
        lines=tuple(
            SaleLine(
                sku=line.product.sku,
                category=line.product.category,
                unit_price_fen=line.product.price_fen,
                quantity=line.quantity,
                no_discount=line.product.no_discount,
                no_points=line.product.no_points,
                by_weight=line.product.by_weight,
                insurable=line.product.insurable,
            )
            for line in basket.lines
        ),
        member=sheet.standing if sheet else None,
        store=workplace.identity.store_id,
        offline=offline_limit(workplace, records, sheet.state.member.id, moment) if sheet else None,
    )
