"""What holds whatever is bought, by whom, and in whatever order the ledger arrives."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos_member.domain.errors import Refusal
from pos_member.domain.ledger import LedgerEntry, Lot, fold, fold_onto, with_expiry
from pos_member.domain.money import spread
from pos_member.domain.pricing import quote
from pos_member.domain.product import Category
from pos_member.domain.quantity import Quantity
from pos_member.domain.quote import MemberStanding, OfflineLimit, QuoteRequest, SaleLine
from pos_member.domain.rates import ratio_text
from pos_member.domain.standing import standing
from pos_member.domain.tier import Tier
from tests.domain.makers import NOBODY_SPECIAL, RULES, CountingIds, entry, sold, state

ON = date(2026, 5, 15)
EXAMPLES = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)

lots_held = st.builds(
    Lot,
    entry_id=st.sampled_from("abcdef"),
    points=st.integers(1, 4000),
    earned_on=st.dates(date(2025, 1, 1), ON),
    expires_on=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
)


@st.composite
def members(draw: st.DrawFn) -> MemberStanding:
    return replace(
        NOBODY_SPECIAL,
        tier=draw(st.sampled_from(Tier)),
        birthday=draw(st.none() | st.dates(date(1930, 1, 1), date(2020, 12, 31))),
        completed_sales=draw(st.integers(0, 3)),
        spend_365_fen=draw(st.integers(0, 700_000)),
        visits_365=draw(st.integers(0, 20)),
        visited_today=draw(st.booleans()),
        lots=tuple(draw(st.lists(lots_held, max_size=5, unique_by=lambda lot: lot.entry_id))),
        birthday_bonus_years=tuple(draw(st.sampled_from([(), (2026,), (2025,)]))),
    )


@st.composite
def sale_lines(draw: st.DrawFn) -> SaleLine:
    weighed = draw(st.booleans())
    return SaleLine(
        sku=f"{draw(st.integers(0, 10**9))}",
        category=draw(st.sampled_from(Category)),
        unit_price_fen=draw(st.integers(0, 50_000)),
        quantity=Quantity(draw(st.integers(1, 20_000)) if weighed else 1000 * draw(st.integers(1, 20))),
        no_discount=draw(st.booleans()),
        no_points=draw(st.booleans()),
        by_weight=weighed,
    )


requests = st.builds(
    QuoteRequest,
    on=st.just(ON),
    lines=st.lists(sale_lines(), min_size=1, max_size=8, unique_by=lambda line: line.sku).map(tuple),
    member=st.none() | members(),
    points_to_redeem=st.sampled_from([0, "max"]),
    offline=st.none() | st.builds(OfflineLimit, redeemed_today=st.integers(0, 2500), replica_expired=st.booleans()),
)


@EXAMPLES
@given(requests)
def test_parts_sum_to_their_totals(request: QuoteRequest) -> None:
    priced = quote(request, RULES)
    lines = priced.lines
    assert sum(line.gross_fen for line in lines) == priced.gross_fen
    assert sum(line.offer.reduction_fen for line in lines if line.offer) == priced.line_reduction_fen
    assert sum(line.points_reduction_fen for line in lines) == priced.points_redeemed_fen
    assert sum(line.net_fen for line in lines) == priced.payable_fen
    assert priced.payable_fen == priced.gross_fen - priced.line_reduction_fen - priced.points_redeemed_fen
    assert sum(eaten.points for eaten in priced.redeemed_lots) == priced.points_redeemed
    assert sum(part.points for part in priced.points) == priced.points_earned
    assert all(part.points > 0 for part in priced.points)


@EXAMPLES
@given(requests)
def test_the_trace_adds_up_to_what_is_paid_and_earned(request: QuoteRequest) -> None:
    priced = quote(request, RULES)
    assert sum(step.fen or 0 for step in priced.trace) == priced.payable_fen
    assert sum(step.points or 0 for step in priced.trace) == priced.points_earned - priced.points_redeemed
    for index, line in enumerate(priced.lines):
        assert sum(step.fen or 0 for step in priced.trace if step.line == index) == line.net_fen


@EXAMPLES
@given(requests)
def test_nothing_gets_dearer_and_points_pay_at_most_half(request: QuoteRequest) -> None:
    priced = quote(request, RULES)
    for line in priced.lines:
        assert 0 <= line.net_fen <= line.line_net_fen <= line.gross_fen
        assert line.offer is None or line.line_net_fen < line.gross_fen
        if line.category in (Category.RX, Category.OTC_A) and line.gross_fen:
            assert line.line_net_fen >= 1
    assert 2 * priced.points_redeemed_fen <= priced.gross_fen - priced.line_reduction_fen
    assert priced.points_redeemed % 100 == 0


@EXAMPLES
@given(requests)
def test_a_hundred_points_more_than_the_most_are_refused(request: QuoteRequest) -> None:
    most = quote(replace(request, points_to_redeem="max"), RULES).points_redeemed
    assert quote(replace(request, points_to_redeem=most), RULES).points_redeemed == most
    with pytest.raises(Refusal) as refused:
        quote(replace(request, points_to_redeem=most + 100), RULES)
    assert refused.value.code.startswith("points_")


@EXAMPLES
@given(requests)
def test_what_the_quote_promises_is_what_the_ledger_holds_afterwards(request: QuoteRequest) -> None:
    if request.member is None:
        return
    published = state(request.member)
    seen = replace(request.member, lots=standing(published, (), ON, RULES).lots)
    priced = quote(replace(request, member=seen), RULES)
    sale = sold(priced, on=ON.isoformat(), ids=CountingIds())
    after = fold_onto(published.lots, 0, sale.entries, ON)
    assert after.available == priced.available_after
    assert sum(each.points for each in sale.entries) == priced.points_earned - priced.points_redeemed


@st.composite
def ledgers(draw: st.DrawFn) -> list[LedgerEntry]:
    entries: list[LedgerEntry] = []
    for number in range(draw(st.integers(1, 12))):
        points = draw(st.integers(-300, 300).filter(bool))
        on = date(2025, 1, 1) + timedelta(days=draw(st.integers(0, 700)))
        at = datetime(on.year, on.month, on.day, draw(st.integers(0, 3)), tzinfo=UTC)
        adding = [each.id for each in entries if each.points > 0]
        of = draw(st.none() | st.sampled_from(adding)) if points < 0 and adding else None
        entries.append(with_expiry(entry(f"e{number:02d}", points, at.isoformat(), of=of), 12))
    return entries


@EXAMPLES
@given(ledgers(), st.randoms(use_true_random=False))
def test_the_balance_does_not_depend_on_order_or_repetition(
    entries: list[LedgerEntry], shuffler: random.Random
) -> None:
    repeated = entries + shuffler.sample(entries, k=len(entries) // 2)
    shuffler.shuffle(repeated)
    assert fold(repeated, ON) == fold(entries, ON)


@EXAMPLES
@given(ledgers())
def test_no_point_is_made_or_lost(entries: list[LedgerEntry]) -> None:
    folded = fold(entries, ON)
    assert folded.total + folded.expired == sum(each.points for each in entries)
    assert not (folded.lots and folded.debt)
    assert all(lot.points > 0 and lot.expires_on >= ON for lot in folded.lots)


@EXAMPLES
@given(ledgers(), st.integers(0, 12))
def test_laying_the_latest_entries_over_the_rest_is_folding_all(entries: list[LedgerEntry], at: int) -> None:
    ordered = sorted(entries, key=lambda each: (each.occurred_at, each.id))
    earlier, later = ordered[:at], ordered[at:]
    as_of = later[0].business_date if later else ON
    base = fold(earlier, as_of)
    whole, laid = fold(ordered, date(2027, 1, 1)), fold_onto(base.lots, base.debt, later, date(2027, 1, 1))
    assert (laid.lots, laid.debt) == (whole.lots, whole.debt)


@EXAMPLES
@given(st.integers(0, 10**7), st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_largest_remainders_sum_and_stray_less_than_one(total: int, weights: list[int]) -> None:
    parts, whole = spread(total, weights), sum(weights)
    if whole == 0:
        assert parts == (0,) * len(weights)
        return
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * whole - total * weight) < whole


def test_equal_remainders_go_to_the_earlier_line() -> None:
    assert spread(2, (1, 1, 1)) == (1, 1, 0)
    assert spread(100, (1, 1, 1)) == (34, 33, 33)
    assert spread(1, (1, 2, 1)) == (0, 1, 0)


def test_ratios_are_written_exactly_or_not_at_all() -> None:
    assert [ratio_text(*pair) for pair in ((266415, 1000), (5, 1), (1, 8), (0, 7), (10, 4))] == [
        "266.415",
        "5",
        "0.125",
        "0",
        "2.5",
    ]
    with pytest.raises(ValueError, match="/3"):
        ratio_text(1, 3)
