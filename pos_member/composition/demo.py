"""The demo command: a shop to try the till in; without a display, the scripted tour through it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from hardware.virtual.printer import PrintedJob
from pos_member.composition.counter_pc import CounterPc
from pos_member.composition.data_folder import owned_folder
from pos_member.composition.demo_shop import DemoShop
from pos_member.composition.demo_store import STORE
from pos_member.composition.journal import keep_journal
from pos_member.composition.paper_pictures import paper_picture
from pos_member.composition.screens import Screens, has_display, make_application, show_failure
from pos_member.domain.errors import Spoken
from ui.screens.counter_panel import CounterPanel, SampleTile, VirtualScanner
from ui.screens.sign_in import DemoPin, Shopfront

_SIZE = (1366, 768)


class Demo:
    """The demo shop with the first till's window and the counter panel beside it."""

    def __init__(self, app: QApplication, shop: DemoShop, language: str) -> None:
        self.shop = shop
        self.screens = Screens(
            app,
            settings=replace(shop.settings, language=language),
            open_till=shop.first_till,
            shopfront=self._shopfront,
        )
        self.window = self.screens.window
        self.window.resize(*_SIZE)
        self.scanner = VirtualScanner(self.window)
        self.panel = CounterPanel(
            cards=[SampleTile(title=card.title, detail=card.detail, code=card.code) for card in shop.facts.cards],
            goods=[SampleTile(title=one.title, detail=one.detail, code=one.code) for one in shop.facts.goods],
            scanner=self.scanner,
            bridge=self.screens.bridge,
        )
        shop.on_paper = self._on_paper

    def show(self) -> None:
        """Shows both windows."""
        self.window.show()
        self.panel.show()
        self.panel.place_beside(self.window)

    def close(self) -> None:
        """Closes both windows, then stops the till."""
        self.panel.close()
        self.screens.close()

    def _on_paper(self, job: PrintedJob) -> None:
        self.screens.bridge.say_paper(paper_picture(job.paper))

    def _shopfront(self, pc: CounterPc) -> Shopfront:
        return Shopfront(
            store_name=STORE.name,
            terminal_name=pc.identity.name,
            demo_pins=tuple(DemoPin(name=one.name, role=one.role, pin=one.pin) for one in self.shop.facts.pins),
        )


def run_demo(folder: Path, tour_folder: Path, language: str) -> int:
    """Runs the demo until its window is closed; without a display, the tour, whose pictures go to ``tour_folder``."""
    touring = not has_display()
    if touring:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = make_application()
    try:
        with owned_folder(folder):
            keep_journal(folder, "demo")
            return _run(app, folder, tour_folder, language, touring=touring)
    except Spoken as spoken:
        show_failure(app, spoken)
        raise


def _run(app: QApplication, folder: Path, tour_folder: Path, language: str, *, touring: bool) -> int:
    from pos_member.composition.tour import Tour

    shop = DemoShop(folder)
    try:
        shop.open()
        demo = Demo(app, shop, language)
        try:
            demo.show()
            return Tour(app, demo, tour_folder).make() if touring else app.exec()
        finally:
            demo.close()
    finally:
        shop.close()
