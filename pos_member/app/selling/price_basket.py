"""Prices the open basket: the quote, the member's sheet, and how many points may be paid with."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos_member.app.counter import CounterState, RedemptionAllowance
from pos_member.app.members.identify import require_usable
from pos_member.app.members.member_figures import MemberFigures, figures_of, offline_limit
from pos_member.app.members.member_sheet import member_sheet
from pos_member.app.ports import TerminalRecords
from pos_member.app.selling.basket_needs import conflicts_of, needs_of
from pos_member.app.selling.usable_coupon import usable_coupon
from pos_member.app.workplace import Moment, Workplace
from pos_member.domain.basket import Basket
from pos_member.domain.errors import Refusal, Sentence
from pos_member.domain.member import MemberState
from pos_member.domain.pricing import greatest_redemption, quote
from pos_member.domain.quote import Quote, QuoteRequest, SaleLine
from pos_member.domain.redemption import RedemptionLimit, offline_left
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.trace import trace


@dataclass(frozen=True, slots=True, kw_only=True)
class PayableBasket:
    """A basket that is to be paid now: whose it is before that, and what the pricing rules take it as."""

    basket: Basket
    member: MemberState | None
    request: QuoteRequest

    @property
    def names(self) -> dict[str, str]:
        """What its goods are called, by SKU."""
        return {line.product.sku: line.product.name for line in self.basket.lines}


def price_basket(
    workplace: Workplace, records: TerminalRecords, basket: Basket, touched: int | None = None
) -> CounterState:
    """The basket as the counter shows it now, points not yet deducted."""
    moment = workplace.moment(records)
    figures = _figures(workplace, records, basket, moment)
    sheet = None if figures is None else member_sheet(workplace, figures, moment, basket.card_code)
    if not basket.lines:
        return replace(empty_counter(basket, moment.ruleset), member=sheet)
    request = _request(workplace, records, basket, moment, figures, with_points=True)
    request, priced, problem = _with_coupon(workplace, records, basket, moment, request)
    member = None if figures is None else figures.state
    return CounterState(
        basket=basket,
        quote=priced,
        trace=trace(priced, moment.ruleset),
        member=sheet,
        allowance=allowance(request, moment.ruleset),
        touched=touched,
        coupon_problem=problem,
        conflicts=conflicts_of(workplace, basket, member),
        needs=needs_of(workplace, records, basket, member, moment),
    )


def empty_counter(basket: Basket, ruleset: Ruleset) -> CounterState:
    """A basket without goods or member."""
    nothing = _allowance(0, RedemptionLimit.NOTHING_PAYABLE, 0, ruleset)
    return CounterState(basket=basket, quote=None, member=None, allowance=nothing)


def payable_basket(
    workplace: Workplace, records: TerminalRecords, basket: Basket | None, moment: Moment, *, with_points: bool
) -> PayableBasket:
    """A basket as the pricing rules take it, when it is to be paid now; ``with_points``: points may be deducted.

    ``Refusal``: ``basket_empty``; ``member_frozen`` and ``member_gone``, for head office may have said so since the
    card was scanned; those of :func:`pos_member.app.selling.usable_coupon.usable_coupon`.
    """
    if basket is None or not basket.lines:
        raise Refusal("basket_empty", "购物篮是空的：请先扫商品")
    figures = _figures(workplace, records, basket, moment)
    if basket.member_id is not None:
        require_usable(None if figures is None else figures.state)
    request = _request(workplace, records, basket, moment, figures, with_points=with_points)
    if basket.coupon is not None:
        request = replace(request, coupon=usable_coupon(workplace, records, basket, moment))
    return PayableBasket(basket=basket, member=None if figures is None else figures.state, request=request)


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


def _with_coupon(
    workplace: Workplace, records: TerminalRecords, basket: Basket, moment: Moment, request: QuoteRequest
) -> tuple[QuoteRequest, Quote, Sentence | None]:
    """The basket priced with its coupon; where that takes nothing off, priced without it, and why."""
    if basket.coupon is None:
        return request, quote(request, moment.ruleset), None
    try:
        asked = replace(request, coupon=usable_coupon(workplace, records, basket, moment))
        return asked, quote(asked, moment.ruleset), None
    except Refusal as refusal:
        return request, quote(request, moment.ruleset), refusal.sentence


def _figures(workplace: Workplace, records: TerminalRecords, basket: Basket, moment: Moment) -> MemberFigures | None:
    """The basket's member with this till's own records; None for a sale to nobody, or a member who is gone."""
    if basket.member_id is None:
        return None
    state = workplace.member(records, basket.member_id)
    return None if state is None else figures_of(records, state, moment)


def _request(
    workplace: Workplace,
    records: TerminalRecords,
    basket: Basket,
    moment: Moment,
    figures: MemberFigures | None,
    *,
    with_points: bool,
) -> QuoteRequest:
    offline = None
    if figures is not None and with_points:
        offline = offline_limit(workplace, records, figures.state.member.id, moment)
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
        member=None if figures is None else figures.standing,
        store=workplace.identity.store_id,
        offers=workplace.replica.offers(),
        offline=offline,
    )
