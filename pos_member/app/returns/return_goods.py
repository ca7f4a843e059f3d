"""Takes goods back (退货): money and points both ways, by the rules of their sale, in one durable commit (§6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pos_member.app.people.authorise import Approval, Authority, authorise
from pos_member.app.ports import TerminalRecords
from pos_member.app.printing.print_return import queue_return
from pos_member.app.recorded_before import recorded_before
from pos_member.app.returns.find_sale import ReturnableSale, days_since, returned_so_far
from pos_member.app.shifts.shift_for_trade import shift_for_trade
from pos_member.app.workplace import Moment, Workplace
from pos_member.app.written import written
from pos_member.domain.errors import Refusal
from pos_member.domain.ledger import Balance
from pos_member.domain.obligations import ReturnReason, check_return
from pos_member.domain.own_records import OwnRecords
from pos_member.domain.postings import return_entries
from pos_member.domain.quote import MemberStanding, Quote
from pos_member.domain.returns import GoodsReturn, ReturnedLine, give_back
from pos_member.domain.rights import Right
from pos_member.domain.sale_return import SaleReturn
from pos_member.domain.staff import Staff
from pos_member.domain.standing import standing


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsBack:
    """What is to come back of a sale and why, as the customer says it; ``quality``: because it is faulty."""

    sale: ReturnableSale
    lines: tuple[ReturnedLine, ...]
    reason: str
    quality: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPreview:
    """What a return would give and take back. ``balance_after`` as in :class:`SaleReturn`."""

    goods: GoodsReturn
    balance_after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A return that is durably recorded. ``receipt_queued`` as in :class:`pos_member.app.counter.Settled`."""

    fact: SaleReturn
    receipt_queued: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPermit:
    """That somebody may take goods back; ``confirmed_by`` is the pharmacist who confirmed that they are faulty."""

    authority: Authority
    confirmed_by: Staff | None

    def record(self, workplace: Workplace, records: TerminalRecords, return_id: str) -> None:
        """Audits the override and the confirmation, in the transaction of the return."""
        self.authority.record(workplace, records, return_id=return_id)
        if self.confirmed_by is not None:
            workplace.audit(
                records,
                "quality_confirmed",
                self.confirmed_by.id,
                return_id=return_id,
                for_staff_id=self.authority.person.id,
            )


def return_goods(
    workplace: Workplace,
    person: Staff,
    return_id: str,
    back: GoodsBack,
    *,
    pharmacist: Approval | None = None,
    approval: Approval | None = None,
) -> Returned:
    """Takes goods back; asked again under the same id, it gives the recorded return.

    ``pharmacist`` types the PIN to confirm that drugs are faulty, where the person at the till is none.

    ``Refusal``: ``id_used``; those of :func:`permit_return` and of :func:`record_return`.
    """
    permit = permit_return(workplace, person, back, pharmacist, approval)
    with workplace.terminal.transaction() as records:
        known = returned_before(records, return_id, back, None)
        if known is not None:
            return Returned(fact=known, receipt_queued=True)
        moment = workplace.moment(records)
        fact = record_return(workplace, records, moment, permit, return_id, back)
        done = Returned(fact=fact, receipt_queued=queue_return(workplace, records, fact))
    if workplace.wake_printer is not None:
        workplace.wake_printer()
    workplace.wake_sync()
    return done


def preview_return(workplace: Workplace, person: Staff, back: GoodsBack) -> ReturnPreview:
    """What the return would give and take back now, whatever the reason; writes nothing.

    ``Refusal`` and ``Fault``: those of :func:`draft_return`.
    """
    with workplace.terminal.reading() as records:
        draft = draft_return(workplace, records, workplace.moment(records), person, workplace.ids.new(), back)
        return ReturnPreview(goods=draft.goods, balance_after=draft.balance_after)


def permit_return(
    workplace: Workplace, person: Staff, back: GoodsBack, pharmacist: Approval | None, approval: Approval | None
) -> ReturnPermit:
    """Whether the person may take these goods back, and who confirms that they are faulty where somebody has to.

    To be called before the return's transaction. ``Refusal``: those of :func:`authorise`.
    """
    authority = authorise(workplace, person, Right.RETURN_GOODS, approval)
    chosen = {each.line for each in back.lines}
    confirming = None
    if back.quality and any(line.pharmacist for line in back.sale.lines if line.line in chosen):
        alone = person.role in workplace.rules_now().rights[Right.CONFIRM_QUALITY]
        if alone or pharmacist is not None:
            confirming = authorise(workplace, person, Right.CONFIRM_QUALITY, pharmacist)
    return ReturnPermit(
        authority=authority,
        confirmed_by=None if confirming is None else confirming.approved_by or confirming.person,
    )


def returned_before(
    records: TerminalRecords, return_id: str, back: GoodsBack, exchange_sale_id: str | None
) -> SaleReturn | None:
    """The return that was recorded under an id already. ``Refusal`` ``id_used`` when that was another one."""
    return recorded_before(
        records,
        SaleReturn,
        return_id,
        about=back.sale.sale.id,
        returned=back.lines,
        reason=written(back.reason),
        quality=back.quality,
        exchange_sale_id=exchange_sale_id,
    )


def draft_return(
    workplace: Workplace, records: TerminalRecords, moment: Moment, person: Staff, return_id: str, back: GoodsBack
) -> SaleReturn:
    """The return as it would be recorded now, after all that has come back of the sale, but for its receipt number.

    ``Refusal``: ``return_nothing``, ``return_quantity``, ``return_whole_units``, ``return_exceeds``,
    ``text_too_long``. ``Fault`` ``ruleset_unknown``.
    """
    _require_quantities(back)
    sale = back.sale.sale
    already = [line for lines in returned_so_far(records, sale.id, back.sale.returned).values() for line in lines]
    goods = give_back(sale.quote, sale.tenders, already, back.lines, moment.on, workplace.rules_of(sale.quote.ruleset))
    stamp = workplace.stamp(records, moment, return_id, person)
    draft = SaleReturn(
        **stamp,
        member_id=sale.member_id,
        about=sale.id,
        entries=return_entries(
            goods,
            sale,
            ids=workplace.ids,
            return_id=return_id,
            at=moment.at,
            on=moment.on,
            store_id=workplace.identity.store_id,
            terminal_id=workplace.identity.terminal_id,
        ),
        receipt_no="",
        sale_receipt_no=sale.receipt_no,
        sale_on=sale.business_date,
        reason=written(back.reason),
        quality=back.quality,
        confirmed_by=None,
        goods=goods,
        whole=_is_whole(sale.quote, [*already, *back.lines]),
        products=tuple(sale.products[each.line] for each in back.lines),
    )
    return replace(draft, balance_after=_balance_after(workplace, records, moment, draft))


def record_return(
    workplace: Workplace,
    records: TerminalRecords,
    moment: Moment,
    permit: ReturnPermit,
    return_id: str,
    back: GoodsBack,
    exchange_sale_id: str | None = None,
) -> SaleReturn:
    """Checks and writes a return in a transaction that somebody else commits and prints after.

    ``Refusal``: those of :func:`draft_return` and of :func:`pos_member.domain.obligations.check_return`.
    """
    person = permit.authority.person
    shift_for_trade(workplace, records, moment, person)
    draft = draft_return(workplace, records, moment, person, return_id, back)
    _require_grounds(workplace, moment, permit, back)
    fact = replace(
        draft,
        receipt_no=workplace.receipt_no(records),
        confirmed_by=None if permit.confirmed_by is None else permit.confirmed_by.id,
        approved_by=permit.authority.approver_id,
        exchange_sale_id=exchange_sale_id,
    )
    workplace.record(records, fact, receipt_no=fact.receipt_no)
    permit.record(workplace, records, return_id)
    return fact


def standing_after(
    workplace: Workplace, records: TerminalRecords, moment: Moment, member_id: str, draft: SaleReturn
) -> MemberStanding | None:
    """A member as they will stand once a return is recorded; None for one whom this till does not know."""
    state = workplace.member(records, member_id)
    if state is None:
        return None
    own = records.own_records(member_id, state.applied).records
    added = (draft,) if draft.member_id == member_id else ()
    return standing(state, OwnRecords.of((*own, *added)), moment.on, moment.ruleset)


def _balance_after(workplace: Workplace, records: TerminalRecords, moment: Moment, draft: SaleReturn) -> int | None:
    if draft.member_id is None:
        return None
    member = standing_after(workplace, records, moment, draft.member_id, draft)
    return None if member is None else Balance(lots=member.lots, debt=member.debt, expired=0).total


def _require_grounds(workplace: Workplace, moment: Moment, permit: ReturnPermit, back: GoodsBack) -> None:
    sale = back.sale.sale
    reason = ReturnReason(
        words=written(back.reason), quality=back.quality, pharmacist_confirms=permit.confirmed_by is not None
    )
    rules = workplace.rules_of(sale.quote.ruleset)
    days = days_since(sale, moment.on)
    for each in back.lines:
        check_return(sale.quote.lines[each.line].category, days, reason, rules)


def _require_quantities(back: GoodsBack) -> None:
    """What people may type as quantities, told in their words."""
    if not back.lines:
        raise Refusal("return_nothing", "还没有选要退的商品：请选商品并填退货数量")
    sold = {line.line: line for line in back.sale.lines}
    for each in back.lines:
        line = sold.get(each.line)
        if line is None:
            continue
        if each.quantity.milli <= 0:
            raise Refusal("return_quantity", "{name} 的退货数量须大于 0：请改退货数量", name=line.product.name)
        if not (line.by_weight or each.quantity.is_whole):
            template = "{name} 按{unit}整售，只能整{unit}退：请改退货数量"
            raise Refusal("return_whole_units", template, name=line.product.name, unit=line.product.unit)


def _is_whole(sale: Quote, back: Iterable[ReturnedLine]) -> bool:
    """Whether nothing of a sale remains after so much of it came back."""
    remaining = [line.quantity.milli for line in sale.lines]
    for each in back:
        remaining[each.line] -= each.quantity.milli
    return not any(remaining)
