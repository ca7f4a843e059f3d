"""The demo's counter: a click is a scan, and paper looks like paper."""

from __future__ import annotations

import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from qrcode.main import QRCode

from tests.ui.shell.conftest import Station
from tests.ui.shell.shop import VITAMIN_BARCODE, WANG_CARD
from ui.bridge import Bridge
from ui.screens.counter_panel import CounterPanel, SampleTile, VirtualScanner, share_width
from ui.screens.selling import SellingScreen
from ui.widgets.paper_view import PaperCell, PaperPicture, PaperRow, PaperView, paper_size, render_paper

VITAMIN = SampleTile(title="维生素C咀嚼片", detail="¥29.00", code=VITAMIN_BARCODE)
WANG = SampleTile(title="王*明", detail="金卡", code=WANG_CARD)


def panel_of(station: Station, bridge: Bridge) -> CounterPanel:
    panel = CounterPanel(cards=(WANG,), goods=(VITAMIN,), scanner=VirtualScanner(station.window), bridge=bridge)
    station.qtbot.addWidget(panel)
    panel.show()
    station.qtbot.waitExposed(panel)
    return panel


def touch(panel: CounterPanel, title: str) -> None:
    tile = next(one for one in panel.findChildren(QPushButton) if one.accessibleName().startswith(title))
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)


def test_clicking_goods_and_a_card_rings_them_up_as_a_scanner_would(station: Station) -> None:
    station.sign_in()
    panel = panel_of(station, station.bridge)
    touch(panel, "维生素C")
    touch(panel, "维生素C")
    touch(panel, "王*明")
    station.settle()
    state = station.screen(SellingScreen).state
    assert state is not None
    assert [str(line.quantity) for line in state.basket.lines] == ["2"]
    assert state.member is not None
    assert station.window.findChildren(QLineEdit)[0].text() == ""


def test_the_paper_appears_when_the_printer_has_printed(station: Station) -> None:
    panel = panel_of(station, station.bridge)
    picture = picture_of(PaperCell(text="安和大药房", column=14, width=20, scale=2, bold=True))
    station.bridge.say_paper(picture)
    station.settle()
    paper = panel.findChild(PaperView)
    assert isinstance(paper, PaperView)
    assert paper.accessibleName() == "安和大药房"
    assert paper.width() == paper_size(picture).width()


def test_till_and_panel_stand_side_by_side_wherever_both_have_room() -> None:
    for screen in (1920, 1600, 1366, 1280):
        till, panel = share_width(screen, 1366, 1024)
        assert till >= 1024
        assert panel >= 240
        assert till + panel < screen
    assert share_width(1920, 1366, 1024) == (1366, 476)


def test_on_a_small_screen_the_till_has_all_of_it() -> None:
    assert share_width(1024, 1366, 1024) == (1024, 476)


def test_paper_gives_way_to_a_narrow_panel(station: Station) -> None:
    panel = panel_of(station, station.bridge)
    station.bridge.say_paper(picture_of(PaperCell(text="安和大药房", column=14, width=20)))
    station.settle()
    panel.resize(330, 700)
    station.settle()
    (paper,) = panel.findChildren(PaperView)
    assert paper.mapTo(panel, paper.rect().topRight()).x() < panel.width()
    assert paper.visibleRegion().boundingRect().width() == paper.width()


def test_the_panel_follows_the_till_to_another_language(station: Station) -> None:
    panel = panel_of(station, station.bridge)
    assert "点一下就是扫商品" in station.words_of(panel)
    station.window.use_language("en")
    station.settle()
    assert "Click to scan goods" in station.words_of(panel)


def test_figures_end_at_the_column_the_printer_ends_them_at(qtbot: QtBot) -> None:
    image = render_paper(picture_of(PaperCell(text="24.65", column=43, width=5)), scale=1)
    inked = ink_columns(image)
    left, column = 18, 8
    assert left + 43 * column <= min(inked)
    assert left + 47 * column < max(inked) < left + 48 * column


def test_double_size_is_twice_as_wide_and_as_high(qtbot: QtBot) -> None:
    plain = render_paper(picture_of(PaperCell(text="应收", column=0, width=4)), scale=1)
    double = render_paper(picture_of(PaperCell(text="应收", column=0, width=8, scale=2)), scale=1)
    assert double.height() - plain.height() == 20
    assert max(ink_columns(double)) - 18 > 1.8 * (max(ink_columns(plain)) - 18)


def test_the_receipts_code_can_be_read_off_the_paper(qtbot: QtBot) -> None:
    code = QRCode(border=0)
    code.add_data("S001-01-000001")
    code.make()
    modules = tuple(tuple(bool(module) for module in row) for row in code.get_matrix())
    image = render_paper(PaperPicture(columns=32, rows=(PaperRow(qr=modules),)), scale=2)
    gray = image.convertToFormat(QImage.Format.Format_Grayscale8)
    seen = zxingcpp.read_barcodes(memoryview(gray.constBits()).cast("B", (gray.height(), gray.bytesPerLine())))
    assert [found.text for found in seen] == ["S001-01-000001"]


def picture_of(*cells: PaperCell) -> PaperPicture:
    return PaperPicture(columns=48, rows=(PaperRow(cells=cells),))


def ink_columns(image: QImage) -> list[int]:
    return [
        x for x in range(image.width()) if any(image.pixelColor(x, y).lightness() < 128 for y in range(image.height()))
    ]
