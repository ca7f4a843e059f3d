"""Puts a slip of the till drawer in the print queue, in the commit of what it is about."""

from __future__ import annotations

from pos_member.app.ports import PrintJob, TerminalRecords
from pos_member.app.workplace import Workplace
from pos_member.domain.errors import Refusal
from pos_member.domain.receipt import ReceiptDocument


def queue_slip(workplace: Workplace, records: TerminalRecords, title: str, document: ReceiptDocument) -> bool:
    """Whether nothing kept it from the printer. Neither a full queue nor a till without a printer stops the action."""
    if workplace.wake_printer is None:
        return True
    job = PrintJob(id=workplace.ids.new(), title=title, document=document, queued_at=workplace.clock.now())
    try:
        records.enqueue_print(job)
    except Refusal:
        return False
    return True
