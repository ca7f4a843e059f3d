"""What holds whatever is bought, by whom, and in whatever order the ledger arrives."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos_member.domain.errors import Refusal
from pos_member.domain.ledger import LedgerEntry, Lot, fold, fold_onto, with_expiry
from pos_member.domain.money import spread
from pos_member.domain.offers import (
    BuyNGetMOffer,
    Coupon,
    FixedPriceOffer,
    Offer,
    PercentOffer,
    Scope,
    SpendReduceOffer,
)
from pos_member.domain.own_records import NOTHING_OWN
from pos_member.domain.pricing import quote
from pos_member.domain.product import Category
from pos_member.domain.quantity import Quantity
from pos_member.domain.quote import MemberStanding, OfflineLimit, Quote, QuoteRequest, SaleLine
from pos_member.domain.rates import ratio_text
from pos_member.domain.standing import standing
from pos_member.domain.tender import Tender, TenderKind
from pos_member.domain.tier import Tier
from pos_member.domain.trace import trace
from pos_member.domain.trace_words import in_chinese, sentence
from tests.domain.makers import NOBODY_SPECIAL, RULES, CountingIds, entry, paid, sold, state

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
        unit_price_fen=draw(st.integers(0, 3) | st.integers(0, 50_000)),
        quantity=Quantity(draw(st.integers(1, 20_000)) if weighed else 1000 * draw(st.integers(1, 20))),
        no_discount=draw(st.booleans()),
        no_points=draw(st.booleans()),
        by_weight=weighed,
        insurable=draw(st.booleans()),
    )


@st.composite
def scopes(draw: st.DrawFn, skus: list[str]) -> Scope:
    return Scope(
        skus=draw(st.none() | st.frozensets(st.sampled_from(skus), min_size=1)),
        categories=draw(st.none() | st.frozensets(st.sampled_from(Category), min_size=1)),
        stores=draw(st.none() | st.just(frozenset({"S1"}))),
        members=draw(st.booleans()),
        tiers=draw(st.none() | st.frozensets(st.sampled_from(Tier), min_size=2)),
    )


@st.composite
def offers_for(draw: st.DrawFn, skus: list[str]) -> tuple[Offer, ...]:
    offers: list[Offer] = []
    for number in range(draw(st.integers(0, 5))):
        scope, name = draw(scopes(skus)), f"offer-{number}"
        off = draw(st.integers(1, 9000))
        kinds: list[Offer] = [
            PercentOffer(id=name, rate=Fraction(draw(st.integers(1, 100)), 100), scope=scope),
            FixedPriceOffer(id=name, price_fen=off, scope=scope),
            BuyNGetMOffer(id=name, n=draw(st.integers(1, 3)), m=draw(st.integers(1, 3)), scope=scope),
            SpendReduceOffer(id=name, threshold_fen=off + draw(st.integers(1, 9000)), off_fen=off, scope=scope),
        ]
        offers.append(draw(st.sampled_from(kinds)))
    return tuple(offers)


@st.composite
def sales(draw: st.DrawFn) -> QuoteRequest:
    """A sale that no rule forbids: the coupon is left out where it would be refused, tenders cover what is payable."""
    lines = tuple(draw(st.lists(sale_lines(), min_size=1, max_size=8, unique_by=lambda line: line.sku)))
    skus = [line.sku for line in lines]
    off = draw(st.integers(1, 5000))
    request = QuoteRequest(
        on=ON,
        lines=lines,
        member=draw(st.none() | members()),
        store=draw(st.sampled_from([None, "S1"])),
        offers=draw(offers_for(skus)),
        coupon=draw(st.none() | st.just(Coupon(id="coupon", threshold_fen=off + 1, off_fen=off))),
        points_to_redeem=draw(st.sampled_from([0, "max"])),
        offline=draw(
            st.none() | st.builds(OfflineLimit, redeemed_today=st.integers(0, 2500), replica_expired=st.booleans())
        ),
        cash_rounding=draw(st.booleans()),
    )
    try:
        priced = quote(request, RULES)
    except Refusal:
        request = replace(request, coupon=None)
        priced = quote(request, RULES)
    return replace(request, tenders=draw(tenders_for(priced)))


@st.composite
def tenders_for(draw: st.DrawFn, priced: Quote) -> tuple[Tender, ...]:
    """No tender at all, cash and change, or a mixture with the insurance, exact."""
    if draw(st.booleans()):
        return draw(st.sampled_from([(), paid(cash=priced.payable_fen + draw(st.integers(0, 5000)))]))
    payable = priced.payable_fen + priced.rounding_fen
    insurable = sum(line.net_fen + line.rounding_fen for line in priced.lines if line.goods.insurable)
    insurance = draw(st.integers(0, min(insurable, payable)))
    wechat = draw(st.integers(0, payable - insurance))
    return paid(insurance=insurance, wechat=wechat, cash=payable - insurance - wechat)


@EXAMPLES
@given(sales())
def test_parts_sum_to_their_totals(request: QuoteRequest) -> None:
    priced = quote(request, RULES)
    lines = priced.lines
    assert sum(line.gross_fen for line in lines) == priced.gross_fen
    assert sum(line.offer.reduction_fen for line in lines if line.offer) == priced.line_reduction_fen
    assert sum(line.order_reduction_fen for line in lines) == sum(each.fen for each in priced.order_reductions)
    assert sum(line.points_reduction_fen for line in lines) == priced.points_redeemed_fen
    assert sum(line.points_redeemed for line in lines) == priced.points_redeemed
    assert sum(line.rounding_fen for line in lines) == priced.rounding_fen
    assert sum(line.net_fen for line in lines) == priced.payable_fen
    insurance = sum(each.fen for each in request.tenders if each.kind is TenderKind.INSURANCE)
    assert sum(line.insured_fen for line in lines) == insurance
    if request.tenders:
        assert sum(each.fen for each in request.tenders) - priced.change_fen == priced.payable_fen
    assert sum(eaten.points for eaten in priced.redeemed_lots) == priced.points_redeemed
    assert sum(part.points for part in priced.points) == priced.points_earned
    assert all(part.points > 0 for part in priced.points)


@EXAMPLES
@given(sales())
def test_every_step_of_a_line_leads_to_the_next(request: QuoteRequest) -> None:
    for line in quote(request, RULES).lines:
        offer = line.offer.reduction_fen if line.offer else 0
        assert line.gross_fen - offer == line.line_net_fen
        reduced = line.order_reduction_fen + line.points_reduction_fen + line.rounding_fen
        assert line.line_net_fen - reduced == line.net_fen
        assert line.earning_fen in (0, line.net_fen - line.insured_fen)


@EXAMPLES
@given(sales())
def test_the_trace_adds_up_to_what_is_paid_and_earned(request: QuoteRequest) -> None:
    priced = quote(request, RULES)
    steps = trace(priced, RULES)
    assert sum(step.points or 0 for step in steps) == priced.points_earned - priced.points_redeemed
    for index, line in enumerate(priced.lines):
        taken = [step.fen or 0 for step in steps if step.line == index and step.rule != "insurance"]
        assert sum(taken) == line.net_fen
        assert (
            sum(step.fen or 0 for step in steps if (step.line, step.rule) == (index, "insurance")) == line.insured_fen
        )
    whole = {step.rule: step.fen for step in steps if step.line is None and step.fen is not None}
    assert {each.id: -each.fen for each in priced.order_reductions} == {
        rule: fen for rule, fen in whole.items() if rule not in ("rounding", "insurance")
    }
    assert whole.get("rounding", 0) == -priced.rounding_fen
    assert all(sentence(step, in_chinese) != step.why for step in steps)


@EXAMPLES
@given(sales())
def test_nothing_gets_dearer_and_points_pay_at_most_half(request: QuoteRequest) -> None:
    priced = quote(request, RULES)
    for line in priced.lines:
        assert 0 <= line.net_fen <= line.line_net_fen <= line.gross_fen
        assert 0 <= line.insured_fen <= line.net_fen
        assert line.offer is None or line.line_net_fen < line.gross_fen
        if line.category in (Category.RX, Category.OTC_A) and line.gross_fen:
            assert line.line_net_fen - line.order_reduction_fen >= 1
    reduced = priced.gross_fen - priced.line_reduction_fen - sum(each.fen for each in priced.order_reductions)
    assert 2 * priced.points_redeemed_fen <= reduced
    assert priced.points_redeemed % 100 == 0
    assert priced.change_fen >= 0
    assert priced.available_after is None or priced.available_after >= 0


@EXAMPLES
@given(sales())
def test_the_same_sale_comes_out_the_same(request: QuoteRequest) -> None:
    again = replace(request, offers=tuple(reversed(request.offers)))
    assert quote(request, RULES) == quote(request, RULES) == quote(again, RULES)


@EXAMPLES
@given(sales(), st.integers(0, 4))
def test_more_offers_never_raise_the_net_of_a_line(request: QuoteRequest, kept: int) -> None:
    request = replace(request, coupon=None, tenders=(), points_to_redeem=0)
    fewer = quote(replace(request, offers=request.offers[:kept]), RULES)
    for less, more in zip(fewer.lines, quote(request, RULES).lines, strict=True):
        assert more.line_net_fen <= less.line_net_fen


@EXAMPLES
@given(sales())
def test_a_member_never_pays_more_for_a_line_than_a_stranger(request: QuoteRequest) -> None:
    request = replace(request, coupon=None, tenders=(), points_to_redeem=0)
    stranger = quote(replace(request, member=None), RULES)
    for theirs, ours in zip(stranger.lines, quote(request, RULES).lines, strict=True):
        assert ours.line_net_fen <= theirs.line_net_fen


@EXAMPLES
@given(sales())
def test_a_hundred_points_more_than_the_most_are_refused(request: QuoteRequest) -> None:
    request = replace(request, tenders=())
    most = quote(replace(request, points_to_redeem="max"), RULES).points_redeemed
    assert quote(replace(request, points_to_redeem=most), RULES).points_redeemed == most
    with pytest.raises(Refusal) as refused:
        quote(replace(request, points_to_redeem=most + 100), RULES)
    assert refused.value.code.startswith("points_")


@EXAMPLES
@given(sales())
def test_what_the_quote_promises_is_what_the_ledger_holds_afterwards(request: QuoteRequest) -> None:
    if request.member is None:
        return
    published = state(request.member)
    seen = replace(request.member, lots=standing(published, NOTHING_OWN, ON, RULES).lots)
    priced = quote(replace(request, member=seen, tenders=(), coupon=None), RULES)
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
