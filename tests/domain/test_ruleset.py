"""A ruleset that head office publishes is taken as it is written, or refused with the reason."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest

from pos_member.domain.product import Category
from pos_member.domain.rights import KEPT_BY_LAW, Right
from pos_member.domain.ruleset import Period, Ruleset
from pos_member.domain.ruleset_document import parse_ruleset
from pos_member.domain.staff import Role
from pos_member.domain.tier import Tier
from pos_member.domain.toml_section import RulesetError
from tests.domain.makers import DEFAULT_TEXT, RULES, day

CONDITIONS = {"spend_fen", "visits", "recency_days"}
"""What a tier may leave out, as long as something is asked for."""

NOT_A = {
    bool: ["1", '"true"', "[]"],
    int: ["true", "1.5", "nan", "-inf", "-1", '"7"', "[]", "1" + "0" * 30, "0x" + "f" * 3000],
    str: ["1", "true", '""', '" "', r'"\u001b"', r'"a\nb"', '"' + "x" * 41 + '"', "[]", "{}"],
    list: ["1", '"rx"', "[1]", '["a", "a"]', "[[]]", "[true]"],
    date: ['"2026-01-01"', "20260101", "2026-01-01T00:00:00", "07:32:00"],
}
"""For a value of each type, what may not stand in its place anywhere in the document."""


def leaves(table: dict[str, object], under: str = "") -> Iterator[tuple[str, object]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{under}{name}.")
        else:
            yield f"{under}{name}", value


DEFAULT = dict(leaves(tomllib.loads(DEFAULT_TEXT)))
SECTIONS = [line.strip("[]") for line in DEFAULT_TEXT.splitlines() if line.startswith("[")]


def rewritten(values: dict[str, str | None]) -> str:
    """The built-in document with the values of some keys written otherwise, or left out."""
    left = dict(values)
    lines = []
    section = ""
    for line in DEFAULT_TEXT.splitlines():
        if line.startswith("["):
            section = f"{line.strip('[]')}."
        key = section + line.partition(" =")[0]
        if key in left:
            literal = left.pop(key)
            if literal is None:
                continue
            line = f"{line.partition(' =')[0]} = {literal}"
        lines.append(line)
    assert not left
    return "\n".join(lines)


def rules_with(**values: str) -> Ruleset:
    """``offline__replica_max_age_days="3"`` stands for the key ``offline.replica_max_age_days``."""
    return parse_ruleset(rewritten({key.replace("__", "."): literal for key, literal in values.items()}))


def refusal(document: str | bytes) -> RulesetError:
    with pytest.raises(RulesetError) as refused:
        parse_ruleset(document)
    message = refused.value.message
    assert message.isprintable(), "one line, and nothing that a terminal would obey"
    assert len(message) < 400
    assert str(refused.value.gaps["key"]) in message
    assert str(refused.value.gaps["value"]) in message
    return refused.value


def refused_key(document: str | bytes) -> object:
    return refusal(document).gaps["key"]


def test_the_built_in_ruleset_is_the_programme() -> None:
    assert (RULES.version, RULES.effective_from, RULES.stores) == ("2026.1", day("2026-01-01"), ())
    assert {tier: rule.discount for tier, rule in RULES.tiers.items()} == {
        Tier.BASIC: Fraction(19, 20),
        Tier.SILVER: Fraction(9, 10),
        Tier.GOLD: Fraction(17, 20),
        Tier.DIAMOND: Fraction(4, 5),
    }
    assert {category for category, rule in RULES.categories.items() if not rule.tier_discount} == {Category.RX}
    assert {category for category, rule in RULES.categories.items() if rule.only_named_offers} == {Category.RX}
    assert (RULES.tier_window.review_day, RULES.tier_window.review_recency_days) == (1, 31)


def test_the_built_in_ruleset_says_what_points_buy() -> None:
    assert {service.id: service.points for service in RULES.services.values()} == {
        "blood_pressure": 500,
        "glucose": 500,
        "consultation": 1000,
        "herb_grinding": 1000,
        "check_up": 2000,
        "tcm_consultation": 5000,
    }
    assert {(reward.name, reward.points) for reward in RULES.rewards.values()} == {
        ("矿泉水", 100),
        ("创可贴", 100),
        ("体温计", 500),
        ("维生素C", 500),
        ("血压计", 1000),
        ("蛋白粉", 1000),
        ("保健品礼盒", 5000),
    }
    assert RULES.donation.fen_per_100_points == 100


def test_the_built_in_ruleset_says_what_a_tier_may_have_for_nothing() -> None:
    test, check_up, gift = (RULES.benefits[name] for name in ("monthly_test", "yearly_check_up", "birthday_gift"))
    assert (test.from_tier, test.times, test.period) == (Tier.GOLD, 1, Period.MONTH)
    assert test.services == ("glucose", "blood_pressure")
    assert (check_up.from_tier, check_up.times, check_up.period) == (Tier.DIAMOND, 1, Period.YEAR)
    assert (gift.from_tier, gift.category, gift.birthday_month) == (Tier.DIAMOND, Category.SUPPLEMENT, True)
    assert {benefit.id for benefit in RULES.benefits.values() if not benefit.times} == {
        "consultation",
        "lectures",
        "slip_reading",
        "gift_wrapping",
        "priority_delivery",
    }


def test_a_ruleset_holds_from_its_day_on_at_its_stores() -> None:
    everywhere = rules_with(effective_from="2026-03-01")
    assert not everywhere.in_force(day("2026-02-28"), "S001")
    assert everywhere.in_force(day("2026-03-01"), "S001")
    assert everywhere.in_force(day("2026-03-01"), None)
    here = rules_with(stores='["S001", "S002"]')
    assert here.in_force(day("2026-03-01"), "S002")
    assert not here.in_force(day("2026-03-01"), "S003")
    assert not here.in_force(day("2026-03-01"), None)


@pytest.mark.parametrize("key", DEFAULT)
def test_a_value_that_is_left_out_is_named(key: str) -> None:
    if key.startswith("tiers.") and key.rpartition(".")[2] in CONDITIONS:
        tier, _, condition = key.removeprefix("tiers.").partition(".")
        assert getattr(parse_ruleset(rewritten({key: None})).tiers[Tier(tier)], condition) is None
    else:
        assert refused_key(rewritten({key: None})) == key


@pytest.mark.parametrize("key", DEFAULT)
def test_a_value_of_another_kind_is_named(key: str) -> None:
    for literal in NOT_A[type(DEFAULT[key])]:
        assert refused_key(rewritten({key: literal})) == key, literal


@pytest.mark.parametrize("section", SECTIONS)
def test_a_key_that_nobody_asks_for_is_named(section: str) -> None:
    text = DEFAULT_TEXT.replace(f"[{section}]\n", f"[{section}]\nextra = 1\n")
    refused = refusal(text)
    assert refused.gaps["key"] == f"{section}.extra"
    assert "没有这一项" in refused.message


def test_a_section_that_nobody_asks_for_is_named() -> None:
    assert refused_key(DEFAULT_TEXT + "\n[lottery]\nodds = 1\n") == "lottery"


@pytest.mark.parametrize(
    ("key", "literal", "allowed"),
    [
        ("tiers.gold.discount", "0.85", "引号内"),
        ("tiers.gold.discount", '"1.05"', "不大于 1"),
        ("tiers.gold.discount", '"0"', "大于 0"),
        ("tiers.gold.discount", '".85"', "小数"),
        ("tiers.gold.discount", '"1e-1"', "小数"),
        ("tiers.gold.discount", '"-0.85"', "小数"),
        ("tiers.gold.discount", '"nan"', "小数"),
        ("tiers.gold.discount", '"０.85"', "小数"),
        ("tiers.gold.visits", "0", "1 至 366"),
        ("tiers.diamond.requires", '"some"', "any、all"),
        ("tier_window.review_day", "29", "1 至 28"),
        ("accrual.birthday_multiplier_tiers", '["platinum"]', "diamond"),
        ("accrual.birthday_multiplier_tiers", '["diamond", "diamond"]', "重复"),
        ("benefits.monthly_test.period", '"week"', "month、year"),
        ("rewards.water.category", '"food"', "sundry"),
        ("effective_from", '"2026-01-01"', "不加引号"),
    ],
)
def test_a_value_out_of_range_is_refused_with_what_is_allowed(key: str, literal: str, allowed: str) -> None:
    refused = refusal(rewritten({key: literal}))
    assert refused.gaps["key"] == key
    assert refused.gaps["value"] == literal
    assert allowed in refused.message


@pytest.mark.parametrize(
    ("key", "literal", "reason"),
    [
        ("obligations.prescription", '["otc_a"]', "处方药（rx）依法凭处方销售"),
        ("obligations.never_free", '["rx"]', "依法不得赠送"),
        ("obligations.never_free", '["otc_a", "sundry"]', "依法不得赠送"),
        ("obligations.ephedrine_limit", "3", "法定一次不超过 2 个最小包装"),
        ("returns.quality_only", '["rx", "otc_a", "otc_b"]', "依法非质量问题不得退换"),
        ("rewards.water.category", '"rx"', "处方药和甲类非处方药依法"),
        ("rewards.vitamin_c.category", '"otc_a"', "处方药和甲类非处方药依法"),
        ("benefits.birthday_gift.category", '"otc_a"', "处方药和甲类非处方药依法"),
        ("deduction.max_share", '"1"', "处方药和甲类非处方药依法"),
        ("rights.approve_prescription", '["pharmacist", "store_manager"]', "只能给 pharmacist"),
        ("rights.confirm_quality", '["cashier"]', "只能给 pharmacist"),
        ("rights.adjust_points", '["store_manager", "pharmacist"]', "只能给 store_manager"),
    ],
)
def test_a_legal_duty_is_never_loosened(key: str, literal: str, reason: str) -> None:
    refused = refusal(rewritten({key: literal}))
    assert (refused.gaps["key"], refused.gaps["value"]) == (key, literal)
    assert reason in refused.message


def test_a_legal_duty_may_be_tightened() -> None:
    stricter = rules_with(
        obligations__ephedrine_limit="1",
        obligations__never_free='["rx", "otc_a", "otc_b"]',
        obligations__prescription='["rx", "tcm"]',
        returns__quality_only='["rx", "otc_a", "otc_b", "tcm", "supplement"]',
    )
    assert stricter.obligations.ephedrine_limit == 1
    assert Category.OTC_B in stricter.obligations.never_free
    assert Category.TCM in stricter.obligations.prescription
    assert Category.SUPPLEMENT in stricter.returns.quality_only


def test_what_head_office_itself_never_gives_away_is_no_reward_either() -> None:
    text = rewritten({"obligations.never_free": '["rx", "otc_a", "device"]'})
    assert refused_key(text) == "rewards.plasters.category"


def test_points_may_pay_for_all_where_nothing_is_kept_from_being_given_away() -> None:
    assert rules_with(deduction__max_share='"1"', deduction__categories='["sundry"]').deduction.max_share == 1


@pytest.mark.parametrize(
    ("values", "key", "reason"),
    [
        ({"lifecycle.lost_days": "90"}, "lifecycle.lost_days", "大于 dormant_days 的 90"),
        ({"bonuses.check_in_month_limit": "0"}, "bonuses.check_in_month_limit", "一次的 1 分"),
        ({"bonuses.review_month_limit": "4"}, "bonuses.review_month_limit", "一次的 5 分"),
        ({"bonuses.activity_points_most": "9"}, "bonuses.activity_points_most", "activity_points_least 的 10"),
        ({"prompts.dormant_off_fen": "20000"}, "prompts.dormant_off_fen", "dormant_threshold_fen 的 20000"),
        ({"deduction.minimum": "150"}, "deduction.minimum", "100（deduction.step）的倍数"),
        ({"deduction.step": "50", "deduction.fen_per_100_points": "1"}, "deduction.step", "整分钱"),
        ({"donation.step": "150", "donation.fen_per_100_points": "5"}, "donation.step", "整分钱"),
        ({"benefits.monthly_test.services": '["x_ray"]'}, "benefits.monthly_test.services", "没有 x_ray 这一节"),
        ({"benefits.monthly_test.services": "[]"}, "benefits.monthly_test.category", "赠品的类别"),
        ({"benefits.birthday_gift.services": '["glucose"]'}, "benefits.birthday_gift.category", "不能又是赠品"),
        ({"benefits.birthday_gift.times": "0"}, "benefits.birthday_gift.times", "限次数"),
        ({"activities.health_lecture.points": "9"}, "activities.health_lecture.points", "10 至 50 分"),
        ({"activities.health_lecture.points": "51"}, "activities.health_lecture.points", "10 至 50 分"),
        ({"rights.sell": "[]"}, "rights.sell", "至少要有一种岗位"),
        ({"rights.approve_prescription": "[]"}, "rights.approve_prescription", "至少要有一种岗位"),
        ({"people.pin_tries": "0"}, "people.pin_tries", "1 至 20"),
        ({"people.pin_lock_seconds": "0"}, "people.pin_lock_seconds", "1 至 86400"),
        ({"people.lock_after_seconds": "9"}, "people.lock_after_seconds", "10 至 86400"),
        ({"tiers.diamond.discount": '"0.86"'}, "tiers.diamond.discount", "不得高于 tiers.gold.discount"),
        ({"tiers.diamond.multiplier": '"1.4"'}, "tiers.diamond.multiplier", "不得低于 tiers.gold.multiplier"),
        ({"tiers.gold.spend_fen": "100000"}, "tiers.silver.spend_fen", "小于 tiers.gold.spend_fen"),
        ({"tiers.silver.visits": "8"}, "tiers.silver.visits", "小于 tiers.gold.visits"),
        ({"tier_window.days": "7"}, "tiers.gold.visits", "7 天"),
        (
            {"tier_window.review_recency_days": "29"},
            "tier_window.review_recency_days",
            "tiers.diamond.recency_days 的 30",
        ),
    ],
)
def test_what_contradicts_itself_is_refused(values: dict[str, str | None], key: str, reason: str) -> None:
    refused = refusal(rewritten(values))
    assert refused.gaps["key"] == key
    assert reason in refused.message


def test_an_activity_lasts_from_its_first_day_to_its_last() -> None:
    points = 'name = "健康讲座"\npoints = 20\n'
    lasting = DEFAULT_TEXT.replace(points, f"{points}first = 2026-03-01\nlast = 2026-03-01\n")
    activity = parse_ruleset(lasting).activities["health_lecture"]
    assert (activity.first, activity.last) == (day("2026-03-01"), day("2026-03-01"))
    backwards = refusal(lasting.replace("last = 2026-03-01", "last = 2026-02-28"))
    assert backwards.gaps["key"] == "activities.health_lecture.last"
    assert "2026-03-01" in backwards.message


def test_a_right_is_given_to_roles_and_each_right_has_somebody() -> None:
    assert RULES.rights[Right.SELL] == set(Role)
    assert RULES.rights[Right.CHANGE_PRICE] == {Role.STORE_MANAGER}
    assert RULES.rights.keys() == set(Right)
    assert rules_with(rights__change_price='["pharmacist"]').rights[Right.CHANGE_PRICE] == {Role.PHARMACIST}
    assert all(RULES.rights[right] == roles for right, roles in KEPT_BY_LAW.items())


def test_a_recency_that_a_higher_tier_swallows_is_refused() -> None:
    gold_by_recency = DEFAULT_TEXT.replace("visits = 8\n", "visits = 8\nrecency_days = 30\n")
    silver_too = gold_by_recency.replace("visits = 3\n", "visits = 3\nrecency_days = 30\n")
    assert refused_key(silver_too) == "tiers.silver.recency_days"
    assert parse_ruleset(silver_too.replace("visits = 3\nrecency_days = 30", "visits = 3\nrecency_days = 31"))


def test_a_tier_that_asks_for_everything_may_ask_for_less_of_one_thing() -> None:
    assert rules_with(tiers__diamond__spend_fen="200000").tiers[Tier.DIAMOND].spend_fen == 200_000


def test_a_tier_needs_something_that_earns_it() -> None:
    assert refused_key(rewritten({"tiers.gold.spend_fen": None, "tiers.gold.visits": None})) == "tiers.gold.spend_fen"


def test_a_tier_that_is_missing_is_named() -> None:
    assert refused_key(DEFAULT_TEXT.replace("[tiers.basic]", "[tiers.platinum]")) == "tiers.basic"


@pytest.mark.parametrize("wrong_id", ["Glucose", "2nd_glucose", "glu cose", "glu-cose", "血糖", "glucose.two", ""])
def test_an_id_is_plain(wrong_id: str) -> None:
    refused = refusal(DEFAULT_TEXT.replace("[services.glucose]", f'[services."{wrong_id}"]'))
    assert refused.gaps["key"] == f"services.{wrong_id}"
    assert "小写字母" in refused.message


def test_a_programme_without_rewards_says_so_with_an_empty_section() -> None:
    start, end = DEFAULT_TEXT.index("[rewards."), DEFAULT_TEXT.index("# 会员权益")
    without = DEFAULT_TEXT[:start] + DEFAULT_TEXT[end:]
    assert refused_key(without) == "rewards"
    assert parse_ruleset(without + "\n[rewards]\n").rewards == {}


def test_a_list_of_tables_is_no_section() -> None:
    assert refused_key(DEFAULT_TEXT.replace("[offline]", "[[offline]]")) == "offline"


def test_a_step_may_be_worth_less_than_its_points() -> None:
    assert rules_with(deduction__fen_per_100_points="3").deduction.worth_fen(200) == 6


def test_a_file_is_read_as_it_lies_on_the_disk() -> None:
    for content in (
        DEFAULT_TEXT.encode(),
        b"\xef\xbb\xbf" + DEFAULT_TEXT.encode(),
        DEFAULT_TEXT.replace("\n", "\r\n").encode(),
        "\ufeff" + DEFAULT_TEXT,
    ):
        assert parse_ruleset(content).version == "2026.1"


@pytest.mark.parametrize(
    ("content", "key", "said"),
    [
        (b"", "version", "（缺）"),
        (bytes(range(256)), "文件", "UTF-8"),
        (b"\0" * 1000, "第 1 行", "TOML"),
        (DEFAULT_TEXT.encode("utf-16"), "文件", "UTF-8"),
        (b"#" * 5_000_000, "文件", "5000000 字节"),
        ("版" * 70_000, "文件", "70000 字"),
        ("x = " + "[" * 3_000, "第 1 行", "嵌套"),
        ("\n".join(["x = [", *["["] * 30_000]), "第 1 行", "嵌套"),
        ("x = " + "{a = " * 700, "第 1 行", "嵌套"),
        (".".join(["a"] * 30_000) + " = 1", "第 1 行", "4000 个字"),
        ("visits = " + "9" * 5_000, "第 1 行", "visits = 9999"),
        ('version = "2026.1"\nversion = "2026.2"', "第 2 行", 'version = "2026.2"'),
        ("[offline]\n[offline]", "第 2 行", "[offline]"),
        ("effective_from = 2026-02-30", "第 1 行", "2026-02-30"),
        ("[offline", "第 1 行", "[offline"),
        ('{"version": "2026.1"}', "第 1 行", "TOML"),
        ("x = 1\ny = [\n\n", "第 2 行", "y = ["),
        ("x = 1\ny = ", "第 2 行", "TOML"),
    ],
    ids=lambda value: str(value[:16]),
)
def test_whatever_a_file_holds_is_refused_in_words(content: str | bytes, key: str, said: str) -> None:
    refused = refusal(content)
    assert refused.gaps["key"] == key
    assert said in refused.message


def test_a_wild_key_cannot_break_the_sentence() -> None:
    assert refused_key(DEFAULT_TEXT + '\n"a\\nb\\u001b{c}" = 1\n') == "rights.a\ufffdb\ufffd{c}"
    assert str(refused_key(DEFAULT_TEXT + f"\n{'k' * 3_000} = 1\n")).endswith("k…")


def test_a_long_list_is_shown_by_its_beginning() -> None:
    stores = ", ".join(f'"S{number:03d}"' for number in range(300))
    value = refusal(rewritten({"stores": f'[{stores}, ""]'})).gaps["value"]
    assert str(value).startswith('["S000", "S001"')
    assert str(value).endswith("…")
