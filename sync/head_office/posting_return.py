"""Posting returns (docs/programme §6): what comes off the member's purchases; a return never lowers the tier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pos_member.domain.member import MemberState
from pos_member.domain.postings import BIRTHDAY, BIRTHDAY_REVERSAL
from pos_member.domain.sale import Sale
from pos_member.domain.sale_return import SaleReturn
from sync.head_office.fact_book import add_fact, read_facts_about, read_sale
from sync.head_office.ledger_book import entries_of_member, post_entries
from sync.head_office.posted import (
    Arrival,
    Books,
    Ruling,
    held,
    points_moved,
    wrong_with_entries,
)


def post_return(books: Books, told: SaleReturn, _arrival: Arrival) -> Ruling:
    """Posts a return of a sale that is posted; one that brings back more than was sold is not posted."""
    back, notices = held(books, told)
    sale = None if back.about is None else read_sale(books.connection, back.about)
    if sale is None:
        return Ruling(why="总部没有这笔退货的原销售单。")
    before = read_facts_about(books.connection, SaleReturn, sale.id)
    left = _left(sale, (*before, back))
    why = _wrong_with(books, sale, back, before, left)
    if why:
        return Ruling(why=why)
    published = books.drafts.member(back.member_id)
    post_entries(books.connection, back.entries)
    add_fact(books.connection, back)
    if published is not None:
        state = _with_return(books, published.state, sale, back, whole=not any(left))
        books.drafts.put(replace(published, state=state))
    return Ruling(notices=notices)


def _left(sale: Sale, returns: Iterable[SaleReturn]) -> list[int]:
    """What would remain of each line, in thousandths; below 0 where too much comes back, or of no line of it."""
    left = [line.quantity.milli for line in sale.quote.lines]
    for each in returns:
        for goods in each.goods.lines:
            if not 0 <= goods.line < len(left) or goods.quantity.milli <= 0:
                return [-1]
            left[goods.line] -= goods.quantity.milli
    return left


def _wrong_with(books: Books, sale: Sale, back: SaleReturn, before: tuple[SaleReturn, ...], left: list[int]) -> str:
    goods = back.goods
    refunded = sum(each.goods.refund_fen for each in before)
    by_line = sum(line.refund_fen for line in goods.lines)
    by_tender = sum(tender.fen for tender in goods.tenders)
    if back.member_id != sale.member_id:
        return "退货与原销售单记的不是同一位会员。"
    if not goods.lines or min(left) < 0:
        return "退货超出了原销售单售出的数量。"
    if not by_line == by_tender == goods.refund_fen or not 0 <= goods.refund_fen <= sale.quote.payable_fen - refunded:
        return "退款金额与原销售单不符。"
    if any(entry.source != back.id for entry in back.entries):
        return "积分流水记的不是这笔退货。"
    if back.member_id is not None and points_moved(back) != (goods.points_given_back, goods.points_taken_back):
        return "积分流水与退货单上的积分不符。"
    return wrong_with_entries(books, back, back.member_id)


def _with_return(books: Books, state: MemberState, sale: Sale, back: SaleReturn, *, whole: bool) -> MemberState:
    """``whole``: nothing of the sale remains, whichever tills took the parts back."""
    refund_fen = back.goods.refund_fen
    years = set(state.birthday_bonus_years)
    if any(entry.kind == BIRTHDAY_REVERSAL for entry in back.entries):
        years -= {sale.business_date.year} - _years_still_given(books, state.member.id)
    return replace(
        state,
        purchases=tuple(
            replace(each, net_fen=each.net_fen - refund_fen) if each.sale_id == sale.id else each
            for each in state.purchases
        ),
        completed_sales=max(0, state.completed_sales - whole),
        spend_fen=state.spend_fen - refund_fen,
        birthday_bonus_years=tuple(sorted(years)),
    )


def _years_still_given(books: Books, member_id: str) -> set[int]:
    """The years whose birthday extra stands: another sale may have given it too."""
    entries = entries_of_member(books.connection, member_id)
    reversed_ids = {entry.of for entry in entries if entry.kind == BIRTHDAY_REVERSAL}
    return {entry.business_date.year for entry in entries if entry.kind == BIRTHDAY and entry.id not in reversed_ids}
