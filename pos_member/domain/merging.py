"""Merging the lines of a basket (docs/programme §3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pos_member.domain.errors import Malformed
from pos_member.domain.quantity import Quantity
from pos_member.domain.quote import SaleLine

_HAVE_TO_AGREE = ("category", "no_discount", "no_points", "by_weight", "insurable")


def merged(lines: Sequence[SaleLine]) -> tuple[list[SaleLine], dict[int, tuple[Quantity, ...]]]:
    """The lines by SKU and unit price, in the order they first come; and by index the quantities that were merged.

    ``Malformed``: no line, a price below 0, a quantity that is not above 0, or not whole where goods are not weighed,
    lines to be merged that differ in more than their quantity.
    """
    if not lines:
        raise Malformed("lines", "至少要有一行商品")
    places: dict[tuple[str, int], int] = {}
    goods: list[SaleLine] = []
    parts: dict[int, list[Quantity]] = {}
    for index, line in enumerate(lines):
        milli = line.quantity.milli
        if line.unit_price_fen < 0:
            raise Malformed(f"lines[{index}].unit_price_fen", "单价不能小于 0")
        if milli <= 0 or (milli % 1000 and not line.by_weight):
            raise Malformed(f"lines[{index}].quantity", "数量应大于 0，不称重的商品应为整数")
        place = places.setdefault((line.sku, line.unit_price_fen), len(goods))
        if place == len(goods):
            goods.append(line)
            continue
        first = goods[place]
        for field in _HAVE_TO_AGREE:
            if getattr(first, field) != getattr(line, field):
                raise Malformed(f"lines[{index}].{field}", "与同一商品、同一单价的前一行不一致")
        parts.setdefault(place, [first.quantity]).append(line.quantity)
    for place, quantities in parts.items():
        goods[place] = replace(goods[place], quantity=Quantity(sum(part.milli for part in quantities)))
    return goods, {place: tuple(quantities) for place, quantities in parts.items()}
