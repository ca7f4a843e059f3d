"""The demo's counter: cards and goods to scan with a click, and the paper that comes out of the virtual printer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.bridge import Bridge
from ui.dress import dress
from ui.i18n import tr
from ui.theme import current
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.paper_view import PaperPicture, PaperView

_KEY_GAP_MS = 4
_WIDTH, _NARROW, _NARROWEST = 476, 430, 240
"""Logical pixels: as wide as the paper; from where tiles stand in twos; what it can still be used at."""
_BESIDE = 8
_LEAST_HEIGHT = 600
_PAPER_MARGIN = 28
"""Around the paper, the scroll bar's share with it."""
_LOOK = """
CounterPanel { background: $bg; }
CounterPanel QScrollArea#paper { background: $line; border: none; border-radius: 10px; }
CounterPanel QWidget#desk { background: transparent; }
CounterPanel QPushButton { padding: 0px; }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleTile:
    """Something lying on the counter: what it is, what is special about it, and the code a scanner reads from it."""

    title: str
    detail: str
    code: str


class VirtualScanner:
    """Sends codes as a keyboard scanner does: keys with time stamps, to the till's window, with Enter at the end."""

    def __init__(self, till_window: QWidget) -> None:
        self._till_window = till_window
        self._since_start = QElapsedTimer()
        self._since_start.start()
        self._last_ms = 0

    def scan(self, code: str) -> None:
        """Reads one code; nothing happens while the till has no window on the screen."""
        if not self._till_window.isVisible():
            return
        window = self._till_window.windowHandle()
        at = max(self._last_ms + 60, 1000 + self._since_start.elapsed())
        for character in (*code, "\r"):
            key = Qt.Key.Key_Return if character == "\r" else Qt.Key(ord(character.upper()))
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character)
                event.setTimestamp(at)
                QCoreApplication.sendEvent(window, event)
            at += _KEY_GAP_MS
        self._last_ms = at


def share_width(screen: int, till: int, least_till: int) -> tuple[int, int]:
    """How wide the till and the panel stand on a screen of so many pixels, side by side if there is any way to."""
    spare = screen - least_till - _BESIDE
    if spare < _NARROWEST:
        return min(till, screen), min(_WIDTH, screen)
    panel = min(_WIDTH, spare)
    return min(till, screen - panel - _BESIDE), panel


class CounterPanel(QWidget):
    """A window of its own beside the till; it never takes the keyboard from it."""

    def __init__(
        self,
        *,
        cards: Iterable[SampleTile],
        goods: Iterable[SampleTile],
        scanner: VirtualScanner,
        bridge: Bridge,
    ) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)  # noqa: FBT003
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._scanner = scanner
        self._paper = PaperView()
        self._hint = QLabel()
        self._hint.setProperty("role", "note")
        self._headings = [_heading() for _ in range(3)]
        self._grids = [self._tiles(cards), self._tiles(goods)]
        self._scroll = self._paper_desk()
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        for heading, grid in zip(self._headings, self._grids, strict=False):
            column.addWidget(heading)
            column.addWidget(grid)
        column.addSpacing(4)
        column.addWidget(self._headings[-1])
        column.addWidget(self._scroll, 1)
        self._dressed = ""
        self._dress()
        self._write()
        self.resize(_WIDTH, 768)
        bridge.paper_changed.connect(self._show_paper)
        if bridge.paper is not None:
            self._show_paper(bridge.paper)

    def place_beside(self, till_window: QWidget) -> None:
        """Stands to the right of the till; where the screen is too narrow for both, each becomes narrower.

        On a screen that is smaller yet it stands over the till's right side.
        """
        screen = till_window.screen().availableGeometry()
        till, width = share_width(screen.width(), till_window.width(), till_window.minimumWidth())
        till_window.resize(till, min(till_window.height(), screen.height()))
        frame = till_window.frameGeometry()
        self.resize(width, max(_LEAST_HEIGHT, min(till_window.height(), screen.height())))
        left = min(frame.right() + 1 + _BESIDE, screen.right() + 1 - width)
        self.move(max(screen.left(), left), frame.top())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tiles and paper make do with the width there is."""
        super().resizeEvent(event)
        for grid in self._grids:
            grid.stand_in(2 if self.width() < _NARROW else 3)
        self._paper.fit(self._scroll.width() - _PAPER_MARGIN)

    def changeEvent(self, event: QEvent) -> None:
        """Follows the till to another language and another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
        elif event.type() == QEvent.Type.StyleChange and self._dressed != current().name:
            self._dress()

    def _dress(self) -> None:
        self._dressed = current().name
        dress(self, _LOOK)

    def _write(self) -> None:
        self.setWindowTitle(tr("演示柜台"))
        words = (tr("点一下就是扫会员卡"), tr("点一下就是扫商品"), tr("虚拟打印机的纸"))
        for heading, text in zip(self._headings, words, strict=True):
            heading.setText(text)
        self._hint.setText(tr("小票打出后显示在这里"))

    def _tiles(self, samples: Iterable[SampleTile]) -> _Tiles:
        tiles = []
        for sample in samples:
            tile = _Tile(sample)
            tile.clicked.connect(partial(self._scanner.scan, sample.code))
            tiles.append(tile)
        return _Tiles(tiles)

    def _paper_desk(self) -> QScrollArea:
        desk = QWidget()
        desk.setObjectName("desk")
        stack = QVBoxLayout(desk)
        stack.setContentsMargins(_PAPER_MARGIN // 4, 12, _PAPER_MARGIN // 4, 12)
        stack.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignCenter)
        stack.addWidget(self._paper, 0, Qt.AlignmentFlag.AlignHCenter)
        stack.addStretch()
        scroll = QScrollArea(self)
        scroll.setObjectName("paper")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(desk)
        return scroll

    def _show_paper(self, picture: PaperPicture) -> None:
        self._hint.hide()
        self._paper.show_paper(picture)


class _Tile(QPushButton):
    """Title above, detail below."""

    def __init__(self, sample: SampleTile) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"{sample.title} {sample.detail}")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(9, 3, 9, 4)
        stack.setSpacing(0)
        for text, role in ((sample.title, ""), (sample.detail, "muted")):
            words = ElidedLabel(text, role, parent=self)
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            stack.addWidget(words)
        self.setToolTip(f"{sample.title} {sample.detail}")

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(140, 48)


class _Tiles(QWidget):
    """Tiles in so many columns."""

    def __init__(self, tiles: list[_Tile]) -> None:
        super().__init__()
        self._samples = tiles
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        self.stand_in(3)

    def stand_in(self, columns: int) -> None:
        """Stands in so many columns of one width."""
        if columns == self._columns:
            return
        self._columns = columns
        for index, tile in enumerate(self._samples):
            self._grid.addWidget(tile, *divmod(index, columns))
        for place in range(3):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)


def _heading() -> QLabel:
    heading = QLabel()
    heading.setProperty("role", "section")
    return heading
