"""The open basket (购物篮): what has been scanned and not yet settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pos_member.domain.obligations import Buyer
from pos_member.domain.product import Product
from pos_member.domain.quantity import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketLine:
    """A product and how much of it. Lines of one SKU and price are merged as they are scanned (docs/programme §3.1).

    ``list_price_fen`` is what it cost before somebody changed the price; None where nobody did.
    """

    product: Product
    quantity: Quantity
    list_price_fen: int | None = None

    def can_be(self, product: Product) -> bool:
        """Whether so much can be sold of the goods as head office publishes them now."""
        return product.by_weight or self.quantity.is_whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """An open basket. ``id`` becomes the sale's; ``member_id``/``card_code`` name who it is for, if anyone.

    ``coupon`` is the code that was presented, ``prescription_ids`` what was registered for its goods, ``buyer`` who
    buys goods with ephedrine. ``acknowledged`` are the conflicts (:mod:`pos_member.domain.conflicts`) that somebody has
    looked at, by their keys.
    """

    id: str
    lines: tuple[BasketLine, ...] = ()
    member_id: str | None = None
    card_code: str | None = None
    coupon: str | None = None
    prescription_ids: tuple[str, ...] = ()
    buyer: Buyer | None = None
    acknowledged: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been scanned, neither goods nor a card."""
        return not self.lines and self.member_id is None

    def with_product(self, product: Product, quantity: Quantity) -> tuple[Basket, int]:
        """The basket with so much more of a product, and the index of the line that holds it.

        A line whose quantity the product cannot be sold in any more keeps the goods as they were.
        """
        for index, line in enumerate(self.lines):
            if _key(line) == (product.sku, product.price_fen):
                merged = replace(line, quantity=line.quantity + quantity)
                merged = replace(merged, product=product) if merged.can_be(product) else merged
                return replace(self, lines=(*self.lines[:index], merged, *self.lines[index + 1 :])), index
        lines = (*self.lines, BasketLine(product=product, quantity=quantity))
        return replace(self, lines=lines), len(lines) - 1

    def with_quantity(self, index: int, quantity: Quantity) -> Basket:
        """The basket with another quantity on one line."""
        line = replace(self.lines[index], quantity=quantity)
        return replace(self, lines=(*self.lines[:index], line, *self.lines[index + 1 :]))

    def with_price(self, index: int, price_fen: int) -> tuple[Basket, int]:
        """The basket with another price a unit on one line, and the index of the line that holds those goods then."""
        line = self.lines[index]
        list_price_fen = line.product.price_fen if line.list_price_fen is None else line.list_price_fen
        changed = replace(
            line,
            product=replace(line.product, price_fen=price_fen),
            list_price_fen=None if price_fen == list_price_fen else list_price_fen,
        )
        basket = self.with_lines((*self.lines[:index], changed, *self.lines[index + 1 :]))
        keys = [_key(each) for each in basket.lines]
        return basket, keys.index(_key(changed))

    def with_lines(self, lines: Iterable[BasketLine]) -> Basket:
        """The basket with other lines, those of one SKU and price merged into the first of them."""
        merged: dict[tuple[str, int], BasketLine] = {}
        for line in lines:
            first = merged.setdefault(_key(line), line)
            if first is not line:
                merged[_key(line)] = replace(first, quantity=first.quantity + line.quantity)
        return replace(self, lines=tuple(merged.values()))

    def without_line(self, index: int) -> Basket:
        """The basket without one line."""
        return replace(self, lines=self.lines[:index] + self.lines[index + 1 :])

    def with_prescription(self, prescription_id: str) -> Basket:
        """The basket with a prescription registered for its goods."""
        if prescription_id in self.prescription_ids:
            return self
        return replace(self, prescription_ids=(*self.prescription_ids, prescription_id))

    def acknowledging(self, key: str) -> Basket:
        """The basket with a conflict that somebody has looked at."""
        return replace(self, acknowledged=(*self.acknowledged, key))

    def for_member(self, member_id: str | None, card_code: str | None) -> Basket:
        """The basket for another member, or for nobody; what was acknowledged for the one before counts no more."""
        if member_id == self.member_id:
            return replace(self, card_code=card_code)
        return replace(self, member_id=member_id, card_code=card_code, acknowledged=())


def _key(line: BasketLine) -> tuple[str, int]:
    return line.product.sku, line.product.price_fen
