"""What the slip of a redemption (兑换单), and of its void (兑换作废单), says, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pos_member.domain.errors import Sentence
from pos_member.domain.labels import points_label
from pos_member.domain.receipt import FeedRow, QrRow, ReceiptDocument, Row, RuleRow, TextRow
from pos_member.domain.receipt_layout import ReceiptMember
from pos_member.domain.receipt_rows import head, pair, when_and_who
from pos_member.domain.redeeming import Redemption, RedemptionVoid
from pos_member.domain.staff import Staff, Store

_SIGNATURE: Final = "顾客签字 ______________"


def redemption_slip(
    redemption: Redemption,
    *,
    store: Store,
    terminal_name: str,
    person: Staff | None,
    member: ReceiptMember | None,
    said: Sentence,
    goods: str = "",
    available: int,
) -> ReceiptDocument:
    """The slip of a service, a reward or a gift; ``goods`` were handed out, ``available`` points are left."""
    rows: list[Row] = [
        *head(store, f"{points_label(redemption.kind)}单"),
        RuleRow(),
        *when_and_who(redemption.at, redemption.business_date, store, terminal_name, person),
        *_member(member),
        RuleRow(),
        TextRow(text=redemption.name, bold=True),
    ]
    if redemption.sku is not None:
        rows.append(TextRow(text=f"商品 {goods} {redemption.sku}"))
    rows += [
        TextRow(text=said.message),
        pair("使用积分", f"-{redemption.points:,}" if redemption.points else "0"),
        pair("积分余额", f"{available:,}", bold=True),
        RuleRow(),
        TextRow(text="当天可凭本单在原收银台作废，积分退回"),
        FeedRow(),
        TextRow(text=_SIGNATURE),
        *_number(redemption.id),
    ]
    return ReceiptDocument(rows=tuple(rows))


def void_slip(
    void: RedemptionVoid,
    redemption: Redemption,
    *,
    store: Store,
    terminal_name: str,
    person: Staff | None,
    member: ReceiptMember | None,
    available: int,
) -> ReceiptDocument:
    """The slip of a redemption that was voided: the points that came back, each lot with its last day."""
    rows: list[Row] = [
        *head(store, "兑换作废单"),
        RuleRow(),
        *when_and_who(void.at, void.business_date, store, terminal_name, person),
        *_member(member),
        RuleRow(),
        TextRow(text=f"作废 {points_label(redemption.kind)} {redemption.name}", bold=True),
        TextRow(text=f"原因 {void.reason}"),
    ]
    rows += [
        pair(f"退回积分，{entry.expires_on} 到期", f"+{entry.points:,}")
        for entry in void.entries
        if entry.expires_on is not None
    ]
    if not void.entries:
        rows.append(TextRow(text="未用积分，会员权益的次数已退回"))
    rows += [
        pair("积分余额", f"{available:,}", bold=True),
        FeedRow(),
        TextRow(text=_SIGNATURE),
        *_number(redemption.id),
    ]
    return ReceiptDocument(rows=tuple(rows))


def _member(member: ReceiptMember | None) -> Iterator[Row]:
    if member is not None:
        yield pair(f"会员 {member.name}", member.phone)


def _number(redemption_id: str) -> Iterator[Row]:
    """The redemption's id, to be scanned and to be read."""
    yield QrRow(payload=redemption_id)
    yield TextRow(text=redemption_id, align="center")
