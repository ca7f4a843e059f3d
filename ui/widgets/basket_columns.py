"""Where the columns of the basket stand, the same for its head and for its rows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect

_PADDING = 16
_GAP = 8
_WIDE = 760


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The cells of a row, left to right."""

    number: QRect
    product: QRect
    quantity: QRect
    price: QRect
    offer: QRect
    net: QRect

    @classmethod
    def of(cls, row: QRect) -> Columns:
        """The cells within a row; narrow rows have narrower figures, and the product has what is left."""
        number, *figures = (30, 96, 96, 128, 118) if row.width() >= _WIDE else (22, 66, 84, 104, 100)
        right = row.right() + 1 - _PADDING
        cells: list[QRect] = []
        for width in reversed(figures):
            cells.append(QRect(right - width, row.y(), width, row.height()))
            right -= width + _GAP
        net, offer, price, quantity = cells
        left = row.x() + _PADDING
        start = left + number + _GAP
        return cls(
            number=QRect(left, row.y(), number, row.height()),
            product=QRect(start, row.y(), max(0, right - start), row.height()),
            quantity=quantity,
            price=price,
            offer=offer,
            net=net,
        )
