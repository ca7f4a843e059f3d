"""A ruleset that head office publishes is taken as it is written, or refused with the reason."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pos_member.domain.product import Category
from pos_member.domain.ruleset import parse_ruleset
from pos_member.domain.tier import Tier
from pos_member.domain.toml_section import RulesetError
from tests.domain.makers import DEFAULT_TEXT, RULES, day, ruleset


def test_the_built_in_ruleset_is_the_programme() -> None:
    assert (RULES.version, RULES.effective_from, RULES.stores) == ("2026.1", day("2026-01-01"), ())
    assert {tier: rule.discount for tier, rule in RULES.tiers.items()} == {
        Tier.BASIC: Fraction(19, 20),
        Tier.SILVER: Fraction(9, 10),
        Tier.GOLD: Fraction(17, 20),
        Tier.DIAMOND: Fraction(4, 5),
    }
    assert {category for category, rule in RULES.categories.items() if not rule.tier_discount} == {Category.RX}


@pytest.mark.parametrize(
    ("old", "new", "key", "allowed"),
    [
        ('discount = "0.85"', "discount = 0.85", "tiers.gold.discount", "引号内"),
        ('discount = "0.85"', 'discount = "1.05"', "tiers.gold.discount", "不大于 1"),
        ('discount = "0.85"', 'discount = "0"', "tiers.gold.discount", "大于 0"),
        ('discount = "0.85"', 'discount = ".85"', "tiers.gold.discount", "小数"),
        ('discount = "0.85"', 'discount = "０.85"', "tiers.gold.discount", "小数"),
        ("visits = 8", "visits = true", "tiers.gold.visits", "整数"),
        ("visits = 8", "visits = 0", "tiers.gold.visits", "1 至 366"),
        ("visits = 8", "vistis = 8", "tiers.gold.vistis", "没有这一项"),
        ('requires = "all"', 'requires = "some"', "tiers.diamond.requires", "any、all"),
        ("step = 100", "step = 99", "deduction.minimum", "99 的倍数"),
        ('["diamond"]', '["platinum"]', "accrual.birthday_multiplier_tiers", "diamond"),
        ('["diamond"]', '["diamond", "diamond"]', "accrual.birthday_multiplier_tiers", "重复"),
        ('version = "2026.1"', "", "version", "文字"),
        ("effective_from = 2026-01-01", 'effective_from = "2026-01-01"', "effective_from", "日期"),
        ('"otc_a"]', "]", "obligations.never_free", "不得赠送"),
        ("ephedrine_limit = 2", "ephedrine_limit = 3", "obligations.ephedrine_limit", "法定"),
        ('max_share = "0.50"', 'max_share = "1"', "deduction.max_share", "不得赠送"),
        ("[tiers.basic]", "[tiers.platinum]", "tiers.basic", "缺"),
        ("[offline]", "[[offline]]", "offline", "一节"),
        ("[offline]", "[offline", "TOML", "TOML"),
    ],
)
def test_what_cannot_be_is_refused_by_name(old: str, new: str, key: str, allowed: str) -> None:
    with pytest.raises(RulesetError) as refused:
        ruleset((old, new))
    assert refused.value.gaps["key"] == key
    assert allowed in refused.value.message


def test_a_step_has_to_be_worth_whole_fen() -> None:
    assert ruleset(("fen_per_100_points = 100", "fen_per_100_points = 3")).deduction.worth_fen(200) == 6
    with pytest.raises(RulesetError) as refused:
        ruleset(("fen_per_100_points = 100", "fen_per_100_points = 1"), ("step = 100", "step = 50"))
    assert refused.value.gaps["key"] == "deduction.step"


def test_a_tier_needs_something_that_earns_it() -> None:
    with pytest.raises(RulesetError) as refused:
        ruleset(("spend_fen = 300000\nvisits = 8\n", ""))
    assert refused.value.gaps["key"] == "tiers.gold.spend_fen"


def test_an_unknown_section_is_refused() -> None:
    with pytest.raises(RulesetError) as refused:
        parse_ruleset(DEFAULT_TEXT + "\n[lottery]\nodds = 1\n")
    assert refused.value.gaps["key"] == "lottery"


def test_duties_may_be_tightened() -> None:
    stricter = ruleset(("ephedrine_limit = 2", "ephedrine_limit = 1"), ('"otc_a"]', '"otc_a", "otc_b"]'))
    assert stricter.obligations.ephedrine_limit == 1
    assert Category.OTC_B in stricter.obligations.never_free
