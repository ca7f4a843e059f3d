"""The scanner as a keyboard: keys that come faster than people type, ended as a scanner ends them, become one scan.

The filter acts on the keys of windows, before any widget, shortcut or dialog sees them (docs/hardware.md, "Scanner as a
keyboard"). Gaps are measured by the keys' own timestamps, so a screen that was busy takes nobody's typing for a scan.
A key that may begin a scan is held back for one gap; what turns out to be typing is handed on in order, whole.
Nothing that is scanned is logged here: it may be a payment code.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from shiboken6 import Shiboken

_LONGEST = 512
_AGAIN_MS = 1000
_GROUP_SEPARATOR = "\x1d"
_WIDENED = str.maketrans({"。": "."})
_ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HELD_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class Suffix(StrEnum):
    """What a scanner sends after a code. ``ENTER`` stands for CR, LF and CRLF; ``ANY`` for those and TAB."""

    ANY = "any"
    ENTER = "enter"
    TAB = "tab"
    NONE = "none"

    @property
    def keys(self) -> tuple[Qt.Key, ...]:
        """The keys that end a scan."""
        enter = () if self in (Suffix.TAB, Suffix.NONE) else _ENTER_KEYS
        return (*enter, Qt.Key.Key_Tab) if self in (Suffix.ANY, Suffix.TAB) else enter


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannerSettings:
    """How the scanner behaves: greatest gap between its keys in ms, fewest characters of a code, what follows it."""

    gap_ms: int = 35
    least_length: int = 4
    suffix: Suffix = Suffix.ANY


def clean_code(raw: str) -> str:
    """A code as it was meant, when an input method or a full-width mode has widened it."""
    return unicodedata.normalize("NFKC", raw.translate(_WIDENED)).strip(" \r\n\t")


def may_follow_itself(code: str) -> bool:
    """Whether reading a code twice within a second means two things: goods do (EAN, UPC, GTIN), a card does not."""
    return code.isascii() and code.isdigit() and len(code) in (8, 12, 13, 14)


class ScanFilter(QObject):
    """Installed on the application, it turns scans into :attr:`scanned` and leaves typing alone."""

    scanned = Signal(str)

    def __init__(
        self,
        settings: ScannerSettings,
        *,
        repeatable: Callable[[str], bool] = may_follow_itself,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._repeatable = repeatable
        self._window: QWindow | None = None
        self._held: list[QKeyEvent] = []
        self._swallowed: set[int] = set()
        self._text = ""
        self._last_key_at = 0
        self._last_scan = ("", 0)
        self._after_scan = False
        self._handing_on = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._lose_patience)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Sees every event of the application; only the keys of windows matter."""
        if self._handing_on or not isinstance(watched, QWindow) or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            return self._claim(event)
        if event.type() == QEvent.Type.KeyRelease:
            return self._released(event)
        return self._pressed(watched, event)

    def _claim(self, event: QKeyEvent) -> bool:
        """Characters come as keys, not as shortcuts: a scan must not press a button on its way."""
        if not self._is_character(event) and not (self._held and event.key() in self._settings.suffix.keys):
            return False
        event.accept()
        return True

    def _pressed(self, window: QWindow, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock):
            return False
        at = event.timestamp()
        quick = at > 0 and 0 <= at - self._last_key_at <= self._settings.gap_ms
        self._last_key_at = at
        if event.isAutoRepeat():
            quick = False
        if not quick or window is not self._window:
            self._settle()
        self._window = window
        if event.key() in self._settings.suffix.keys:
            return self._ended(event, at, quick=quick)
        self._after_scan = False
        if at > 0 and self._is_character(event) and not event.isAutoRepeat():
            self._hold(event)
            return True
        self._hand_on()
        return False

    def _ended(self, event: QKeyEvent, at: int, *, quick: bool) -> bool:
        if quick and self._after_scan:
            self._swallowed.add(event.key())
            return True
        if len(self._text) >= self._settings.least_length:
            self._swallowed.add(event.key())
            self._scan(at)
            return True
        self._hand_on()
        return False

    def _released(self, event: QKeyEvent) -> bool:
        if event.key() in self._swallowed:
            if not event.isAutoRepeat():
                self._swallowed.discard(event.key())
            return True
        if any(held.key() == event.key() for held in self._held):
            self._held.append(_copy(event))
            return True
        return False

    def _is_character(self, event: QKeyEvent) -> bool:
        text = event.text()
        if text == _GROUP_SEPARATOR:
            return bool(self._text)
        return bool(text) and text.isprintable() and not event.modifiers() & _HELD_MODIFIERS

    def _hold(self, event: QKeyEvent) -> None:
        self._held.append(_copy(event))
        self._text += event.text()
        if len(self._text) > _LONGEST:
            self._hand_on()
        else:
            self._patience.start(self._settings.gap_ms)

    def _lose_patience(self) -> None:
        """One more turn of the event loop first: after a busy spell the next key may wait behind this time-out."""
        QTimer.singleShot(0, self, self._settle_if_quiet)

    def _settle_if_quiet(self) -> None:
        if self._held and not self._patience.isActive():
            self._settle()

    def _settle(self) -> None:
        """A gap: what is held is a whole scan if the scanner sends nothing after it, else somebody types."""
        self._after_scan = False
        if self._settings.suffix is Suffix.NONE and len(self._text) >= self._settings.least_length:
            self._scan(self._held[-1].timestamp())
        else:
            self._hand_on()

    def _scan(self, at: int) -> None:
        self._patience.stop()
        self._swallowed.update(held.key() for held in self._held if held.type() == QEvent.Type.KeyPress)
        self._swallowed.difference_update(held.key() for held in self._held if held.type() == QEvent.Type.KeyRelease)
        code = clean_code(self._text)
        self._held, self._text, self._after_scan = [], "", True
        before, before_at = self._last_scan
        self._last_scan = (code.casefold(), at)
        if code.casefold() == before and at - before_at <= _AGAIN_MS and not self._repeatable(code):
            return
        self.scanned.emit(code)

    def _hand_on(self) -> None:
        """Gives the held keys to the window they were meant for."""
        self._patience.stop()
        held, self._held, self._text = self._held, [], ""
        self._handing_on = True
        try:
            for event in held:
                if self._window is not None and Shiboken.isValid(self._window):
                    QCoreApplication.sendEvent(self._window, event)
        finally:
            self._handing_on = False


def _copy(event: QKeyEvent) -> QKeyEvent:
    copy = QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
    copy.setTimestamp(event.timestamp())
    return copy
