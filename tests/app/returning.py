"""Short ways to bring goods back, for the stories of returns and exchanges."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from pos_member.app.people.authorise import Approval
from pos_member.app.returns.find_sale import ReturnableSale
from pos_member.app.returns.return_goods import GoodsBack, Returned
from pos_member.domain.quantity import Quantity
from pos_member.domain.returns import ReturnedLine
from pos_member.domain.sale import Sale
from pos_member.domain.sale_return import SaleReturn
from pos_member.domain.staff import Role
from tests.app.shop import CHEN_LEI, Shop

CONFIRMED = Approval(staff_id=CHEN_LEI.id, pin="2222")
ZHAO_MIN = replace(CHEN_LEI, id="0197a0000000700080000000000000d1", number="3", name="赵敏", role=Role.STORE_MANAGER)


def pieces(line: int, text: str = "1") -> ReturnedLine:
    return ReturnedLine(line=line, quantity=Quantity.parse(text))


def back(found: ReturnableSale, *lines: ReturnedLine, reason: str = "买多了", quality: bool = False) -> GoodsBack:
    return GoodsBack(sale=found, lines=lines, reason=reason, quality=quality)


def take_back(shop: Shop, sale: Sale, *lines: ReturnedLine, **changes: object) -> Returned:
    shop.clock.pass_by(minutes=1)
    returns = shop.till.returns
    return returns.take_back(shop.till.new_id(), back(returns.find(sale.receipt_no), *lines, **changes))  # type: ignore[arg-type]


def member_sells(shop: Shop, *codes: str, points: int = 0) -> Sale:
    shop.scan_member()
    return shop.sell(*codes, points=points).sale


def kinds(fact: Sale | SaleReturn) -> dict[str, int]:
    return {entry.kind: entry.points for entry in fact.entries}


def available(shop: Shop) -> int:
    """The member's points, as the counter shows them."""
    sheet = shop.scan_member().member
    assert sheet is not None
    shop.till.drop_member()
    return sheet.available


def stored_points(shop: Shop) -> int:
    """Head office's lot and every entry in the till's ledger, added up past the program."""
    with sqlite3.connect(shop.folder / "terminal.db") as connection:
        return 6000 + int(connection.execute("SELECT coalesce(sum(points), 0) FROM ledger_entries").fetchone()[0])
