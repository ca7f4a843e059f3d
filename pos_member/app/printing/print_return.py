"""Puts the slips of returns and exchanges in the print queue, and reprints them (补打)."""

from __future__ import annotations

from pos_member.app.people.authorise import Approval, authorise
from pos_member.app.ports import PrintJob, TerminalRecords
from pos_member.app.printing.queue_slip import queue_job
from pos_member.app.workplace import Workplace
from pos_member.domain.errors import Refusal
from pos_member.domain.receipt_layout import ReceiptMember
from pos_member.domain.return_layout import SlipSetting, exchange_slip, return_slip
from pos_member.domain.rights import Right
from pos_member.domain.sale_return import SaleReturn
from pos_member.domain.staff import Staff


def return_job(workplace: Workplace, records: TerminalRecords, returned: SaleReturn, *, reprint: bool) -> PrintJob:
    """The print job of a recorded return; of an exchange, whose sale is recorded too, one slip with both.

    The job's ``sale_id`` is the return's id.
    """
    setting = SlipSetting(
        store=workplace.store(),
        terminal_name=workplace.identity.name,
        cashier=workplace.person(returned.staff_id),
        pharmacist=workplace.person(returned.confirmed_by),
        reprint=reprint,
    )
    returning = _masked(workplace, records, returned.member_id)
    sale = None if returned.exchange_sale_id is None else records.sale(returned.exchange_sale_id)
    if sale is None:
        document = return_slip(returned, setting, returning)
    else:
        document = exchange_slip(returned, sale, setting, returning, _masked(workplace, records, sale.member_id))
    return PrintJob(
        id=workplace.ids.new(),
        title=returned.receipt_no if sale is None else sale.receipt_no,
        document=document,
        queued_at=workplace.clock.now(),
        sale_id=returned.id,
        reprint=reprint,
    )


def queue_return(workplace: Workplace, records: TerminalRecords, returned: SaleReturn) -> bool:
    """Whether nothing kept the slip from the printer (:func:`pos_member.app.printing.queue_slip.queue_job`)."""
    return queue_job(workplace, records, return_job(workplace, records, returned, reprint=False))


def reprint_return(workplace: Workplace, records: TerminalRecords, returned: SaleReturn, staff_id: str) -> PrintJob:
    """Queues the slip of a return once more, in a transaction that somebody else commits; audited."""
    job = return_job(workplace, records, returned, reprint=True)
    records.enqueue_print(job)
    workplace.audit(records, "reprint", staff_id, return_id=returned.id)
    return job


def reprint_last_return(workplace: Workplace, person: Staff, approval: Approval | None = None) -> PrintJob:
    """Prints the slip of this shift's last return again. ``Refusal``: ``nothing_to_reprint``, ``no_printer``."""
    wake_printer = workplace.printer()
    authority = authorise(workplace, person, Right.REPRINT, approval)
    with workplace.terminal.transaction() as records:
        shift = records.last_shift()
        returns = () if shift is None else records.facts_of_shift(SaleReturn, shift.id)
        if not returns:
            raise Refusal("nothing_to_reprint", "这个班次还没有退过货，没有退货小票可补打")
        job = reprint_return(workplace, records, returns[-1], person.id)
        authority.record(workplace, records, return_id=returns[-1].id)
    wake_printer()
    workplace.wake_sync()
    return job


def _masked(workplace: Workplace, records: TerminalRecords, member_id: str | None) -> ReceiptMember | None:
    state = None if member_id is None else workplace.member(records, member_id)
    return None if state is None else ReceiptMember.of(state.member)
