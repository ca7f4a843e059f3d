"""Tenders (支付方式): what the customer hands over (docs/programme §3.5)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TenderKind(StrEnum):
    """How money is paid."""

    CASH = "cash"
    WECHAT = "wechat"
    ALIPAY = "alipay"
    CARD = "card"
    INSURANCE = "insurance"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tender:
    """Money handed over, in fen. Only cash may be more than what is owed; the rest is the change due."""

    kind: TenderKind
    fen: int
