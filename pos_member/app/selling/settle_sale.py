"""Settles a sale: one durable commit of everything it is, and only then the receipt and the push."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos_member.app.clock_check import require_sound_clock
from pos_member.app.counter import CounterState, Settled
from pos_member.app.facts import SALE
from pos_member.app.points.reward_referrer import reward_referrer
from pos_member.app.ports import TerminalRecords
from pos_member.app.printing.print_receipt import receipt_job
from pos_member.app.printing.queue_slip import queue_job
from pos_member.app.sane_amount import require_sane_amount
from pos_member.app.selling.basket_needs import require_cleared
from pos_member.app.selling.open_basket import open_basket
from pos_member.app.selling.price_basket import PayableBasket, empty_counter, payable_basket, price_basket
from pos_member.app.shifts.shift_for_trade import shift_for_trade
from pos_member.app.workplace import Moment, Workplace
from pos_member.domain.basket import Basket
from pos_member.domain.errors import Refusal
from pos_member.domain.labels import tender_label
from pos_member.domain.member import MemberState
from pos_member.domain.money import yuan
from pos_member.domain.obligations import require_paid
from pos_member.domain.postings import entries_of
from pos_member.domain.pricing import quote
from pos_member.domain.quote import Quote
from pos_member.domain.registers import EphedrineRegistered, RegisteredPacks
from pos_member.domain.rights import Right, require_right
from pos_member.domain.sale import Sale, SoldProduct
from pos_member.domain.staff import Staff
from pos_member.domain.tender import Tender, TenderKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """How a basket is paid: points off it, and tenders; without any, the whole in cash exactly.

    ``agreed_fen`` is the payable amount that the customer was told, None when none was. ``cash_rounding``: what is paid
    in cash alone is rounded down (抹零).
    """

    basket_id: str
    points: int = 0
    tenders: tuple[Tender, ...] = ()
    agreed_fen: int | None = None
    cash_rounding: bool = False


def settle_sale(workplace: Workplace, cashier: Staff, settlement: Settlement) -> Settled:
    """Settles the open basket; asked again for one that is settled already, it gives that sale back.

    ``Refusal``: those of :func:`settle_within`.

    Sale, lines, tenders, ledger entries, event, outbox and print job are one commit; the next basket is open in it too,
    so that no power cut settles a basket twice.
    """
    with workplace.terminal.transaction() as records:
        basket = records.load_basket()
        before = _settled_before(records, basket, settlement, None)
        if before is not None:
            now = price_basket(workplace, records, open_basket(workplace, records))
            return _settled(before, now, receipt_queued=True)
        done = _settle(workplace, records, cashier, settlement, basket, None)
        settled = _settled(done.sale, done.next, receipt_queued=_queue_receipt(workplace, records, done, cashier))
    if workplace.wake_printer is not None:
        workplace.wake_printer()
    workplace.wake_sync()
    return settled


def settle_within(
    workplace: Workplace,
    records: TerminalRecords,
    cashier: Staff,
    settlement: Settlement,
    *,
    exchange_return_id: str | None = None,
) -> Sale:
    """Checks and writes everything that a sale is, in a transaction that somebody else commits and prints after.

    The next basket is open then. For a basket that is settled already it gives that sale back and writes nothing.

    ``Refusal``: ``already_settled``, ``basket_changed``; ``right_missing``; ``clock_set_back`` and ``clock_ahead``
    where points are deducted; ``basket_empty``, ``member_frozen``, ``member_gone``; those of :func:`usable_coupon`, of
    :func:`require_cleared` and of :func:`quote`; ``cash_negative``, ``tender_negative``, ``tender_repeated``,
    ``amount_most``, ``points_negative``; ``given_away``; ``price_changed``.
    """
    basket = records.load_basket()
    before = _settled_before(records, basket, settlement, exchange_return_id)
    return before or _settle(workplace, records, cashier, settlement, basket, exchange_return_id).sale


def require_typed(points: int, tenders: tuple[Tender, ...]) -> None:
    """What people may type as points and tenders.

    ``Refusal``: ``points_negative``; ``cash_negative``, ``tender_negative``, ``amount_most``, ``tender_repeated``.
    """
    if points < 0:
        raise Refusal("points_negative", "抵现积分不能小于 0：请重新输入")
    kinds = set()
    for tender in tenders:
        name = tender_label(tender.kind)
        if tender.fen < 0 and tender.kind is TenderKind.CASH:
            raise Refusal("cash_negative", "现金不能小于 0：请重新输入收到的现金")
        if tender.fen < 0:
            raise Refusal("tender_negative", "{tender}的金额不能小于 0：请重新输入", tender=name)
        require_sane_amount(tender.fen)
        if tender.kind in kinds:
            raise Refusal("tender_repeated", "{tender}只能收一笔：请把金额合在一起，或换一种支付方式", tender=name)
        kinds.add(tender.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Done:
    """A sale that is written, whose it is, and the counter after it."""

    sale: Sale
    member: MemberState | None
    next: CounterState


def _settled(sale: Sale, now: CounterState, *, receipt_queued: bool) -> Settled:
    return Settled(sale=sale, available=sale.quote.available_after, receipt_queued=receipt_queued, next=now)


def _settled_before(
    records: TerminalRecords, basket: Basket | None, settlement: Settlement, exchange_return_id: str | None
) -> Sale | None:
    """The sale that a basket has become; None while it stands open. What is asked for has to be what was done."""
    if basket is not None and basket.id == settlement.basket_id:
        return None
    sale = records.sale(settlement.basket_id)
    if sale is None:
        raise Refusal("basket_changed", "购物篮已经换过，没有收款：请核对屏幕上的商品后再收款")
    priced = sale.quote
    asked = (settlement.points, settlement.tenders or _exact_cash(priced), exchange_return_id)
    as_told = settlement.agreed_fen in (None, priced.payable_fen)
    if asked != (priced.points_redeemed, sale.tenders, sale.exchange_return_id) or not as_told:
        template = "这一单已经收过款，小票 {receipt}，应收 {payable}：请不要再收；要更改请办理退货"
        raise Refusal("already_settled", template, receipt=sale.receipt_no, payable=yuan(priced.payable_fen))
    return sale


def _settle(
    workplace: Workplace,
    records: TerminalRecords,
    cashier: Staff,
    settlement: Settlement,
    basket: Basket | None,
    exchange_return_id: str | None,
) -> _Done:
    moment = workplace.moment(records)
    require_right(cashier, Right.SELL, moment.ruleset.rights)
    if settlement.points:
        require_sound_clock(workplace, records, moment)
    payable = payable_basket(workplace, records, basket, moment, with_points=settlement.points != 0)
    cleared = require_cleared(workplace, records, payable.basket, payable.member, moment)
    priced = _priced(payable, settlement, moment)
    basket = payable.basket
    identity = workplace.identity
    sale = Sale(
        id=basket.id,
        receipt_no=workplace.receipt_no(records),
        store_id=identity.store_id,
        terminal_id=identity.terminal_id,
        cashier_id=cashier.id,
        pharmacist_id=None if cleared.pharmacist is None else cleared.pharmacist.id,
        member_id=basket.member_id,
        at=moment.at,
        business_date=moment.on,
        products=_sold(basket, priced),
        quote=priced,
        tenders=settlement.tenders or _exact_cash(priced),
        entries=entries_of(
            priced,
            member_id=basket.member_id,
            sale_id=basket.id,
            at=moment.at,
            on=moment.on,
            store_id=identity.store_id,
            terminal_id=identity.terminal_id,
            ids=workplace.ids,
            ruleset=moment.ruleset,
        ),
        shift_id=shift_for_trade(workplace, records, moment, cashier).id,
        prescription_ids=cleared.prescription_ids,
        exchange_return_id=exchange_return_id,
    )
    records.add_sale(sale)
    records.append_event(kind=SALE, event_id=workplace.ids.new(), at=sale.at, body=sale, member_id=sale.member_id)
    if cleared.packs:
        _register_packs(workplace, records, moment, cashier, basket, cleared.packs)
    reward_referrer(workplace, records, moment, cashier, sale, payable.member)
    fresh = Basket(id=workplace.ids.new())
    records.save_basket(fresh)
    return _Done(sale=sale, member=payable.member, next=empty_counter(fresh, moment.ruleset))


def _priced(payable: PayableBasket, settlement: Settlement, moment: Moment) -> Quote:
    """The quote that is settled, which is what the customer was told and gives nothing away that may not be."""
    require_typed(settlement.points, settlement.tenders)
    request = replace(
        payable.request,
        points_to_redeem=settlement.points,
        tenders=settlement.tenders,
        cash_rounding=settlement.cash_rounding,
    )
    priced = quote(request, moment.ruleset)
    require_paid(priced, payable.names, moment.ruleset)
    if settlement.agreed_fen not in (None, priced.payable_fen):
        raise Refusal(
            "price_changed",
            "会员资料或规则刚有更新，应收由 {before} 变为 {after}：请与顾客核对后再收款",
            before=yuan(settlement.agreed_fen),
            after=yuan(priced.payable_fen),
        )
    return priced


def _sold(basket: Basket, priced: Quote) -> tuple[SoldProduct, ...]:
    products = {line.product.sku: line.product for line in basket.lines}
    return tuple(
        SoldProduct(
            sku=line.sku,
            name=products[line.sku].name,
            specification=products[line.sku].specification,
            unit=products[line.sku].unit,
        )
        for line in priced.lines
    )


def _register_packs(
    workplace: Workplace,
    records: TerminalRecords,
    moment: Moment,
    cashier: Staff,
    basket: Basket,
    packs: tuple[RegisteredPacks, ...],
) -> None:
    """The register of goods with ephedrine; who bought them is kept apart from it."""
    stamp = workplace.stamp(records, moment, workplace.ids.new(), cashier)
    workplace.record(records, EphedrineRegistered(**stamp, about=basket.id, packs=packs), personal=basket.buyer)


def _queue_receipt(workplace: Workplace, records: TerminalRecords, done: _Done, cashier: Staff) -> bool:
    """Whether nothing kept the receipt from the printer (:func:`pos_member.app.printing.queue_slip.queue_job`)."""
    return queue_job(workplace, records, receipt_job(workplace, done.sale, done.member, cashier, reprint=False))


def _exact_cash(priced: Quote) -> tuple[Tender, ...]:
    return (Tender(kind=TenderKind.CASH, fen=priced.payable_fen),) if priced.payable_fen else ()
