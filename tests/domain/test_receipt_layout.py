"""What a customer reads on the receipt."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pos_member.domain.offers import Coupon, SpendReduceOffer
from pos_member.domain.receipt import ColumnsRow, QrRow, ReceiptDocument, TextRow
from pos_member.domain.receipt_layout import ExpiringPoints, ReceiptMember, receipt
from pos_member.domain.sale import Sale
from pos_member.domain.staff import Role, Staff, Store
from tests.domain.makers import BASIC, GOLD, day, goods, lot, price, sold

STORE = Store(id="S001", name="安和大药房", address="演示市健康路 1 号", phone="0571-0000000")
CASHIER = Staff(id="c1", number="1", name="李芳", role=Role.CASHIER, pin_hash="")
PHARMACIST = Staff(id="p1", number="2", name="陈蕾", role=Role.PHARMACIST, pin_hash="")
WANG = ReceiptMember(name="王*明", phone="138****5678", card="6200 **** 1947")
RICH = replace(GOLD, lots=(lot(3000, "2026-03-02", "2027-03-31"),))


def lines_of(document: ReceiptDocument) -> list[str]:
    """The text of each row, cells joined by a bar."""
    texts = []
    for row in document.rows:
        if isinstance(row, TextRow):
            texts.append(row.text)
        elif isinstance(row, ColumnsRow):
            texts.append("|".join(cell.text for cell in row.cells))
    return texts


def printed(sale: Sale, member: ReceiptMember | None = WANG, *, reprint: bool = False) -> ReceiptDocument:
    return receipt(
        sale,
        store=STORE,
        terminal_name="1 号机",
        cashier=CASHIER,
        pharmacist=PHARMACIST,
        member=member,
        reprint=reprint,
    )


@pytest.fixture
def gold_sale() -> Sale:
    priced = price(
        goods("VC-100", "supplement", 6800, "2"), goods("SWAB", "sundry", 990), member=RICH, points=2500, cash=20000
    )
    return sold(priced, cash=20000)


def test_a_members_receipt_says_everything_once(gold_sale: Sale) -> None:
    assert lines_of(printed(gold_sale)) == [
        "安和大药房",
        "演示市健康路 1 号",
        "电话 0571-0000000",
        "销售小票",
        "单号 S001-1-000042",
        "时间 2026-05-06 10:12:00",
        "终端 1 号机  收银 李芳",
        "在岗药师 陈蕾",
        "单价×数量|优惠|金额",
        "商品VC-100 10片",
        "68.00/盒×2|金卡价 -20.40|115.60",
        "商品SWAB 10片",
        "9.90/盒×1|金卡价 -1.48|8.42",
        "合计（2 种 3 件）|¥145.90",
        "优惠|-¥21.88",
        "积分抵现 2,500 分|-¥25.00",
        "应收 ¥99.02",
        "现金|¥200.00",
        "找零|¥100.98",
        "会员 王*明|金卡会员",
        "手机|138****5678",
        "卡号|6200 **** 1947",
        "本单使用积分|-2,500",
        "本单获得积分|+212",
        "  购物 141 + 等级加成 71",
        "积分余额|712",
        "S001-1-000042",
        "谢谢惠顾，祝您健康",
        "药品一经售出，非质量问题不退换",
        "请妥善保管小票，凭小票办理售后",
    ]


def test_the_payable_is_the_largest_and_every_row_fills_the_paper(gold_sale: Sale) -> None:
    rows = printed(gold_sale).rows
    large = [row.text for row in rows if isinstance(row, TextRow) and row.size == 2]
    assert large == ["安和大药房", "应收 ¥99.02"]
    assert {sum(cell.share for cell in row.cells) for row in rows if isinstance(row, ColumnsRow)} == {48}


def test_the_code_is_the_number_that_is_printed_below_it(gold_sale: Sale) -> None:
    assert [row.payload for row in printed(gold_sale).rows if isinstance(row, QrRow)] == ["S001-1-000042"]


def test_the_first_print_opens_the_drawer_and_a_reprint_says_what_it_is_and_does_not(gold_sale: Sale) -> None:
    again = printed(gold_sale, reprint=True)
    assert printed(gold_sale).kick_drawer
    assert not again.kick_drawer
    assert "补打" in lines_of(again)
    assert "补打" not in lines_of(printed(gold_sale))
    assert [row for row in again.rows if row in printed(gold_sale).rows] == list(printed(gold_sale).rows)


def test_where_no_cash_was_taken_the_drawer_stays_shut(gold_sale: Sale) -> None:
    unpaid = replace(gold_sale, tenders=())
    assert not printed(unpaid).kick_drawer
    assert "找零|¥100.98" not in lines_of(printed(unpaid))


def test_a_strangers_receipt_speaks_of_no_points() -> None:
    sale = sold(price(goods("A", "rx", 1000), cash=1000), member_id=None)
    texts = lines_of(printed(sale, None))
    assert [text for text in texts if "积分" in text or "会员" in text or "优惠|" in text] == ["单价×数量|优惠|金额"]
    assert "10.00/盒×1||10.00" in texts


def test_an_upgrade_and_points_that_lapse_soon_are_told() -> None:
    sale = sold(price(goods("A", "rx", 1000), member=BASIC))
    document = receipt(
        sale,
        store=STORE,
        terminal_name="1 号机",
        cashier=None,
        member=WANG,
        expiring=ExpiringPoints(points=320, by=day("2026-05-31")),
    )
    texts = lines_of(document)
    assert "恭喜升为银卡会员，下一单起享受" in texts
    assert "其中 320 分将到期，最早 2026-05-31" in texts
    assert "  购物 10 + 升级奖励 100" in texts
    assert "终端 1 号机" in texts


def test_what_is_weighed_counts_as_one_piece() -> None:
    sale = sold(price(goods("HERB", "tcm", 550, "2.5", by_weight=True), goods("A", "rx", 100, "2")), member_id=None)
    assert "合计（2 种 3 件）|¥15.75" in lines_of(printed(sale, None))


def test_time_is_the_stores_and_a_business_date_that_differs_is_shown() -> None:
    priced = price(goods("A", "rx", 1000))
    sale = sold(priced, at=datetime(2026, 5, 5, 15, 59, tzinfo=UTC), on="2026-05-06", member_id=None)
    texts = lines_of(printed(sale, None))
    assert "时间 2026-05-05 23:59:00" in texts
    assert "营业日 2026-05-06" in texts


def test_what_is_weighed_counts_as_one_piece_when_its_weight_is_whole_too() -> None:
    sale = sold(price(goods("HERB", "tcm", 550, "12", by_weight=True), goods("A", "rx", 100, "2")), member_id=None)
    assert "合计（2 种 3 件）|¥68.00" in lines_of(printed(sale, None))


def test_order_reductions_and_rounding_stand_between_the_goods_and_the_payable() -> None:
    """From 合计 down to 应收 every yuan that comes off has a row of its own."""
    priced = price(
        goods("VC-100", "supplement", 6800, "3"),
        goods("SWAB", "sundry", 993),
        member=RICH,
        offers=(SpendReduceOffer(id="M200", threshold_fen=20000, off_fen=3000),),
        coupon=Coupon(id="Q88", threshold_fen=10000, off_fen=500),
        points=2500,
        cash=20000,
        cash_rounding=True,
    )
    texts = lines_of(printed(sold(priced, cash=20000)))
    first = texts.index("合计（2 种 4 件）|¥213.93")
    assert texts[first : first + 8] == [
        "合计（2 种 4 件）|¥213.93",
        "优惠|-¥32.09",
        "满减 M200|-¥30.00",
        "券 Q88|-¥5.00",
        "积分抵现 2,500 分|-¥25.00",
        "抹零|-¥0.04",
        "应收 ¥121.80",
        "现金|¥200.00",
    ]
