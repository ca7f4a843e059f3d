"""What a customer reads on the slip of a return, and on that of an exchange."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pos_member.domain.exchange import together
from pos_member.domain.labels import points_label
from pos_member.domain.postings import return_entries
from pos_member.domain.quantity import Quantity
from pos_member.domain.receipt import QrRow, ReceiptDocument, TextRow
from pos_member.domain.receipt_layout import ReceiptMember
from pos_member.domain.return_layout import SlipSetting, exchange_slip, return_slip
from pos_member.domain.returns import ReturnedLine, give_back
from pos_member.domain.sale import Sale
from pos_member.domain.sale_return import SaleReturn
from pos_member.domain.staff import Role, Staff, Store
from tests.domain.makers import GOLD, RULES, CountingIds, day, goods, lot, paid, price, sold

STORE = Store(id="S001", name="安和大药房", address="演示市健康路 1 号", phone="0571-0000000")
LI_FANG = Staff(id="c1", number="1", name="李芳", role=Role.CASHIER, pin_hash="")
CHEN_LEI = Staff(id="p1", number="2", name="陈蕾", role=Role.PHARMACIST, pin_hash="")
WANG = ReceiptMember(name="王*明", phone="138****5678")
RICH = replace(GOLD, lots=(lot(3000, "2026-03-02", "2026-05-31"),))
AT = datetime(2026, 5, 8, 1, 30, tzinfo=UTC)


def bought(**tenders: int) -> Sale:
    """Two vitamins and a swab, ¥25.00 off for points; ¥99.02 to pay."""
    lines = (goods("VC-100", "supplement", 6800, "2"), goods("SWAB", "sundry", 990))
    sale = sold(price(*lines, member=RICH, points=2500))
    return replace(sale, tenders=paid(**tenders)) if tenders else sale


def brought_back(sale: Sale, *lines: int, **changes: object) -> SaleReturn:
    """One piece of each of these lines."""
    returning = tuple(ReturnedLine(line=line, quantity=Quantity.whole(1)) for line in lines)
    given = give_back(sale.quote, sale.tenders, (), returning, day("2026-05-08"), RULES)
    plain: dict[str, object] = {
        "id": "r1",
        "at": AT,
        "business_date": day("2026-05-08"),
        "store_id": "S001",
        "terminal_id": "t1",
        "staff_id": "c1",
        "member_id": sale.member_id,
        "about": sale.id,
        "entries": return_entries(
            given,
            sale,
            ids=CountingIds(),
            return_id="r1",
            at=AT,
            on=day("2026-05-08"),
            store_id="S001",
            terminal_id="t1",
        ),
        "receipt_no": "S001-1-000050",
        "sale_receipt_no": sale.receipt_no,
        "sale_on": sale.business_date,
        "reason": "买多了",
        "quality": False,
        "confirmed_by": None,
        "goods": given,
        "whole": False,
        "products": tuple(sale.products[line] for line in lines),
        "balance_after": 1607,
    }
    return SaleReturn(**{**plain, **changes})  # type: ignore[arg-type]


def lines_of(document: ReceiptDocument) -> list[str]:
    texts = []
    for row in document.rows:
        if isinstance(row, TextRow):
            texts.append(row.text)
        elif not isinstance(row, QrRow) and hasattr(row, "cells"):
            texts.append("|".join(cell.text for cell in row.cells))
    return texts


def setting(**changes: object) -> SlipSetting:
    plain: dict[str, object] = {"store": STORE, "terminal_name": "1 号机", "cashier": LI_FANG}
    return SlipSetting(**{**plain, **changes})  # type: ignore[arg-type]


def test_a_return_says_money_and_points_both_ways() -> None:
    assert lines_of(return_slip(brought_back(bought(), 0), setting(), WANG)) == [
        "安和大药房",
        "演示市健康路 1 号",
        "电话 0571-0000000",
        "退货",
        "退货单号 S001-1-000050",
        "原单号 S001-1-000042",
        "原销售日 2026-05-06",
        "时间 2026-05-08 09:30:00",
        "终端 1 号机  收银 李芳",
        "退回数量||金额",
        "商品VC-100 10片",
        "1盒||-46.15",
        "退货原因：买多了",
        "退款 ¥46.15",
        "退现金|¥46.15",
        "会员 王*明|138****5678",
        "退货扣回|-104",
        "抵现退还|+1,165",
        "  有效期至 2026-06-07",
        "积分余额|1,607",
        "顾客签名：",
        "原单号 S001-1-000042",
        "请妥善保管小票，凭小票办理售后",
    ]


def test_the_word_for_a_return_is_large_and_its_code_finds_the_sale_again() -> None:
    rows = return_slip(brought_back(bought(), 0), setting()).rows
    assert next(row.size for row in rows if isinstance(row, TextRow) and row.text == "退货") == 2
    assert [row.payload for row in rows if isinstance(row, QrRow)] == ["S001-1-000042"]


def test_a_pharmacists_word_stands_on_the_slip() -> None:
    faulty = brought_back(bought(), 0, quality=True, reason="包装破损", confirmed_by="p1")
    told = lines_of(return_slip(faulty, setting(pharmacist=CHEN_LEI)))
    assert told[told.index("质量问题：包装破损") + 1] == "药师 陈蕾 已确认"


def test_goods_sold_to_nobody_in_particular_say_nothing_of_points() -> None:
    sale = sold(price(goods("SWAB", "sundry", 990)), member_id=None)
    told = "".join(lines_of(return_slip(brought_back(sale, 0, balance_after=None), setting())))
    assert "会员" not in told
    assert "积分" not in told


def test_points_that_have_gone_leave_a_debt_that_the_slip_tells() -> None:
    assert "积分余额|-95" in lines_of(return_slip(brought_back(bought(), 0, balance_after=-95), setting()))


@pytest.mark.parametrize(
    ("tenders", "reprint", "opens"),
    [({"cash": 10000}, False, True), ({"cash": 10000}, True, False), ({"wechat": 9902}, False, False)],
    ids=["cash", "a reprint", "not in cash"],
)
def test_the_drawer_opens_once_and_for_cash_alone(tenders: dict[str, int], reprint: bool, opens: bool) -> None:
    sale = bought(**tenders)
    if "cash" in tenders:
        sale = replace(sale, quote=replace(sale.quote, change_fen=98))
    document = return_slip(brought_back(sale, 0), setting(reprint=reprint))
    assert document.kick_drawer is opens
    assert ("补打" in lines_of(document)) is reprint


def exchanged(*new: tuple[str, int], refund: dict[str, int], given: dict[str, int], change_fen: int = 0) -> list[str]:
    """The slip of a vitamin exchanged for others at these prices."""
    document = exchange(*new, refund=refund, given=given, change_fen=change_fen)
    told = lines_of(document)
    return told[told.index("换取商品") :]


def exchange(
    *new: tuple[str, int],
    refund: dict[str, int],
    given: dict[str, int],
    change_fen: int = 0,
    reprint: bool = False,
) -> ReceiptDocument:
    back = brought_back(bought(**refund), 0, exchange_sale_id="s2")
    priced = price(*(goods(sku, "sundry", fen, no_discount=True) for sku, fen in new), member=GOLD)
    sale = replace(
        sold(priced, sale_id="s2"),
        receipt_no="S001-1-000051",
        quote=replace(priced, change_fen=change_fen),
        tenders=together(*paid(**given)),
        exchange_return_id="r1",
    )
    return exchange_slip(back, sale, setting(reprint=reprint), WANG, WANG)


def test_an_exchange_has_both_on_one_slip_and_the_difference_between_them() -> None:
    document = exchange(("TEA", 6000), refund={}, given={"cash": 10000}, change_fen=4000)
    told = lines_of(document)
    assert told[3] == "换货"
    assert told[4:8] == [
        "退货单号 S001-1-000050",
        "原单号 S001-1-000042",
        "原销售日 2026-05-06",
        "新单号 S001-1-000051",
    ]
    assert told[told.index("退回商品") : told.index("换取商品")] == [
        "退回商品",
        "退回数量||金额",
        "商品VC-100 10片",
        "1盒||-46.15",
        "退货原因：买多了",
    ]
    assert told[told.index("应收 ¥60.00") : told.index("退货扣回|-104")] == [
        "应收 ¥60.00",
        "退货金额|-¥46.15",
        "补收 ¥13.85",
        "收现金|¥13.85",
    ]
    assert told.count("会员 王*明|金卡会员") == 1
    assert sum(text.startswith("积分余额") for text in told) == 1
    assert [row.payload for row in document.rows if isinstance(row, QrRow)] == ["S001-1-000051"]
    assert document.kick_drawer


def test_cheaper_goods_leave_money_to_give_back() -> None:
    told = exchanged(("TEA", 2000), refund={"wechat": 9902}, given={"wechat": 2000})
    assert told[told.index("退货金额|-¥46.15") + 1 :][:2] == ["应退 ¥26.15", "退微信|¥26.15"]


def test_an_even_exchange_moves_no_money_and_leaves_the_drawer_shut() -> None:
    document = exchange(("TEA", 4615), refund={}, given={"cash": 4615})
    assert "无差价" in lines_of(document)
    assert not document.kick_drawer


def test_a_reprinted_exchange_says_so_and_leaves_the_drawer_shut() -> None:
    document = exchange(("TEA", 6000), refund={}, given={"cash": 6000}, reprint=True)
    assert "补打" in lines_of(document)
    assert not document.kick_drawer


def test_points_of_two_members_are_told_apart() -> None:
    back = replace(brought_back(bought(), 0), exchange_sale_id="s2")
    sale = sold(price(goods("TEA", "sundry", 6000), member=GOLD), sale_id="s2", member_id="m2")
    told = lines_of(exchange_slip(back, sale, setting(), WANG, ReceiptMember(name="李*")))
    assert "会员 王*明|138****5678" in told
    assert "会员 李*|金卡会员" in told
    assert sum(text.startswith("积分余额") for text in told) == 2


@pytest.mark.parametrize("kind", ["purchase_reversal", "birthday_reversal", "redemption_reversal"])
def test_every_entry_of_a_return_has_a_name(kind: str) -> None:
    assert points_label(kind)
