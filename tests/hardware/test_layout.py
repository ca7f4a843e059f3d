from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.columns import text_columns
from hardware.document import Cell, ColumnsRow, FeedRow, PrintDocument, QrRow, Row, RuleRow, TextRow
from hardware.errors import UnprintableError
from hardware.layout import LaidFeed, LaidText, lay_out
from hardware.profiles import PrinterProfile
from tests.hardware.receipts import NARROW, WIDE, goods_row, receipt

BOTH = pytest.mark.parametrize("profile", [WIDE, NARROW], ids=["80mm", "58mm"])


def lines_of(profile: PrinterProfile, *rows: Row) -> list[str]:
    laid = lay_out(PrintDocument(rows=rows), profile)
    return [row.text for row in laid if isinstance(row, LaidText)]


@BOTH
def test_every_row_of_a_receipt_is_exactly_as_wide_as_the_paper(profile: PrinterProfile) -> None:
    laid = [row for row in lay_out(receipt(), profile) if isinstance(row, LaidText)]
    assert laid
    assert {text_columns(row.text) * row.size for row in laid} == {profile.columns}


@BOTH
def test_a_very_long_name_wraps_and_leaves_the_figures_at_the_edge(profile: PrinterProfile) -> None:
    name = "注射用重组人Ⅱ型肿瘤坏死因子受体-抗体融合蛋白（冻干粉针剂，供皮下注射）25mg×1瓶"
    lines = lines_of(profile, goods_row(name, "1", "￥1,234.00"))
    assert lines[0].split() == [lines[0].split()[0], "1", "￥1,234.00"]
    assert lines[0].endswith(" ￥1,234.00")
    assert "".join(line.strip() for line in (lines[0].split()[0], *lines[1:])) == name


@BOTH
def test_a_figure_wider_than_its_column_takes_room_from_the_name_and_stays_whole(profile: PrinterProfile) -> None:
    row = ColumnsRow(cells=(Cell(text="储值", share=36), Cell(text="￥123,456,789.00", share=12, align="right")))
    (line,) = lines_of(profile, row)
    assert line.endswith(" ￥123,456,789.00")
    assert text_columns(line) == profile.columns


def test_neighbouring_columns_never_touch() -> None:
    row = ColumnsRow(cells=(Cell(text="一二三四五六七八九十一二", share=24), Cell(text="A" * 24, share=24)))
    (first, second) = lines_of(WIDE, row)
    assert first == "一二三四五六七八九十一  " + "A" * 24
    assert second.rstrip() == "二"


def test_double_size_text_has_half_the_columns() -> None:
    lines = lines_of(NARROW, TextRow(text="安和大药房人民路店", size=2, align="center"))
    assert lines == ["安和大药房人民路", "       店       "]


def test_line_breaks_in_a_text_are_kept_and_an_empty_text_is_an_empty_line() -> None:
    assert [line.strip() for line in lines_of(WIDE, TextRow(text="甲\n乙"), TextRow(text=""))] == ["甲", "乙", ""]


def test_a_rule_reaches_from_edge_to_edge() -> None:
    assert lines_of(NARROW, RuleRow()) == ["-" * 32]


def test_no_feed_is_no_row() -> None:
    assert lay_out(PrintDocument(rows=(FeedRow(lines=0), FeedRow(lines=3))), WIDE) == (LaidFeed(lines=3),)


@pytest.mark.parametrize(
    "row",
    [
        ColumnsRow(cells=(Cell(text="甲", share=24), Cell(text="乙", share=23))),
        ColumnsRow(cells=(Cell(text="甲", share=48), Cell(text="乙", share=0))),
        ColumnsRow(cells=(Cell(text="甲", share=1), Cell(text="乙", share=47))),
        ColumnsRow(cells=()),
        QrRow(payload=""),
        QrRow(payload="a\x10\x14\x01\x00\x01"),
    ],
)
def test_a_row_that_no_paper_can_hold_is_refused(row: Row) -> None:
    with pytest.raises(UnprintableError):
        lay_out(PrintDocument(rows=(row,)), WIDE)


@given(st.text(max_size=60), st.text(max_size=12), st.text(max_size=30), st.sampled_from([WIDE, NARROW]))
def test_whatever_stands_in_the_cells_the_row_is_exactly_as_wide_as_the_paper(
    name: str, quantity: str, amount: str, profile: PrinterProfile
) -> None:
    assert {text_columns(line) for line in lines_of(profile, goods_row(name, quantity, amount))} == {profile.columns}
