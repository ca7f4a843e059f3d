from __future__ import annotations

import dataclasses

import pytest
import zxingcpp
from PIL import Image

from hardware.document import Cell, ColumnsRow, PrintDocument, QrRow, RuleRow, TextRow
from hardware.encoder import encode
from hardware.errors import UnprintableError
from hardware.layout import LaidText, lay_out
from hardware.profiles import PrinterProfile
from hardware.virtual.paper import Cut, Figure, PaperStrip
from hardware.virtual.print_head import read_paper
from tests.hardware.receipts import NARROW, WIDE, receipt

BOTH = pytest.mark.parametrize("profile", [WIDE, NARROW], ids=["80mm", "58mm"])
DIFFICULT = "㐂䶮𠮷 × … “你好” · ① ℃ ¥12.50 ＡＢＣ１２３ µg 5−3 é"


def printed(document: PrintDocument, profile: PrinterProfile) -> PaperStrip:
    return read_paper(encode(document, profile), profile)


@BOTH
def test_a_receipt_comes_to_paper_as_it_was_laid_out(profile: PrinterProfile) -> None:
    document = receipt()
    paper = printed(document, profile)
    laid = [row.text.rstrip() for row in lay_out(document, profile) if isinstance(row, LaidText)]
    assert paper.errors == ()
    assert [line for line in paper.text().splitlines() if line] == laid
    assert paper.finished


@BOTH
def test_no_glyph_reaches_past_the_edge_nor_over_its_neighbour(profile: PrinterProfile) -> None:
    rows = (
        TextRow(text=DIFFICULT * 3),
        TextRow(text=DIFFICULT, size=2, align="right"),
        ColumnsRow(cells=(Cell(text=DIFFICULT, share=32), Cell(text="￥1.00", share=16, align="right"))),
        RuleRow(),
    )
    paper = printed(PrintDocument(rows=rows), profile)
    assert paper.errors == ()
    for line in paper.lines():
        ends = [glyph.left_dots + glyph.width_dots for glyph in line.glyphs]
        assert all(end <= profile.dots for end in ends)
        assert all(glyph.left_dots >= end for glyph, end in zip(line.glyphs[1:], ends, strict=False))


def test_difficult_characters_arrive_as_themselves_or_as_a_geta_mark() -> None:
    paper = printed(PrintDocument(rows=(TextRow(text=DIFFICULT),)), WIDE)
    assert "".join(paper.text().split()) == "〓䶮〓×…“你好”·①℃￥12.50ＡＢＣ１２３μg5-3é"


def test_a_printer_with_all_glyphs_gets_four_byte_codes() -> None:
    roomy = profile_with_all_glyphs()
    paper = printed(PrintDocument(rows=(TextRow(text="㐂䶮𠮷"),)), roomy)
    assert (paper.errors, paper.text().strip()) == ((), "㐂䶮𠮷")


def profile_with_all_glyphs() -> PrinterProfile:
    return PrinterProfile(name="all glyphs", columns=48, dots=576, four_byte_glyphs=True)


@BOTH
def test_figures_of_all_rows_end_at_the_same_column(profile: PrinterProfile) -> None:
    names = ("维生素C片", "葡萄糖酸钙锌口服溶液", "×…“”·①℃")
    rows = tuple(
        ColumnsRow(cells=(Cell(text=name, share=30), Cell(text=f"￥{index}8.50", share=18, align="right")))
        for index, name in enumerate(names)
    )
    paper = printed(PrintDocument(rows=rows), profile)
    ends = {line.glyphs[-1].left_dots + line.glyphs[-1].width_dots for line in paper.lines() if "8.50" in line.text()}
    assert ends == {profile.dots}


@BOTH
def test_a_double_size_heading_is_double_in_both_halves(profile: PrinterProfile) -> None:
    paper = printed(PrintDocument(rows=(TextRow(text="合计 44.30", size=2, bold=True),)), profile)
    line = paper.lines()[0]
    assert line.text() == "合计 44.30"
    assert {glyph.scale for glyph in line.glyphs} == {2}
    assert {glyph.bold for glyph in line.glyphs} == {True}
    assert [glyph.column for glyph in line.glyphs[:4]] == [0, 4, 8, 10]


def test_a_row_after_bold_and_double_size_is_plain_again() -> None:
    rows = (TextRow(text="大 BIG", size=2, bold=True), TextRow(text="小 small"))
    line = printed(PrintDocument(rows=rows), WIDE).lines()[1]
    assert {(glyph.scale, glyph.bold) for glyph in line.glyphs} == {(1, False)}


def test_the_paper_is_cut_after_the_last_row_has_passed_the_knife() -> None:
    paper = printed(receipt(), WIDE)
    assert paper.rows[-1] == Cut(full=False)
    assert [row.text() for row in paper.lines()[-4:]] == [""] * 4


def test_a_printer_without_a_cutter_gets_no_cut() -> None:
    paper = printed(receipt(), NARROW)
    assert not any(isinstance(row, Cut) for row in paper.rows)


@pytest.mark.parametrize("profile", [WIDE, NARROW], ids=["native", "image"])
@pytest.mark.parametrize("payload", ["https://example.invalid/r/S001-01-000042", "会员 6200123456789012", "8" * 120])
def test_the_qr_code_on_paper_can_be_read(profile: PrinterProfile, payload: str) -> None:
    paper = printed(PrintDocument(rows=(QrRow(payload=payload),)), profile)
    assert paper.errors == ()
    (figure,) = [row for row in paper.rows if isinstance(row, Figure)]
    (code,) = zxingcpp.read_barcodes(picture(figure, profile))
    assert code.text == payload


def test_a_native_qr_code_stands_in_the_middle() -> None:
    paper = printed(PrintDocument(rows=(QrRow(payload="A"),)), WIDE)
    (figure,) = [row for row in paper.rows if isinstance(row, Figure)]
    assert 2 * figure.left_dots + len(figure.modules) * figure.module_dots == WIDE.dots
    assert figure.payload == "A"


def test_a_qr_code_too_fine_for_the_paper_is_refused() -> None:
    with pytest.raises(UnprintableError):
        encode(PrintDocument(rows=(QrRow(payload="x" * 1500),)), NARROW)


def picture(figure: Figure, profile: PrinterProfile) -> Image.Image:
    margin = 4 * figure.module_dots
    canvas = Image.new("L", (profile.dots, len(figure.modules) * figure.module_dots + 2 * margin), 255)
    for y, row in enumerate(figure.modules):
        for x, dark in enumerate(row):
            if dark:
                left, top = figure.left_dots + x * figure.module_dots, margin + y * figure.module_dots
                canvas.paste(0, (left, top, left + figure.module_dots, top + figure.module_dots))
    return canvas


def test_the_drawer_is_kicked_once_and_only_when_asked() -> None:
    assert printed(receipt(kick_drawer=True), WIDE).drawer_kicks == 1
    assert printed(receipt(kick_drawer=False), WIDE).drawer_kicks == 0


def test_an_image_can_never_open_the_drawer() -> None:
    stream = encode(PrintDocument(rows=(QrRow(payload="A"),)), NARROW)
    raster = stream.index(b"\x1dv0")
    assert stream[:raster].endswith(b"\x1d(D\x03\x00\x14\x01\x00")
    assert b"\x1d(D\x03\x00\x14\x01\x01" in stream[raster:]


@pytest.mark.parametrize(
    ("stream", "mistake"),
    [
        (b"\x1b@\x1bZ\x01\n", "unknown command: 1b 5a"),
        (b"abc\n", "printing begins without ESC @"),
        (b"\x1b@\xd6\xd0\n", "byte d6 outside kanji mode"),
        (b"\x1b@a\x1c&\xd6\xd0\n", "FS & inside a line"),
        (b"\x1b@" + b"a" * 49 + b"\n", "'a' does not fit the line any more, at 576 dots"),
        (b"\x1b@\x1c&\x1d!\x11a\xd6\xd0\n", "a line mixes single and double size"),
        (b"\x1b@\x1c&\x81\x30\x81\x30\n", "no glyph for the four-byte code 81 30 81 30"),
        (b"\x1b@abc", "text without a line feed is left in the print buffer"),
        (b"\x1b@\x1d(k\x03\x00", "the bytes break off inside a command: 1d 28 6b 03 00"),
        (b"\x1b@\x1cW\x01", "FS W is not known to this printer: 01"),
        (b"\x1b@\x1ba\x01abc\n", "text is aligned by the printer, not by its columns"),
    ],
)
def test_wrong_bytes_are_shown_as_mistakes(stream: bytes, mistake: str) -> None:
    assert any(mistake in error for error in read_paper(stream, WIDE).errors)


def test_chinese_text_drifts_when_the_character_spacing_is_left_on() -> None:
    paper = read_paper(b"\x1b@\x1c&" + "中文".encode("gb18030") + b"\n", WIDE)
    assert [glyph.left_dots for glyph in paper.lines()[0].glyphs] == [0, 26]


def test_a_full_cut_is_asked_for_where_the_profile_says_so() -> None:
    profile = PrinterProfile(name="guillotine", columns=48, dots=576, cutter="full")
    assert printed(receipt(), profile).rows[-1] == Cut(full=True)


def test_a_strip_is_a_frozen_value() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        printed(receipt(), WIDE).columns = 32  # type: ignore[misc]
