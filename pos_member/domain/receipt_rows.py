"""The rows that slips (小票) of every kind are made of, for paper of 48 columns and of 32."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from pos_member.domain.money import digits
from pos_member.domain.receipt import Cell, ColumnsRow, FeedRow, Row, TextRow
from pos_member.domain.staff import Staff, Store

_LINE_SHARES: Final = (19, 17, 12)
_PAIR_SHARES: Final = (28, 20)


def head(store: Store, title: str, *, size: Literal[1, 2] = 1, reprint: bool = False) -> Iterator[Row]:
    """Whose slip it is and what it is called; a reprint (补打) says that it is one."""
    yield TextRow(text=store.name, align="center", bold=True, size=2)
    if store.address:
        yield TextRow(text=store.address, align="center")
    if store.phone:
        yield TextRow(text=f"电话 {store.phone}", align="center")
    yield FeedRow()
    yield TextRow(text=title, align="center", bold=True, size=size)
    if reprint:
        yield TextRow(text="补打", align="center", bold=True, size=2)


def when_and_who(at: datetime, on: date, store: Store, terminal_name: str, cashier: Staff | None) -> Iterator[Row]:
    """The store's local time, its business date ``on`` where that is another day, the till and who was at it."""
    local = at.astimezone(ZoneInfo(store.zone))
    yield TextRow(text=f"时间 {local:%Y-%m-%d %H:%M:%S}")
    if local.date() != on:
        yield TextRow(text=f"营业日 {on}")
    yield TextRow(text="  ".join([f"终端 {terminal_name}", *([f"收银 {cashier.name}"] if cashier else [])]))


def columns(left: str, middle: str, right: str, *, bold: bool = False) -> ColumnsRow:
    """What it is, a remark, an amount."""
    first, second, third = _LINE_SHARES
    cells = (
        Cell(text=left, share=first),
        Cell(text=middle, share=second),
        Cell(text=right, share=third, align="right"),
    )
    return ColumnsRow(cells=cells, bold=bold)


def pair(left: str, right: str, *, bold: bool = False) -> ColumnsRow:
    """What it is, and a figure."""
    first, second = _PAIR_SHARES
    return ColumnsRow(cells=(Cell(text=left, share=first), Cell(text=right, share=second, align="right")), bold=bold)


def money(fen: int) -> str:
    """An amount with a minus that every printer has: ¥1,234.56, -¥20.40."""
    return f"-¥{digits(-fen)}" if fen < 0 else f"¥{digits(fen)}"


def amount(fen: int) -> str:
    """An amount without its sign of currency, for narrow columns: 1,234.56, -20.40."""
    return f"-{digits(-fen)}" if fen < 0 else digits(fen)
