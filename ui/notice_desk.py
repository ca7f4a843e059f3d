"""What happened to this till's records, and whether somebody has read it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos_member.app.till import Till
from pos_member.domain.errors import Sentence
from ui.task_runner import TaskRunner


class NoticeDesk(QObject):
    """``told`` gives the notice, or None, each time it was asked for. What was read is news again after a start."""

    told = Signal(object)

    def __init__(self, *, till: Till, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._till = till
        self._tasks = tasks
        self._notice: Sentence | None = None
        self._read: Sentence | None = None

    @property
    def notice(self) -> Sentence | None:
        """What was told last."""
        return self._notice

    @property
    def unread(self) -> Sentence | None:
        """What nobody has read yet."""
        return None if self._notice == self._read else self._notice

    def ask(self) -> None:
        """Asks the till anew."""
        self._tasks.run(self._till.notice, self._take, background=True)

    def mark_read(self) -> None:
        """Somebody has read it."""
        self._read = self._notice

    def _take(self, notice: Sentence | None) -> None:
        self._notice = notice
        self.told.emit(notice)
