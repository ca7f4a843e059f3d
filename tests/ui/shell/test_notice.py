"""A till whose records went back in time says so until somebody has read it; selling goes on."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.ui.shell.conftest import Station
from tests.ui.shell.counter import key, scan, shown
from tests.ui.shell.shop import PINS, VITAMIN_BARCODE, Shop, staff_id
from ui.screens.facts_panels import NoticePanel
from ui.screens.selling import SellingScreen

F12, ESC, ENTER = Qt.Key.Key_F12, Qt.Key.Key_Escape, Qt.Key.Key_Return


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """A till whose file is an older image of itself."""
    path, image = tmp_path / "terminal.db", tmp_path / "image.db"
    before = Shop(tmp_path)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(image)) as target:
        source.backup(target)
    before.till.sign_in(staff_id("1"), PINS["李芳"])
    before.close()
    for name in ("terminal.db-wal", "terminal.db-shm", "replica.db"):
        (tmp_path / name).unlink(missing_ok=True)
    shutil.copy(image, path)
    shop = Shop(tmp_path, new_epoch="e2")
    yield shop
    shop.close()


def test_the_notice_stays_until_it_is_read(station: Station) -> None:
    station.sign_in()
    notice = station.shop.till.notice()
    assert notice is not None
    assert notice.message in station.words_of(station.panel(NoticePanel))
    assert station.bar_words("notice") == "本机记录 有提示"
    key(station, ENTER)
    assert station.window.open_panel is None
    assert station.bar_words("notice") == "本机记录 有提示"
    key(station, F12)
    station.sign_in()
    assert station.window.open_panel is None
    station.window.status_bar.notice.click()
    assert notice.message in station.words_of(station.panel(NoticePanel))


def test_esc_leaves_it_unread_for_the_next_one_who_signs_in(station: Station) -> None:
    station.sign_in()
    key(station, ESC)
    assert station.window.open_panel is None
    key(station, F12)
    station.sign_in("孙伟")
    assert station.panel(NoticePanel).isVisible()


def test_goods_are_rung_up_beside_it(station: Station) -> None:
    station.sign_in()
    scan(station, VITAMIN_BARCODE)
    assert station.panel(NoticePanel).isVisible()
    assert len(shown(station).basket.lines) == 1
    assert station.screen(SellingScreen).isVisible()


def test_it_is_told_in_the_language_on_the_screen(make_station: Callable[..., Station]) -> None:
    station = make_station("en")
    station.sign_in()
    assert station.panel(NoticePanel).isVisible()
    key(station, ENTER)
    station.window.use_theme("dark")
    station.settle()
    assert station.window.open_panel is None
