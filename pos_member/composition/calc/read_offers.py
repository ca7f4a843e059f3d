"""Offers and coupons out of JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from pos_member.composition.calc import fields
from pos_member.composition.calc.fields import Table
from pos_member.composition.calc.shown import quoted, shown
from pos_member.domain.errors import Malformed
from pos_member.domain.offers import (
    BUILT_IN,
    EVERYTHING,
    BuyNGetMOffer,
    Coupon,
    FixedPriceOffer,
    Offer,
    PercentOffer,
    Scope,
    SpendReduceOffer,
)
from pos_member.domain.product import Category
from pos_member.domain.tier import Tier

CATEGORIES: Final[Mapping[str, Category]] = MappingProxyType({category.value: category for category in Category})
TIERS: Final[Mapping[str, Tier]] = MappingProxyType({tier.value: tier for tier in Tier})


def read_offers(left: Table, name: str) -> tuple[Offer, ...]:
    """The offers, no id twice."""
    offers = fields.each(left, name, _offer)
    seen: set[str] = set()
    for index, offer in enumerate(offers):
        _require_new(offer.id, seen, f"{name}[{index}].id")
        seen.add(offer.id)
    return offers


def read_coupon(left: Table, name: str, offers: tuple[Offer, ...]) -> Coupon | None:
    """The coupon, if any, with an id that no offer has."""
    coupon = fields.inner_or_none(left, name, _coupon)
    if coupon is not None:
        _require_new(coupon.id, {offer.id for offer in offers}, f"{name}.id")
    return coupon


def _require_new(offer_id: str, seen: set[str], path: str) -> None:
    if offer_id in seen:
        raise Malformed(path, "{id} 已被另一个优惠或券使用，编号不能重复", id=quoted(offer_id))
    if offer_id in BUILT_IN:
        raise Malformed(path, "{id} 是内置优惠的编号，请另取", id=quoted(offer_id))


def _offer(left: Table) -> Offer:
    offer_id = fields.text(left, "id")
    return fields.word(left, "kind", _KINDS)(offer_id, left)


def _percent(offer_id: str, left: Table) -> Offer:
    return PercentOffer(id=offer_id, rate=fields.rate(left, "rate"), scope=_scope(left))


def _fixed_price(offer_id: str, left: Table) -> Offer:
    return FixedPriceOffer(id=offer_id, price_fen=fields.whole(left, "price_fen", 1), scope=_scope(left))


def _buy_n_get_m(offer_id: str, left: Table) -> Offer:
    n, m = fields.whole(left, "n", 1), fields.whole(left, "m", 1)
    return BuyNGetMOffer(id=offer_id, n=n, m=m, scope=_scope(left))


def _spend_reduce(offer_id: str, left: Table) -> Offer:
    threshold, off = _reduction(left)
    return SpendReduceOffer(id=offer_id, threshold_fen=threshold, off_fen=off, scope=_scope(left))


def _coupon(left: Table) -> Coupon:
    offer_id = fields.text(left, "id")
    threshold, off = _reduction(left)
    return Coupon(id=offer_id, threshold_fen=threshold, off_fen=off, scope=_scope(left))


_KINDS: Final[Mapping[str, Callable[[str, Table], Offer]]] = MappingProxyType(
    {
        "percent": _percent,
        "fixed_price": _fixed_price,
        "buy_n_get_m": _buy_n_get_m,
        "spend_reduce": _spend_reduce,
    }
)


def _reduction(left: Table) -> tuple[int, int]:
    """What has to be spent, and what then comes off, in fen."""
    threshold, off = fields.whole(left, "threshold_fen"), fields.whole(left, "off_fen", 1)
    if off >= threshold:
        why = "应小于 threshold_fen（{threshold}），收到 {off}"
        raise Malformed("off_fen", why, threshold=shown(threshold), off=shown(off))
    return threshold, off


def _scope(left: Table) -> Scope:
    """What is left of an offer once its own fields are taken."""
    if not left:
        return EVERYTHING
    scope = Scope(
        skus=fields.texts(left, "skus") if "skus" in left else None,
        categories=fields.words(left, "categories", CATEGORIES) if "categories" in left else None,
        stores=fields.texts(left, "stores") if "stores" in left else None,
        members=_members(left),
        tiers=fields.words(left, "tiers", TIERS) if "tiers" in left else None,
        days_of_month=fields.some_numbers(left, "days_of_month", 1, 31) if "days_of_month" in left else None,
        weekdays=fields.some_numbers(left, "weekdays", 1, 7) if "weekdays" in left else None,
        first=fields.day(left, "from") if "from" in left else None,
        last=fields.day(left, "to") if "to" in left else None,
    )
    if scope.first is not None and scope.last is not None and scope.first > scope.last:
        raise Malformed("from", "应不晚于 to（{last}），收到 {first}", first=scope.first, last=scope.last)
    fields.finish(left)
    return scope


def _members(left: Table) -> bool:
    if "members" not in left:
        return False
    value = left.pop("members")
    if value is not True:
        raise fields.wrong("members", value, "只能是 true；不限会员就不写这个字段")
    return True
