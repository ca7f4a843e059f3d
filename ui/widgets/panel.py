"""Panels: what slides in at the right in place of a dialog, closed by Esc or a touch."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.dress import dress
from ui.i18n import tr
from ui.theme import set_look
from ui.view_models.status import Fact, Lamp
from ui.widgets.card import hairline
from ui.widgets.key_button import KeyButton

PANEL_WIDTH = 404
"""Logical pixels."""

_SLIDE_MS = 130
_SIDES = 56
_LOOK = """
Panel { background: $surface; border: none; border-left: 1px solid $line; border-radius: 0px; }
Panel QScrollArea, Panel QWidget#panel_body { background: transparent; border: none; }
"""
_LAMP_TONES: dict[Lamp, str] = {"ok": "ok", "warn": "warn", "bad": "danger", "off": "mute"}


class Panel(QFrame):
    """A titled surface at the right edge; its contents are stacked in :attr:`body`."""

    closed = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, _LOOK)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 16)
        outer.setSpacing(12)
        head = QHBoxLayout()
        self._title, self._below = QLabel(title, self), QLabel(self)
        self._title.setProperty("role", "title")
        self._below.setProperty("role", "muted")
        self._below.hide()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._below)
        self._closing = KeyButton("Esc", tr("关闭"), parent=self)
        self._closing.clicked.connect(self.leave)
        head.addLayout(words, 1)
        head.addWidget(self._closing)
        outer.addLayout(head)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setObjectName("panel_body")
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(0, 0, 4, 0)
        self.body.setSpacing(10)
        scroll.setWidget(inner)
        outer.addWidget(scroll, 1)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(28)
        shadow.setOffset(-4, 0)
        shadow.setColor(QColor(0, 0, 0, 60))
        self.setGraphicsEffect(shadow)

    def name(self, title: str, below: str = "") -> None:
        """Another title, and what stands small below it."""
        self._title.setText(title)
        self._below.setText(below)
        self._below.setVisible(bool(below))
        self.setAccessibleName(f"{title} {below}".strip())

    def leave(self) -> None:
        """Esc, or a touch on it: closes, unless the panel has something of its own to take back first."""
        self.closed.emit()

    def slide_in(self) -> None:
        """Comes in from the right edge."""
        place = self.pos()
        slide = QPropertyAnimation(self, b"pos", self)
        slide.setDuration(_SLIDE_MS)
        slide.setStartValue(place + QPoint(48, 0))
        slide.setEndValue(place)
        slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        slide.start(QPropertyAnimation.DeletionPolicy.DeleteWhenStopped)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it; every other key goes on to the window."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


def clear_layout(layout: QVBoxLayout) -> None:
    """Takes everything out of a panel's body before it is filled anew."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def headline(words: str, lamp: Lamp) -> QLabel:
    """How the thing is, large and in the ink of its lamp."""
    text = QLabel(words)
    text.setWordWrap(True)
    set_look(text, role="section", tone=_LAMP_TONES[lamp])
    return text


def paragraph(words: str) -> QLabel:
    """A sentence of explanation."""
    text = QLabel(words)
    text.setWordWrap(True)
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setProperty("role", "note")
    return text


def fact_rows(facts: Iterable[Fact]) -> list[QWidget]:
    """Facts one below the other, with a thin line between."""
    rows: list[QWidget] = []
    for fact in facts:
        row = QWidget()
        line = QVBoxLayout(row) if fact.is_sentence else QHBoxLayout(row)
        line.setContentsMargins(0, 2, 0, 2)
        what = QLabel(fact.what)
        what.setProperty("role", "muted")
        value = QLabel(fact.value)
        value.setWordWrap(True)
        if fact.is_sentence:
            value.ensurePolished()
            value.setFixedHeight(value.heightForWidth(PANEL_WIDTH - _SIDES))
        else:
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(what)
        line.addWidget(value, 1)
        if fact.is_sentence:
            row.setFixedHeight(line.sizeHint().height())
        rows += [row, hairline()]
    return rows
