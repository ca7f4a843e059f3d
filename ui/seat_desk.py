"""Who is at the till as far as the screens go: somebody, nobody, or one who is locked out after a while."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Signal

from pos_member.app.counter import Session
from pos_member.app.till import Till
from pos_member.domain.errors import Spoken
from pos_member.domain.staff import Staff
from ui.idle_lock import IdleLock
from ui.task_runner import TaskRunner
from ui.view_models.sign_in import idle_ms


class SeatDesk(QObject):
    """``changed``: somebody came or went, or a pharmacist did. ``problem``: a :class:`Spoken` to be told after that."""

    changed = Signal()
    problem = Signal(object)

    def __init__(self, *, app: QCoreApplication, till: Till, tasks: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._till = till
        self._tasks = tasks
        self._session: Session | None = None
        self._locked: Staff | None = None
        self._idle = IdleLock(app, self)
        self._idle.idled.connect(self.lock)

    @property
    def session(self) -> Session | None:
        """Who is at the till; None while nobody may act."""
        return self._session

    @property
    def locked(self) -> Staff | None:
        """Who is signed in and locked out."""
        return self._locked

    def take(self, session: Session | None, locked: Staff | None = None) -> None:
        """Somebody signed in or unlocked, or the pharmacist on duty is another; None: nobody may act now."""
        self._session, self._locked = session, locked
        self._idle.watch(idle_ms(session))
        self.changed.emit()

    def leave(self) -> None:
        """Signs out who is at the till; the basket stays for whoever comes next."""
        if self._session is not None:
            self._tasks.run(self._till.sign_out, lambda _: self.take(None))

    def lock(self) -> None:
        """Asks for a PIN before anything else is done; basket and duty stay. The screens change in any case."""
        if self._session is not None:
            unrecorded = partial(self._locked_unrecorded, self._session.staff)
            self._tasks.run(self._till.lock, partial(self.take, None), unrecorded)

    def _locked_unrecorded(self, person: Staff, spoken: Spoken) -> None:
        """The till is locked, but the disk did not take the record of it."""
        self.take(None, person)
        self.problem.emit(spoken)
