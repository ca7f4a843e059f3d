"""A second person's PIN for one action: what the rules refuse to one is tried again with the word of another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from pos_member.app.people.authorise import Approval
from pos_member.domain.errors import Spoken
from ui.task_runner import Done, Failed, TaskRunner, listening

T = TypeVar("T")

_ABOUT_THE_SECOND = frozenset({"pin_wrong", "pin_locked", "staff_unknown", "right_missing"})
"""Refusals after which the PIN can be typed again, or another person asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRequest:
    """An action that waits for somebody who may; ``refusal`` says for what, and who."""

    refusal: Spoken
    work: Callable[[Approval], Any]
    done: Done[Any] | None
    failed: Failed | None


class Approvals(QObject):
    """Runs actions. ``wanted`` gives an :class:`ApprovalRequest`; ``over``: the one last asked for needs no more."""

    wanted = Signal(object)
    over = Signal()

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks

    def run(
        self, work: Callable[[Approval | None], T], done: Done[T] | None = None, failed: Failed | None = None
    ) -> None:
        """Does it, on the database lane; where the person at the till may not, somebody else is asked first."""
        self._tasks.run(partial(work, None), done, partial(self._refused, work, done, failed))

    def approve(self, request: ApprovalRequest, approval: Approval, refused: Failed) -> None:
        """Does what was asked for; ``refused`` is told why the second person may not, or that the PIN was wrong."""
        work = partial(request.work, approval)
        self._tasks.run(work, partial(self._approved, request), partial(self._not_approved, request, refused))

    def _refused(
        self, work: Callable[[Approval], Any], done: Done[Any] | None, failed: Failed | None, spoken: Spoken
    ) -> None:
        if spoken.code == "right_missing":
            self.wanted.emit(ApprovalRequest(refusal=spoken, work=work, done=done, failed=failed))
        else:
            self._tell(failed, spoken)

    def _approved(self, request: ApprovalRequest, answer: object) -> None:
        self.over.emit()
        if request.done is not None and listening(request.done):
            request.done(answer)

    def _not_approved(self, request: ApprovalRequest, refused: Failed, spoken: Spoken) -> None:
        if spoken.code in _ABOUT_THE_SECOND:
            if listening(refused):
                refused(spoken)
        else:
            self.over.emit()
            self._tell(request.failed, spoken)

    def _tell(self, failed: Failed | None, spoken: Spoken) -> None:
        if failed is None:
            self._tasks.unheard.emit(spoken)
        elif listening(failed):
            failed(spoken)
