"""The one place where what other threads have to say becomes Qt signals on the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot

from pos_member.app.counter import HeadOfficeStatus, PrinterStatus
from ui.widgets.paper_view import PaperPicture


class Bridge(QObject):
    """Callbacks for sync and devices, callable from any thread; screens connect to its signals.

    The latest of each is kept for screens that are built later; read it on the GUI thread only.
    """

    head_office_changed = Signal(object)
    printer_changed = Signal(object)
    paper_changed = Signal(object)
    _said = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.head_office: HeadOfficeStatus | None = None
        self.printer: PrinterStatus | None = None
        self.paper: PaperPicture | None = None
        self._said.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def say_head_office(self, status: HeadOfficeStatus) -> None:
        """Sync says how head office is reached. Any thread."""
        self._said.emit(status)

    def say_printer(self, status: PrinterStatus) -> None:
        """The spooler says how the printer and its queue are. Any thread."""
        self._said.emit(status)

    def say_paper(self, picture: PaperPicture) -> None:
        """The virtual printer says what its last paper looks like. Any thread."""
        self._said.emit(picture)

    @Slot(object)
    def _take(self, said: HeadOfficeStatus | PrinterStatus | PaperPicture) -> None:
        if isinstance(said, HeadOfficeStatus):
            self.head_office = said
            self.head_office_changed.emit(said)
        elif isinstance(said, PrinterStatus):
            self.printer = said
            self.printer_changed.emit(said)
        else:
            self.paper = said
            self.paper_changed.emit(said)
