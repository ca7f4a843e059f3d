"""The words for the domain's own values, as source texts, with the tones of their chips."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from pos_member.domain.labels import category_label, points_label, tier_label
from pos_member.domain.product import Category
from pos_member.domain.prompts import PromptKind
from pos_member.domain.redemption import RedemptionLimit
from pos_member.domain.rights import Right, right_label, role_label
from pos_member.domain.staff import Role
from pos_member.domain.tier import Tier
from pos_member.domain.trace_words import SENTENCES, WORDS

POINTS_PARTS = ("purchase", "tier_bonus", "birthday_multiplier", "member_day", "birthday", "upgrade")
"""The parts of what a sale earns, in their order (docs/programme §4)."""

LABELS: Mapping[StrEnum | str, str] = MappingProxyType(
    {
        **{tier: tier_label(tier) for tier in Tier},
        **{category: category_label(category) for category in Category},
        **{part: points_label(part) for part in POINTS_PARTS},
        **{role: role_label(role) for role in Role},
        **{right: right_label(right) for right in Right},
        RedemptionLimit.BALANCE: "可用余额",
        RedemptionLimit.SHARE: "比例上限",
        RedemptionLimit.OFFLINE: "本机今日上限",
        RedemptionLimit.REPLICA_EXPIRED: "数据过旧",
        RedemptionLimit.STOPPED: "本机停用积分",
        RedemptionLimit.NO_MEMBER: "无会员",
        RedemptionLimit.NOTHING_PAYABLE: "无可抵金额",
        "gross": "原价",
        "no_offer": "无折扣",
        "redemption": "积分抵现",
        "points_deduction": "积分抵现分摊",
        "rounding": "抹零",
        "insurance": "医保",
    }
)
"""Source text of each value that is shown to people, the rules of a quote's trace among them."""

PRINT_PROBLEMS: Mapping[str, str] = MappingProxyType(
    {
        "unreachable": "连不上打印机",
        "no_answer": "打印机没有应答",
        "offline": "打印机脱机",
        "cover_open": "打印机盖开着",
        "paper_out": "打印机缺纸",
        "printer_error": "打印机报告故障",
        "interrupted": "打印中断，不知道是否已打出",
        "unconfirmed": "打印机没有确认打出",
        "stopped": "打印时程序关闭，不知道是否已打出",
        "unprintable": "小票内容无法打印",
    }
)
"""Source text of the codes by which a printer's troubles are recorded."""

CATEGORY_CHIPS: Mapping[Category, tuple[str, str]] = MappingProxyType(
    {Category.RX: ("处方", "rx"), Category.OTC_A: ("甲类", "warn")}
)
"""Source text and tone of the categories that carry a duty at the counter (docs/programme §1)."""

PROMPT_MARKS: Mapping[PromptKind, tuple[str, str]] = MappingProxyType(
    {
        PromptKind.EXPIRING: ("时", "warn"),
        PromptKind.NEXT_TIER: ("升", "brand"),
        PromptKind.BIRTHDAY: ("寿", "gold"),
        PromptKind.FIRST_PURCHASE: ("首", "info"),
    }
)
"""The one-character mark of each kind of prompt, as a source text, and its tone."""

TIER_TONES: Mapping[Tier, str] = MappingProxyType(
    {Tier.BASIC: "mute", Tier.SILVER: "info", Tier.GOLD: "gold", Tier.DIAMOND: "brand"}
)
"""The tone of each tier's chip."""

TABLED: frozenset[str] = frozenset(
    [
        *LABELS.values(),
        *PRINT_PROBLEMS.values(),
        *SENTENCES.values(),
        *WORDS.values(),
        *(word for word, _tone in (*CATEGORY_CHIPS.values(), *PROMPT_MARKS.values())),
    ]
)
"""Every source text that stands in a table rather than where it is shown."""


def label(value: StrEnum | str) -> str:
    """The source text of a value; the value itself when it has no word of its own."""
    return LABELS.get(value, str(value))
