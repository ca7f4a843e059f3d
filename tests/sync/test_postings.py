"""What two tills that hear nothing of each other did twice, or too much: posted, and shown to head office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pos_member.app.points.check_in import check_in
from pos_member.app.points.redeem_reward import redeem_reward
from pos_member.app.points.redeem_service import redeem_service
from pos_member.app.points.void_redemption import void_redemption
from pos_member.app.ports import CouponState, RewardStock
from pos_member.app.published import Verdict
from pos_member.domain.bonuses import BonusKind
from pos_member.domain.member import Member
from pos_member.domain.offers import Coupon
from pos_member.domain.pricing import quote
from pos_member.domain.quote import QuoteRequest
from pos_member.domain.sale import Sale
from pos_member.domain.tier import Tier
from tests.sync.chain import MASK, RULESET, STORE, Chain, Till
from tests.sync.counters import (
    CASHIER,
    bring_back,
    figures_at,
    grant_of,
    push_told,
    rows,
    workplace_of,
)

TODAY = date(2026, 3, 5)


def _two_tills(chain: Chain) -> tuple[Till, Till]:
    tills = chain.till("前台一"), chain.till("前台二")
    for till in tills:
        till.pull()
    return tills


def _verdicts(chain: Chain, kind: str) -> list[object]:
    return [verdict for told, verdict in rows(chain, "events", "kind, verdict") if told == kind]


def test_goods_that_two_tills_took_back_at_once_come_back_once(chain: Chain) -> None:
    wang = chain.join()
    first, second = _two_tills(chain)
    here, there = workplace_of(chain, first), workplace_of(chain, second)
    sale = first.sell(wang, packs=30)
    first.push()
    second.pull()

    bring_back(here, chain.ids.new(), sale, 20)
    bring_back(there, chain.ids.new(), sale, 20)
    first.push()
    at_head_office = chain.office.member(wang.id)
    second.push()
    for till in (first, second):
        till.pull()

    assert _verdicts(chain, "return") == ["accepted", "rejected"]
    assert rows(chain, "tasks", "kind, what") == [("rejected", "退货超出了原销售单售出的数量。")]
    after = chain.office.member(wang.id)
    assert at_head_office is not None
    assert after is not None
    assert replace(after, applied={}) == replace(at_head_office, applied={})
    assert figures_at(here, wang) == figures_at(there, wang)
    assert figures_at(there, wang).spend_fen == sale.quote.payable_fen * 10 // 30


def test_parts_taken_back_at_two_tills_make_a_sale_undone(chain: Chain) -> None:
    wang = chain.join()
    first, second = _two_tills(chain)
    here, there = workplace_of(chain, first), workplace_of(chain, second)
    sale = first.sell(wang, packs=3)
    first.push()
    before = chain.office.member(wang.id)

    bring_back(here, chain.ids.new(), sale, 1)
    found = chain.office.sale(sale.receipt_no)
    assert found.returned == {}
    first.push()
    bring_back(there, chain.ids.new(), sale, 2)
    second.push()

    after = chain.office.member(wang.id)
    assert before is not None
    assert after is not None
    assert after.completed_sales == before.completed_sales - 1
    assert after.spend_fen == before.spend_fen - sale.quote.payable_fen == 0
    assert [purchase.net_fen for purchase in after.purchases] == [0]
    assert (sum(lot.points for lot in after.lots), after.debt) == (0, 0)


def test_a_return_never_lowers_the_tier(chain: Chain) -> None:
    wang = chain.join()
    till = chain.till()
    till.pull()
    sale = till.sell(wang, packs=110)
    bring_back(workplace_of(chain, till), chain.ids.new(), sale, 110)

    till.push()

    state = chain.office.member(wang.id)
    assert state is not None
    assert (state.tier, state.spend_fen) == (Tier.SILVER, 0)
    assert state.debt == 0
    assert sum(lot.points for lot in state.lots) == 100  # the upgrade stays


def test_a_birthday_extra_that_was_taken_back_can_be_earned_again_at_any_till(chain: Chain) -> None:
    wang = chain.join(birthday=date(1980, 3, 20))
    first, second = _two_tills(chain)
    sale = first.sell(wang, packs=2)
    bring_back(workplace_of(chain, first), chain.ids.new(), sale, 2)
    first.push()
    second.pull()
    again = second.sell(wang, packs=2)
    second.push()

    assert [entry.kind for entry in again.entries] == [entry.kind for entry in sale.entries]
    state = chain.office.member(wang.id)
    assert state is not None
    assert state.birthday_bonus_years == (2026,)
    assert rows(chain, "tasks", "kind") == []


def test_a_birthday_extra_that_two_tills_gave_stands_as_long_as_one_of_them_does(chain: Chain) -> None:
    wang = chain.join(birthday=date(1980, 3, 20))
    first, second = _two_tills(chain)
    sale = first.sell(wang, packs=2)
    second.sell(wang, packs=2)
    second.push()
    bring_back(workplace_of(chain, first), chain.ids.new(), sale, 2)
    first.push()

    state = chain.office.member(wang.id)
    assert state is not None
    assert state.birthday_bonus_years == (2026,)


def test_a_free_test_that_two_tills_gave_is_shown_to_head_office(chain: Chain) -> None:
    wang = chain.join(tier=Tier.GOLD)
    first, second = _two_tills(chain)
    for till in (first, second):
        redeem_service(workplace_of(chain, till), CASHIER, chain.ids.new(), wang.id, "glucose")

    first.push()
    assert rows(chain, "tasks", "kind") == []
    second.push()

    assert rows(chain, "tasks", "kind, what") == [("granted_twice", "给了会员已经有过的优惠：免费权益「血糖检测」。")]
    state = chain.office.member(wang.id)
    assert state is not None
    assert [use.benefit_id for use in state.benefit_uses] == ["monthly_test", "monthly_test"]


def test_pieces_that_two_tills_handed_out_beyond_the_stock_are_shown_to_head_office(chain: Chain) -> None:
    wang = chain.join()
    chain.give(wang, 1000)
    chain.office.publish([RewardStock(store_id=STORE.id, reward_id="water", pieces=1, applied={"forged:e": 9})])
    first, second = _two_tills(chain)
    redemption_id = chain.ids.new()
    redeem_reward(workplace_of(chain, first), CASHIER, chain.ids.new(), wang.id, "water", MASK.sku)
    redeem_reward(workplace_of(chain, second), CASHIER, redemption_id, wang.id, "water", MASK.sku)
    first.push()
    second.push()

    assert rows(chain, "tasks", "kind, what") == [("granted_twice", "给了会员已经有过的优惠：奖品「矿泉水」。")]
    assert _stock(first) == -1
    void_redemption(workplace_of(chain, second), CASHIER, chain.ids.new(), redemption_id, "没有货")
    second.push()
    assert _stock(first) == 0


def _stock(till: Till) -> int:
    till.pull()
    stock = till.replica.reward_stock("water")
    assert stock is not None
    return stock.pieces


def test_a_stock_that_is_counted_anew_is_not_lessened_by_what_went_before(chain: Chain) -> None:
    wang = chain.join()
    chain.give(wang, 1000)
    till = chain.till()
    till.pull()
    here = workplace_of(chain, till)
    redeem_reward(here, CASHIER, chain.ids.new(), wang.id, "water", MASK.sku)
    till.push()

    chain.office.publish([RewardStock(store_id=STORE.id, reward_id="water", pieces=5, applied={})])
    till.pull()
    with till.terminal.reading() as records:
        stock = till.replica.reward_stock("water")
        assert stock is not None
        assert records.handed_out("water", stock.applied) == 0

    redeem_reward(here, CASHIER, chain.ids.new(), wang.id, "water", MASK.sku)
    till.push()
    chain.office.publish([RewardStock(store_id=STORE.id, reward_id="water", pieces=8, applied={})])
    till.pull()
    with till.terminal.reading() as records:
        stock = till.replica.reward_stock("water")
        assert stock is not None
        assert (stock.pieces, records.handed_out("water", stock.applied)) == (8, 0)


@pytest.mark.parametrize(
    ("kind", "sources", "label"),
    [
        (BonusKind.REGISTRATION, ("a", "b"), "注册积分"),
        (BonusKind.CHECK_IN, ("2026-03-05", "2026-03-05"), "签到积分"),
        (BonusKind.REVIEW, ("r1", "r1"), "评价积分"),
        (BonusKind.REFERRAL, ("x", "x"), "推荐积分"),
        (BonusKind.ACTIVITY, ("spring", "spring"), "活动积分"),
        (BonusKind.FESTIVAL, ("spring-2026", "spring-2026"), "节日积分"),
    ],
)
def test_a_bonus_that_two_tills_gave_is_posted_and_shown_to_head_office(
    chain: Chain, kind: BonusKind, sources: tuple[str, str], label: str
) -> None:
    wang = chain.join()
    first, second = _two_tills(chain)
    for till, source in zip((first, second), sources, strict=True):
        push_told(till, grant_of(chain, till, wang, kind, 5, source))

    assert rows(chain, "tasks", "kind, what") == [("granted_twice", f"给了会员已经有过的优惠：{label}。")]
    assert chain.office.member_figure(wang.id).available == 10
    state = chain.office.member(wang.id)
    assert state is not None
    assert [(bonus.kind, bonus.points) for bonus in state.bonuses] == [(kind.value, 5)] * 2


def test_a_month_of_reviews_that_came_to_more_than_it_may_is_shown_and_one_that_did_not_is_not(chain: Chain) -> None:
    wang = chain.join()
    till = chain.till()
    till.pull()
    for number in range(4):
        push_told(till, grant_of(chain, till, wang, BonusKind.REVIEW, 5, f"r{number}"))
    for reason in ("a", "b"):
        push_told(till, grant_of(chain, till, wang, BonusKind.ADJUSTMENT, 7, reason))
    assert rows(chain, "tasks", "kind") == []

    push_told(till, grant_of(chain, till, wang, BonusKind.REVIEW, 5, "r4"))

    assert rows(chain, "tasks", "kind") == [("granted_twice",)]
    assert chain.office.member_figure(wang.id).available == 39


def test_check_ins_of_months_past_are_forgotten_and_what_is_given_once_never_is(chain: Chain) -> None:
    wang = chain.join()
    till = chain.till()
    till.pull()
    check_in(workplace_of(chain, till), CASHIER, chain.ids.new(), wang.id)
    push_told(till, grant_of(chain, till, wang, BonusKind.ACTIVITY, 20, "spring"))
    till.push()
    assert [bonus.kind for bonus in _bonuses(chain, wang)] == ["activity", "check_in"]

    chain.clock.pass_by(days=31)
    till.sell(wang)
    till.push()
    assert [bonus.kind for bonus in _bonuses(chain, wang)] == ["activity", "check_in"]
    chain.clock.pass_by(days=31)
    till.sell(wang)
    till.push()
    assert [bonus.kind for bonus in _bonuses(chain, wang)] == ["activity"]


def _bonuses(chain: Chain, member: Member) -> tuple[Any, ...]:
    state = chain.office.member(member.id)
    assert state is not None
    return state.bonuses


def test_bonuses_follow_from_the_ledger_that_is_imported(chain: Chain) -> None:
    wang = chain.join()
    opening = chain.give(wang, 300)
    registration = replace(opening, id=chain.ids.new(), kind="registration", points=50, source=wang.id)

    chain.office.import_ledger([registration])

    assert [(bonus.kind, bonus.points, bonus.source) for bonus in _bonuses(chain, wang)] == [
        ("registration", 50, wang.id)
    ]


def _with_coupon(till: Till, member: Member) -> Sale:
    """A sale that takes a coupon's ten yuan off."""
    plain = till.ring_up(None, packs=6)
    coupon = Coupon(id="Q2026-01", threshold_fen=5000, off_fen=1000)
    lines = tuple(line.goods for line in plain.quote.lines)
    priced = quote(QuoteRequest(on=plain.business_date, lines=lines, coupon=coupon), RULESET)
    tenders = tuple(replace(tender, fen=priced.payable_fen) for tender in plain.tenders)
    return till.record(replace(plain, quote=priced, tenders=tenders))


def test_a_coupon_is_used_once_and_a_second_sale_with_it_is_shown_to_head_office(chain: Chain) -> None:
    wang = chain.join()
    coupon = CouponState(coupon=Coupon(id="q2026-01", threshold_fen=5000, off_fen=1000), member_id=wang.id)
    chain.office.publish([coupon])
    first, second = _two_tills(chain)
    used = _with_coupon(first, wang)
    _with_coupon(second, wang)
    first.push()
    second.pull()
    held = second.replica.coupon("Q2026-01")
    assert held is not None
    assert held.used_by == used.id
    assert rows(chain, "tasks", "kind") == []

    second.push()
    chain.office.publish([coupon])
    second.pull()

    assert second.replica.coupon("q2026-01") == replace(held, coupon=coupon.coupon)
    assert rows(chain, "tasks", "kind, what") == [("granted_twice", "给了会员已经有过的优惠：券 q2026-01。")]


def test_points_that_come_back_at_a_till_whose_clock_is_ahead_keep_their_last_day(chain: Chain) -> None:
    wang = chain.join()
    opening = chain.give(wang, 1000)
    till = chain.till()
    till.pull()
    sale = till.sell(wang, packs=10, points=300)
    till.push()
    returned = bring_back(workplace_of(chain, till), chain.ids.new(), sale, 10).fact
    ahead = replace(
        returned,
        id=chain.ids.new(),
        receipt_no="ahead",
        business_date=TODAY + timedelta(days=300),
        entries=tuple(
            replace(entry, id=chain.ids.new(), business_date=TODAY + timedelta(days=300)) for entry in returned.entries
        ),
    )
    ahead = replace(ahead, entries=tuple(replace(entry, source=ahead.id) for entry in ahead.entries))
    (verdict,) = push_told(till, ahead)

    assert verdict.verdict is Verdict.ACCEPTED

    assert [kind for (kind,) in rows(chain, "tasks", "kind")] == ["clock_ahead"]
    state = chain.office.member(wang.id)
    assert state is not None
    assert sum(lot.points for lot in state.lots) == 1000
    assert {lot.expires_on for lot in state.lots} == {opening.expires_on}


def test_what_is_told_again_after_a_recovery_counts_once(chain: Chain) -> None:
    wang = chain.join()
    till = chain.till()
    till.pull()
    sale = till.sell(wang, packs=10)
    returned = bring_back(workplace_of(chain, till), chain.ids.new(), sale, 4).fact
    till.push()
    before = chain.office.member(wang.id)

    push_told(till, sale, returned)

    after = chain.office.member(wang.id)
    assert before is not None
    assert after is not None
    assert replace(after, applied={}) == replace(before, applied={})
    assert {verdict for (verdict,) in rows(chain, "events", "verdict")} == {"accepted"}
    assert rows(chain, "tasks", "kind") == []
