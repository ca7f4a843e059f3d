"""``calc return``: what goods that come back give and take back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from pos_member.composition.calc import fields
from pos_member.composition.calc.fields import Table
from pos_member.composition.calc.quote_command import written_lots
from pos_member.composition.calc.read_quote import read_sale
from pos_member.composition.calc.shown import quoted, shown
from pos_member.domain.errors import Malformed
from pos_member.domain.merging import merged
from pos_member.domain.pricing import quote
from pos_member.domain.quote import QuoteRequest, SaleLine
from pos_member.domain.returns import GoodsReturn, ReturnedLine, give_back
from pos_member.domain.ruleset import Ruleset


def return_command(given: Table, ruleset: Ruleset) -> dict[str, object]:
    """The return. ``Refusal``: that of the sale itself, or ``return_exceeds``; ``Malformed`` names a field.

    What is malformed is so whether or not the sale would be refused, and thus told before the sale is priced.
    """
    sold_at, sale = fields.inner(given, "sale", partial(read_sale, ruleset=ruleset))
    already = fields.each(given, "already_returned", _part) if "already_returned" in given else ()
    returning = fields.each(given, "return", _part)
    if not returning:
        raise Malformed("return", "列表不能是空的：至少要退一行")
    at = fields.moment(given, "at")
    fields.finish(given)
    goods = _goods(sale)
    _require_sold(already, goods, "already_returned")
    _require_sold(returning, goods, "return")
    _require_each_once(returning, "return")
    if at < sold_at:
        why = "退货时间应不早于销售时间 {sold}，收到 {given}"
        raise Malformed("at", why, sold=sold_at.isoformat(), given=at.isoformat())
    priced = quote(sale, ruleset)
    return _written(give_back(priced, sale.tenders, already, returning, at.date(), ruleset))


def _part(left: Table) -> ReturnedLine:
    part = ReturnedLine(line=fields.whole(left, "line"), quantity=fields.quantity(left, "quantity"))
    fields.finish(left)
    return part


def _goods(sale: QuoteRequest) -> Sequence[SaleLine]:
    """What a return numbers: the lines of the sale, merged."""
    try:
        return merged(sale.lines)[0]
    except Malformed as malformed:
        raise malformed.within("sale") from None


def _require_sold(parts: Sequence[ReturnedLine], goods: Sequence[SaleLine], name: str) -> None:
    for index, part in enumerate(parts):
        if part.line >= len(goods):
            why = "没有这一行，这笔销售合并后的行从 0 数到 {last}，收到 {given}"
            raise Malformed(f"{name}[{index}].line", why, last=len(goods) - 1, given=shown(part.line))
        if not (part.quantity.is_whole or goods[part.line].by_weight):
            why = "这一行不按重量卖，应为整数，收到 {given}"
            raise Malformed(f"{name}[{index}].quantity", why, given=quoted(str(part.quantity)))


def _require_each_once(parts: Sequence[ReturnedLine], name: str) -> None:
    seen: set[int] = set()
    for index, part in enumerate(parts):
        if part.line in seen:
            raise Malformed(f"{name}[{index}].line", "第 {line} 行写了两次，请合为一项", line=part.line)
        seen.add(part.line)


def _written(returned: GoodsReturn) -> dict[str, object]:
    return {
        "lines": [
            {
                "line": each.line,
                "quantity": str(each.quantity),
                "refund_fen": each.refund_fen,
                "points_given_back": each.points_given_back,
            }
            for each in returned.lines
        ],
        "refund_fen": returned.refund_fen,
        "tenders": [{"kind": tender.kind, "fen": tender.fen} for tender in returned.tenders],
        "points_taken_back": returned.points_taken_back,
        "points_given_back": returned.points_given_back,
        "given_back_lots": written_lots(returned.given_back_lots),
    }
