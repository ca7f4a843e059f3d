"""Where a member stands in their life with the chain (生命周期, docs/programme §9)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pos_member.domain.errors import Malformed
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.tier import Tier


class Stage(StrEnum):
    """The five stages: 获取期, 成长期, 成熟期, 沉睡期, 流失期."""

    ACQUISITION = "acquisition"
    GROWTH = "growth"
    MATURE = "mature"
    DORMANT = "dormant"
    LOST = "lost"


def stage(purchases: int, last: date | None, tier: Tier, on: date, ruleset: Ruleset) -> Stage:
    """The stage on a business date of a member with so many purchases, the last of them on ``last``.

    :class:`Malformed` names ``last`` where there are purchases and no last one.
    """
    if purchases == 0:
        return Stage.ACQUISITION
    if last is None:
        raise Malformed("last", "有 {purchases} 笔消费，却没有最近一笔的日期", purchases=purchases)
    rule = ruleset.lifecycle
    days = (on - last).days
    if days >= rule.lost_days:
        return Stage.LOST
    if days >= rule.dormant_days:
        return Stage.DORMANT
    if tier.rank >= rule.mature_from_tier.rank:
        return Stage.MATURE
    return Stage.ACQUISITION if purchases <= rule.acquisition_purchases else Stage.GROWTH
