"""Returns (退货): what goods that come back give and take back, by the rules of their sale (docs/programme §6).

Everything is reckoned as it stands after so much has come back, before and after this return, and the return is the
difference: so any sequence of returns ends exactly at what was paid, earned and deducted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pos_member.domain.accrual import purchase_points
from pos_member.domain.calendar_days import plus_days
from pos_member.domain.errors import InvariantViolation, Malformed, Refusal
from pos_member.domain.ledger import EatenLot
from pos_member.domain.money import half_up
from pos_member.domain.quantity import Quantity
from pos_member.domain.quote import Quote, SaleLine, require_own
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.tender import Tender, TenderKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedLine:
    """So much of a line of the sale; ``line`` is its place in the quote, from 0."""

    line: int
    quantity: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class LineReturn:
    """What the goods of one line give back: money in fen, and points that were deducted on them."""

    line: int
    quantity: Quantity
    refund_fen: int
    points_given_back: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsReturn:
    """What a return gives and takes back. ``tenders`` are the money back, by the way it was paid, none of 0.

    ``points_taken_back`` were earned by the goods, ``birthday_taken_back`` of them are the flat extra;
    ``points_given_back`` were deducted, and go into ``given_back_lots``, the last eaten first.
    """

    lines: tuple[LineReturn, ...]
    refund_fen: int
    tenders: tuple[Tender, ...]
    points_taken_back: int
    birthday_taken_back: int
    points_given_back: int
    given_back_lots: tuple[EatenLot, ...]

    @property
    def purchase_taken_back(self) -> int:
        """What is taken back of the points that the goods earned, without the flat extra."""
        return self.points_taken_back - self.birthday_taken_back


def give_back(
    sale: Quote,
    tenders: Sequence[Tender],
    already: Sequence[ReturnedLine],
    returning: Sequence[ReturnedLine],
    on: date,
    ruleset: Ruleset,
) -> GoodsReturn:
    """What lines or part quantities of a sale give back on a business date, after what came back ``already``.

    ``tenders`` are those of the sale; none: it was paid in cash exactly. ``ruleset`` is the one the sale was priced by,
    ``InvariantViolation`` for another. ``Refusal``: ``return_exceeds``. ``Malformed`` names ``return``,
    ``return[i].line``, ``return[i].quantity`` or the same of ``already_returned[i]``.
    """
    require_own(sale, ruleset)
    check_parts([line.goods for line in sale.lines], already, returning)
    milli_before = [0] * len(sale.lines)
    for each in already:
        milli_before[each.line] += each.quantity.milli
    milli_after = milli_before.copy()
    for each in returning:
        milli_after[each.line] += each.quantity.milli
    _refuse_excess(sale, milli_before, returning)
    before = _returned(sale, tenders, milli_before, ruleset)
    after = _returned(sale, tenders, milli_after, ruleset)
    given_before, given = sum(before.points), sum(after.points) - sum(before.points)
    money = [Tender(kind=kind, fen=fen - before.tenders[kind]) for kind, fen in after.tenders.items()]
    return GoodsReturn(
        lines=tuple(
            LineReturn(
                line=each.line,
                quantity=each.quantity,
                refund_fen=after.fen[each.line] - before.fen[each.line],
                points_given_back=after.points[each.line] - before.points[each.line],
            )
            for each in returning
        ),
        refund_fen=sum(after.fen) - sum(before.fen),
        tenders=tuple(tender for tender in money if tender.fen),
        points_taken_back=before.points_standing - after.points_standing,
        birthday_taken_back=before.birthday_points - after.birthday_points,
        points_given_back=given,
        given_back_lots=refill(sale.redeemed_lots, given_before, given, on, ruleset.returns.giveback_days),
    )


def check_parts(goods: Sequence[SaleLine], already: Sequence[ReturnedLine], returning: Sequence[ReturnedLine]) -> None:
    """``Malformed`` as :func:`give_back` says, for the merged ``goods`` of a sale that need not be priced yet."""
    for index, each in enumerate(already):
        _check_line(goods, each, f"already_returned[{index}]")
    if not returning:
        raise Malformed("return", "至少要有一行")
    seen: set[int] = set()
    for index, each in enumerate(returning):
        _check_line(goods, each, f"return[{index}]")
        if each.line in seen:
            raise Malformed(f"return[{index}].line", "第 {line} 行写了两次，同一行请合为一项", line=each.line)
        seen.add(each.line)


def refill(eaten: Sequence[EatenLot], already: int, points: int, on: date, giveback_days: int) -> tuple[EatenLot, ...]:
    """Points that come back into the lots they were eaten from, the last eaten first, after ``already`` came back.

    Each lasts to its own last day or ``giveback_days`` from the business date, whichever is later; equal days are
    joined. ``InvariantViolation`` for more points than were eaten.
    """
    refilled: dict[date, int] = {}
    skipped, wanted = already, points
    for lot in reversed(eaten):
        room = max(0, lot.points - skipped)
        skipped -= lot.points - room
        given = min(wanted, room)
        wanted -= given
        if given:
            expires_on = max(lot.expires_on, plus_days(on, giveback_days))
            refilled[expires_on] = refilled.get(expires_on, 0) + given
    if skipped or wanted:
        raise InvariantViolation(f"{already} + {points} points come back, fewer were eaten")
    return tuple(EatenLot(expires_on=expires_on, points=given) for expires_on, given in refilled.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Returned:
    """A sale after so much of it came back: fen and deducted points back by line, fen back by tender.

    ``purchase_points`` and ``birthday_points`` are what still stands of the points earned.
    """

    fen: list[int]
    points: list[int]
    tenders: dict[TenderKind, int]
    purchase_points: int
    birthday_points: int

    @property
    def points_standing(self) -> int:
        return self.purchase_points + self.birthday_points


def _returned(sale: Quote, tenders: Sequence[Tender], milli: Sequence[int], ruleset: Ruleset) -> _Returned:
    shares = list(zip(sale.lines, milli, strict=True))
    fen = [_part(line.net_fen, back, line.quantity.milli) for line, back in shares]
    insured = [_part(back, line.insured_fen, line.net_fen) for line, back in zip(sale.lines, fen, strict=True)]
    remaining = [
        (line.category, line.earning_fen - _part(line.earning_fen, back, line.quantity.milli)) for line, back in shares
    ]
    birthday = sum(part.points for part in sale.points if part.kind == "birthday")
    goods_remain = any(back < line.quantity.milli for line, back in shares)
    return _Returned(
        fen=fen,
        points=[_part(line.points_redeemed, back, line.quantity.milli) for line, back in shares],
        tenders=_by_tender(sale, tenders, sum(insured), sum(fen) - sum(insured)),
        purchase_points=purchase_points(remaining, sale.multipliers, ruleset),
        birthday_points=birthday if goods_remain else 0,
    )


def _part(whole: int, part: int, of: int) -> int:
    """``whole`` × ``part`` ÷ ``of``, halves upwards; 0 of 0."""
    return half_up(whole * part, of) if of else 0


def _by_tender(sale: Quote, tenders: Sequence[Tender], insured_fen: int, rest_fen: int) -> dict[TenderKind, int]:
    """What went back to each tender, in the sale's order: the rest non-cash first, never more than each took."""
    took = {tender.kind: tender.fen for tender in tenders} or {TenderKind.CASH: sale.payable_fen}
    if TenderKind.CASH in took and tenders:
        took[TenderKind.CASH] -= sale.change_fen
    rest = [kind for kind in took if kind not in (TenderKind.INSURANCE, TenderKind.CASH)]
    back = dict.fromkeys(took, 0)
    for kinds, fen in (([TenderKind.INSURANCE], insured_fen), ([*rest, TenderKind.CASH], rest_fen)):
        left = fen
        for kind in kinds:
            if kind in took:
                back[kind] = min(left, took[kind])
                left -= back[kind]
        if left:
            raise InvariantViolation(f"{left} fen would go back that no tender of the sale took")
    return back


def _check_line(goods: Sequence[SaleLine], returned: ReturnedLine, name: str) -> None:
    if not 0 <= returned.line < len(goods):
        allowed = "没有第 {line} 行，这笔销售的行从 0 数到 {last}"
        raise Malformed(f"{name}.line", allowed, line=returned.line, last=len(goods) - 1)
    if returned.quantity.milli <= 0:
        raise Malformed(f"{name}.quantity", "应大于 0")
    if not (goods[returned.line].by_weight or returned.quantity.is_whole):
        allowed = "{quantity} 不是整数，这一行按整件出售，只能整件退"
        raise Malformed(f"{name}.quantity", allowed, quantity=returned.quantity)


def _refuse_excess(sale: Quote, milli_before: Sequence[int], returning: Sequence[ReturnedLine]) -> None:
    for index, (line, before) in enumerate(zip(sale.lines, milli_before, strict=True)):
        if before > line.quantity.milli:
            template = "第 {line} 行（{sku}）只售出 {sold}，退货记录却已有 {returned}。请先核对退货记录"
            gaps = {"line": index + 1, "sku": line.sku, "sold": line.quantity, "returned": Quantity(before)}
            raise Refusal("return_exceeds", template, **gaps)
    for each in returning:
        line, before = sale.lines[each.line], milli_before[each.line]
        left = line.quantity.milli - before
        if each.quantity.milli > left:
            template = "第 {line} 行（{sku}）售出 {sold}，已退 {returned}，还能退 {left}，不够退 {wanted}。请改退货数量"
            raise Refusal(
                "return_exceeds",
                template,
                line=each.line + 1,
                sku=line.sku,
                sold=line.quantity,
                returned=Quantity(before),
                left=Quantity(left),
                wanted=each.quantity,
            )
