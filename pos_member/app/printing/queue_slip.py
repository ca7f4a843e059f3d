"""Puts paper in the print queue, in the commit of what it is about; nothing waits for a printer."""

from __future__ import annotations

from pos_member.app.ports import PrintJob, TerminalRecords
from pos_member.app.workplace import Workplace
from pos_member.domain.errors import Refusal
from pos_member.domain.receipt import ReceiptDocument


def queue_job(workplace: Workplace, records: TerminalRecords, job: PrintJob) -> bool:
    """Whether nothing kept a job from the printer: neither a full queue nor a till without one stops the action."""
    if workplace.wake_printer is None:
        return True
    try:
        records.enqueue_print(job)
    except Refusal:
        return False
    return True


def queue_slip(workplace: Workplace, records: TerminalRecords, title: str, document: ReceiptDocument) -> bool:
    """As :func:`queue_job`, of a document under a title."""
    return queue_job(workplace, records, slip_job(workplace, title, document))


def slip_job(workplace: Workplace, title: str, document: ReceiptDocument) -> PrintJob:
    """The print job of a document that is no receipt of a sale or return."""
    return PrintJob(id=workplace.ids.new(), title=title, document=document, queued_at=workplace.clock.now())
