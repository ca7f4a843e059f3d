"""Documents and profiles the device tests share."""

from __future__ import annotations

from pathlib import Path

from hardware.document import Cell, ColumnsRow, FeedRow, PrintDocument, QrRow, RuleRow, TextRow
from hardware.profiles import PrinterProfile, load_profiles

PROFILES = load_profiles(Path(__file__).parents[2] / "resources" / "printer_profiles")
WIDE: PrinterProfile = PROFILES["generic-80mm"]
NARROW: PrinterProfile = PROFILES["generic-58mm"]


def goods_row(name: str, quantity: str, amount: str) -> ColumnsRow:
    """A product's row as a receipt has it."""
    return ColumnsRow(
        cells=(
            Cell(text=name, share=28),
            Cell(text=quantity, share=6, align="right"),
            Cell(text=amount, share=14, align="right"),
        )
    )


def receipt(*, kick_drawer: bool = False, number: str = "S001-01-000042") -> PrintDocument:
    """A member's receipt with all kinds of rows."""
    return PrintDocument(
        rows=(
            TextRow(text="安和大药房", align="center", bold=True, size=2),
            TextRow(text=f"小票号 {number}"),
            RuleRow(),
            goods_row("维生素C片 0.1g×100片", "2", "￥17.80"),
            goods_row("复方鲜竹沥液（无蔗糖） 20ml×6支", "1", "¥26.50"),
            RuleRow(),
            TextRow(text="应收 ￥44.30", align="right", bold=True),
            FeedRow(lines=1),
            QrRow(payload=f"https://example.invalid/r/{number}"),
            TextRow(text="药品离柜，非质量问题不予退换。", align="center"),
        ),
        kick_drawer=kick_drawer,
    )
