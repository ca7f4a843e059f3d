"""What a ruleset may not say, though each of its values is in range: against the law, or against itself."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Final

from pos_member.domain.product import Category
from pos_member.domain.rights import KEPT_BY_LAW
from pos_member.domain.ruleset import Activity, Benefit, Requires, Ruleset, TierRule
from pos_member.domain.tier import Tier
from pos_member.domain.toml_section import Section

_LEGAL_PRESCRIPTION: Final = frozenset({Category.RX})
_LEGAL_NEVER_FREE: Final = frozenset({Category.RX, Category.OTC_A})
_LEGAL_QUALITY_ONLY: Final = frozenset({Category.RX, Category.OTC_A, Category.OTC_B, Category.TCM})
_LEGAL_EPHEDRINE_LIMIT: Final = 2
_RECENCY: Final = "recency_days"


def check_ruleset(ruleset: Ruleset, root: Section) -> None:
    """Refuses a ruleset that loosens a legal duty (docs/programme §1) or contradicts itself; ``root`` is its document.

    Raises ``RulesetError``.
    """
    _refuse_loosened_duties(ruleset, root)
    _refuse_giving_away(ruleset, root)
    _check_tier_conditions(ruleset, root)
    _check_tier_order(ruleset, root)
    _check_points(ruleset, root)
    _check_bonuses(ruleset, root)
    _check_stages(ruleset, root)
    for benefit in ruleset.benefits.values():
        _check_benefit(benefit, ruleset, root)
    for activity in ruleset.activities.values():
        _check_activity(activity, ruleset, root)
    _check_rights(ruleset, root)


def _refuse_loosened_duties(ruleset: Ruleset, root: Section) -> None:
    duties = ruleset.obligations
    if not duties.prescription >= _LEGAL_PRESCRIPTION:
        raise root.wrong("obligations.prescription", "处方药（rx）依法凭处方销售，必须列入")
    if not duties.never_free >= _LEGAL_NEVER_FREE:
        raise root.wrong("obligations.never_free", "处方药（rx）和甲类非处方药（otc_a）依法不得赠送，必须列入")
    if duties.ephedrine_limit > _LEGAL_EPHEDRINE_LIMIT:
        allowed = f"法定一次不超过 {_LEGAL_EPHEDRINE_LIMIT} 个最小包装，只可更严"
        raise root.wrong("obligations.ephedrine_limit", allowed)
    if not ruleset.returns.quality_only >= _LEGAL_QUALITY_ONLY:
        allowed = f"药品（{_listed(_LEGAL_QUALITY_ONLY)}）售出后依法非质量问题不得退换，必须列入"
        raise root.wrong("returns.quality_only", allowed)


def _refuse_giving_away(ruleset: Ruleset, root: Section) -> None:
    """Neither goods for points, nor a gift, nor points for the whole payable (docs/programme §1)."""
    never_free = ruleset.obligations.never_free
    reason = f"{_listed(never_free)} 不得赠送：处方药和甲类非处方药依法如此，其余由 obligations.never_free 规定"
    for reward in ruleset.rewards.values():
        if reward.category in never_free:
            raise root.wrong(f"rewards.{reward.id}.category", reason)
    for benefit in ruleset.benefits.values():
        if benefit.category in never_free:
            raise root.wrong(f"benefits.{benefit.id}.category", reason)
    if ruleset.deduction.max_share == 1 and ruleset.deduction.categories & never_free:
        raise root.wrong("deduction.max_share", f"积分可抵这些类别时应小于 1，因为 {reason}")


def _check_tier_conditions(ruleset: Ruleset, root: Section) -> None:
    window = ruleset.tier_window
    for tier, rule in ruleset.tiers.items():
        if tier is not Tier.BASIC and not _conditions(rule):
            allowed = "升级条件至少要有 spend_fen、visits、recency_days 中的一项"
            raise root.wrong(f"tiers.{tier}.spend_fen", allowed)
        if rule.visits is not None and rule.visits > window.days:
            allowed = f"一天至多算一次到店，{window.days} 天（tier_window.days）内达不到"
            raise root.wrong(f"tiers.{tier}.visits", allowed)
        if rule.recency_days is not None and rule.recency_days > window.review_recency_days:
            allowed = f"月度复核不得严于升级：应不小于 tiers.{tier}.recency_days 的 {rule.recency_days}"
            raise root.wrong("tier_window.review_recency_days", allowed)


def _check_tier_order(ruleset: Ruleset, root: Section) -> None:
    """A higher tier gives no less than a lower one (docs/programme §2), and does not swallow it."""
    for lower, higher in pairwise(ruleset.tiers[tier] for tier in Tier):
        if higher.discount > lower.discount:
            raise root.wrong(f"tiers.{higher.tier}.discount", f"等级更高，不得高于 tiers.{lower.tier}.discount")
        if higher.multiplier < lower.multiplier:
            raise root.wrong(f"tiers.{higher.tier}.multiplier", f"等级更高，不得低于 tiers.{lower.tier}.multiplier")
    for lower, higher in combinations((ruleset.tiers[tier] for tier in Tier), 2):
        if higher.requires is Requires.ALL and len(_conditions(higher)) > 1:
            continue
        for condition, needed in _conditions(lower).items():
            if condition in _conditions(higher) and _conditions(higher)[condition] <= needed:
                than = "大于" if condition == _RECENCY else "小于"
                allowed = f"应{than} tiers.{higher.tier}.{condition}，否则满足它的会员总是更高的等级"
                raise root.wrong(f"tiers.{lower.tier}.{condition}", allowed)


def _check_points(ruleset: Ruleset, root: Section) -> None:
    deduction, donation = ruleset.deduction, ruleset.donation
    for name, step, fen in (
        ("deduction", deduction.step, deduction.fen_per_100_points),
        ("donation", donation.step, donation.fen_per_100_points),
    ):
        if step * fen % 100:
            raise root.wrong(f"{name}.step", f"按 fen_per_100_points = {fen}，一档积分应折合整分钱")
    if deduction.minimum % deduction.step:
        raise root.wrong("deduction.minimum", f"应为 {deduction.step}（deduction.step）的倍数")


def _check_bonuses(ruleset: Ruleset, root: Section) -> None:
    rule = ruleset.bonuses
    for name, points, limit in (
        ("check_in", rule.check_in_points, rule.check_in_month_limit),
        ("review", rule.review_points, rule.review_month_limit),
    ):
        if limit < points:
            raise root.wrong(f"bonuses.{name}_month_limit", f"每月上限应不小于一次的 {points} 分")
    if rule.activity_points_most < rule.activity_points_least:
        raise root.wrong(
            "bonuses.activity_points_most", f"应不小于 activity_points_least 的 {rule.activity_points_least}"
        )


def _check_stages(ruleset: Ruleset, root: Section) -> None:
    lifecycle, prompts = ruleset.lifecycle, ruleset.prompts
    if lifecycle.lost_days <= lifecycle.dormant_days:
        raise root.wrong("lifecycle.lost_days", f"流失在沉睡之后，应大于 dormant_days 的 {lifecycle.dormant_days}")
    if prompts.dormant_off_fen >= prompts.dormant_threshold_fen:
        allowed = f"减的应小于满的，即小于 dormant_threshold_fen 的 {prompts.dormant_threshold_fen}"
        raise root.wrong("prompts.dormant_off_fen", allowed)


def _check_benefit(benefit: Benefit, ruleset: Ruleset, root: Section) -> None:
    key = f"benefits.{benefit.id}"
    for service in benefit.services:
        if service not in ruleset.services:
            raise root.wrong(f"{key}.services", f"services 中没有 {service} 这一节")
    if benefit.services and benefit.category is not None:
        raise root.wrong(f"{key}.category", "已写明免费服务（services），不能又是赠品")
    if benefit.times and not benefit.services and benefit.category is None:
        raise root.wrong(f"{key}.category", "限次数的权益应写明免费服务（services），或赠品的类别（category）")
    if benefit.category is not None and not benefit.times:
        raise root.wrong(f"{key}.times", "赠品应限次数，不得为 0")


def _check_activity(activity: Activity, ruleset: Ruleset, root: Section) -> None:
    key = f"activities.{activity.id}"
    least, most = ruleset.bonuses.activity_points_least, ruleset.bonuses.activity_points_most
    if not least <= activity.points <= most:
        raise root.wrong(f"{key}.points", f"应为 {least} 至 {most} 分（bonuses.activity_points_least、_most）")
    if activity.first is not None and activity.last is not None and activity.last < activity.first:
        raise root.wrong(f"{key}.last", f"不应早于 first 的 {activity.first}")


def _check_rights(ruleset: Ruleset, root: Section) -> None:
    """A right that the law keeps for a role goes to no other, and a right that nobody has stops the counter."""
    for right, roles in ruleset.rights.items():
        kept = KEPT_BY_LAW.get(right)
        if kept is not None and not roles <= kept:
            raise root.wrong(f"rights.{right}", f"只能给 {'、'.join(sorted(role.value for role in kept))}")
        if not roles:
            raise root.wrong(f"rights.{right}", "至少要有一种岗位")


def _conditions(rule: TierRule) -> dict[str, int]:
    """What a tier asks for at least, by name; recency, which is a most, as a negative number."""
    asked = {
        "spend_fen": rule.spend_fen,
        "visits": rule.visits,
        _RECENCY: None if rule.recency_days is None else -rule.recency_days,
    }
    return {name: number for name, number in asked.items() if number is not None}


def _listed(categories: frozenset[Category]) -> str:
    return "、".join(category.value for category in Category if category in categories)
