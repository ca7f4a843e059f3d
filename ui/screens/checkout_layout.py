"""What stands where at the checkout."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.screens.checkout_keys import CheckoutKeys
from ui.screens.settled import SettledScreen
from ui.widgets.aside import Aside
from ui.widgets.basket_table import BasketTable
from ui.widgets.choice_list import ChoiceList
from ui.widgets.scan_input import ScanInput
from ui.widgets.screen_header import ScreenHeader
from ui.widgets.total_bar import TotalBar

_MARGIN = 16
_GAP = 12


class CheckoutLayout:
    """The parts of the checkout, laid out on its screen; the list of choices floats over them."""

    def __init__(self, screen: QWidget, store_name: str, keys: CheckoutKeys) -> None:
        self._screen = screen
        self.input, self.basket, self.aside, self.totals = ScanInput(), BasketTable(), Aside(), TotalBar()
        self.keys, self.settled = keys, SettledScreen()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._selling())
        self._pages.addWidget(self.settled)
        self.header = header = ScreenHeader(store_name)
        header.row.addWidget(self.input, 1)
        strip = QHBoxLayout()
        strip.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        strip.addWidget(keys)
        whole = QVBoxLayout(screen)
        whole.setContentsMargins(0, 0, 0, 10)
        whole.setSpacing(0)
        whole.addWidget(header)
        whole.addWidget(self._pages, 1)
        whole.addLayout(strip)
        self.choices = ChoiceList(parent=screen)

    @property
    def is_settled(self) -> bool:
        """Whether a finished sale stands in the basket's place."""
        return self._pages.currentWidget() is self.settled

    def show_selling(self) -> None:
        """The basket and the member."""
        self._pages.setCurrentIndex(0)

    def show_settled(self) -> None:
        """The finished sale."""
        self._pages.setCurrentWidget(self.settled)

    def fit(self, width: int) -> None:
        """The member's column is narrower on narrow screens; the payable lines up with it."""
        aside = 288 if width < 1200 else 356 if width < 1700 else 420
        self.aside.setFixedWidth(aside)
        self.totals.set_pay_width(aside)
        self.place_choices()

    def message_place(self) -> QRect:
        """Over the head of the basket, as wide as it."""
        width = self._screen.width() - 2 * _MARGIN - self.aside.minimumWidth() - _GAP
        return QRect(_MARGIN, self.header.height() + 1, width, 0)

    def place_choices(self) -> None:
        """Puts the list of choices below the input."""
        corner = self.input.mapTo(self._screen, self.input.rect().bottomLeft())
        self.choices.setFixedWidth(self.input.width())
        self.choices.move(corner.x(), corner.y() + 6)

    def _selling(self) -> QWidget:
        main = QHBoxLayout()
        main.setSpacing(_GAP)
        main.addWidget(self.basket, 1)
        main.addWidget(self.aside)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(_MARGIN, 12, _MARGIN, 10)
        column.setSpacing(12)
        column.addLayout(main, 1)
        column.addWidget(self.totals)
        return page
