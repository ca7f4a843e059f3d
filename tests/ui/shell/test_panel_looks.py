"""The panels at the right edge: nothing cut off at the smallest size, fingers fit, every field has a name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from tests.ui.shell.conftest import Station
from tests.ui.shell.counter import key, scan, type_in
from tests.ui.shell.pharmacy import AMOXICILLIN, PSEUDOEPHEDRINE, only_the_store_manager, pharmacy
from tests.ui.shell.shop import PINS, WANG_CARD
from ui.widgets.elided_label import ElidedLabel

F1, F11, DELETE, ESC = Qt.Key.Key_F1, Qt.Key.Key_F11, Qt.Key.Key_Delete, Qt.Key.Key_Escape


def found_wrong(station: Station) -> list[str]:
    """What cannot be read, reached or named on the panel that is open."""
    panel = station.window.open_panel
    assert panel is not None
    seen: list[QWidget] = [one for one in panel.findChildren(QWidget) if one.isVisible()]
    wrong = [
        f"cut off: {one.text()}"
        for one in seen
        if isinstance(one, QLabel)
        and not isinstance(one, ElidedLabel)
        and (one.height() < one.heightForWidth(one.width()) if one.wordWrap() else one.width() < one.sizeHint().width())
    ]
    controls = [one for one in seen if isinstance(one, QAbstractButton | QLineEdit)]
    wrong += [f"no name: {one!r}" for one in controls if not (one.accessibleName() or getattr(one, "text", str)())]
    wrong += [f"small: {one.accessibleName()}" for one in controls if min(one.width(), one.height()) < 44]
    wrong += [
        f"below the edge: {one.accessibleName()}"
        for one in controls
        if one.mapTo(panel, one.rect().bottomLeft()).y() > panel.height()
    ]
    return wrong


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_step_of_what_a_basket_needs_can_be_read_and_reached(
    station: Station, size: tuple[int, int], theme: str
) -> None:
    station.publish(*pharmacy(), only_the_store_manager("void_line"))
    station.window.use_theme(theme)
    station.window.resize(*size)
    station.sign_in("李芳")
    key(station, F11)
    assert found_wrong(station) == []
    type_in(station, PINS["陈蕾"] + "\r")
    scan(station, AMOXICILLIN, PSEUDOEPHEDRINE, WANG_CARD)
    key(station, F1)
    assert found_wrong(station) == []
    type_in(station, "RX7\r\r\r\r\r")
    assert found_wrong(station) == []
    type_in(station, "市人民医院\r赵医生\r周舟\r\r")
    assert found_wrong(station) == []
    key(station, DELETE)
    assert found_wrong(station) == []
    key(station, ESC)
    type_in(station, PINS["陈蕾"] + "\r")
    assert found_wrong(station) == []
    type_in(station, "吴敏\r11010519491231002X\r")
    assert found_wrong(station) == []
    key(station, ESC, DELETE)
    assert found_wrong(station) == []
    assert station.window.size().toTuple() == size
