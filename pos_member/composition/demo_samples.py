"""Cards and goods that lie on the demo store's counter: one for each thing worth trying."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pos_member.app.published import PublishedMember
from pos_member.domain.accrual import is_birthday_month
from pos_member.domain.labels import category_label, tier_label
from pos_member.domain.member import Card, CardStatus, Member, MemberStatus
from pos_member.domain.money import yuan
from pos_member.domain.own_records import NOTHING_OWN
from pos_member.domain.product import Category, Product
from pos_member.domain.prompts import next_tier
from pos_member.domain.quote import MemberStanding
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.standing import standing
from pos_member.domain.tier import Tier

_GOODS = ("A0001", "B0034", "T0010", "S0003", "D0001", "N0025", "R0002", "A0003")
_UNKNOWN_BARCODE = "2099999999998"
_SHORT = {Category.OTC_A: "甲类OTC", Category.OTC_B: "乙类OTC"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Something to scan: what it is, what is special about it, and its code."""

    title: str
    detail: str
    code: str


def sample_goods(goods: Iterable[Product]) -> tuple[Sample, ...]:
    """One product of each category, among them such as this till must refuse, and a barcode of no product."""
    by_sku = {product.sku: product for product in goods}
    known = [
        Sample(
            title=product.name,
            detail=f"{yuan(product.price_fen)} · {_SHORT.get(product.category, category_label(product.category))}",
            code=product.barcodes[0],
        )
        for product in (by_sku[sku] for sku in _GOODS)
    ]
    return (*known, Sample(title="未建档条码", detail=_UNKNOWN_BARCODE, code=_UNKNOWN_BARCODE))


def sample_cards(members: Sequence[PublishedMember], ruleset: Ruleset, today: date) -> tuple[Sample, ...]:
    """A card of each tier, each with something to tell, one that was lost and one of a frozen membership."""
    holders = [_Holder(member, standing(member.state, NOTHING_OWN, today, ruleset)) for member in members]
    usable = [holder for holder in holders if holder.is_usable]
    lost = next(holder for holder in holders if holder.card.status is CardStatus.LOST)
    frozen = next(holder for holder in holders if holder.member.status is MemberStatus.FROZEN)

    diamonds = [holder for holder in usable if holder.standing.tier is Tier.DIAMOND]
    celebrating = [holder for holder in diamonds if is_birthday_month(holder.member.birthday, today)]
    golds = [holder for holder in usable if holder.standing.tier is Tier.GOLD]
    silvers = [holder for holder in usable if holder.standing.tier is Tier.SILVER and holder.standing.visits_365 < 3]
    new = [holder for holder in usable if not holder.standing.completed_sales]

    diamond = max(celebrating, key=lambda holder: holder.points)
    gold = max(golds, key=lambda holder: holder.points)
    silver = max(silvers, key=lambda holder: holder.standing.spend_365_fen)
    newest = max(new, key=lambda holder: (holder.member.joined_on, holder.card.code))
    return (
        _sample(diamond, f"{diamond.points:,} 分 · 本月生日"),
        _sample(gold, f"{gold.points:,} 分"),
        _sample(silver, _way_up(silver, ruleset)),
        _sample(newest, "新会员 · 首单"),
        _sample(lost, "卡已挂失"),
        _sample(frozen, "会员已冻结"),
    )


@dataclass(frozen=True, slots=True)
class _Holder:
    """A member with the card they would show, and how they stand today."""

    published: PublishedMember
    standing: MemberStanding

    @property
    def member(self) -> Member:
        return self.published.state.member

    @property
    def card(self) -> Card:
        return self.published.cards[0]

    @property
    def is_usable(self) -> bool:
        return self.member.status is MemberStatus.ACTIVE and self.card.status is CardStatus.ACTIVE

    @property
    def points(self) -> int:
        return sum(lot.points for lot in self.standing.lots)


def _way_up(holder: _Holder, ruleset: Ruleset) -> str:
    way = next_tier(holder.standing, ruleset)
    return f"{holder.points:,} 分" if way is None else f"差 {yuan(way.missing_fen)} 升{tier_label(way.tier)}"


def _sample(holder: _Holder, detail: str) -> Sample:
    title = f"{tier_label(holder.standing.tier)} {holder.member.name}"
    return Sample(title=title, detail=detail, code=holder.card.code)
