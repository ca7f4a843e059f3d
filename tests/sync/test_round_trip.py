"""A sale at one till becomes visible at another, and counts once whatever happens on the way."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace

import msgspec
import pytest

from pos_member.app.counter import Link
from pos_member.app.published import Change, EntityKind
from pos_member.domain.errors import Fault
from pos_member.domain.product import Category
from sync import wire
from sync.head_office.terminals import Terminal
from tests.sync.chain import MASK, RULESET, STORE, Chain, Till, until


def test_a_sale_at_one_till_is_seen_at_another_after_its_pull(chain: Chain) -> None:
    wang = chain.join()
    chain.give(wang, 1000)
    first, second = chain.till("前台一"), chain.till("前台二")
    first.pull()
    second.pull()

    sale = first.sell(wang, packs=4, points=500)
    first.push()
    second.pull()

    state = second.replica.member(wang.id)
    assert state is not None
    assert sum(lot.points for lot in state.lots) == 500 + sale.quote.points_earned
    assert second.standing(wang).completed_sales == 4
    assert [(p.sale_id, p.net_fen) for p in state.purchases] == [(sale.id, sale.quote.payable_fen)]
    assert second.available(wang) == first.available(wang) == sale.quote.available_after


def test_a_new_till_gets_everything_by_snapshot(chain: Chain) -> None:
    wang = chain.join()
    chain.give(wang, 700)
    till = chain.till()

    till.pull()

    assert till.replica.product_by_barcode(MASK.barcodes[0]) == MASK
    assert [person.name for person in till.replica.staff()] == ["李芳"]
    assert till.replica.store("S001") is not None
    rules = till.replica.ruleset(chain.clock.now().date())
    assert rules is not None
    assert rules.version == RULESET.version
    assert till.available(wang) == 700
    assert till.replica.freshness().hq_epoch == chain.office.hq_epoch
    assert not list(till.folder.glob("snapshot*"))


def test_pushing_twice_counts_once(chain: Chain) -> None:
    wang = chain.join()
    till = chain.till()
    till.pull()
    sale = till.sell(wang, packs=3)
    till.push()
    figure = chain.office.member_figure(wang.id)
    cut_off = _with_answers_forgotten(till)

    cut_off.push()

    assert chain.office.member_figure(wang.id) == figure
    assert figure.available == sale.quote.points_earned
    assert cut_off.unsent() == 0


def _with_answers_forgotten(till: Till) -> Till:
    """The till as if no answer of head office had ever reached it."""
    till.close()
    with closing(sqlite3.connect(till.folder / "terminal.db")) as database, database:
        database.execute("UPDATE outbox SET acked_seq = 0, acked_hash = zeroblob(32)")
    return till.again()


def test_the_figure_never_flickers_whichever_of_push_and_pull_comes_first(chain: Chain) -> None:
    wang = chain.join()
    chain.give(wang, 2000)
    till, other = chain.till("前台一"), chain.till("前台二")
    till.pull()
    other.pull()
    expected = till.available(wang)

    for round_number in range(4):
        sale = till.sell(wang, packs=2, points=100 * round_number)
        expected += sale.quote.points_earned - sale.quote.points_redeemed
        assert till.available(wang) == expected
        if round_number % 2:
            till.pull()
            assert till.available(wang) == expected
        till.push()
        assert till.available(wang) == expected
        till.pull()
        assert till.available(wang) == expected
        other.pull()
        assert other.available(wang) == expected


def test_two_tills_that_were_offline_together_agree_afterwards(chain: Chain) -> None:
    wang = chain.join()
    chain.give(wang, 500)
    first, second = chain.till("前台一"), chain.till("前台二")
    first.pull()
    second.pull()
    one = first.sell(wang, packs=10, points=400)
    other = second.sell(wang, packs=10, points=400)

    for till in (second, first):
        till.push()
    for till in (first, second):
        till.pull()

    left = 500 - 800 + one.quote.points_earned + other.quote.points_earned
    for till in (first, second):
        balance = till.standing(wang)
        assert sum(lot.points for lot in balance.lots) - balance.debt == left
        assert balance.completed_sales == 5


def test_many_small_pages_bring_the_same_state_as_one(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.pull.PAGE_ROWS", 3)
    till = chain.till()
    till.pull()
    members = [chain.join() for _ in range(10)]
    for member in members:
        chain.give(member, 100)

    till.pull()

    assert [till.available(member) for member in members] == [100] * 10
    assert till.feed.cursor().feed_no == chain.office.health().feed_no


def test_what_is_withdrawn_disappears_from_the_till(chain: Chain) -> None:
    till = chain.till()
    till.pull()
    assert till.replica.product_by_sku(MASK.sku) is not None

    chain.office.withdraw(EntityKind.PRODUCT, MASK.sku)
    till.pull()

    assert till.replica.product_by_sku(MASK.sku) is None


@pytest.mark.logs_warnings
def test_words_of_a_newer_head_office_are_passed_over_and_hold_up_nothing(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A product of a category this version does not know stands between two changes that it does know."""
    till = chain.till()
    till.pull()
    honest = wire.pack_changes

    def newer(changes: Iterable[Change]) -> tuple[bytes, bytes]:
        packed, _ = honest(changes)
        packed = packed.replace(b"supplement", b"cosmetical")
        return packed, hashlib.sha256(packed).digest()

    monkeypatch.setattr(wire, "pack_changes", newer)
    cream = replace(MASK, sku="K0001", name="面霜", category=Category.SUPPLEMENT, barcodes=())
    chain.office.publish([replace(MASK, price_fen=900), cream, replace(STORE, name="安和大药房总店")])
    till.pull()

    assert till.replica.freshness().feed_no == chain.office.health().feed_no
    mask, store = till.replica.product_by_sku(MASK.sku), till.replica.store(STORE.id)
    assert mask is not None
    assert mask.price_fen == 900
    assert store is not None
    assert store.name == "安和大药房总店"
    assert till.replica.product_by_sku("K0001") is None


def test_a_page_that_was_damaged_on_the_way_changes_nothing(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    till = chain.till()
    till.pull()
    before = till.feed.cursor()
    chain.join()
    honest = chain.office.feed

    def damaged(terminal: Terminal, after: int, limit: int) -> wire.FeedAnswer:
        answer = honest(terminal, after, limit)
        return msgspec.structs.replace(answer, changes=answer.changes[:-1] + b"\x00")

    monkeypatch.setattr(chain.office, "feed", damaged)
    with pytest.raises(Fault) as caught:
        till.pull()

    assert caught.value.code == "feed_damaged"
    assert till.feed.cursor() == before


def test_the_loop_carries_a_sale_to_the_other_till_by_itself(chain: Chain) -> None:
    wang = chain.join()
    first, second = chain.till("前台一"), chain.till("前台二")
    first_loop = first.start_sync()
    second.start_sync()
    until(lambda: second.replica.member(wang.id) is not None, "both tills are filled")
    until(lambda: first.replica.member(wang.id) is not None, "both tills are filled")

    sale = first.sell(wang, packs=5)
    first_loop.wake()

    until(lambda: second.available(wang) == sale.quote.points_earned, "the second till shows the points")
    until(lambda: first.statuses[-1].unsent == 0, "the first till has nothing unsent")
    assert first.statuses[-1].link is Link.ONLINE
    assert first.statuses[-1].problem is None
