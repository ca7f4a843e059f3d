"""What holds however a sale comes back, and whatever a ledger holds (docs/programme §6)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos_member.domain.calendar_days import plus_days
from pos_member.domain.ledger import Balance, LedgerEntry, Lot, fold, fold_onto, with_expiry
from pos_member.domain.postings import return_entries
from pos_member.domain.pricing import quote
from pos_member.domain.product import Category
from pos_member.domain.quantity import Quantity
from pos_member.domain.quote import MemberStanding, PricedLine, QuoteRequest, SaleLine
from pos_member.domain.returns import GoodsReturn, ReturnedLine, give_back
from pos_member.domain.sale import Sale
from pos_member.domain.tender import Tender, TenderKind
from pos_member.domain.tier import Tier
from tests.domain.makers import NOBODY_SPECIAL, RULES, entry, sold

ON = date(2026, 5, 15)
AT = datetime(2026, 5, 15, 2, tzinfo=UTC)
EXAMPLES = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)

Step = tuple[ReturnedLine, ...]

lots_held = st.builds(
    Lot,
    entry_id=st.sampled_from("abcdef"),
    points=st.integers(1, 4000),
    earned_on=st.dates(date(2025, 1, 1), ON),
    expires_on=st.dates(date(2026, 8, 1), date(2027, 12, 31)),
)


@st.composite
def members(draw: st.DrawFn) -> MemberStanding:
    lots = tuple(draw(st.lists(lots_held, max_size=5, unique_by=lambda lot: lot.entry_id)))
    return replace(
        NOBODY_SPECIAL,
        tier=draw(st.sampled_from(Tier)),
        birthday=draw(st.none() | st.dates(date(1930, 1, 1), date(2020, 12, 31)) | st.just(date(1980, 5, 20))),
        spend_365_fen=draw(st.integers(0, 700_000)),
        visits_365=draw(st.integers(0, 20)),
        lots=lots,
        debt=0 if lots else draw(st.integers(0, 500)),
    )


@st.composite
def sale_lines(draw: st.DrawFn) -> SaleLine:
    weighed = draw(st.booleans())
    return SaleLine(
        sku=f"{draw(st.integers(0, 10**9))}",
        category=draw(st.sampled_from(Category)),
        unit_price_fen=draw(st.integers(0, 50_000)),
        quantity=Quantity(draw(st.integers(1, 5000)) if weighed else 1000 * draw(st.integers(1, 6))),
        no_points=draw(st.booleans()),
        by_weight=weighed,
        insurable=draw(st.booleans()),
    )


@st.composite
def sales(draw: st.DrawFn) -> tuple[MemberStanding | None, Sale]:
    """A settled sale, paid in up to four ways, and the member as they were before it."""
    member = draw(st.none() | members())
    lines = draw(st.lists(sale_lines(), min_size=1, max_size=5, unique_by=lambda line: line.sku))
    request = QuoteRequest(
        on=ON,
        lines=tuple(lines),
        member=member,
        points_to_redeem=draw(st.sampled_from([0, "max"])),
        cash_rounding=draw(st.booleans()),
    )
    unpaid = quote(request, RULES)
    tenders = draw(st.just(()) | paid(unpaid.lines)) if not unpaid.rounding_fen else ()
    priced = quote(replace(request, tenders=tenders), RULES)
    sale = sold(priced, at=AT, on=ON.isoformat(), member_id=None if member is None else "m1")
    return member, replace(sale, tenders=tenders)


@st.composite
def paid(draw: st.DrawFn, lines: tuple[PricedLine, ...]) -> tuple[Tender, ...]:
    left = sum(line.net_fen for line in lines)
    insurable = sum(line.net_fen for line in lines if line.goods.insurable)
    fen: dict[TenderKind, int] = {TenderKind.INSURANCE: draw(st.integers(0, insurable))}
    left -= fen[TenderKind.INSURANCE]
    for kind in (TenderKind.WECHAT, TenderKind.CARD):
        fen[kind] = draw(st.integers(0, left))
        left -= fen[kind]
    fen[TenderKind.CASH] = left + draw(st.integers(0, 10_000))
    order = draw(st.permutations(list(fen)))
    return tuple(Tender(kind=kind, fen=fen[kind]) for kind in order)


@st.composite
def steps(draw: st.DrawFn, lines: tuple[PricedLine, ...]) -> list[Step]:
    """All that was sold, brought back in up to four returns."""
    returns: list[list[ReturnedLine]] = [[] for _ in range(draw(st.integers(1, 4)))]
    for index, line in enumerate(lines):
        unit = 1 if line.goods.by_weight else 1000
        whole = line.quantity.milli // unit
        cuts = sorted(draw(st.lists(st.integers(0, whole), min_size=len(returns) - 1, max_size=len(returns) - 1)))
        for step, (before, after) in zip(returns, pairwise([0, *cuts, whole]), strict=True):
            if after > before:
                step.append(ReturnedLine(line=index, quantity=Quantity(unit * (after - before))))
    return [tuple(step) for step in returns if step]


@st.composite
def returned_sales(draw: st.DrawFn) -> tuple[MemberStanding | None, Sale, list[Step], list[GoodsReturn]]:
    member, sale = draw(sales())
    wanted = draw(steps(sale.quote.lines))
    came: list[GoodsReturn] = []
    already: Step = ()
    for number, step in enumerate(wanted):
        came.append(give_back(sale.quote, sale.tenders, already, step, ON + timedelta(days=number), RULES))
        already += step
    return member, sale, wanted, came


@EXAMPLES
@given(returned_sales())
def test_all_that_was_paid_comes_back_by_the_way_it_was_paid(
    case: tuple[MemberStanding | None, Sale, list[Step], list[GoodsReturn]],
) -> None:
    _, sale, _, came = case
    took = Counter({tender.kind: tender.fen for tender in sale.tenders} or {TenderKind.CASH: sale.quote.payable_fen})
    took[TenderKind.CASH] -= sale.quote.change_fen
    back: Counter[TenderKind] = Counter()
    for each in came:
        assert sum(line.refund_fen for line in each.lines) == each.refund_fen
        assert sum(tender.fen for tender in each.tenders) == each.refund_fen
        back.update({tender.kind: tender.fen for tender in each.tenders})
    assert sum(each.refund_fen for each in came) == sale.quote.payable_fen
    assert +back == +took


@EXAMPLES
@given(returned_sales())
def test_every_line_comes_back_to_its_net_and_the_points_deducted_on_it(
    case: tuple[MemberStanding | None, Sale, list[Step], list[GoodsReturn]],
) -> None:
    _, sale, _, came = case
    for index, line in enumerate(sale.quote.lines):
        mine = [part for each in came for part in each.lines if part.line == index]
        assert sum(part.refund_fen for part in mine) == line.net_fen
        assert sum(part.points_given_back for part in mine) == line.points_redeemed


@EXAMPLES
@given(returned_sales())
def test_no_part_of_a_return_is_negative(
    case: tuple[MemberStanding | None, Sale, list[Step], list[GoodsReturn]],
) -> None:
    _, _, _, came = case
    for each in came:
        assert all(line.refund_fen >= 0 and line.points_given_back >= 0 for line in each.lines)
        assert all(tender.fen > 0 for tender in each.tenders)
        assert min(each.purchase_taken_back, each.birthday_taken_back) >= 0
        assert all(lot.points > 0 for lot in each.given_back_lots)
        assert sum(lot.points for lot in each.given_back_lots) == each.points_given_back


@EXAMPLES
@given(returned_sales())
def test_all_that_was_earned_but_the_upgrade_is_taken_back_and_all_deducted_points_come_back(
    case: tuple[MemberStanding | None, Sale, list[Step], list[GoodsReturn]],
) -> None:
    _, sale, _, came = case
    upgrade = sum(part.points for part in sale.quote.points if part.kind == "upgrade")
    birthday = sum(part.points for part in sale.quote.points if part.kind == "birthday")
    assert sum(each.points_taken_back for each in came) == sale.quote.points_earned - upgrade
    assert sum(each.points_given_back for each in came) == sale.quote.points_redeemed
    assert [each.birthday_taken_back for each in came] == [0] * (len(came) - 1) + [birthday]


@EXAMPLES
@given(returned_sales())
def test_points_come_back_into_the_lots_they_came_from_at_least_thirty_days_long(
    case: tuple[MemberStanding | None, Sale, list[Step], list[GoodsReturn]],
) -> None:
    _, sale, _, came = case
    refilled: Counter[date] = Counter()
    for number, each in enumerate(came):
        days = [lot.expires_on for lot in each.given_back_lots]
        assert days == sorted(set(days), reverse=True)
        assert all(on >= plus_days(ON, number + 30) for on in days)
        refilled.update({lot.expires_on: lot.points for lot in each.given_back_lots})
    assert refilled == Counter({lot.expires_on: lot.points for lot in sale.quote.redeemed_lots})


@EXAMPLES
@given(returned_sales())
def test_a_sale_that_came_back_whole_leaves_the_ledger_as_it_was_but_for_the_upgrade(
    case: tuple[MemberStanding | None, Sale, list[Step], list[GoodsReturn]],
) -> None:
    member, sale, _, came = case
    if member is None:
        return
    entries = list(sale.entries)
    for number, each in enumerate(came):
        entries += return_entries(
            each,
            sale,
            ids=_Ids(f"r{number}-"),
            return_id=f"r{number}",
            at=AT + timedelta(days=number),
            on=ON + timedelta(days=number),
            store_id="S001",
            terminal_id="t1",
        )
    after = fold_onto(member.lots, member.debt, entries, ON + timedelta(days=len(came)))
    upgrade = [each for each in sale.entries if each.kind == "upgrade"]
    assert after.total == sum(lot.points for lot in member.lots) - member.debt + sum(each.points for each in upgrade)
    if not member.debt:
        held = [(lot.expires_on, lot.points) for lot in member.lots]
        rewarded = [(each.expires_on, each.points) for each in upgrade if each.expires_on is not None]
        assert _by_day([(lot.expires_on, lot.points) for lot in after.lots]) == _by_day([*held, *rewarded])


def _by_day(lots: list[tuple[date, int]]) -> dict[date, int]:
    days: dict[date, int] = {}
    for on, points in lots:
        days[on] = days.get(on, 0) + points
    return days


class _Ids:
    """Identifiers that rise, behind a prefix."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._count = 0

    def new(self) -> str:
        self._count += 1
        return f"{self._prefix}{self._count}"


@st.composite
def ledgers(draw: st.DrawFn) -> list[LedgerEntry]:
    """Entries of all kinds, many on one day, some with a last day of their own, some dated apart from their time."""
    entries: list[LedgerEntry] = []
    for number in range(draw(st.integers(1, 25))):
        points = draw(st.integers(-30, 30).filter(bool))
        on = date(2025, 1, 1) + timedelta(days=draw(st.integers(0, 60) | st.integers(0, 700)))
        at = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=draw(st.integers(0, 700)))
        adding = [each.id for each in entries if each.points > 0]
        of = draw(st.none() | st.sampled_from(adding)) if points < 0 and adding else None
        last = draw(st.none() | st.dates(date(2024, 12, 1), date(2027, 1, 1))) if points > 0 else None
        made = entry(
            f"e{number:02d}", points, at.isoformat(), on=f"{on}", expires_on=None if last is None else f"{last}", of=of
        )
        entries.append(with_expiry(made, 12))
    return entries


@settings(EXAMPLES, max_examples=300)
@given(ledgers())
def test_the_fold_is_what_the_rule_says_read_word_by_word(entries: list[LedgerEntry]) -> None:
    assert fold(entries, ON) == _word_by_word(entries, ON)


def _word_by_word(entries: list[LedgerEntry], on: date) -> Balance:
    """The rule of the ledger in its plainest form: every lot looked at for every point."""
    lots: list[Lot] = []
    debt = expired = 0
    for each in sorted(entries, key=lambda each: (each.occurred_at, each.id)):
        expired += sum(lot.points for lot in lots if lot.expires_on < each.business_date)
        lots = [lot for lot in lots if lot.expires_on >= each.business_date]
        for _ in range(abs(each.points)):
            if each.points < 0 and lots:
                first = min(
                    lots, key=lambda lot: (lot.entry_id != each.of, lot.expires_on, lot.earned_on, lot.entry_id)
                )
                lots.remove(first)
                lots += [replace(first, points=first.points - 1)] if first.points > 1 else []
            elif each.points < 0:
                debt += 1
            elif debt:
                debt -= 1
            elif each.expires_on is not None and each.expires_on < each.business_date:
                expired += 1
            else:
                lots = _one_more(lots, each)
    expired += sum(lot.points for lot in lots if lot.expires_on < on)
    left = sorted(
        (lot for lot in lots if lot.expires_on >= on), key=lambda lot: (lot.expires_on, lot.earned_on, lot.entry_id)
    )
    return Balance(lots=tuple(left), debt=debt, expired=expired)


def _one_more(lots: list[Lot], adding: LedgerEntry) -> list[Lot]:
    assert adding.expires_on is not None
    had = sum(lot.points for lot in lots if lot.entry_id == adding.id)
    lot = Lot(entry_id=adding.id, points=had + 1, earned_on=adding.business_date, expires_on=adding.expires_on)
    return [*(each for each in lots if each.entry_id != adding.id), lot]


def test_a_long_ledger_folds_to_what_went_in_and_out() -> None:
    one = entry("e", 1, "2026-05-15T10:00:00+08:00")
    entries = [
        replace(one, id=f"{number:06d}", points=30, expires_on=date(2027, 1, 1 + number % 28))
        if number % 3
        else replace(one, id=f"{number:06d}", points=-20, of=f"{number // 2:06d}")
        for number in range(20_000)
    ]
    entries.reverse()
    folded = fold(entries, ON)
    assert (folded.total, folded.expired) == (sum(each.points for each in entries), 0)
    assert folded.available == sum(lot.points for lot in folded.lots)
