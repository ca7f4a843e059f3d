"""What the slip (小票) of a return says, and that of an exchange: the return and the new sale on one piece of paper.

Personal particulars come masked already; a reprint (补打) says what it is and never opens the drawer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pos_member.domain.exchange import differences
from pos_member.domain.labels import points_label, tender_label
from pos_member.domain.receipt import FeedRow, QrRow, ReceiptDocument, Row, RuleRow, TextRow
from pos_member.domain.receipt_layout import ReceiptMember, goods_rows, membership_rows, price_rows
from pos_member.domain.receipt_rows import amount, columns, head, money, pair, when_and_who
from pos_member.domain.sale import Sale
from pos_member.domain.sale_return import SaleReturn
from pos_member.domain.staff import Staff, Store
from pos_member.domain.tender import TenderKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipSetting:
    """Where a slip is printed and whom it names. ``pharmacist`` confirmed that the goods are faulty."""

    store: Store
    terminal_name: str
    cashier: Staff | None
    pharmacist: Staff | None = None
    reprint: bool = False


def return_slip(returned: SaleReturn, setting: SlipSetting, member: ReceiptMember | None = None) -> ReceiptDocument:
    """The slip of a return. The first print opens the drawer when cash goes back."""
    rows: list[Row] = [
        *head(setting.store, "退货", size=2, reprint=setting.reprint),
        RuleRow(),
        TextRow(text=f"退货单号 {returned.receipt_no}"),
        *_origin(returned),
        *_circumstances(returned, setting),
        RuleRow(),
        *_goods_back(returned, setting.pharmacist),
        RuleRow(),
        TextRow(text=f"退款 {money(returned.goods.refund_fen)}", align="right", bold=True, size=2),
        *(pair(f"退{tender_label(tender.kind)}", money(tender.fen)) for tender in returned.goods.tenders),
    ]
    if returned.member_id is not None:
        rows += [RuleRow(), *_named(member), *_points_back(returned), *_balance(returned)]
    rows += [RuleRow(), *_foot(returned.sale_receipt_no, "原单号", reprint=setting.reprint)]
    cash = any(tender.kind is TenderKind.CASH for tender in returned.goods.tenders)
    return ReceiptDocument(rows=tuple(rows), kick_drawer=cash and not setting.reprint)


def exchange_slip(
    returned: SaleReturn,
    sale: Sale,
    setting: SlipSetting,
    returning: ReceiptMember | None = None,
    buying: ReceiptMember | None = None,
) -> ReceiptDocument:
    """The slip of an exchange, for the members who brought and who bought, the same as a rule.

    The first print opens the drawer once, when cash changes hands either way.
    """
    moved = differences(returned.goods.tenders, sale.tenders or (), sale.quote.change_fen)
    rows: list[Row] = [
        *head(setting.store, "换货", size=2, reprint=setting.reprint),
        RuleRow(),
        TextRow(text=f"退货单号 {returned.receipt_no}"),
        *_origin(returned),
        TextRow(text=f"新单号 {sale.receipt_no}"),
        *_circumstances(returned, setting),
        RuleRow(),
        TextRow(text="退回商品", bold=True),
        *_goods_back(returned, setting.pharmacist),
        RuleRow(),
        TextRow(text="换取商品", bold=True),
        *goods_rows(sale),
        RuleRow(),
        *price_rows(sale),
        pair("退货金额", money(-returned.goods.refund_fen)),
        *_difference(sum(moved.values())),
        *(pair(f"{'收' if fen > 0 else '退'}{tender_label(kind)}", money(abs(fen))) for kind, fen in moved.items()),
    ]
    if returned.member_id is not None:
        shown = returning if returned.member_id != sale.member_id else None
        rows += [RuleRow(), *_named(shown), *_points_back(returned)]
        if returned.member_id != sale.member_id:
            rows += _balance(returned)
    if sale.member_id is not None:
        rows += [RuleRow(), *membership_rows(sale, buying)]
    rows += [RuleRow(), *_foot(sale.receipt_no, "新单号", reprint=setting.reprint)]
    return ReceiptDocument(rows=tuple(rows), kick_drawer=TenderKind.CASH in moved and not setting.reprint)


def _origin(returned: SaleReturn) -> Iterator[Row]:
    yield TextRow(text=f"原单号 {returned.sale_receipt_no}")
    yield TextRow(text=f"原销售日 {returned.sale_on}")


def _circumstances(returned: SaleReturn, setting: SlipSetting) -> Iterator[Row]:
    yield from when_and_who(returned.at, returned.business_date, setting.store, setting.terminal_name, setting.cashier)


def _goods_back(returned: SaleReturn, pharmacist: Staff | None) -> Iterator[Row]:
    yield columns("退回数量", "", "金额", bold=True)
    for product, line in zip(returned.products, returned.goods.lines, strict=True):
        yield TextRow(text=f"{product.name} {product.specification}".rstrip())
        yield columns(f"{line.quantity}{product.unit}", "", amount(-line.refund_fen))
    yield TextRow(text=f"{'质量问题' if returned.quality else '退货原因'}：{returned.reason}")
    if pharmacist is not None:
        yield TextRow(text=f"药师 {pharmacist.name} 已确认")


def _difference(fen: int) -> Iterator[Row]:
    if fen:
        told = f"补收 {money(fen)}" if fen > 0 else f"应退 {money(-fen)}"
        yield TextRow(text=told, align="right", bold=True, size=2)
    else:
        yield TextRow(text="无差价", align="right", bold=True, size=2)


def _named(member: ReceiptMember | None) -> Iterator[Row]:
    if member is not None:
        yield pair(f"会员 {member.name}", member.phone)


def _points_back(returned: SaleReturn) -> Iterator[Row]:
    for entry in returned.entries:
        yield pair(points_label(entry.kind), f"{entry.points:+,}")
        if entry.expires_on is not None:
            yield TextRow(text=f"  有效期至 {entry.expires_on}")


def _balance(returned: SaleReturn) -> Iterator[Row]:
    if returned.balance_after is not None:
        yield pair("积分余额", f"{returned.balance_after:,}", bold=True)


def _foot(receipt_no: str, called: str, *, reprint: bool) -> Iterator[Row]:
    yield TextRow(text="顾客签名：")
    yield FeedRow(lines=2)
    yield QrRow(payload=receipt_no)
    yield TextRow(text=f"{called} {receipt_no}", align="center")
    yield TextRow(text="请妥善保管小票，凭小票办理售后", align="center")
    if reprint:
        yield TextRow(text="本联为补打，与原小票同号", align="center")
