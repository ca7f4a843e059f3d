"""Finds a sale that goods come back of, by the number on its receipt: at head office, or among this till's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pos_member.app.members.identify import normalise
from pos_member.app.ports import RemoteSale, TerminalRecords
from pos_member.app.workplace import Workplace
from pos_member.domain.errors import Refusal, Sentence, Spoken
from pos_member.domain.member import MemberState
from pos_member.domain.obligations import ReturnReason, check_return
from pos_member.domain.product import Category
from pos_member.domain.quantity import Quantity
from pos_member.domain.returns import ReturnedLine
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.sale import Sale, SoldProduct
from pos_member.domain.sale_return import SaleReturn


class ReturnGround(StrEnum):
    """On what ground goods may come back: for any reason, or because they are faulty."""

    ANY = "any"
    QUALITY = "quality"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnableLine:
    """A line of a sale, ``line`` from 0: how much was sold and for what, and how much can still come back.

    ``grounds`` are those on which it may come back today; ``pharmacist``: a pharmacist has to confirm them. Where there
    are none, ``problem`` says why.
    """

    line: int
    product: SoldProduct
    category: Category
    sold: Quantity
    left: Quantity
    by_weight: bool
    net_fen: int
    grounds: tuple[ReturnGround, ...]
    pharmacist: bool
    problem: Sentence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnableSale:
    """A sale of which goods may come back, ``days`` after it by business date. ``member``: whose it was, if known here.

    ``returned`` is what has come back so far, by the ids of the returns. It is this till's word alone where head office
    could not be asked (``head_office_asked``).
    """

    sale: Sale
    lines: tuple[ReturnableLine, ...]
    days: int
    member: MemberState | None
    returned: Mapping[str, tuple[ReturnedLine, ...]]
    head_office_asked: bool


def find_sale(workplace: Workplace, receipt_no: str) -> ReturnableSale:
    """The sale with this number on its receipt.

    ``Refusal``: ``receipt_no_missing``; ``sale_unknown``; ``return_needs_head_office`` when the sale is none of this
    till's and head office does not answer. ``Fault`` ``ruleset_unknown`` when the sale's rules are not here.
    """
    wanted = normalise(receipt_no)
    if not wanted:
        raise Refusal("receipt_no_missing", "请扫描或输入原销售小票上的单号")
    told, trouble = _ask_head_office(workplace, wanted)
    with workplace.terminal.reading() as records:
        sale = records.sale_by_receipt(wanted) or (None if told is None else told.sale)
        if sale is None and trouble is not None:
            template = "单号 {receipt} 不是本机的销售，须连上总部才能退货：请核对单号，或等网络恢复后再试"
            raise Refusal("return_needs_head_office", template, receipt=wanted) from trouble
        if sale is None:
            raise Refusal("sale_unknown", "没有单号为 {receipt} 的销售：请核对小票上的单号", receipt=wanted)
        today = workplace.today(records, workplace.clock.now())
        returned = returned_so_far(records, sale.id, {} if told is None else told.returned)
        member = None if sale.member_id is None else workplace.member(records, sale.member_id)
    days = days_since(sale, today)
    return ReturnableSale(
        sale=sale,
        lines=_lines(sale, days, returned, workplace.rules_of(sale.quote.ruleset)),
        days=days,
        member=member,
        returned=returned,
        head_office_asked=trouble is None,
    )


def returned_so_far(
    records: TerminalRecords, sale_id: str, told: Mapping[str, tuple[ReturnedLine, ...]]
) -> dict[str, tuple[ReturnedLine, ...]]:
    """What has come back of a sale, by the ids of the returns: what head office ``told``, this till's own added."""
    own = {each.id: each.returned for each in records.facts_about(SaleReturn, sale_id)}
    return {**told, **own}


def days_since(sale: Sale, on: date) -> int:
    """Days by business date from a sale; none for one that another till's fast clock dated ahead."""
    return max(0, (on - sale.business_date).days)


def _ask_head_office(workplace: Workplace, receipt_no: str) -> tuple[RemoteSale | None, Spoken | None]:
    """What head office says of a sale, or why it does not."""
    try:
        return workplace.head_office.sale(receipt_no), None
    except Spoken as trouble:
        return None, trouble


def _lines(
    sale: Sale, days: int, returned: Mapping[str, tuple[ReturnedLine, ...]], ruleset: Ruleset
) -> tuple[ReturnableLine, ...]:
    back = [0] * len(sale.quote.lines)
    for each in (line for lines in returned.values() for line in lines):
        back[each.line] += each.quantity.milli
    found = []
    for index, (line, product) in enumerate(zip(sale.quote.lines, sale.products, strict=True)):
        grounds, problem = _grounds(line.category, days, ruleset)
        found.append(
            ReturnableLine(
                line=index,
                product=product,
                category=line.category,
                sold=line.quantity,
                left=Quantity(max(0, line.quantity.milli - back[index])),
                by_weight=line.goods.by_weight,
                net_fen=line.net_fen,
                grounds=grounds,
                pharmacist=line.category in ruleset.returns.quality_only,
                problem=problem,
            )
        )
    return tuple(found)


def _grounds(category: Category, days: int, ruleset: Ruleset) -> tuple[tuple[ReturnGround, ...], Sentence | None]:
    grounds = []
    problem = None
    for ground in ReturnGround:
        quality = ground is ReturnGround.QUALITY
        try:
            check_return(
                category, days, ReturnReason(words=ground, quality=quality, pharmacist_confirms=quality), ruleset
            )
        except Refusal as refusal:
            problem = refusal.sentence
        else:
            grounds.append(ground)
    return tuple(grounds), None if grounds else problem
