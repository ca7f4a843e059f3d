"""Puts receipts in the print queue: the first print of a sale, and reprints (补打) that never open the drawer."""

from __future__ import annotations

from dataclasses import replace

from pos_member.app.members.identify import normalise
from pos_member.app.people.authorise import Approval, authorise
from pos_member.app.ports import PrintJob, PrintState, TerminalRecords
from pos_member.app.printing.print_return import reprint_return
from pos_member.app.printing.queue_slip import slip_job
from pos_member.app.workplace import Workplace
from pos_member.domain.errors import Refusal
from pos_member.domain.member import MemberState
from pos_member.domain.receipt_layout import ReceiptMember, receipt
from pos_member.domain.rights import Right
from pos_member.domain.sale import Sale
from pos_member.domain.sale_return import SaleReturn
from pos_member.domain.staff import Staff


def receipt_job(
    workplace: Workplace, sale: Sale, member: MemberState | None, cashier: Staff | None, *, reprint: bool
) -> PrintJob:
    """The print job of the receipt of a sale to a member, or to nobody in particular."""
    document = receipt(
        sale,
        store=workplace.store(),
        terminal_name=workplace.identity.name,
        cashier=cashier,
        pharmacist=workplace.person(sale.pharmacist_id),
        member=None if member is None else ReceiptMember.of(member.member),
        reprint=reprint,
    )
    return PrintJob(
        id=workplace.ids.new(),
        title=sale.receipt_no,
        document=document,
        queued_at=workplace.clock.now(),
        sale_id=sale.id,
        reprint=reprint,
    )


def reprint_last(workplace: Workplace, person: Staff, approval: Approval | None = None) -> PrintJob:
    """Prints the last sale's receipt again; audited.

    ``Refusal``: ``nothing_to_reprint``, ``no_printer``, ``right_missing``.
    """
    return _print_again(workplace, person, approval, None)


def reprint(workplace: Workplace, person: Staff, receipt_no: str, approval: Approval | None = None) -> PrintJob:
    """Prints the receipt of any sale or return of this till again, by its number; audited.

    ``Refusal``: ``receipt_unknown``, ``no_printer``, ``right_missing``.
    """
    return _print_again(workplace, person, approval, normalise(receipt_no))


def open_jobs(workplace: Workplace) -> tuple[PrintJob, ...]:
    """Jobs that are not done, oldest first."""
    with workplace.terminal.reading() as records:
        return records.open_print_jobs()


def resolve_print(workplace: Workplace, job_id: str, staff_id: str, *, printed: bool) -> tuple[PrintJob, ...]:
    """A person has looked: the uncertain receipt came out, or it did not and is printed again as 补打.

    ``Refusal``: ``print_not_uncertain``, ``print_job_gone``; ``no_printer`` when it is to be printed again.
    """
    wake_printer = None if printed else workplace.printer()
    with workplace.terminal.transaction() as records:
        job = _open_job(records, job_id)
        if job.state is not PrintState.UNCERTAIN:
            raise Refusal("print_not_uncertain", "小票 {title} 不需要确认", title=job.title)
        records.set_print_state(job_id, PrintState.DONE)
        if not printed:
            _once_more(workplace, records, job, staff_id)
        jobs = records.open_print_jobs()
    if wake_printer is not None:
        wake_printer()
    workplace.wake_sync()
    return jobs


def retry_print(workplace: Workplace, job_id: str) -> tuple[PrintJob, ...]:
    """Tries a failed or waiting job again now.

    ``Refusal``: ``print_uncertain`` asks to look at the printer first; ``no_printer``, ``print_job_gone``.
    """
    wake_printer = workplace.printer()
    with workplace.terminal.transaction() as records:
        job = _open_job(records, job_id)
        if job.state is PrintState.UNCERTAIN:
            raise Refusal("print_uncertain", "请先看打印机：小票 {title} 是否已打出？", title=job.title)
        if job.state is not PrintState.SENDING:
            records.set_print_state(job_id, PrintState.QUEUED)
        jobs = records.open_print_jobs()
    wake_printer()
    return jobs


def _print_again(workplace: Workplace, person: Staff, approval: Approval | None, receipt_no: str | None) -> PrintJob:
    wake_printer = workplace.printer()
    allowed = authorise(workplace, person, Right.REPRINT, approval)
    with workplace.terminal.transaction() as records:
        returned = None if receipt_no is None else records.return_by_receipt(receipt_no)
        if returned is not None:
            job = reprint_return(workplace, records, returned, person.id)
        else:
            job = _reprint(workplace, records, _sale(records, receipt_no), person.id)
        allowed.record(workplace, records, receipt_no=job.title)
    wake_printer()
    workplace.wake_sync()
    return job


def _sale(records: TerminalRecords, receipt_no: str | None) -> Sale:
    """The sale of a number, or the last one."""
    sale = records.last_sale() if receipt_no is None else records.sale_by_receipt(receipt_no)
    if sale is None and receipt_no is None:
        raise Refusal("nothing_to_reprint", "本机还没有收过款，没有小票可补打")
    if sale is None:
        template = "本机没有小票 {receipt}：请核对号码，或到收款的那台收银机补打"
        raise Refusal("receipt_unknown", template, receipt=receipt_no)
    return sale


def _reprint(workplace: Workplace, records: TerminalRecords, sale: Sale, staff_id: str) -> PrintJob:
    member = None if sale.member_id is None else workplace.member(records, sale.member_id)
    job = receipt_job(workplace, sale, member, workplace.person(sale.cashier_id), reprint=True)
    records.enqueue_print(job)
    workplace.audit(records, "reprint", staff_id, sale_id=sale.id)
    return job


def _once_more(workplace: Workplace, records: TerminalRecords, job: PrintJob, staff_id: str) -> None:
    """What did not come out is printed again as 补打, whatever paper it is; a drawer that stayed shut has none."""
    sale = None if job.sale_id is None else records.sale(job.sale_id)
    if sale is not None:
        _reprint(workplace, records, sale, staff_id)
        return
    returned = None if job.sale_id is None else records.fact(SaleReturn, job.sale_id)
    if returned is not None:
        reprint_return(workplace, records, returned, staff_id)
        return
    if job.document.rows:
        records.enqueue_print(replace(slip_job(workplace, job.title, job.document.again()), reprint=True))
        workplace.audit(records, "reprint", staff_id, title=job.title)


def _open_job(records: TerminalRecords, job_id: str) -> PrintJob:
    for job in records.open_print_jobs():
        if job.id == job_id:
            return job
    raise Refusal("print_job_gone", "这张小票已经处理完了")
