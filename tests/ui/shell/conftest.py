"""A till's window over a real till, with a keyboard before it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pos_member.app.counter import HeadOfficeStatus, Link
from pos_member.app.published import Entity, EntityKind
from pos_member.domain.staff import Role
from tests.ui.shell.keys import Keyboard
from tests.ui.shell.notebook import Notebook
from tests.ui.shell.shop import PINS, ROOT, START, VITAMIN_BARCODE, Shop
from ui.bridge import Bridge
from ui.i18n import Languages
from ui.scan_filter import ScanFilter, ScannerSettings
from ui.screens.sign_in import DemoPin, Shopfront
from ui.task_runner import TaskRunner
from ui.view_models.language import Language
from ui.widgets.status_bar import StatusItem
from ui.window import TillWindow

W = TypeVar("W", bound=QWidget)


class Station:
    """The window with everything it stands on."""

    def __init__(self, app: QApplication, qtbot: QtBot, shop: Shop, translations: Path, language: Language) -> None:
        self.app, self.qtbot, self.shop = app, qtbot, shop
        self.bridge = Bridge()
        self.scans = ScanFilter(ScannerSettings())
        self.log = Notebook()
        self.tasks = TaskRunner(log=self.log, new_incident_id=lambda: "7F3K")
        app.installEventFilter(self.scans)
        self.languages = Languages(app, translations)
        self.window = TillWindow(
            app=app,
            till=shop.till,
            tasks=self.tasks,
            bridge=self.bridge,
            scans=self.scans,
            languages=self.languages,
            clock=shop.clock,
            shopfront=Shopfront(
                store_name="安和大药房",
                terminal_name="1 号机",
                demo_pins=(DemoPin(name="李芳", role=Role.CASHIER, pin=PINS["李芳"]),),
            ),
            language=language,
        )
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.keyboard = Keyboard(self.window)
        self.settle()

    def settle(self) -> None:
        """Waits until everything asked for has been answered, also what an answer asked for."""
        self.qtbot.wait(60)
        self.qtbot.waitUntil(lambda: self.tasks.idle)
        self.qtbot.wait(1)
        self.qtbot.waitUntil(lambda: self.tasks.idle)

    def sign_in(self, name: str = "李芳") -> None:
        """Somebody signs in by keys alone."""
        self.keyboard.type({"李芳": "1", "陈蕾": "2", "孙伟": "3"}[name])
        self.qtbot.wait(60)
        self.keyboard.type(PINS[name] + "\r")
        self.settle()

    def sell_vitamin(self) -> None:
        """A sale to nobody in particular, paid exactly."""
        self.keyboard.scan(VITAMIN_BARCODE)
        self.settle()
        self.keyboard.type("+")
        self.settle()
        self.keyboard.type("29\r")
        self.settle()

    def publish(self, *things: tuple[EntityKind, str, Entity]) -> None:
        """Head office publishes, the till has pulled it, and sync says so."""
        self.shop.publish(*things)
        self.bridge.say_head_office(
            HeadOfficeStatus(link=Link.ONLINE, since=START, unsent=0, last_contact=START, feed_no=self.shop.feed_no)
        )
        self.settle()

    def screen(self, kind: type[W]) -> W:
        """The screen of a kind, which must be the one that is shown."""
        shown = self.window.shown_screen
        assert isinstance(shown, kind)
        return shown

    def panel(self, kind: type[W]) -> W:
        """The panel that is open, which must be of a kind."""
        panel = self.window.open_panel
        assert isinstance(panel, kind)
        return panel

    def bar_words(self, name: str) -> str:
        """What an item of the status bar says; empty when it is not shown."""
        item: StatusItem = getattr(self.window.status_bar, name)
        return item.text() if item.isVisible() else ""

    def words_of(self, widget: QWidget) -> str:
        """All that can be read on a widget."""
        return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())

    def press_button(self, widget: QWidget, words: str) -> None:
        """Touches a button."""
        (button,) = [one for one in widget.findChildren(QPushButton) if one.text() == words and one.isVisible()]
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def close(self) -> None:
        """In the order the till stops in."""
        self.app.removeEventFilter(self.scans)
        self.window.close()
        assert self.tasks.stop(2)
        self.languages.use("zh")
        self.app.setStyleSheet("")
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def translations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The English translation, freshly compiled."""
    folder = tmp_path_factory.mktemp("translations")
    source = ROOT / "resources" / "translations" / "en.ts"
    lrelease = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([lrelease, "-silent", source, "-qm", folder / "en.qm"], check=True, timeout=60)
    return folder


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    shop = Shop(tmp_path)
    yield shop
    shop.close()


@pytest.fixture
def make_station(qtbot: QtBot, qapp: QApplication, shop: Shop, translations: Path) -> Iterator[Callable[..., Station]]:
    stations: list[Station] = []

    def make(language: Language = "zh", translations: Path = translations) -> Station:
        stations.append(Station(qapp, qtbot, shop, translations, language))
        return stations[-1]

    yield make
    for station in stations:
        station.close()


@pytest.fixture
def station(make_station: Callable[..., Station]) -> Station:
    return make_station()
