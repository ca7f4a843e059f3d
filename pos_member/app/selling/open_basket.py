"""The basket at the counter, as it is kept while goods are rung up."""

from __future__ import annotations

from pos_member.app.ports import TerminalRecords
from pos_member.app.workplace import Workplace
from pos_member.domain.basket import Basket
from pos_member.domain.errors import Refusal
from pos_member.domain.quantity import Quantity

_MOST_UNITS = Quantity.whole(9999)


def open_basket(workplace: Workplace, records: TerminalRecords) -> Basket:
    """The basket at the counter; a fresh one where none was left open."""
    return records.load_basket() or Basket(id=workplace.ids.new())


def require_line(basket: Basket, line: int) -> None:
    """``Refusal`` ``no_such_line`` unless the basket has a line of this index."""
    if not 0 <= line < len(basket.lines):
        raise Refusal("no_such_line", "购物篮里没有第 {line} 行", line=line + 1)


def require_sane(quantity: Quantity) -> None:
    """``Refusal`` ``quantity_most`` for more than anybody carries home."""
    if quantity > _MOST_UNITS:
        raise Refusal("quantity_most", "一行最多 {most}：请核对数量", most=str(_MOST_UNITS))
