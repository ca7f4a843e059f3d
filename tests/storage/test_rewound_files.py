"""A till whose file was put back, swapped or lost: noticed at start, and nothing is numbered twice."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from pos_member.domain.event import GENESIS_HASH
from pos_member.domain.shift import ShiftOpening
from pos_member.storage.outbox import Outbox
from pos_member.storage.terminal_start import start_terminal
from pos_member.storage.terminal_store import TerminalStore
from pos_member.storage.witness import read_witness, witness_path
from tests.storage.makers import NOW, TERMINAL_ID, TODAY, HandClock, cashier, new_id, open_store, sale, settle


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "till" / "terminal.db"


def sell(store: TerminalStore, times: int = 1) -> None:
    for _ in range(times):
        with store.transaction() as records:
            settle(records, sale(records.next_receipt_number()))


def sold(path: Path, times: int) -> None:
    """A till is switched on, sells, and is switched off."""
    store = open_store(path, new_epoch=new_id())
    sell(store, times)
    store.close()


def restart(path: Path, epoch: str) -> TerminalStore:
    return open_store(path, new_epoch=epoch)


def open_shift(store: TerminalStore) -> int:
    with store.transaction() as records:
        number = records.next_shift_number()
        shift_id = new_id()
        opening = ShiftOpening(
            id=shift_id,
            at=NOW,
            business_date=TODAY,
            store_id="S001",
            terminal_id=TERMINAL_ID,
            staff_id=cashier().id,
            shift_id=shift_id,
            number=number,
            float_fen=0,
        )
        records.add_fact("shift_opening", opening)
        records.append_event(kind="shift_opening", event_id=new_id(), at=NOW, body={"id": shift_id})
    return number


def test_a_till_that_was_switched_off_and_on_goes_on_in_its_epoch(path: Path) -> None:
    sold(path, 3)
    before = read_witness(path)
    assert before is not None
    assert (before.seq, before.receipt_number, before.business_date) == (3, 3, TODAY)

    store = restart(path, "later")
    assert store.epoch == before.epoch
    assert store.notice() is None
    with store.reading() as records:
        assert not records.spending_stopped
    store.close()


def test_an_old_image_put_back_begins_an_epoch_and_gives_no_receipt_number_twice(path: Path, tmp_path: Path) -> None:
    sold(path, 2)
    image = tmp_path / "image.db"
    shutil.copy(path, image)
    store = restart(path, new_id())
    first = store.epoch
    sell(store, 3)
    assert open_shift(store) == 1
    store.close()
    shutil.copy(image, path)

    store = restart(path, "after")

    assert store.epoch == "after"
    told = store.notice()
    assert told is not None
    assert "第 5 号小票" in told.message
    with store.transaction() as records:
        assert records.spending_stopped
        assert records.latest_business_date() == TODAY
        assert records.next_receipt_number() == 6
        event = settle(records, sale(6))
        assert (event.key.epoch, event.key.seq) == ("after", 1)
    assert open_shift(store) == 2
    store.close()
    outbox = Outbox.open(path)
    assert [chain.epoch for chain in outbox.chains()] == [first, "after"]
    assert outbox.unsent() == 2 + 2
    assert [event.key.seq for event in outbox.batch(0, 10, 10**6, first)] == [1, 2]
    outbox.close()

    again = restart(path, "never")
    assert again.epoch == "after"
    assert again.notice() == told
    again.close()


def test_another_history_of_the_same_length_is_noticed(path: Path, tmp_path: Path) -> None:
    sold(path, 1)
    image = tmp_path / "image.db"
    shutil.copy(path, image)
    sold(path, 2)
    witness = witness_path(path).read_bytes()
    shutil.copy(image, path)
    witness_path(path).unlink()
    sold(path, 2)
    witness_path(path).write_bytes(witness)

    store = restart(path, "after")
    assert store.epoch == "after"
    store.close()


def test_a_file_that_is_gone_is_begun_anew_above_its_last_receipt(path: Path) -> None:
    sold(path, 4)
    path.unlink()

    store = restart(path, "after")

    told = store.notice()
    assert told is not None
    assert "不见了" in told.message
    with store.transaction() as records:
        assert records.spending_stopped
        assert records.next_receipt_number() == 5
    store.close()


@pytest.mark.parametrize("fate", ["gone", "torn", "late", "of another till"])
def test_a_witness_that_says_nothing_is_no_reason_for_doubt(path: Path, fate: str) -> None:
    sold(path, 2)
    earlier = witness_path(path).read_bytes()
    sold(path, 1)
    if fate == "gone":
        witness_path(path).unlink()
    elif fate == "torn":
        witness_path(path).write_bytes(witness_path(path).read_bytes().replace(b'"seq":3', b'"seq":9'))
    elif fate == "late":
        witness_path(path).write_bytes(earlier)
    else:
        other = path.parent.parent / "other" / "terminal.db"
        store = open_store(other, terminal_id="0197a0000000700080000000000000bb", new_epoch=new_id())
        store.close()
        shutil.copy(witness_path(other), witness_path(path))

    store = restart(path, "after")
    assert store.epoch != "after"
    assert store.notice() is None
    store.close()
    held = read_witness(path)
    assert held is not None
    assert (held.terminal_id, held.seq) == (TERMINAL_ID, 3)


def test_a_sale_that_broke_off_is_not_witnessed(path: Path) -> None:
    store = open_store(path)
    sell(store)

    def break_off() -> None:
        with store.transaction() as records:
            settle(records, sale(2))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    held = read_witness(path)
    assert held is not None
    assert held.seq == 1
    store.close()


@pytest.mark.parametrize("place", ["last event", "confirmed"])
def test_an_end_of_the_chain_that_does_not_hold_is_left_behind(path: Path, place: str) -> None:
    sold(path, 3)
    witness_path(path).unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        if place == "last event":
            connection.execute("DROP TRIGGER events_no_update")
            connection.execute("UPDATE events SET canonical = replace(canonical, '5000', '4000') WHERE seq = 3")
        else:
            connection.execute("UPDATE outbox SET acked_seq = 2, acked_hash = x'00'")

    store = restart(path, "after")

    assert store.epoch == "after"
    told = store.notice()
    assert told is not None
    assert ("第 3 条" if place == "last event" else "第 2 条") in told.message
    sell(store)
    store.close()


def test_the_chain_a_till_begins_in_doubt_starts_from_nothing(path: Path, tmp_path: Path) -> None:
    sold(path, 1)
    shutil.copy(path, tmp_path / "image.db")
    sold(path, 1)
    shutil.copy(tmp_path / "image.db", path)
    restart(path, "after").close()

    held = read_witness(path)
    assert held is not None
    assert (held.epoch, held.seq, held.hash) == ("after", 0, GENESIS_HASH.hex())


def test_the_business_date_goes_on_from_the_witness(path: Path, tmp_path: Path) -> None:
    sold(path, 1)
    shutil.copy(path, tmp_path / "image.db")
    store = restart(path, new_id())
    with store.transaction() as records:
        settle(records, sale(records.next_receipt_number(), on=TODAY + timedelta(days=2)))
    store.close()
    shutil.copy(tmp_path / "image.db", path)

    store = restart(path, "after")
    with store.reading() as records:
        assert records.latest_business_date() == TODAY + timedelta(days=2)
    store.close()


@pytest.mark.parametrize("value", ["'no hash at all'", "CAST(zeroblob(31) || x'ff' AS TEXT)", "7"])
@pytest.mark.parametrize("place", ["events", "outbox"])
def test_a_till_starts_whatever_stands_where_a_hash_should_be(path: Path, value: str, place: str) -> None:
    sold(path, 3)
    with closing(sqlite3.connect(path)) as connection, connection:
        if place == "events":
            connection.execute("DROP TRIGGER events_no_update")
            connection.execute(f"UPDATE events SET hash = {value} WHERE seq = 3")  # noqa: S608 - as it stands above
        else:
            connection.execute(f"UPDATE outbox SET acked_hash = {value}")  # noqa: S608 - as it stands above

    started = start_terminal(path, terminal_id=TERMINAL_ID, clock=HandClock(), new_epoch=new_id)

    assert started.store.notice() is not None
    sell(started.store)
    with started.store.reading() as records:
        last = records.last_sale()
    assert last is not None
    assert last.receipt_no == "S001-1-000004"
    started.store.close()
