"""Goods that come back (docs/programme §6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pos_member.domain.errors import InvariantViolation, Malformed, Refusal
from pos_member.domain.ledger import EatenLot, LedgerEntry, fold, fold_onto
from pos_member.domain.postings import return_entries
from pos_member.domain.pricing import quote
from pos_member.domain.quantity import Quantity
from pos_member.domain.quote import MemberStanding, Quote, QuoteRequest, SaleLine
from pos_member.domain.returns import GoodsReturn, ReturnedLine, give_back, refill
from pos_member.domain.sale import Sale
from pos_member.domain.tender import Tender, TenderKind
from pos_member.domain.trace import trace
from tests.domain.makers import BASIC, GOLD, RULES, SILVER, day, entry, goods, lot, price, ruleset, sold


class ReturnIds:
    """Identifiers r0001, r0002, …"""

    def __init__(self) -> None:
        self._count = 0

    def new(self) -> str:
        self._count += 1
        return f"r{self._count:04d}"


def back(*lines: tuple[int, str]) -> tuple[ReturnedLine, ...]:
    return tuple(ReturnedLine(line=line, quantity=Quantity.parse(quantity)) for line, quantity in lines)


def returned(
    sale: Quote,
    *lines: tuple[int, str],
    after: Sequence[tuple[int, str]] = (),
    paid: Sequence[Tender] = (),
    on: str = "2026-06-10",
) -> GoodsReturn:
    return give_back(sale, paid, back(*after), back(*lines), day(on), RULES)


def paid(**fen: int) -> tuple[Tender, ...]:
    return tuple(Tender(kind=TenderKind(kind), fen=amount) for kind, amount in fen.items())


def bought(
    *lines: SaleLine, tenders: tuple[Tender, ...] = (), member: MemberStanding | None = None, on: str = "2026-05-28"
) -> Quote:
    return quote(QuoteRequest(on=day(on), lines=lines, member=member, tenders=tenders), RULES)


def money(goods_back: GoodsReturn) -> dict[str, int]:
    return {tender.kind.value: tender.fen for tender in goods_back.tenders}


def lots(refilled: Sequence[EatenLot]) -> list[tuple[str, int]]:
    return [(str(each.expires_on), each.points) for each in refilled]


TOWELS = price(
    goods("TOWEL", "sundry", 4000, "3"),
    member=replace(SILVER, lots=(lot(1800, "2025-06-04", "2026-06-30"), lot(2500, "2026-01-15", "2027-01-31"))),
    on="2026-05-28",
    points=3000,
)


def test_two_of_three_towels_bring_back_two_thirds_of_money_and_points() -> None:
    two = returned(TOWELS, (0, "2"))
    assert (two.refund_fen, two.points_given_back, two.points_taken_back) == (5200, 2000, 26)
    assert [(each.line, str(each.quantity), each.refund_fen) for each in two.lines] == [(0, "2", 5200)]
    assert money(two) == {"cash": 5200}
    assert lots(two.given_back_lots) == [("2027-01-31", 1200), ("2026-07-10", 800)]


def test_the_third_towel_brings_back_the_rest_into_the_lot_eaten_before() -> None:
    third = returned(TOWELS, (0, "1"), after=[(0, "2")], on="2026-06-12")
    assert (third.refund_fen, third.points_given_back, third.points_taken_back) == (2600, 1000, 13)
    assert lots(third.given_back_lots) == [("2026-07-12", 1000)]


def test_what_came_back_in_several_returns_counts_together() -> None:
    assert returned(TOWELS, (0, "1"), after=[(0, "1"), (0, "1")]).refund_fen == 2600


def test_an_insured_share_goes_to_the_insurance_and_the_rest_to_the_wallet() -> None:
    both = paid(insurance=5000, wechat=3910)
    sale = bought(
        replace(goods("METF", "rx", 3600, "2"), insurable=True),
        goods("TEA", "sundry", 1800),
        member=BASIC,
        tenders=both,
    )
    one = returned(sale, (0, "1"), paid=both, on="2026-05-29")
    assert (money(one), one.points_taken_back) == ({"insurance": 2500, "wechat": 1100}, 11)
    rest = returned(sale, (1, "1"), (0, "1"), after=[(0, "1")], paid=both)
    assert (money(rest), rest.points_taken_back) == ({"insurance": 2500, "wechat": 2810}, 19)
    assert [each.line for each in rest.lines] == [1, 0]


def test_the_insured_share_is_a_share_of_the_money_back_not_of_the_quantity() -> None:
    both = paid(insurance=1450, cash=1411)
    sale = bought(replace(goods("A", "otc_b", 1004, "3"), insurable=True), member=BASIC, tenders=both)
    assert sale.payable_fen == 2861
    assert money(returned(sale, (0, "1"), paid=both)) == {"insurance": 484, "cash": 470}


def test_money_goes_back_to_the_wallet_first_and_cash_gives_back_no_change() -> None:
    both = paid(cash=10_000, wechat=3000)
    sale = bought(goods("A", "rx", 5000, "2"), tenders=both)
    assert sale.change_fen == 3000
    first = returned(sale, (0, "1"), paid=both)
    assert [(tender.kind.value, tender.fen) for tender in first.tenders] == [("cash", 2000), ("wechat", 3000)]
    assert money(returned(sale, (0, "1"), after=[(0, "1")], paid=both)) == {"cash": 5000}


def test_two_wallets_are_refunded_in_the_order_of_the_sale() -> None:
    both = paid(card=4000, alipay=6000)
    sale = bought(goods("A", "rx", 5000, "2"), tenders=both)
    assert money(returned(sale, (0, "1"), paid=both)) == {"card": 4000, "alipay": 1000}


def test_fen_that_do_not_divide_come_back_in_steps_that_end_exactly() -> None:
    three = bought(goods("A", "otc_b", 351, "3"), member=BASIC)
    assert three.payable_fen == 1000
    steps = [returned(three, (0, "1"), after=[(0, "1")] * number).refund_fen for number in range(3)]
    assert steps == [333, 334, 333]


def test_goods_by_weight_come_back_in_any_part() -> None:
    sale = bought(goods("HUANGQI", "tcm", 1234, "2.5", by_weight=True), member=SILVER)
    assert sale.payable_fen == 2777
    part = returned(sale, (0, "0.75"))
    assert (part.refund_fen, part.points_taken_back) == (833, 8)


def test_points_are_computed_afresh_with_the_multipliers_of_the_sale() -> None:
    sale = bought(goods("METER", "device", 3333, "2"), member=GOLD, on="2026-05-15")
    assert sale.points_earned == 112
    one = returned(sale, (0, "1"))
    assert (one.refund_fen, one.points_taken_back) == (2833, 56)
    assert returned(sale, (0, "1"), after=[(0, "1")]).points_taken_back == 56


def test_the_birthday_extra_stays_while_any_goods_remain_even_those_that_cost_nothing() -> None:
    celebrating = replace(SILVER, birthday=day("1980-05-20"))
    sale = bought(goods("A", "rx", 5000), goods("BAG", "sundry", 0), member=celebrating)
    assert [part.kind for part in sale.points] == ["purchase", "birthday"]
    first = returned(sale, (0, "1"))
    assert (first.purchase_taken_back, first.birthday_taken_back, first.points_taken_back) == (50, 0, 50)
    last = returned(sale, (1, "1"), after=[(0, "1")])
    assert (last.purchase_taken_back, last.birthday_taken_back, last.points_taken_back) == (0, 50, 50)
    assert (last.refund_fen, last.tenders) == (0, ())


def test_the_upgrade_is_never_taken_back() -> None:
    sale = bought(goods("A", "rx", 100_000), member=BASIC)
    assert [(part.kind, part.points) for part in sale.points] == [("purchase", 1000), ("upgrade", 100)]
    assert returned(sale, (0, "1")).points_taken_back == 1000


def test_a_stranger_gets_money_and_no_points() -> None:
    sale = bought(goods("A", "rx", 5000, "2"))
    gone = returned(sale, (0, "2"))
    assert (gone.refund_fen, gone.points_taken_back, gone.points_given_back, gone.given_back_lots) == (10_000, 0, 0, ())
    assert posted(gone, sold(sale, member_id=None)) == ()


def test_more_than_was_sold_is_refused_with_every_figure() -> None:
    with pytest.raises(Refusal) as refused:
        returned(TOWELS, (0, "2"), after=[(0, "1"), (0, "1")])
    assert refused.value.code == "return_exceeds"
    assert refused.value.message == "第 1 行（TOWEL）售出 3，已退 2，还能退 1，不够退 2。请改退货数量"


def test_a_history_that_returned_more_than_was_sold_is_refused_whichever_line_comes_back() -> None:
    sale = bought(goods("A", "rx", 5000), goods("B", "rx", 5000))
    with pytest.raises(Refusal) as refused:
        returned(sale, (0, "1"), after=[(1, "2")])
    assert refused.value.code == "return_exceeds"
    assert refused.value.message == "第 2 行（B）只售出 1，退货记录却已有 2。请先核对退货记录"


@pytest.mark.parametrize(
    ("already", "returning", "field"),
    [
        ((), (), "return"),
        ((), back((0, "1"), (0, "1")), "return[1].line"),
        ((), back((1, "1")), "return[0].line"),
        ((), (ReturnedLine(line=-1, quantity=Quantity.whole(1)),), "return[0].line"),
        ((), back((0, "0.5")), "return[0].quantity"),
        ((), (ReturnedLine(line=0, quantity=Quantity(0)),), "return[0].quantity"),
        (back((0, "1"), (1, "1")), back((0, "1")), "already_returned[1].line"),
        (back((0, "1.5")), back((0, "1")), "already_returned[0].quantity"),
    ],
)
def test_what_cannot_come_back_is_malformed_and_named(
    already: tuple[ReturnedLine, ...], returning: tuple[ReturnedLine, ...], field: str
) -> None:
    with pytest.raises(Malformed) as malformed:
        give_back(TOWELS, (), already, returning, day("2026-06-10"), RULES)
    assert malformed.value.field == field


def test_money_that_no_tender_took_is_a_bug() -> None:
    sale = bought(goods("A", "rx", 5000, "2"), tenders=paid(cash=10_000, wechat=3000))
    with pytest.raises(InvariantViolation):
        returned(sale, (0, "2"), paid=paid(wechat=3000))
    with pytest.raises(InvariantViolation):
        returned(sale, (0, "2"), paid=paid(cash=10_000))


def test_points_come_back_into_the_lots_last_eaten_first_and_equal_days_are_joined() -> None:
    eaten = [
        EatenLot(expires_on=day("2026-05-31"), points=200),
        EatenLot(expires_on=day("2026-06-30"), points=300),
        EatenLot(expires_on=day("2027-01-31"), points=500),
    ]
    on = day("2026-06-10")
    assert lots(refill(eaten, 0, 1000, on, 30)) == [("2027-01-31", 500), ("2026-07-10", 500)]
    assert lots(refill(eaten, 0, 600, on, 30)) == [("2027-01-31", 500), ("2026-07-10", 100)]
    assert lots(refill(eaten, 400, 200, on, 30)) == [("2027-01-31", 100), ("2026-07-10", 100)]
    assert lots(refill(eaten, 400, 0, on, 30)) == []
    assert lots(refill(eaten, 0, 1000, on, 0)) == [("2027-01-31", 500), ("2026-06-30", 300), ("2026-06-10", 200)]


def test_points_given_back_at_the_end_of_the_calendar_last_to_its_last_day() -> None:
    eaten = [EatenLot(expires_on=day("9999-11-30"), points=100)]
    assert lots(refill(eaten, 0, 100, day("9999-12-15"), 30)) == [("9999-12-31", 100)]


def test_more_points_than_were_eaten_never_come_back() -> None:
    eaten = [EatenLot(expires_on=day("2026-06-30"), points=100)]
    for already, points in ((0, 101), (100, 1), (101, 0)):
        with pytest.raises(InvariantViolation):
            refill(eaten, already, points, day("2026-06-10"), 30)


SAVER = replace(
    GOLD,
    birthday=day("1980-05-20"),
    lots=(lot(800, "2025-06-04", "2026-06-30", "june"), lot(2500, "2026-01-15", "2027-01-31", "january")),
)


def test_a_return_posts_what_it_takes_back_of_the_sales_entries_and_then_what_it_gives() -> None:
    sale = sold(price(goods("A", "rx", 10_000), member=SAVER, points=1000))
    whole = returned(sale.quote, (0, "1"), paid=sale.tenders)
    entries = posted(whole, sale)
    assert [(each.kind, each.points, each.of, each.expires_on) for each in entries] == [
        ("purchase_reversal", -135, "e0002", None),
        ("birthday_reversal", -50, "e0003", None),
        ("redemption_reversal", 200, None, day("2027-01-31")),
        ("redemption_reversal", 800, None, day("2026-07-10")),
    ]
    assert [each.id for each in entries] == ["r0001", "r0002", "r0003", "r0004"]
    assert {(each.source, each.member_id, each.ruleset) for each in entries} == {("r1", "m1", sale.quote.ruleset)}


def test_a_part_return_that_moves_no_points_posts_nothing() -> None:
    sale = sold(price(goods("A", "sundry", 100), goods("BAG", "sundry", 0), member=SILVER))
    assert posted(returned(sale.quote, (1, "1")), sale) == ()


def test_buying_and_returning_renews_no_old_points() -> None:
    sale = sold(price(goods("A", "rx", 10_000), member=SAVER))
    entries = posted(returned(sale.quote, (0, "1")), sale)
    after = fold_onto(SAVER.lots, 0, (*sale.entries, *entries), day("2026-06-10"))
    assert after.lots == SAVER.lots


def test_points_spent_since_are_taken_back_out_of_others_before_any_come_back() -> None:
    sale = sold(price(goods("A", "rx", 10_000), member=SAVER, points=1000))
    spent = entry("q", -2485, "2026-06-01T10:00:00+08:00")
    entries = posted(returned(sale.quote, (0, "1")), sale)
    after = fold_onto(SAVER.lots, 0, (*sale.entries, spent, *entries), day("2026-06-10"))
    assert [(str(each.expires_on), each.points) for each in after.lots] == [("2026-07-10", 800), ("2027-01-31", 15)]
    assert after.debt == 0


def test_goods_returned_after_their_points_were_spent_leave_a_debt() -> None:
    sale = sold(price(goods("A", "rx", 10_000), member=GOLD))
    spent = entry("q", -150, "2026-06-01T10:00:00+08:00")
    after = fold((*sale.entries, spent, *posted(returned(sale.quote, (0, "1")), sale)), day("2026-06-10"))
    assert (after.lots, after.debt) == ((), 150)


def posted(goods_back: GoodsReturn, sale: Sale) -> tuple[LedgerEntry, ...]:
    return return_entries(
        goods_back,
        sale,
        ids=ReturnIds(),
        return_id="r1",
        at=datetime(2026, 6, 10, 1, 30, tzinfo=UTC),
        on=day("2026-06-10"),
        store_id="S001",
        terminal_id="t1",
    )


def test_the_least_that_can_be_weighed_comes_back() -> None:
    sale = bought(goods("HUANGQI", "tcm", 1000, "2", by_weight=True))
    assert returned(sale, (0, "0.001")).refund_fen == 1


def test_a_sale_comes_back_by_no_other_ruleset_than_its_own() -> None:
    sale = price(goods("A", "sundry", 1000), member=SILVER)
    newer = ruleset(('version = "2026.1"', 'version = "2026.2"'))
    back = [ReturnedLine(line=0, quantity=Quantity.whole(1))]
    assert give_back(sale, (), (), back, day("2026-05-06"), RULES).refund_fen == 900
    for by_another in (lambda: give_back(sale, (), (), back, day("2026-05-06"), newer), lambda: trace(sale, newer)):
        with pytest.raises(InvariantViolation, match=r"2026\.1.*2026\.2"):
            by_another()
