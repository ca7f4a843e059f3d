"""A short list under the input, of meanings or of baskets put aside: picked by number, arrow keys or a touch."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.i18n import tr
from ui.theme import set_look
from ui.view_models.choices import ChoiceRow
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.keycap import Keycap

_ROW_HEIGHT = 52
_ROWS_SHOWN = 7


class ChoiceList(Card):
    """Floats over the screen below the input; ``chosen`` gives the key of the candidate."""

    chosen = Signal(str)

    def __init__(self, *, parent: QWidget) -> None:
        super().__init__(margins=(8, 8, 8, 8), spacing=4, parent=parent)
        set_look(self, floating=True)
        self._choices: tuple[ChoiceRow, ...] = ()
        self._rows: list[_ChoiceRow] = []
        self._at = 0
        self._title = ElidedLabel(role="muted")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 8, 0)
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        for key, meaning in (("↑ ↓", tr("选")), ("Enter", tr("确定")), ("Esc", tr("关闭"))):
            head.addWidget(Keycap(key))
            word = QLabel(meaning)
            set_look(word, role="muted")
            head.addWidget(word)
        self.body.addLayout(head)
        self.body.addWidget(self._scroll)
        self.hide()

    def offer(self, title: str, choices: tuple[ChoiceRow, ...]) -> None:
        """Opens with these rows, the first one ready."""
        self._choices = choices
        self._title.setText(title)
        page = QWidget()
        set_look(page, plain=True)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._rows = [_ChoiceRow(number, candidate) for number, candidate in enumerate(choices, 1)]
        for row, candidate in zip(self._rows, choices, strict=True):
            row.clicked.connect(partial(self.chosen.emit, candidate.key))
            column.addWidget(row)
        self._scroll.setWidget(page)
        shown = min(len(self._rows), _ROWS_SHOWN)
        self._scroll.setFixedHeight(shown * (_ROW_HEIGHT + 4) - 4)
        self._stand_at(0)
        self.adjustSize()
        self.show()
        self.raise_()

    def close_list(self) -> None:
        """Goes away; nothing was chosen."""
        self._choices = ()
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether a choice is waiting."""
        return bool(self._choices)

    def step(self, rows: int) -> None:
        """Stands on another candidate."""
        self._stand_at(max(0, min(self._at + rows, len(self._rows) - 1)))

    def choose(self, number: int | None = None) -> bool:
        """Picks the candidate with a number (from 1), or the one it stands on. False when there is none."""
        at = self._at if number is None else number - 1
        if not 0 <= at < len(self._choices):
            return False
        self.chosen.emit(self._choices[at].key)
        return True

    def take_key(self, key: int, text: str) -> bool:
        """Takes a key that picks or moves; False when the key means nothing here."""
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose()
        elif text.isascii() and text.isdigit():
            self.choose(int(text))
        else:
            return False
        return True

    def _stand_at(self, at: int) -> None:
        self._at = at
        for index, row in enumerate(self._rows):
            set_look(row, marked=index == at)
        if self._rows:
            self._scroll.ensureWidgetVisible(self._rows[at], 0, 0)


class _ChoiceRow(QPushButton):
    """One candidate: its number, what it is, its title, its detail and its figure."""

    def __init__(self, number: int, candidate: ChoiceRow) -> None:
        super().__init__()
        set_look(self, role="choice")
        self.setFixedHeight(_ROW_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"{number} {candidate.title} {candidate.detail} {candidate.figure}".strip())
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(10)
        if number <= 9:
            row.addWidget(Keycap(str(number)))
        row.addWidget(Chip(candidate.chip.text, candidate.chip.tone))
        row.addWidget(ElidedLabel(candidate.title, "name", modest=True))
        row.addWidget(ElidedLabel(candidate.detail, "note", modest=True))
        row.addStretch()
        if candidate.figure:
            figure = QLabel(candidate.figure)
            set_look(figure, role="name")
            row.addWidget(figure)
        for part in self.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
