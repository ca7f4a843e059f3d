"""A sale out of JSON, as ``calc quote`` takes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final, Literal

from pos_member.composition.calc import fields
from pos_member.composition.calc.fields import Table
from pos_member.composition.calc.read_member import read_member
from pos_member.composition.calc.read_offers import CATEGORIES, read_coupon, read_offers
from pos_member.composition.calc.shown import quoted
from pos_member.domain.errors import Malformed
from pos_member.domain.quote import OfflineLimit, QuoteRequest, SaleLine
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.tender import Tender, TenderKind
from pos_member.domain.tendering import require_distinct

_KINDS: Final[Mapping[str, TenderKind]] = MappingProxyType({kind.value: kind for kind in TenderKind})


def read_sale(left: Table, ruleset: Ruleset) -> tuple[datetime, QuoteRequest]:
    """When a sale was made, and what it is priced from. ``Malformed`` names the first wrong field, in format order."""
    at = fields.moment(left, "at")
    member = fields.inner_or_none(left, "member", read_member)
    store = fields.text(left, "store") if "store" in left else None
    lines = fields.each(left, "lines", _line)
    if not lines:
        raise Malformed("lines", "列表不能是空的：至少要有一行商品")
    offers = read_offers(left, "offers") if "offers" in left else ()
    coupon = read_coupon(left, "coupon", offers)
    request = QuoteRequest(
        on=at.date(),
        lines=lines,
        member=member,
        store=store,
        offers=offers,
        coupon=coupon,
        points_to_redeem=_points(left),
        offline=_offline(left, at, ruleset),
        tenders=_tenders(left) if "tenders" in left else (),
        cash_rounding=fields.flag(left, "cash_rounding"),
    )
    fields.finish(left)
    return at, request


def _line(left: Table) -> SaleLine:
    line = SaleLine(
        sku=fields.text(left, "sku"),
        category=fields.word(left, "category", CATEGORIES),
        unit_price_fen=fields.whole(left, "unit_price_fen"),
        quantity=fields.quantity(left, "quantity"),
        no_discount=fields.flag(left, "no_discount"),
        no_points=fields.flag(left, "no_points"),
        by_weight=fields.flag(left, "by_weight"),
        insurable=fields.flag(left, "insurable"),
    )
    if not line.by_weight and not line.quantity.is_whole:
        raise Malformed("quantity", "不按重量卖的商品应为整数，收到 {given}", given=quoted(str(line.quantity)))
    fields.finish(left)
    return line


def _points(left: Table) -> int | Literal["max"]:
    value = left.get("points_to_redeem", 0)
    if value == "max":
        del left["points_to_redeem"]
        return "max"
    return fields.whole(left, "points_to_redeem", or_else='，或 "max"') if "points_to_redeem" in left else 0


def _offline(left: Table, at: datetime, ruleset: Ruleset) -> OfflineLimit | None:
    """The limit that holds while head office cannot be asked; None when it can."""
    is_offline = fields.flag(left, "offline")
    redeemed = fields.whole(left, "redeemed_offline_today") if "redeemed_offline_today" in left else 0
    replica_as_of = fields.moment(left, "replica_as_of") if "replica_as_of" in left else None
    if not is_offline:
        return None
    most = timedelta(days=ruleset.offline.replica_max_age_days)
    return OfflineLimit(
        redeemed_today=redeemed, replica_expired=replica_as_of is not None and at - replica_as_of > most
    )


def _tenders(left: Table) -> tuple[Tender, ...]:
    tenders = fields.each(left, "tenders", _tender)
    require_distinct(tenders)
    return tenders


def _tender(left: Table) -> Tender:
    tender = Tender(kind=fields.word(left, "kind", _KINDS), fen=fields.whole(left, "fen"))
    fields.finish(left)
    return tender
