"""What a sale earns, and the tier that it leads to (docs/programme §2, §4)."""

from __future__ import annotations

from dataclasses import replace

from pos_member.domain.quote import Quote
from pos_member.domain.tier import Tier, UpgradeBonus
from tests.domain.makers import BASIC, DIAMOND, GOLD, NOBODY_SPECIAL, SILVER, day, goods, lot, price, ruleset


def parts(priced: Quote) -> dict[str, int]:
    assert sum(part.points for part in priced.points) == priced.points_earned
    return {part.kind: part.points for part in priced.points}


def test_gold_earns_half_as_much_again_floored_only_at_the_end() -> None:
    priced = price(goods("VC-100", "supplement", 6800, "2"), goods("SWAB", "sundry", 990), member=GOLD)
    assert parts(priced) == {"purchase": 177, "tier_bonus": 89}
    assert priced.available_after == 266


def test_a_diamond_birthday_month_on_member_day_multiplies_everything() -> None:
    born_in_june = replace(DIAMOND, birthday=day("1975-06-03"), birthday_bonus_years=(2024, 2025))
    priced = price(goods("OIL", "otc_b", 8800), member=born_in_june, on="2026-06-15")
    assert parts(priced) == {
        "purchase": 70,
        "tier_bonus": 35,
        "birthday_multiplier": 106,
        "member_day": 21,
        "birthday": 50,
    }


def test_every_category_earns_at_its_own_rate() -> None:
    rates = {"rx": 10, "otc_a": 10, "otc_b": 10, "tcm": 10, "supplement": 15, "device": 12, "sundry": 5}
    plain = replace(SILVER, completed_sales=1)
    for category, points in rates.items():
        priced = price(goods("A", category, 1000, no_discount=True), member=plain)
        assert parts(priced) == {"purchase": points}


def test_a_birthday_month_doubles_nothing_below_diamond() -> None:
    priced = price(goods("A", "rx", 1000), member=replace(GOLD, birthday=day("1975-05-03")))
    assert parts(priced) == {"purchase": 10, "tier_bonus": 5, "birthday": 50}


def test_member_day_is_the_15th_and_from_gold_on() -> None:
    assert parts(price(goods("A", "rx", 10000), member=GOLD, on="2026-05-15"))["member_day"] == 15
    assert "member_day" not in parts(price(goods("A", "rx", 10000), member=GOLD, on="2026-05-14"))
    assert "member_day" not in parts(price(goods("A", "rx", 10000), member=SILVER, on="2026-05-15"))


def test_the_birthday_extra_comes_once_a_year() -> None:
    born = replace(SILVER, birthday=day("1975-05-31"))
    assert parts(price(goods("A", "rx", 1000), member=born))["birthday"] == 50
    again = replace(born, birthday_bonus_years=(2026,))
    assert "birthday" not in parts(price(goods("A", "rx", 1000), member=again))
    assert "birthday" not in parts(price(goods("A", "rx", 1000), member=born, on="2026-06-01"))


def test_one_born_on_leap_day_has_it_in_february() -> None:
    born = replace(SILVER, birthday=day("1980-02-29"))
    assert parts(price(goods("A", "rx", 1000), member=born, on="2026-02-03"))["birthday"] == 50


def test_goods_without_points_earn_nothing_not_even_the_birthday_extra() -> None:
    born = replace(SILVER, birthday=day("1975-05-31"))
    priced = price(goods("CARD", "sundry", 10000, no_points=True), member=born)
    assert (parts(priced), priced.lines[0].earning_fen, priced.lines[0].net_fen) == ({}, 0, 9000)


def test_what_points_paid_earns_nothing() -> None:
    rich = replace(SILVER, lots=(lot(5000, "2026-03-02", "2027-03-31"),))
    assert parts(price(goods("A", "rx", 10000), member=rich, points=4000)) == {"purchase": 60}


def test_less_than_a_point_in_all_is_posted_as_none() -> None:
    assert price(goods("A", "rx", 99), member=SILVER).points == ()
    assert parts(price(goods("A", "rx", 99), member=GOLD)) == {"tier_bonus": 1}


def test_the_third_visit_makes_silver_from_the_next_sale_on() -> None:
    member = replace(BASIC, lots=(lot(60, "2025-12-20", "2026-12-31"),))
    priced = price(goods("COUGH", "otc_b", 2600), member=member, on="2026-05-12")
    assert (priced.payable_fen, parts(priced)) == (2470, {"purchase": 24, "upgrade": 100})
    assert (priced.available_after, priced.tier_before, priced.tier_after) == (184, "basic", "silver")


def test_less_than_ten_yuan_is_no_visit() -> None:
    assert price(goods("A", "rx", 999), member=BASIC).tier_after == Tier.BASIC
    assert price(goods("A", "rx", 1000), member=BASIC).tier_after == Tier.SILVER


def test_two_sales_on_one_day_are_one_visit() -> None:
    assert price(goods("A", "rx", 1000), member=replace(BASIC, visited_today=True)).tier_after == Tier.BASIC


def test_a_tier_that_was_rewarded_within_a_year_is_not_rewarded_again() -> None:
    def once_silver(on: str) -> Quote:
        bonus = UpgradeBonus(tier=Tier.SILVER, on=day(on))
        return price(goods("A", "rx", 1000), member=replace(BASIC, upgrade_bonuses=(bonus,)), on="2026-05-12")

    assert "upgrade" not in parts(once_silver("2026-05-12"))
    assert "upgrade" not in parts(once_silver("2025-05-13"))
    assert parts(once_silver("2025-05-12"))["upgrade"] == 100
    assert parts(once_silver("2026-05-13"))["upgrade"] == 100
    assert once_silver("2025-05-13").tier_after == Tier.SILVER


def test_a_rewarded_lower_tier_does_not_stand_in_the_way_of_a_higher_one() -> None:
    bonus = UpgradeBonus(tier=Tier.SILVER, on=day("2026-05-01"))
    nearly_gold = replace(SILVER, spend_365_fen=299_000, upgrade_bonuses=(bonus,))
    priced = price(goods("A", "rx", 1000), member=nearly_gold)
    assert (priced.tier_after, parts(priced)["upgrade"]) == (Tier.GOLD, 100)


def test_a_sale_paid_wholly_by_points_still_posts_the_upgrade_it_causes() -> None:
    everything = ruleset(
        ('max_share = "0.50"', 'max_share = "1"'),
        ('["rx", "otc_a", "otc_b", "tcm", "supp', '["otc_b", "tcm", "supp'),
    )
    due = replace(
        NOBODY_SPECIAL, visits_365=3, birthday=day("1990-05-01"), lots=(lot(9500, "2026-03-02", "2027-03-31"),)
    )
    priced = price(goods("A", "otc_b", 10000), member=due, points="max", rules=everything)
    assert (priced.payable_fen, parts(priced)) == (0, {"upgrade": 100})


def test_a_tier_is_never_lost_by_a_sale() -> None:
    assert price(goods("A", "rx", 1000), member=replace(DIAMOND, spend_365_fen=0, visits_365=0)).tier_after == "diamond"


def test_debt_is_paid_before_points_can_be_spent() -> None:
    assert price(goods("A", "rx", 10000), member=replace(SILVER, debt=30)).available_after == 70
    assert price(goods("A", "rx", 10000), member=replace(SILVER, debt=300)).available_after == 0


def test_however_many_lines_earn_the_sum_stays_exact() -> None:
    pills = [goods(f"P{number:02d}", "supplement", 1000) for number in range(40)]
    assert price(*pills, goods("RX", "rx", 10_000), member=SILVER).points_earned == 640


def test_a_rate_of_one_multiplies_nothing_and_is_not_told() -> None:
    assert price(goods("A", "rx", 1000), member=SILVER, on="2026-05-15").multipliers == ()
    gold = price(goods("A", "rx", 1000), member=GOLD, on="2026-05-15").multipliers
    assert [(each.kind, each.rate) for each in gold] == [("tier_bonus", "1.5"), ("member_day", "1.1")]


def test_a_sale_of_a_single_fen_is_a_purchase_today_and_one_of_nothing_is_none() -> None:
    recency = [price(goods("A", "rx", fen), member=SILVER).figures_after for fen in (1, 0)]
    assert [None if each is None else each.recency_days for each in recency] == [0, None]


def test_a_tier_that_stays_is_not_rewarded_though_a_lower_one_was() -> None:
    bonus = UpgradeBonus(tier=Tier.SILVER, on=day("2026-01-02"))
    assert "upgrade" not in parts(price(goods("A", "rx", 1000), member=replace(GOLD, upgrade_bonuses=(bonus,))))
