"""What the certificate of a donation of points (公益捐赠证书) says, row by row (docs/programme §7)."""

from __future__ import annotations

from pos_member.domain.receipt import FeedRow, QrRow, ReceiptDocument, RuleRow, TextRow
from pos_member.domain.receipt_layout import ReceiptMember
from pos_member.domain.receipt_rows import head, money, pair, when_and_who
from pos_member.domain.redeeming import Redemption
from pos_member.domain.staff import Staff, Store


def certificate(
    donation: Redemption,
    *,
    store: Store,
    terminal_name: str,
    person: Staff | None,
    member: ReceiptMember | None,
    available: int,
) -> ReceiptDocument:
    """The certificate of a donation; ``available`` points are left."""
    day = donation.business_date
    who = "会员" if member is None else f"会员 {member.name}"
    return ReceiptDocument(
        rows=(
            *head(store, "公益捐赠证书", size=2),
            RuleRow(),
            TextRow(text=f"{who}于 {day.year} 年 {day.month} 月 {day.day} 日，为以下公益项目捐赠积分："),
            FeedRow(),
            TextRow(text=donation.name, align="center", bold=True),
            FeedRow(),
            pair("捐赠积分", f"{donation.points:,}", bold=True),
            pair("折合善款", money(donation.worth_fen), bold=True),
            pair("积分余额", f"{available:,}"),
            FeedRow(),
            TextRow(text="感谢您的爱心，特发此证。", align="center", bold=True),
            RuleRow(),
            *when_and_who(donation.at, day, store, terminal_name, person),
            QrRow(payload=donation.id),
            TextRow(text=donation.id, align="center"),
        )
    )
