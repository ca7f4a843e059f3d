"""Opens the till drawer (开钱箱) without a sale, by right and for a reason."""

from __future__ import annotations

from pos_member.app.people.authorise import Approval, authorise
from pos_member.app.ports import PrintJob
from pos_member.app.workplace import Workplace
from pos_member.app.written import required_reason
from pos_member.domain.receipt import ReceiptDocument
from pos_member.domain.rights import Right
from pos_member.domain.staff import Staff


def open_drawer(workplace: Workplace, person: Staff, reason: str, approval: Approval | None = None) -> None:
    """Sends the receipt printer the pulse that opens the drawer, and nothing to print; audited with the reason.

    ``Refusal``: ``no_printer``, ``right_missing``, ``drawer_reason``, ``print_queue_full``.
    """
    wake_printer = workplace.printer()
    allowed = authorise(workplace, person, Right.OPEN_DRAWER, approval)
    why = required_reason("drawer_reason", "开钱箱必须写明原因：请填写原因", reason)
    with workplace.terminal.transaction() as records:
        records.enqueue_print(
            PrintJob(
                id=workplace.ids.new(),
                title="钱箱",
                document=ReceiptDocument(rows=(), kick_drawer=True),
                queued_at=workplace.clock.now(),
            )
        )
        workplace.audit(records, "open_drawer", person.id, reason=why)
        allowed.record(workplace, records)
    wake_printer()
    workplace.wake_sync()
