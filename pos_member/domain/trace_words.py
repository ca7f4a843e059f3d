"""The sentences of a trace, put into words for whoever reads it, in their language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, Protocol

from pos_member.domain.labels import category_label, tier_label
from pos_member.domain.money import yuan
from pos_member.domain.offers import FIRST_PURCHASE, tier_of_offer
from pos_member.domain.product import Category
from pos_member.domain.tier import Tier
from pos_member.domain.trace import Gap, TraceStep


class Speak(Protocol):
    """Says a Simplified Chinese template in the reader's language, its named gaps filled."""

    def __call__(self, source: str, /, **gaps: object) -> str:
        """The sentence."""
        ...


SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "gross": "{unit_price_fen} × {quantity} {equals} {gross_fen}",
        "gross_merged": "{unit_price_fen} × {quantity} {equals} {gross_fen}（合并 {quantities}）",
        "not_discounted": "该商品不参与折扣",
        "category_not_discounted": "{category}不参与折扣，除非优惠点名该商品或类别",
        "nothing_lower": "没有优惠能使本行更低",
        "rate_offer": "{offer}：{gross_fen} × {rate} {equals} {net_fen}{others}",
        "fixed_price_offer": "{offer}：{price_fen} × {quantity} {equals} {net_fen}{others}",
        "free_units_offer": (
            "{offer}：买 {n} 赠 {m}，{quantity} 件付 {paid} 件，{unit_price_fen} × {paid} = {net_fen}{others}"
        ),
        "spend_reduce": "{offer}：适用商品原价合计 {eligible_fen}，满 {threshold_fen} 减 {off_fen}，可减 {base_fen}",
        "coupon": "券 {offer}：适用商品原价合计 {eligible_fen}，满 {threshold_fen} 减 {off_fen}，可减 {base_fen}",
        "share": "分摊：{total_fen} × {weight_fen} ÷ {base_fen}，零头按最大余数分配",
        "redemption": "{points} 分抵 {worth_fen}，不超过 {base_fen} 的 {share}；用掉 {lots}",
        "rounding": "现金抹零：{before_fen} 取整到 {unit_fen} 的倍数 {after_fen}",
        "insurance": "医保支付 {total_fen}，这部分不积分",
        "earning": "{terms} = {exact}，取整 {floor}",
        "tier_bonus_multiplied": "{before} × {rate}（{tier}）= {exact}，取整 {floor}，减去已计 {counted}",
        "birthday_multiplier_multiplied": "{before} × {rate}（生日月）= {exact}，取整 {floor}，减去已计 {counted}",
        "member_day_multiplied": "{before} × {rate}（{day} 日会员日）= {exact}，取整 {floor}，减去已计 {counted}",
        "birthday": "{year} 年生日月的第一笔消费，每年一次",
        "upgrade": "近 {days} 天消费 {spend_fen}、到店 {visits} 天，由{tier_before}升为{tier_after}",
    }
)
"""The sentences by their codes."""

WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "others": "（其他优惠：{offers}）",
        "lot": "{on} 到期的 {points} 分",
        "between": "、",
        FIRST_PURCHASE: "首单",
    }
)
"""Source texts of the pieces that some sentences are put together from."""


def sentence(step: TraceStep, speak: Speak) -> str:
    """Why a step came out as it did, in the reader's language."""
    template = SENTENCES.get(step.why)
    if template is None:
        return step.why
    return speak(template, **dict(_worded(step.gaps, speak)))


def in_chinese(source: str, /, **gaps: object) -> str:
    """The :class:`Speak` of the source language."""
    return source.format(**gaps) if gaps else source


def _worded(gaps: Mapping[str, Gap], speak: Speak) -> Iterator[tuple[str, str]]:
    for name, gap in gaps.items():
        if isinstance(gap, tuple):
            yield name, _list(name, gap, speak)
        elif name.endswith("_fen") and isinstance(gap, int):
            yield name, yuan(gap)
        else:
            yield name, _word(name, str(gap), speak)


def _word(name: str, text: str, speak: Speak) -> str:
    if name.startswith("tier"):
        return speak(tier_label(Tier(text)))
    if name == "category":
        return speak(category_label(Category(text)))
    return _offer(text, speak) if name == "offer" else text


def _offer(offer_id: str, speak: Speak) -> str:
    tier = tier_of_offer(offer_id)
    if tier is not None:
        return speak(tier_label(tier))
    return speak(WORDS[FIRST_PURCHASE]) if offer_id == FIRST_PURCHASE else offer_id


def _list(name: str, rows: tuple[tuple[int | str, ...], ...], speak: Speak) -> str:
    between = speak(WORDS["between"])
    if name == "terms":
        terms = (f"{speak(category_label(Category(str(code))))} {yuan(int(fen))} × {rate}" for code, fen, rate in rows)
        return " + ".join(terms)
    if name == "lots":
        return between.join(speak(WORDS["lot"], on=on, points=points) for on, points in rows)
    if name == "others":
        offers = between.join(f"{_offer(str(offer), speak)} {yuan(int(fen))}" for offer, fen in rows)
        return speak(WORDS["others"], offers=offers) if rows else ""
    return " + ".join(str(each) for (each,) in rows)
