"""Keys as they come from a keyboard: to the window, with a time stamp each."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

NAMED = {
    "\r": Qt.Key.Key_Return,
    "\n": Qt.Key.Key_Enter,
    "\t": Qt.Key.Key_Tab,
    "\x1b": Qt.Key.Key_Escape,
    "\b": Qt.Key.Key_Backspace,
}


class Keyboard:
    """Presses keys on a window; ``at`` is the time stamp of the next one, in ms."""

    def __init__(self, widget: QWidget, *, at: int = 1_000_000) -> None:
        self._widget = widget
        self.at = at

    def scan(self, code: str, *, suffix: str = "\r", gap: int = 5) -> None:
        """A scanner reads a code; the next key comes a good while later."""
        for character in code + suffix:
            self.press(character)
            self.at += gap
        self.at += 60

    def type(self, text: str, *, gap: int = 120) -> None:
        """A person types."""
        for character in text:
            self.press(character)
            self.at += gap

    def key(self, key: Qt.Key) -> None:
        """A person presses a key without a character."""
        self._send(key, "")
        self.at += 120

    def chord(self, key: Qt.Key) -> None:
        """A person presses a key with Ctrl."""
        self._send(key, "", modifiers=Qt.KeyboardModifier.ControlModifier)
        self.at += 120

    def press(self, character: str, *, repeats: bool = False) -> None:
        """One key, down and up, at the present time stamp."""
        named = NAMED.get(character)
        code = named if named is not None else Qt.Key(ord(character.upper()) if character.isascii() else 0)
        self._send(code, "" if character == "\x1b" else character, repeats=repeats)

    def _send(
        self,
        key: Qt.Key,
        text: str,
        *,
        repeats: bool = False,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        window = self._widget.window().windowHandle()
        for kind in kinds():
            event = QKeyEvent(kind, key, modifiers, text, repeats)
            event.setTimestamp(self.at)
            QCoreApplication.sendEvent(window, event)


def kinds() -> Iterable[QEvent.Type]:
    """A key goes down, then up."""
    return (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
