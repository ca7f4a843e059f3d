"""What the programme's words are called in Chinese, on the screen and on the receipt alike."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from pos_member.domain.offers import FIRST_PURCHASE, tier_of_offer
from pos_member.domain.product import Category
from pos_member.domain.tender import TenderKind
from pos_member.domain.tier import Tier

_TIERS: Final = {Tier.BASIC: "普通", Tier.SILVER: "银卡", Tier.GOLD: "金卡", Tier.DIAMOND: "钻石"}
_CATEGORIES: Final = {
    Category.RX: "处方药",
    Category.OTC_A: "甲类非处方药",
    Category.OTC_B: "乙类非处方药",
    Category.TCM: "中药饮片",
    Category.SUPPLEMENT: "保健品",
    Category.DEVICE: "医疗器械",
    Category.SUNDRY: "非药品",
}
_POINTS: Final = {
    "purchase": "购物",
    "tier_bonus": "等级加成",
    "birthday_multiplier": "生日翻倍",
    "member_day": "会员日加成",
    "birthday": "生日礼",
    "upgrade": "升级奖励",
    "purchase_reversal": "退货扣回",
    "birthday_reversal": "生日礼扣回",
    "redemption_reversal": "抵现退还",
    "redemption": "积分抵现",
    "service": "积分换服务",
    "reward": "积分换礼",
    "gift": "会员礼品",
    "donation": "公益捐赠",
    "redemption_void": "兑换作废",
    "registration": "注册",
    "check_in": "签到",
    "review": "评价",
    "referral": "推荐",
    "activity": "活动",
    "festival": "节日",
    "adjustment": "调整",
}
_TENDERS: Final = {
    TenderKind.CASH: "现金",
    TenderKind.WECHAT: "微信",
    TenderKind.ALIPAY: "支付宝",
    TenderKind.CARD: "银行卡",
    TenderKind.INSURANCE: "医保",
    TenderKind.OTHER: "其他",
}


def tier_label(tier: Tier) -> str:
    """The name of a tier: 普通, 银卡, 金卡, 钻石."""
    return _TIERS[tier]


def category_label(category: Category) -> str:
    """The name of a category of goods."""
    return _CATEGORIES[category]


def points_label(kind: str) -> str:
    """The name of a kind of ledger entry or redemption, or of a part of what a sale earns."""
    return _POINTS[kind]


def tender_label(kind: TenderKind) -> str:
    """The name of a tender."""
    return _TENDERS[kind]


@lru_cache(maxsize=256)
def offer_label(offer_id: str) -> str:
    """The name of an offer, short enough for a column: 金卡价, 首单价; a published one is called by its id."""
    tier = tier_of_offer(offer_id)
    if tier is not None:
        return f"{tier_label(tier)}价"
    return "首单价" if offer_id == FIRST_PURCHASE else offer_id
