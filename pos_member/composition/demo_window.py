"""The demo shop's windows: the first till's, and the counter panel beside it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QApplication

from hardware.virtual.printer import PrintedJob
from pos_member.composition.counter_pc import CounterPc
from pos_member.composition.demo_shop import DemoShop
from pos_member.composition.demo_store import STORE
from pos_member.composition.paper_pictures import paper_picture
from pos_member.composition.screens import Screens
from ui.screens.counter_panel import CounterPanel, SampleTile, VirtualScanner
from ui.screens.sign_in import DemoPin, Shopfront

_SIZE = (1366, 768)


class DemoWindow:
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
        """Shows both windows, each at its own size."""
        self.window.show()
        self.panel.show()

    def share_the_screen(self) -> None:
        """Puts the counter panel beside the till."""
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
