"""Exchanges goods (换货): a return and the sale of the open basket in one durable commit and on one slip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pos_member.app.counter import CounterState
from pos_member.app.people.authorise import Approval
from pos_member.app.ports import TerminalRecords
from pos_member.app.printing.print_return import queue_return
from pos_member.app.recorded_before import id_used
from pos_member.app.returns.return_goods import (
    GoodsBack,
    draft_return,
    permit_return,
    record_return,
    returned_before,
    standing_after,
)
from pos_member.app.selling.open_basket import open_basket
from pos_member.app.selling.price_basket import PayableBasket, payable_basket, price_basket
from pos_member.app.selling.settle_sale import Settlement, require_typed, settle_within
from pos_member.app.workplace import Moment, Workplace
from pos_member.domain.errors import InvariantViolation, Refusal
from pos_member.domain.exchange import differences, paid_by, refund_used
from pos_member.domain.money import yuan
from pos_member.domain.pricing import quote
from pos_member.domain.quote import Quote, QuoteRequest
from pos_member.domain.returns import GoodsReturn
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.sale import Sale
from pos_member.domain.sale_return import SaleReturn
from pos_member.domain.staff import Staff
from pos_member.domain.tender import Tender, TenderKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangePreview:
    """What an exchange would come to: what the goods give back, and the new sale.

    ``moves`` is the money that changes hands in fen by kind, above 0 to be paid, below 0 to be given back, and
    ``short_fen`` how much of it the customer has not given yet.
    """

    goods: GoodsReturn
    quote: Quote
    moves: Mapping[TenderKind, int]
    short_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged:
    """An exchange that is durably recorded, and the fresh counter after it."""

    returned: SaleReturn
    sale: Sale
    receipt_queued: bool
    next: CounterState


def exchange_goods(
    workplace: Workplace,
    person: Staff,
    exchange_id: str,
    back: GoodsBack,
    settlement: Settlement,
    *,
    pharmacist: Approval | None = None,
    approval: Approval | None = None,
) -> Exchanged:
    """Takes goods back and settles the open basket; ``exchange_id`` becomes the return's.

    ``settlement.tenders`` are what the customer gives beyond the money back, none: the rest in cash exactly.

    ``Refusal``: ``exchange_short``; those of :func:`pos_member.app.returns.return_goods.return_goods` and of
    :func:`pos_member.app.selling.settle_sale.settle_within`.
    """
    permit = permit_return(workplace, person, back, pharmacist, approval)
    with workplace.terminal.transaction() as records:
        known = returned_before(records, exchange_id, back, settlement.basket_id)
        if known is not None:
            before = _exchanged(workplace, records, known, receipt_queued=True)
            _require_as_asked(before, settlement)
            return before
        moment = workplace.moment(records)
        fact = record_return(workplace, records, moment, permit, exchange_id, back, settlement.basket_id)
        paid = _settlement(workplace, records, moment, settlement, fact)
        settle_within(workplace, records, person, paid, exchange_return_id=exchange_id)
        queued = queue_return(workplace, records, fact)
        done = _exchanged(workplace, records, fact, receipt_queued=queued)
    if workplace.wake_printer is not None:
        workplace.wake_printer()
    workplace.wake_sync()
    return done


def preview_exchange(workplace: Workplace, person: Staff, back: GoodsBack, settlement: Settlement) -> ExchangePreview:
    """What the exchange would come to now; writes nothing. Money still missing is no reason to refuse.

    ``Refusal``: those of :func:`pos_member.app.returns.return_goods.preview_return`, of
    :func:`pos_member.app.selling.price_basket.payable_basket` and of :func:`pos_member.domain.pricing.quote`.
    """
    require_typed(settlement.points, settlement.tenders)
    with workplace.terminal.reading() as records:
        moment = workplace.moment(records)
        draft = draft_return(workplace, records, moment, person, workplace.ids.new(), back)
        payable = _payable(workplace, records, moment, settlement)
        if payable.basket.member_id is not None:
            standing = standing_after(workplace, records, moment, payable.basket.member_id, draft)
            payable = replace(payable, request=replace(payable.request, member=standing))
    refund = draft.goods.tenders
    paid = _pay(payable.request, settlement, refund, moment.ruleset)
    priced = quote(replace(paid.request, tenders=paid.tenders), moment.ruleset)
    return ExchangePreview(
        goods=draft.goods,
        quote=priced,
        moves=differences(refund, paid.tenders, priced.change_fen),
        short_fen=paid.short_fen,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paid:
    """The tenders of the new sale in full, the ``short_fen`` that the customer has not given as cash.

    ``rest_fen`` is what the refund leaves to pay.
    """

    request: QuoteRequest
    tenders: tuple[Tender, ...]
    rest_fen: int
    short_fen: int


def _settlement(
    workplace: Workplace, records: TerminalRecords, moment: Moment, settlement: Settlement, fact: SaleReturn
) -> Settlement:
    """The settlement of the new sale, the refund among its tenders."""
    require_typed(settlement.points, settlement.tenders)
    basket = records.load_basket()
    if basket is None or basket.id != settlement.basket_id:
        return settlement
    payable = _payable(workplace, records, moment, settlement)
    paid = _pay(payable.request, settlement, fact.goods.tenders, moment.ruleset)
    if paid.short_fen:
        raise Refusal(
            "exchange_short",
            "换货还须补 {rest}，只收到 {given}，还差 {short}。请补足后再完成换货",
            rest=yuan(paid.rest_fen),
            given=yuan(paid.rest_fen - paid.short_fen),
            short=yuan(paid.short_fen),
        )
    return replace(settlement, tenders=paid.tenders)


def _payable(workplace: Workplace, records: TerminalRecords, moment: Moment, settlement: Settlement) -> PayableBasket:
    with_points = settlement.points != 0
    return payable_basket(workplace, records, records.load_basket(), moment, with_points=with_points)


def _pay(request: QuoteRequest, settlement: Settlement, refund: Sequence[Tender], ruleset: Ruleset) -> _Paid:
    """How the basket is paid. Cash is rounded only where nothing but cash pays, the refund's included."""
    given = settlement.tenders
    request = replace(request, points_to_redeem=settlement.points, tenders=())
    payable_fen = quote(request, ruleset).payable_fen
    used = refund_used(refund, payable_fen, given)
    if settlement.cash_rounding and all(tender.kind is TenderKind.CASH for tender in (*used, *given)):
        request = replace(request, cash_rounding=True)
        payable_fen = quote(request, ruleset).payable_fen
        used = refund_used(refund, payable_fen, given)
    rest_fen = payable_fen - sum(tender.fen for tender in used)
    missing_fen = max(0, rest_fen - sum(tender.fen for tender in given))
    return _Paid(
        request=request,
        tenders=paid_by(refund, payable_fen, given),
        rest_fen=rest_fen,
        short_fen=missing_fen if given else 0,
    )


def _require_as_asked(done: Exchanged, settlement: Settlement) -> None:
    """``Refusal`` ``id_used``: what was recorded was paid with other points or tenders than are asked for now."""
    priced = done.sale.quote
    asked = (settlement.points, paid_by(done.returned.goods.tenders, priced.payable_fen, settlement.tenders))
    if asked != (priced.points_redeemed, done.sale.tenders):
        raise id_used()


def _exchanged(
    workplace: Workplace, records: TerminalRecords, returned: SaleReturn, *, receipt_queued: bool
) -> Exchanged:
    sale = None if returned.exchange_sale_id is None else records.sale(returned.exchange_sale_id)
    if sale is None:
        raise InvariantViolation(f"exchange {returned.id} without its sale")
    now = price_basket(workplace, records, open_basket(workplace, records))
    return Exchanged(returned=returned, sale=sale, receipt_queued=receipt_queued, next=now)
