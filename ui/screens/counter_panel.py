"""The demo's counter: cards and goods to scan with a click, and the paper that comes out of the virtual printer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
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
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.paper_view import PaperPicture, PaperView

_KEY_GAP_MS = 4
_WIDTH = 476
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
        self.setWindowTitle(tr("演示柜台"))
        dress(self, _LOOK)
        self._scanner = scanner
        self._paper = PaperView()
        self._hint = QLabel(tr("小票打出后显示在这里"))
        self._hint.setProperty("role", "note")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        for heading, tiles in ((tr("点一下就是扫会员卡"), cards), (tr("点一下就是扫商品"), goods)):
            column.addWidget(_heading(heading))
            column.addLayout(self._tiles(tiles))
        column.addSpacing(4)
        column.addWidget(_heading(tr("虚拟打印机的纸")))
        column.addWidget(self._paper_desk(), 1)
        self.resize(_WIDTH, 768)
        bridge.paper_changed.connect(self._show_paper)
        if bridge.paper is not None:
            self._show_paper(bridge.paper)

    def place_beside(self, till_window: QWidget) -> None:
        """Stands to the right of the till, as far as the screen goes."""
        frame = till_window.frameGeometry()
        screen = till_window.screen().availableGeometry()
        left = min(frame.right() + 8, screen.right() - self.width())
        self.move(max(screen.left(), left), frame.top())
        self.resize(self.width(), max(600, min(till_window.height(), screen.height())))

    def _tiles(self, tiles: Iterable[SampleTile]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(6)
        for index, sample in enumerate(tiles):
            tile = _Tile(sample)
            tile.clicked.connect(partial(self._scanner.scan, sample.code))
            grid.addWidget(tile, *divmod(index, 3))
        for place in range(3):
            grid.setColumnStretch(place, 1)
        return grid

    def _paper_desk(self) -> QScrollArea:
        desk = QWidget()
        desk.setObjectName("desk")
        stack = QVBoxLayout(desk)
        stack.setContentsMargins(8, 12, 8, 12)
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


def _heading(text: str) -> QLabel:
    heading = QLabel(text)
    heading.setProperty("role", "section")
    return heading
