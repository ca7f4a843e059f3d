"""What the cashier is told when a card is scanned (docs/programme §9)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from pos_member.domain.prompts import PromptKind, TierProgress, next_tier, prompts
from pos_member.domain.quote import MemberStanding
from pos_member.domain.rates import decimal_text
from pos_member.domain.tier import Tier
from tests.domain.makers import BASIC, DIAMOND, GOLD, RULES, SILVER, day, lot, ruleset, state

TODAY = day("2026-12-05")


def discount_text(rate: Fraction) -> str:
    return f"{decimal_text(rate * 10)}折"


def told(member: MemberStanding) -> list[str]:
    told = []
    for prompt in prompts(member, state(member), TODAY, RULES):
        gaps = {name: discount_text(gap) if isinstance(gap, Fraction) else gap for name, gap in prompt.gaps.items()}
        told.append(prompt.template.format(**gaps))
    return told


def test_at_most_three_prompts_the_most_valuable_first() -> None:
    member = replace(
        GOLD,
        spend_365_fen=482_000,
        visits_365=12,
        completed_sales=0,
        birthday=day("1980-12-24"),
        lots=(lot(320, "2025-12-20", "2026-12-31"),),
    )
    assert told(member) == [
        "320 分 12-31 起到期，可抵 ¥3.00",
        "再消费 ¥180.00 升钻石（8折）",
        "本月生日：本单送 50 分",
    ]


def test_head_office_sets_how_many_prompts_there_are_at_most() -> None:
    member = replace(SILVER, completed_sales=0)
    one = ruleset(("most = 3", "most = 1"))
    assert len(prompts(member, state(member), TODAY, RULES)) == 2
    assert [prompt.kind for prompt in prompts(member, state(member), TODAY, one)] == [PromptKind.NEXT_TIER]


def test_a_newcomer_hears_of_the_first_purchase() -> None:
    member = replace(SILVER, completed_sales=0, visited_today=True)
    kinds = [prompt.kind for prompt in prompts(member, state(member), TODAY, RULES)]
    assert kinds == [PromptKind.NEXT_TIER, PromptKind.FIRST_PURCHASE]
    assert told(member)[-1] == "首单 9折"


def test_a_diamond_without_occasion_hears_nothing() -> None:
    assert told(replace(DIAMOND, lots=(lot(320, "2026-12-01", "2027-12-31"),))) == []


def test_too_few_points_to_pay_with_are_named_without_a_worth() -> None:
    assert told(replace(DIAMOND, lots=(lot(99, "2025-12-20", "2026-12-31"),))) == ["99 分 12-31 起到期"]


def test_a_diamond_birthday_multiplies_also_after_the_extra() -> None:
    born = replace(DIAMOND, birthday=day("1980-12-24"))
    assert told(born) == ["本月生日：本单送 50 分，消费积分 ×2"]
    assert told(replace(born, birthday_bonus_years=(2026,))) == ["本月生日：消费积分 ×2"]
    assert told(replace(born, tier=Tier.GOLD, birthday_bonus_years=(2026,)))[-1] == "本月生日，祝生日快乐"


def test_where_one_more_visit_is_enough_a_small_purchase_is_named() -> None:
    assert told(BASIC) == ["本次消费满 ¥10.00 升银卡（9折）"]
    assert told(replace(BASIC, visited_today=True)) == ["再消费 ¥650.00 升银卡（9折）"]


def test_visits_that_spending_cannot_replace_are_named_too() -> None:
    assert told(replace(GOLD, spend_365_fen=482_000, visits_365=9)) == ["再消费 ¥180.00、到店 3 天升钻石（8折）"]
    assert told(replace(GOLD, spend_365_fen=520_000, visits_365=9)) == ["再到店 3 天升钻石（8折）"]
    assert told(replace(GOLD, spend_365_fen=520_000, visits_365=11)) == ["本单完成后升钻石（8折）"]


def test_the_way_to_the_next_tier_is_measured_by_spending() -> None:
    assert next_tier(BASIC, RULES) == TierProgress(
        tier=Tier.SILVER, missing_fen=65_000, spent_fen=35_000, needed_fen=100_000
    )
    assert next_tier(DIAMOND, RULES) is None
