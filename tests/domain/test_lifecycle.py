"""Where members stand in their life with the chain (docs/programme §9)."""

from __future__ import annotations

import pytest

from pos_member.domain.errors import Malformed
from pos_member.domain.lifecycle import Stage, stage
from pos_member.domain.tier import Tier
from tests.domain.makers import RULES, day, ruleset

TODAY = day("2026-12-05")


def test_one_who_never_bought_is_still_being_won_whatever_the_tier() -> None:
    assert stage(0, None, Tier.GOLD, TODAY, RULES) is Stage.ACQUISITION


@pytest.mark.parametrize(
    ("last", "tier", "purchases", "expected"),
    [
        ("2026-06-08", Tier.DIAMOND, 40, Stage.LOST),
        ("2026-06-09", Tier.DIAMOND, 40, Stage.DORMANT),
        ("2026-09-06", Tier.DIAMOND, 40, Stage.DORMANT),
        ("2026-09-07", Tier.DIAMOND, 40, Stage.MATURE),
        ("2026-09-07", Tier.SILVER, 1, Stage.MATURE),
        ("2026-09-07", Tier.BASIC, 1, Stage.ACQUISITION),
        ("2026-09-07", Tier.BASIC, 2, Stage.GROWTH),
        ("2026-09-06", Tier.BASIC, 1, Stage.DORMANT),
        ("2026-12-06", Tier.BASIC, 2, Stage.GROWTH),
    ],
)
def test_the_first_stage_that_holds_is_the_members(last: str, tier: Tier, purchases: int, expected: Stage) -> None:
    assert stage(purchases, day(last), tier, TODAY, RULES) is expected


def test_head_office_sets_where_the_stages_begin() -> None:
    stricter = ruleset(
        ('mature_from_tier = "silver"', 'mature_from_tier = "gold"'), ("dormant_days = 90", "dormant_days = 5")
    )
    assert stage(9, day("2026-12-01"), Tier.SILVER, TODAY, stricter) is Stage.GROWTH
    assert stage(9, day("2026-11-30"), Tier.SILVER, TODAY, stricter) is Stage.DORMANT


def test_purchases_without_a_last_one_cannot_be() -> None:
    with pytest.raises(Malformed) as malformed:
        stage(3, None, Tier.BASIC, TODAY, RULES)
    assert str(malformed.value) == "last: 有 3 笔消费，却没有最近一笔的日期"
