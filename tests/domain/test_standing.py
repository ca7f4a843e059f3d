"""A member as this till sees them between two exchanges with head office."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from pos_member.domain.own_records import NOTHING_OWN, OwnRecords
from pos_member.domain.postings import entries_of
from pos_member.domain.standing import standing
from pos_member.domain.tier import Purchase, Tier, UpgradeBonus
from tests.domain.makers import BASIC, RULES, SILVER, CountingIds, day, goods, lot, price, sold, state

TODAY = day("2026-05-06")
RICH = replace(SILVER, birthday=day("1980-05-20"), lots=(lot(3000, "2026-03-02", "2027-03-31", "a"),))


def test_without_own_sales_head_offices_state_stands() -> None:
    held = (Purchase(sale_id="s0", on=day("2026-05-01"), net_fen=2000),)
    seen = standing(state(RICH, purchases=held), NOTHING_OWN, TODAY, RULES)
    assert (seen.spend_365_fen, seen.visits_365, seen.visited_today) == (2000, 1, False)
    assert (seen.lots, seen.tier, seen.completed_sales) == (RICH.lots, Tier.SILVER, 5)


def test_points_that_have_lapsed_since_are_left_out() -> None:
    lapsed = replace(RICH, lots=(*RICH.lots, lot(500, "2025-04-02", "2026-04-30")))
    assert sum(each.points for each in standing(state(lapsed), NOTHING_OWN, TODAY, RULES).lots) == 3000


def test_an_own_sale_is_seen_at_once_in_every_figure() -> None:
    published = state(replace(RICH, tier=Tier.BASIC), purchases=())
    member = standing(published, NOTHING_OWN, TODAY, RULES)
    priced = price(goods("A", "rx", 120_000), member=member, points=1000)
    seen = standing(published, OwnRecords.of((sold(priced),)), TODAY, RULES)
    assert (seen.completed_sales, seen.spend_365_fen, seen.visits_365, seen.visited_today) == (6, 119_000, 1, True)
    assert seen.tier is Tier.SILVER
    assert seen.birthday_bonus_years == (2026,)
    assert seen.upgrade_bonuses == (UpgradeBonus(tier=Tier.SILVER, on=TODAY),)
    assert sum(each.points for each in seen.lots) == priced.available_after


def test_a_second_sale_gets_no_second_birthday_extra_nor_upgrade() -> None:
    published = state(replace(BASIC, birthday=day("1980-05-20")), purchases=())
    first = price(goods("A", "rx", 120_000), member=standing(published, NOTHING_OWN, TODAY, RULES))
    second = price(goods("A", "rx", 120_000), member=standing(published, OwnRecords.of((sold(first),)), TODAY, RULES))
    assert [part.kind for part in first.points] == ["purchase", "birthday", "upgrade"]
    assert [part.kind for part in second.points] == ["purchase"]


def test_a_sale_posts_what_it_takes_and_then_what_it_adds() -> None:
    member = replace(RICH, tier=Tier.GOLD, spend_365_fen=499_000, visits_365=11)
    sale = sold(price(goods("A", "rx", 10_000), member=member, points=1000))
    assert [(each.kind, each.points, each.expires_on) for each in sale.entries] == [
        ("redemption", -1000, None),
        ("purchase", 135, day("2027-05-31")),
        ("birthday", 50, day("2027-05-31")),
        ("upgrade", 100, day("2027-05-31")),
    ]
    assert [each.id for each in sale.entries] == ["e0001", "e0002", "e0003", "e0004"]
    assert {(each.member_id, each.source, each.ruleset) for each in sale.entries} == {("m1", "s1", "2026.1")}


def test_a_sale_that_moves_no_points_posts_nothing() -> None:
    assert sold(price(goods("A", "rx", 99), member=SILVER)).entries == ()


def test_a_sale_to_a_stranger_posts_nothing() -> None:
    posted = entries_of(
        price(goods("A", "rx", 10_000)),
        ids=CountingIds(),
        ruleset=RULES,
        sale_id="s1",
        member_id=None,
        at=datetime(2026, 5, 6, tzinfo=UTC),
        on=TODAY,
        store_id="S001",
        terminal_id="t1",
    )
    assert posted == ()


def test_a_purchase_too_small_to_be_a_visit_leaves_todays_visit_open() -> None:
    small = sold(price(goods("A", "rx", 999), member=BASIC))
    seen = standing(state(BASIC, purchases=()), OwnRecords.of((small,)), TODAY, RULES)
    assert (seen.visits_365, seen.visited_today) == (0, False)


def test_a_sale_without_an_upgrade_or_a_birthday_is_remembered_as_none() -> None:
    plain = sold(price(goods("A", "rx", 1000), member=SILVER))
    seen = standing(state(SILVER, purchases=()), OwnRecords.of((plain,)), TODAY, RULES)
    assert (seen.upgrade_bonuses, seen.birthday_bonus_years) == ((), ())


def test_whether_today_is_a_visit_already_is_told_by_todays_sales_alone() -> None:
    yesterday = Purchase(sale_id="s0", on=day("2026-05-05"), net_fen=5000)
    just_enough = sold(price(goods("A", "rx", 1000), member=BASIC))
    seen = standing(state(BASIC, purchases=(yesterday,)), OwnRecords.of((just_enough,)), TODAY, RULES)
    assert (seen.visits_365, seen.visited_today) == (2, True)
    assert not standing(state(BASIC, purchases=(yesterday,)), NOTHING_OWN, TODAY, RULES).visited_today
