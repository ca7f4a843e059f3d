"""Settles a sale: one durable commit of everything it is, and only then the receipt and the push."""

from __future__ import annotations

from pos_member.app.codec import to_plain
from pos_member.app.counter import Settled
from pos_member.app.ports import PrintJob, TerminalRecords
from pos_member.app.price_basket import price_basket, quote_request
from pos_member.app.print_receipt import receipt_job
from pos_member.app.ring_up import open_basket
from pos_member.app.workplace import Workplace
from pos_member.domain.basket import Basket
from pos_member.domain.errors import Refusal
from pos_member.domain.obligations import check_line
from pos_member.domain.pricing import quote
from pos_member.domain.quote import Quote, QuoteRequest
from pos_member.domain.sale import Sale, SoldProduct
from pos_member.domain.staff import Staff
from pos_member.domain.standing import entries_of
from pos_member.domain.tender import Tender, TenderKind


def settle_sale(workplace: Workplace, cashier: Staff, points: int, tenders: tuple[Tender, ...]) -> Settled:
    """Settles the open basket. ``Refusal``: ``basket_empty``, ``tender_short``, those of points and of obligations.

    Sale, lines, tenders, ledger entries, event, outbox and print job are one commit; the next basket is open in it too,
    so that no power cut settles a basket twice.
    """
    with workplace.terminal.transaction() as records:
        basket = open_basket(workplace, records)
        if not basket.lines:
            raise Refusal("basket_empty", "购物篮是空的：请先扫商品")
        sale = _sale(workplace, records, basket, cashier, points, tenders)
        records.add_sale(sale)
        records.append_event(kind="sale", event_id=workplace.ids.new(), at=sale.at, body=to_plain(sale))
        queued = _enqueue(records, receipt_job(workplace, sale, cashier, reprint=False))
        fresh = Basket(id=workplace.ids.new())
        records.save_basket(fresh)
        settled = Settled(
            sale=sale,
            available=sale.quote.available_after,
            receipt_queued=queued,
            next=price_basket(workplace, records, fresh),
        )
    workplace.wake_printer()
    workplace.wake_sync()
    return settled


def _sale(
    workplace: Workplace,
    records: TerminalRecords,
    basket: Basket,
    cashier: Staff,
    points: int,
    tenders: tuple[Tender, ...],
) -> Sale:
    now = workplace.clock.now()
    request = quote_request(workplace, records, basket, now)
    ruleset = workplace.ruleset(request.on)
    pharmacist = records.pharmacist_on_duty()
    for line in basket.lines:
        check_line(line.product, pharmacist is not None, ruleset)
    priced = quote(
        QuoteRequest(
            on=request.on,
            lines=request.lines,
            member=request.member,
            points_to_redeem=points,
            offline=request.offline,
            tenders=tenders,
        ),
        ruleset,
    )
    identity = workplace.identity
    products = {line.product.sku: line.product for line in basket.lines}
    return Sale(
        id=basket.id,
        receipt_no=f"{identity.store_id}-{identity.number}-{records.next_receipt_number():06d}",
        store_id=identity.store_id,
        terminal_id=identity.terminal_id,
        cashier_id=cashier.id,
        pharmacist_id=pharmacist,
        member_id=request.member.id if request.member else None,
        at=now,
        business_date=request.on,
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
            at=now,
            on=request.on,
            store_id=identity.store_id,
            terminal_id=identity.terminal_id,
            ids=workplace.ids,
            ruleset=ruleset,
        ),
    )


def _enqueue(records: TerminalRecords, job: PrintJob) -> bool:
    """A full print queue never stops a sale."""
    try:
        records.enqueue_print(job)
    except Refusal:
        return False
    return True


def _exact_cash(priced: Quote) -> tuple[Tender, ...]:
    return (Tender(kind=TenderKind.CASH, fen=priced.payable_fen),) if priced.payable_fen else ()
