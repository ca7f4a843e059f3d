"""Settles a sale: one durable commit of everything it is, and only then the receipt and the push."""

from __future__ import annotations

from dataclasses import replace

from pos_member.app.codec import to_plain
from pos_member.app.counter import Settled
from pos_member.app.facts import SALE
from pos_member.app.ports import TerminalRecords
from pos_member.app.price_basket import payable_request, price_basket
from pos_member.app.print_receipt import receipt_job
from pos_member.app.ring_up import open_basket
from pos_member.app.workplace import Workplace
from pos_member.domain.basket import Basket
from pos_member.domain.errors import Refusal
from pos_member.domain.money import yuan
from pos_member.domain.obligations import check_line
from pos_member.domain.postings import entries_of
from pos_member.domain.pricing import quote
from pos_member.domain.quote import Quote
from pos_member.domain.sale import Sale, SoldProduct
from pos_member.domain.staff import Staff
from pos_member.domain.tender import Tender, TenderKind


def settle_sale(
    workplace: Workplace, cashier: Staff, points: int, tenders: tuple[Tender, ...], agreed_fen: int | None = None
) -> Settled:
    """Settles the open basket. ``agreed_fen`` is the payable amount that the customer was told, None when none was.

    ``Refusal``: ``basket_empty``, ``member_frozen``, ``member_gone``, ``tender_short``, ``price_changed``, those of
    points and of obligations.

    Sale, lines, tenders, ledger entries, event, outbox and print job are one commit; the next basket is open in it too,
    so that no power cut settles a basket twice.
    """
    with workplace.terminal.transaction() as records:
        sale = _sale(workplace, records, cashier, points, tenders)
        if agreed_fen is not None and agreed_fen != sale.quote.payable_fen:
            raise Refusal(
                "price_changed",
                "会员资料或规则刚有更新，应收由 {before} 变为 {after}：请与顾客核对后再收款",
                before=yuan(agreed_fen),
                after=yuan(sale.quote.payable_fen),
            )
        records.add_sale(sale)
        records.append_event(
            kind=SALE, event_id=workplace.ids.new(), at=sale.at, body=to_plain(sale), member_id=sale.member_id
        )
        fresh = Basket(id=workplace.ids.new())
        records.save_basket(fresh)
        settled = Settled(
            sale=sale,
            available=sale.quote.available_after,
            receipt_queued=_queue_receipt(workplace, records, sale, cashier),
            next=price_basket(workplace, records, fresh),
        )
    if workplace.wake_printer is not None:
        workplace.wake_printer()
    workplace.wake_sync()
    return settled


def _sale(
    workplace: Workplace, records: TerminalRecords, cashier: Staff, points: int, tenders: tuple[Tender, ...]
) -> Sale:
    moment = workplace.moment(records)
    basket = open_basket(workplace, records)
    request = payable_request(workplace, records, basket, moment)
    pharmacist = workplace.pharmacist(records)
    for line in basket.lines:
        check_line(line.product, pharmacist is not None, moment.ruleset)
    priced = quote(replace(request, points_to_redeem=points, tenders=tenders), moment.ruleset)
    identity = workplace.identity
    products = {line.product.sku: line.product for line in basket.lines}
    return Sale(
        id=basket.id,
        receipt_no=f"{identity.store_id}-{identity.number}-{records.next_receipt_number():06d}",
        store_id=identity.store_id,
        terminal_id=identity.terminal_id,
        cashier_id=cashier.id,
        pharmacist_id=None if pharmacist is None else pharmacist.id,
        member_id=request.member.id if request.member else None,
        at=moment.at,
        business_date=moment.on,
        products=tuple(
            SoldProduct(
                sku=line.sku,
                name=products[line.sku].name,
                specification=products[line.sku].specification,
                unit=products[line.sku].unit,
            )
            for line in priced.lines
        ),
        quote=priced,
        tenders=tenders or _exact_cash(priced),
        entries=entries_of(
            priced,
            member_id=request.member.id if request.member else None,
            sale_id=basket.id,
            at=moment.at,
            on=moment.on,
            store_id=identity.store_id,
            terminal_id=identity.terminal_id,
            ids=workplace.ids,
            ruleset=moment.ruleset,
        ),
    )


def _queue_receipt(workplace: Workplace, records: TerminalRecords, sale: Sale, cashier: Staff) -> bool:
    """Whether nothing kept the receipt from the printer. Neither a full queue nor a till without one stops a sale."""
    if workplace.wake_printer is None:
        return True
    try:
        records.enqueue_print(receipt_job(workplace, sale, cashier, reprint=False))
    except Refusal:
        return False
    return True


def _exact_cash(priced: Quote) -> tuple[Tender, ...]:
    return (Tender(kind=TenderKind.CASH, fen=priced.payable_fen),) if priced.payable_fen else ()
