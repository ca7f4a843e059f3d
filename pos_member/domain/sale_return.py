"""A recorded return (退货): the fact that a till prints and sends to head office (docs/programme §6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos_member.domain.fact import Fact
from pos_member.domain.returns import GoodsReturn, ReturnedLine
from pos_member.domain.sale import SoldProduct


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleReturn(Fact):
    """Goods of a sale (``about``) that came back, and what was given and taken for them.

    ``receipt_no`` is its own, out of the till's one row of numbers; ``sale_on`` the business date of the sale.
    ``confirmed_by`` is the pharmacist who confirmed a quality reason. ``whole``: nothing of the sale remains.
    ``exchange_sale_id`` is the sale on the same slip, where the goods were exchanged. ``products[i]`` names
    ``goods.lines[i]``. ``balance_after`` are the member's points after it, below 0 while in debt; None for nobody, or
    a member whom the till did not know.
    """

    receipt_no: str
    sale_receipt_no: str
    sale_on: date
    reason: str
    quality: bool
    confirmed_by: str | None
    goods: GoodsReturn
    whole: bool
    exchange_sale_id: str | None = None
    products: tuple[SoldProduct, ...] = ()
    balance_after: int | None = None

    @property
    def returned(self) -> tuple[ReturnedLine, ...]:
        """What came back, without what it gave."""
        return tuple(ReturnedLine(line=each.line, quantity=each.quantity) for each in self.goods.lines)
