"""A person's typing at the till's window: real key events with the time stamps of somebody who is not a scanner."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

_GAP_MS = 150


class Keyboard:
    """Presses keys in the window, one every 150 ms by their own time stamps."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._last_ms = 0

    def type(self, text: str) -> None:
        """Types characters."""
        for character in text:
            self._press(Qt.Key(ord(character.upper())), character)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Presses one key."""
        text = {Qt.Key.Key_Return: "\r", Qt.Key.Key_Plus: "+"}.get(key, "")
        self._press(key, text, modifiers)

    def _press(self, key: Qt.Key, text: str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        at = self._next_ms()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, modifiers, text)
            event.setTimestamp(at)
            QCoreApplication.sendEvent(self._window.windowHandle(), event)

    def _next_ms(self) -> int:
        """Later than any scan that is going on."""
        self._last_ms = max(self._last_ms + _GAP_MS, time.monotonic_ns() // 1_000_000)
        return self._last_ms
