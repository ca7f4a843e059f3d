"""Tells when a till stands unused: no key, no touch and no scan for a while."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.TouchBegin,
        QEvent.Type.Wheel,
    }
)


class IdleLock(QObject):
    """Watches the keys and touches of an application; ``idled`` comes once for each time it was asked to watch.

    A scanner is a keyboard: made after the :class:`ui.scan_filter.ScanFilter` was installed, it sees the keys of a scan
    before that takes them away.
    """

    idled = Signal()

    def __init__(self, app: QCoreApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idled)
        app.installEventFilter(self)

    def watch(self, milliseconds: int | None) -> None:
        """From now on, for so long; None: nobody is at the till, nothing is watched."""
        if milliseconds is None:
            self._timer.stop()
        else:
            self._timer.start(milliseconds)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - Qt's signature
        """Takes nothing away; a sign of life begins the time anew."""
        if event.type() in _SIGNS_OF_LIFE and self._timer.isActive():
            self._timer.start()
        return False
