"""What a sale's receipt (小票) says, row by row, for paper of 48 columns and of 32.

Personal particulars come masked already; a reprint (补打) says what it is and never opens the drawer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pos_member.domain.labels import offer_label, points_label, tender_label, tier_label
from pos_member.domain.member import Member, mask_name, mask_phone
from pos_member.domain.quote import PricedLine
from pos_member.domain.receipt import FeedRow, QrRow, ReceiptDocument, Row, RuleRow, TextRow
from pos_member.domain.receipt_rows import amount, columns, head, money, pair, when_and_who
from pos_member.domain.sale import Sale, SoldProduct
from pos_member.domain.staff import Staff, Store
from pos_member.domain.tender import TenderKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptMember:
    """The member as strangers may see them: name, phone and card masked; empty where there is none."""

    name: str
    phone: str = ""
    card: str = ""

    @classmethod
    def of(cls, member: Member) -> ReceiptMember:
        """A member without a card, masked."""
        return cls(name=mask_name(member.name), phone=mask_phone(member.phone) if member.phone else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiringPoints:
    """Points of the balance that lapse soon, the first of them after ``by``."""

    points: int
    by: date


def receipt(
    sale: Sale,
    *,
    store: Store,
    terminal_name: str,
    cashier: Staff | None,
    pharmacist: Staff | None = None,
    member: ReceiptMember | None = None,
    expiring: ExpiringPoints | None = None,
    reprint: bool = False,
) -> ReceiptDocument:
    """The receipt of a sale. The first print opens the drawer when cash was tendered."""
    rows: list[Row] = [
        *head(store, "销售小票", reprint=reprint),
        RuleRow(),
        *_circumstances(sale, store, terminal_name, cashier, pharmacist),
        RuleRow(),
        *goods_rows(sale),
        RuleRow(),
        *price_rows(sale),
        *_paid(sale),
    ]
    if sale.member_id is not None:
        rows += [RuleRow(), *membership_rows(sale, member, expiring)]
    rows += [RuleRow(), *_foot(sale, reprint=reprint)]
    cash = any(tender.kind is TenderKind.CASH and tender.fen > 0 for tender in sale.tenders)
    return ReceiptDocument(rows=tuple(rows), kick_drawer=cash and not reprint)


def _circumstances(
    sale: Sale, store: Store, terminal_name: str, cashier: Staff | None, pharmacist: Staff | None
) -> Iterator[Row]:
    yield TextRow(text=f"单号 {sale.receipt_no}")
    yield from when_and_who(sale.at, sale.business_date, store, terminal_name, cashier)
    if pharmacist is not None:
        yield TextRow(text=f"在岗药师 {pharmacist.name}")


def goods_rows(sale: Sale) -> Iterator[Row]:
    """The goods of a sale, each with its price, its offer and what both come to."""
    yield columns("单价×数量", "优惠", "金额", bold=True)
    for product, line in zip(sale.products, sale.quote.lines, strict=True):
        yield TextRow(text=f"{product.name} {product.specification}".rstrip())
        yield columns(_price(product, line), _offer(line), amount(line.line_net_fen))


def _price(product: SoldProduct, line: PricedLine) -> str:
    return f"{amount(line.unit_price_fen)}/{product.unit}×{line.quantity}"


def _offer(line: PricedLine) -> str:
    if line.offer is None:
        return ""
    return f"{offer_label(line.offer.id)} {amount(-line.offer.reduction_fen)}"


def price_rows(sale: Sale) -> Iterator[Row]:
    """What the goods of a sale come to, reductions taken off, and what is to be paid for them."""
    quote = sale.quote
    yield pair(f"合计（{len(quote.lines)} 种 {_pieces(sale)} 件）", money(quote.gross_fen))
    if quote.line_reduction_fen:
        yield pair("优惠", money(-quote.line_reduction_fen))
    for reduction in quote.order_reductions:
        yield pair(f"{'券' if reduction.is_coupon else '满减'} {reduction.id}", money(-reduction.fen))
    if quote.points_redeemed:
        yield pair(f"积分抵现 {quote.points_redeemed:,} 分", money(-quote.points_redeemed_fen))
    if quote.rounding_fen:
        yield pair("抹零", money(-quote.rounding_fen))
    yield TextRow(text=f"应收 {money(quote.payable_fen)}", align="right", bold=True, size=2)


def _paid(sale: Sale) -> Iterator[Row]:
    for tender in sale.tenders:
        yield pair(tender_label(tender.kind), money(tender.fen))
    if sale.tenders:
        yield pair("找零", money(sale.quote.change_fen))


def _pieces(sale: Sale) -> int:
    """Packs sold; what is sold by weight counts as one."""
    return sum(1 if line.goods.by_weight else line.quantity.milli // 1000 for line in sale.quote.lines)


def membership_rows(sale: Sale, member: ReceiptMember | None, expiring: ExpiringPoints | None = None) -> Iterator[Row]:
    """Who bought, and what the sale did to the points and the tier."""
    quote = sale.quote
    tier = tier_label(quote.tier_before) if quote.tier_before is not None else ""
    if member is not None:
        yield pair(f"会员 {member.name}", f"{tier}会员")
        if member.phone:
            yield pair("手机", member.phone)
        if member.card:
            yield pair("卡号", member.card)
    if quote.points_redeemed:
        yield pair("本单使用积分", f"-{quote.points_redeemed:,}")
    yield pair("本单获得积分", f"{quote.points_earned:+,}" if quote.points_earned else "0")
    if len(quote.points) > 1:
        yield TextRow(text="  " + " + ".join(f"{points_label(part.kind)} {part.points:,}" for part in quote.points))
    if quote.available_after is not None:
        yield pair("积分余额", f"{quote.available_after:,}", bold=True)
    if expiring is not None:
        yield TextRow(text=f"其中 {expiring.points:,} 分将到期，最早 {expiring.by}")
    if quote.tier_after is not None and quote.tier_after is not quote.tier_before:
        yield TextRow(text=f"恭喜升为{tier_label(quote.tier_after)}会员，下一单起享受", bold=True)


def _foot(sale: Sale, *, reprint: bool) -> Iterator[Row]:
    yield QrRow(payload=sale.receipt_no)
    yield TextRow(text=sale.receipt_no, align="center")
    yield FeedRow()
    yield TextRow(text="谢谢惠顾，祝您健康", align="center", bold=True)
    yield TextRow(text="药品一经售出，非质量问题不退换", align="center")
    yield TextRow(text="请妥善保管小票，凭小票办理售后", align="center")
    if reprint:
        yield TextRow(text="本联为补打，与原小票同号", align="center")
