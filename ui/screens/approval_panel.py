"""Asks a second person for the PIN that allows one action."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_member.app.people.authorise import Approval
from pos_member.app.till import Till
from pos_member.domain.errors import Spoken
from pos_member.domain.staff import Staff
from ui.approvals import ApprovalRequest, Approvals
from ui.i18n import say, tr
from ui.task_runner import TaskRunner
from ui.view_models.sign_in import approvers, staff_tiles
from ui.widgets.banner import Banner
from ui.widgets.panel import Panel, paragraph
from ui.widgets.person_pin import PersonPin


class ApprovalPanel(Panel):
    """Why, who may, and the pad. Esc leaves all as it was."""

    def __init__(
        self,
        *,
        request: ApprovalRequest,
        approvals: Approvals,
        till: Till,
        tasks: TaskRunner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("授权"), parent)
        self._request = request
        self._approvals = approvals
        self._pad = PersonPin(tr("授权"))
        self._pad.entered.connect(self._try)
        self.body.addWidget(Banner("!", say(request.refusal), "warn", loud=True))
        self.body.addWidget(paragraph(tr("只为这一次操作授权，会记入审计。按 Esc 取消，什么都不变。")))
        self.body.addWidget(self._pad)
        self.body.addStretch()
        tasks.run(till.staff, self._offer, background=True)

    @property
    def sentence(self) -> str:
        """What stands below the dots."""
        return self._pad.sentence

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits pick a person, then make the PIN."""
        if not self._pad.take_key(event):
            super().keyPressEvent(event)

    def _offer(self, staff: Iterable[Staff]) -> None:
        others = approvers(staff, self._request.refusal)
        self._pad.offer(staff_tiles(others, tr))
        if not others:
            self._pad.hide()
            self.body.insertWidget(2, paragraph(tr("本店现在没有人能授权：请联系总部。")))

    def _try(self, staff_id: str, pin: str) -> None:
        self._approvals.approve(self._request, Approval(staff_id=staff_id, pin=pin), self._refused)

    def _refused(self, spoken: Spoken) -> None:
        self._pad.refuse(say(spoken))
