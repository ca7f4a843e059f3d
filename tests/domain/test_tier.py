"""What a purchase history earns (docs/programme §2)."""

from __future__ import annotations

import pytest

from pos_member.domain.tier import Purchase, Tier, TierFigures, evaluate, figures, latest_review, review
from tests.domain.makers import RULES, day, ruleset


def bought(on: str, fen: int) -> Purchase:
    return Purchase(sale_id=f"{on}-{fen}", on=day(on), net_fen=fen)


def counted(*purchases: Purchase, on: str = "2026-06-30") -> TierFigures:
    return figures(purchases, day(on), RULES.tier_window.days, RULES.tier_window.visit_min_fen)


def test_a_history_is_counted_over_365_days() -> None:
    history = counted(
        bought("2025-06-30", 90000),
        bought("2025-07-01", 60000),
        bought("2026-02-10", 25000),
        bought("2026-02-10", 15000),
        bought("2026-04-03", 0),
        bought("2026-05-20", 800),
    )
    assert history == TierFigures(spend_fen=100800, visits=2, recency_days=41)
    assert evaluate(history, RULES) is Tier.SILVER


def test_a_purchase_dated_after_the_day_does_not_count() -> None:
    assert counted(bought("2026-07-01", 5000)) == TierFigures(spend_fen=0, visits=0, recency_days=None)


def test_today_is_no_days_ago_and_a_full_return_is_no_purchase() -> None:
    assert counted(bought("2026-06-30", 1), bought("2026-06-30", 0)).recency_days == 0
    assert counted(bought("2026-06-30", 0)).recency_days is None


@pytest.mark.parametrize(
    ("spend", "visits", "recency", "tier"),
    [
        (500_000, 12, 30, Tier.DIAMOND),
        (499_999, 12, 30, Tier.GOLD),
        (500_000, 11, 30, Tier.GOLD),
        (500_000, 12, 31, Tier.GOLD),
        (500_000, 12, None, Tier.GOLD),
        (300_000, 0, None, Tier.GOLD),
        (0, 8, None, Tier.GOLD),
        (299_999, 7, 0, Tier.SILVER),
        (100_000, 0, None, Tier.SILVER),
        (0, 3, 200, Tier.SILVER),
        (99_999, 2, 0, Tier.BASIC),
    ],
)
def test_the_highest_tier_whose_conditions_hold_wins(spend: int, visits: int, recency: int | None, tier: Tier) -> None:
    assert evaluate(TierFigures(spend_fen=spend, visits=visits, recency_days=recency), RULES) is tier


def test_the_conditions_are_head_offices_to_set() -> None:
    easier = ruleset(("spend_fen = 100000", "spend_fen = 1"))
    assert evaluate(TierFigures(spend_fen=1, visits=0, recency_days=0), easier) is Tier.SILVER


def test_tiers_rank_in_their_order() -> None:
    assert [tier.rank for tier in (Tier.BASIC, Tier.SILVER, Tier.GOLD, Tier.DIAMOND)] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("recency", "by_the_day", "at_the_review"),
    [(30, Tier.DIAMOND, Tier.DIAMOND), (31, Tier.GOLD, Tier.DIAMOND), (32, Tier.GOLD, Tier.GOLD)],
)
def test_at_the_review_a_purchase_on_the_first_of_a_long_month_still_counts(
    recency: int, by_the_day: Tier, at_the_review: Tier
) -> None:
    stood = TierFigures(spend_fen=600_000, visits=15, recency_days=recency)
    assert (evaluate(stood, RULES), review(stood, RULES)) == (by_the_day, at_the_review)


def test_the_review_sees_lower_spending_and_lets_a_tier_fall() -> None:
    after_a_return = counted(bought("2026-03-02", 99_999), on="2026-06-01")
    assert review(after_a_return, RULES) is Tier.BASIC


@pytest.mark.parametrize(
    ("on", "reviewed_on"),
    [("2026-06-01", "2026-06-01"), ("2026-06-30", "2026-06-01"), ("2026-01-01", "2026-01-01")],
)
def test_reviews_are_on_the_first(on: str, reviewed_on: str) -> None:
    assert latest_review(day(on), RULES) == day(reviewed_on)


def test_a_review_later_in_the_month_has_been_the_month_before() -> None:
    later = ruleset(("review_day = 1", "review_day = 5"))
    assert latest_review(day("2026-01-04"), later) == day("2025-12-05")
    assert latest_review(day("2026-01-05"), later) == day("2026-01-05")


def test_the_latest_purchase_counts_wherever_it_stands_in_the_history() -> None:
    assert counted(bought("2026-06-20", 100), bought("2026-06-01", 100)).recency_days == 10
    assert counted(bought("2026-06-01", 100), bought("2026-06-20", 100)).recency_days == 10
