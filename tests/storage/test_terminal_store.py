from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pos_member.app.codec import to_plain
from pos_member.domain.basket import Basket
from pos_member.domain.errors import Fault, InvariantViolation
from pos_member.domain.event import GENESIS_HASH, chain_hash
from pos_member.domain.pin_lock import PinCount
from pos_member.domain.quantity import Quantity
from pos_member.domain.staff import Duty
from pos_member.domain.tender import Tender, TenderKind
from pos_member.storage.terminal_store import TerminalStore
from tests.storage.makers import (
    EPOCH,
    LI,
    NOW,
    TERMINAL_ID,
    TODAY,
    WANG,
    new_id,
    open_store,
    product,
    sale,
    settle,
    unsent,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "terminal.db"


@pytest.fixture
def store(path: Path) -> Iterator[TerminalStore]:
    store = open_store(path)
    yield store
    store.close()


def test_a_new_file_begins_the_epoch_it_was_given_and_keeps_it(path: Path) -> None:
    open_store(path, new_epoch="first").close()
    again = open_store(path, new_epoch="second")
    assert again.epoch == "first"
    again.close()


def test_the_file_of_another_terminal_is_not_written_to(path: Path) -> None:
    open_store(path).close()
    with pytest.raises(Fault) as told:
        open_store(path, terminal_id="0197a0000000700080000000000000bb")
    assert told.value.code == "terminal_mismatch"


def test_a_settled_sale_comes_back_to_the_last_fen_after_a_restart(path: Path) -> None:
    sold = sale(1)
    store = open_store(path)
    with store.transaction() as records:
        settle(records, sold)
    store.close()

    store = open_store(path)
    with store.reading() as records:
        assert records.sale(sold.id) == sold
        assert records.last_sale() == sold
        assert records.sale(new_id()) is None
        assert records.latest_business_date() == TODAY
    store.close()


def test_the_last_sale_is_the_one_settled_last_whatever_its_basket_was_begun(store: TerminalStore) -> None:
    earlier_basket = new_id()
    first, second = sale(1), replace(sale(2, sale_id=earlier_basket))
    with store.transaction() as records:
        settle(records, first)
    with store.transaction() as records:
        settle(records, second)
        assert records.last_sale() == second


def test_a_sale_that_breaks_off_leaves_no_trace_and_no_gap(path: Path, store: TerminalStore) -> None:
    def break_off() -> None:
        with store.transaction() as records:
            assert records.next_receipt_number() == 1
            settle(records, sale(1))
            records.save_basket(Basket(id=new_id()))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    with store.transaction() as records:
        assert records.last_sale() is None
        assert records.load_basket() is None
        assert records.latest_business_date() is None
        assert [records.next_receipt_number(), records.next_receipt_number()] == [1, 2]
    with store.transaction() as records:
        assert records.next_receipt_number() == 3
    assert unsent(path) == 0


def test_a_sale_without_its_event_is_not_committed(path: Path, store: TerminalStore) -> None:
    sold = sale(1)
    with pytest.raises(InvariantViolation), store.transaction() as records:
        records.add_sale(sold)
    with pytest.raises(InvariantViolation), store.transaction() as records:
        records.append_event(kind="sale", event_id=new_id(), at=NOW, body=to_plain(sold), member_id=sold.member_id)
    with store.reading() as records:
        assert records.last_sale() is None
    assert unsent(path) == 0


def test_a_sale_whose_money_does_not_add_up_is_not_written(store: TerminalStore) -> None:
    short = replace(sale(1), tenders=(Tender(kind=TenderKind.CASH, fen=4999),))
    unnamed = replace(sale(2), products=())
    foreign = replace(sale(3), member_id=LI)
    for wrong in (short, unnamed, foreign):
        with pytest.raises(InvariantViolation), store.transaction() as records:
            settle(records, wrong)
    with store.reading() as records:
        assert records.last_sale() is None


def test_a_receipt_number_is_never_given_to_two_sales(store: TerminalStore) -> None:
    with store.transaction() as records:
        settle(records, sale(1))
    with pytest.raises(sqlite3.IntegrityError, match="receipt_no"), store.transaction() as records:
        settle(records, sale(1))


def test_every_event_follows_the_one_before(path: Path, store: TerminalStore) -> None:
    events = []
    for number in (1, 2):
        with store.transaction() as records:
            events.append(settle(records, sale(number)))
            events.append(records.append_event(kind="audit", event_id=new_id(), at=NOW, body={"what": "reprint"}))

    previous = GENESIS_HASH
    for seq, event in enumerate(events, 1):
        assert (event.key.terminal_id, event.key.epoch, event.key.seq) == (TERMINAL_ID, EPOCH, seq)
        assert event.hash == chain_hash(previous, event.canonical)
        previous = event.hash
    assert unsent(path) == 4


def test_only_sales_that_head_office_has_not_counted_are_laid_over_its_figures(store: TerminalStore) -> None:
    sales = [sale(1), sale(2, member_id=LI), sale(3), sale(4, member_id=None), sale(5)]
    for sold in sales:
        with store.transaction() as records:
            settle(records, sold)
            records.append_event(kind="audit", event_id=new_id(), at=NOW, body={})
    first, third, fifth = sales[0], sales[2], sales[4]  # events 1, 5 and 9

    def uncounted(applied: dict[str, int]) -> list[str]:
        with store.reading() as records:
            return [sold.id for sold in records.own_records(WANG, applied).sales]

    own = f"{TERMINAL_ID}:{EPOCH}"
    assert uncounted({}) == [first.id, third.id, fifth.id]
    assert uncounted({own: 1}) == [third.id, fifth.id]
    assert uncounted({own: 4}) == [third.id, fifth.id]
    assert uncounted({own: 5}) == [fifth.id]
    assert uncounted({own: 10}) == []
    assert uncounted({f"{TERMINAL_ID}:e2": 10, "another:e1": 10}) == [first.id, third.id, fifth.id]


def test_points_taken_today_are_counted_by_member_and_business_date(store: TerminalStore) -> None:
    yesterday = TODAY - timedelta(days=1)
    with store.transaction() as records:
        settle(records, sale(1, points=500, on=yesterday))
        settle(records, sale(2, points=300))
        settle(records, sale(3, points=200))
        settle(records, sale(4, points=900, member_id=LI))
        settle(records, sale(5, points=0))
    with store.reading() as records:
        assert records.points_redeemed(WANG, TODAY) == 500
        assert records.points_redeemed(WANG, yesterday) == 500
        assert records.points_redeemed(LI, TODAY) == 900
        assert records.points_redeemed(WANG, date(2026, 1, 1)) == 0


def test_the_latest_business_date_never_goes_back(store: TerminalStore) -> None:
    with store.transaction() as records:
        settle(records, sale(1, on=TODAY))
        settle(records, sale(2, on=TODAY - timedelta(days=3)))
        assert records.latest_business_date() == TODAY


def test_the_open_basket_outlives_a_restart(path: Path) -> None:
    basket, _ = Basket(id=new_id(), member_id=WANG, card_code="6200").with_product(product(), Quantity.parse("2.5"))
    store = open_store(path)
    with store.transaction() as records:
        records.save_basket(Basket(id=new_id()))
        records.save_basket(basket)
    store.close()
    store = open_store(path)
    with store.reading() as records:
        assert records.load_basket() == basket
    store.close()


def test_wrong_pins_are_remembered_over_a_restart(path: Path) -> None:
    store = open_store(path)
    locked = PinCount(wrong=5, locked_until=NOW + timedelta(minutes=1))
    with store.transaction() as records:
        assert records.pin_attempts(LI) == PinCount(wrong=0, locked_until=None)
        records.save_pin_attempts(LI, PinCount(wrong=4, locked_until=None))
        records.save_pin_attempts(LI, locked)
    store.close()
    store = open_store(path)
    with store.reading() as records:
        assert records.pin_attempts(LI) == locked
    store.close()


def test_one_pharmacist_is_on_duty_or_nobody(store: TerminalStore) -> None:
    with store.transaction() as records:
        assert records.duty() is None
        wang, li = (
            Duty(staff_id=person, since=NOW, until=NOW + timedelta(hours=14), beside=person == LI)
            for person in (WANG, LI)
        )
        records.set_duty(wang)
        assert records.duty() == wang
        records.set_duty(li)
        assert records.duty() == li
    with store.transaction() as records:
        records.set_duty(None)
        assert records.duty() is None


def test_nothing_can_be_written_in_a_transaction_that_reads(store: TerminalStore) -> None:
    with pytest.raises(InvariantViolation), store.reading() as records:
        records.save_basket(Basket(id=new_id()))
    with store.transaction() as records:
        records.save_basket(Basket(id=new_id()))


def test_a_reader_sees_one_moment_while_a_sale_is_settled_beside_it(store: TerminalStore) -> None:
    with store.reading() as before:
        assert before.last_sale() is None
        with store.transaction() as records:
            settle(records, sale(1))
        assert before.last_sale() is None
    with store.reading() as after:
        assert after.last_sale() is not None


def test_a_full_disk_says_so_and_the_till_goes_on_when_there_is_room(path: Path) -> None:
    """A child process may write files no larger than the database is now; then the limit is lifted."""
    open_store(path).close()
    program = """
import resource, sys
from pathlib import Path
from pos_member.domain.errors import Fault
from tests.storage.makers import open_store, sale, settle, unsent
store = open_store(Path(sys.argv[1]))
with store.transaction() as records:
    settle(records, sale(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (Path(sys.argv[1] + "-wal").stat().st_size, resource.RLIM_INFINITY))
try:
    with store.transaction() as records:
        settle(records, sale(2))
    print("settled")
except Fault as fault:
    print(fault.code, fault.retryable)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
with store.transaction() as records:
    print(records.last_sale().receipt_no, unsent(Path(sys.argv[1])))
    settle(records, sale(2))
"""
    said = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    assert said.stdout.splitlines() == ["disk_write_failed True", "S001-1-000001 1"]
    assert unsent(path) == 2
