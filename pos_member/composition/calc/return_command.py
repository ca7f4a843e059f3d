"""``calc return``: what goods that come back give and take back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ParamSpec, TypeVar

from pos_member.composition.calc import fields
from pos_member.composition.calc.fields import Table
from pos_member.composition.calc.quote_command import written_lots
from pos_member.composition.calc.read_quote import read_sale
from pos_member.domain.errors import Malformed
from pos_member.domain.merging import merged
from pos_member.domain.pricing import quote
from pos_member.domain.returns import GoodsReturn, ReturnedLine, check_parts, give_back
from pos_member.domain.ruleset import Ruleset

Given = ParamSpec("Given")
Made = TypeVar("Made")


def return_command(given: Table, ruleset: Ruleset) -> dict[str, object]:
    """The return. ``Refusal``: that of the sale itself, or ``return_exceeds``; ``Malformed`` names a field.

    What is malformed is so whether or not the sale would be refused, and thus told before the sale is priced.
    """
    sold_at, sale = fields.inner(given, "sale", partial(read_sale, ruleset=ruleset))
    already = fields.each(given, "already_returned", _part) if "already_returned" in given else ()
    returning = fields.each(given, "return", _part)
    at = fields.moment(given, "at")
    fields.finish(given)
    check_parts(_of_sale(merged, sale.lines)[0], already, returning)
    if at < sold_at:
        why = "退货时间应不早于销售时间 {sold}，收到 {given}"
        raise Malformed("at", why, sold=sold_at.isoformat(), given=at.isoformat())
    priced = _of_sale(quote, sale, ruleset)
    return _written(give_back(priced, sale.tenders, already, returning, at.date(), ruleset))


def _part(left: Table) -> ReturnedLine:
    part = ReturnedLine(line=fields.whole(left, "line"), quantity=fields.quantity(left, "quantity"))
    fields.finish(left)
    return part


def _of_sale(work: Callable[Given, Made], *given: Given.args, **named: Given.kwargs) -> Made:
    """What comes of the sale; what is malformed about it is named as a part of it."""
    try:
        return work(*given, **named)
    except Malformed as malformed:
        raise malformed.within("sale") from None


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
