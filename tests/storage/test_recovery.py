"""A damaged ``terminal.db``: set aside as it is, and everything that can be read of it goes on in a fresh one."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pos_member.domain.basket import Basket
from pos_member.domain.granting import BonusGrant
from pos_member.storage import file_swap
from pos_member.storage.engine import doubt_mark
from pos_member.storage.full_check import check_file
from pos_member.storage.terminal_start import start_terminal
from pos_member.storage.witness import witness_path
from tests.storage.damage import page_size, pages_of, wipe
from tests.storage.makers import (
    TERMINAL_ID,
    HandClock,
    new_id,
    open_store,
    sale,
    settle,
)
from tests.storage.recovery_day import TABLES, TIMES, Day, sales_in, start, told, told_epochs


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("where", ["root", "leaf"])
def test_a_page_of_zeros_costs_nothing_that_stands_anywhere_else(day: Day, table: str, where: str) -> None:
    pages = pages_of(day.path, table)
    wipe(day.path, pages[0] if where == "root" else pages[len(pages) // 2])
    damaged = day.path.read_bytes()
    doubt_mark(day.path).touch()

    started = start(day)

    assert started.recovery is not None
    (aside,) = day.aside
    assert aside.read_bytes() == damaged
    assert "小票号" in aside.with_suffix(".txt").read_text(encoding="utf-8")
    found = sales_in(started, day)
    assert [sold.id for sold in found] == [sold.id for sold in day.sales]
    assert found == list(day.sales)
    with started.store.reading() as records:
        assert [records.fact(BonusGrant, each.id) for each in day.bonuses] == list(day.bonuses)
        assert records.spending_stopped
        assert records.load_basket() == day.basket
        assert len(records.suspended_baskets()) == 1
        assert len(records.open_print_jobs()) == TIMES
    with started.store.transaction() as records:
        assert records.next_receipt_number() == TIMES + 1
        settle(records, sale(TIMES + 1))
    notice = started.store.notice()
    assert notice is not None
    assert f"{TIMES} 笔销售" in notice.message
    started.store.close()

    report = check_file(day.path)
    assert report.findings == ()
    handed = told(day.path)
    confirmed = {*(sold.id for sold in day.sales[:8]), *(given.id for given in day.bonuses[:2])}
    for fact_id in (*(sold.id for sold in day.sales), *(given.id for given in day.bonuses)):
        assert len(handed.get(fact_id, [])) == 1 or fact_id in confirmed, fact_id


def test_a_sale_whose_rows_and_event_are_both_gone_is_named_by_its_receipt(day: Day) -> None:
    with closing(sqlite3.connect(day.path)) as connection, connection:
        victim = day.sales[20]
        for table, column in (("events", "subject_id"), ("sale_lines", "sale_id"), ("tenders", "sale_id")):
            connection.execute(f"DROP TRIGGER {table}_no_delete")
            connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (victim.id,))  # noqa: S608
        for table, column in (("ledger_entries", "sale_id"), ("sales", "id")):
            connection.execute(f"DROP TRIGGER {table}_no_delete")
            connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (victim.id,))  # noqa: S608
    wipe(day.path, pages_of(day.path, "duty")[0])
    doubt_mark(day.path).touch()

    started = start(day)

    assert started.recovery is not None
    assert started.recovery.sales == TIMES - 1
    assert started.recovery.missing == ((21, 21),)
    assert "21" in started.recovery.sentence.message
    started.store.close()
    handed = told(day.path)
    later = [sold.id for sold in day.sales[21:]]
    assert all(len(handed[sold]) == 1 for sold in later)
    assert len({handed[sold][0] for sold in later}) == 1
    assert handed[later[0]] != handed[day.sales[19].id]


@pytest.mark.parametrize("length", [16, 100, None])
def test_a_header_that_is_gone_costs_no_sale(day: Day, length: int | None) -> None:
    wipe(day.path, 1, length=length)

    started = start(day)

    assert started.recovery is not None
    assert sales_in(started, day) == list(day.sales)
    with started.store.transaction() as records:
        assert records.next_receipt_number() == TIMES + 1
        settle(records, sale(TIMES + 1))
    started.store.close()
    assert check_file(day.path).findings == ()


def test_the_first_half_of_a_file_gives_what_is_in_it(day: Day) -> None:
    size = page_size(day.path)
    content = day.path.read_bytes()
    day.path.write_bytes(content[: len(content) // size // 2 * size + 100])

    started = start(day)

    assert started.recovery is not None
    found = sales_in(started, day)
    assert 0 < len(found) < TIMES
    assert [sold for sold in day.sales if sold in found] == found
    numbers = {int(sold.receipt_no[-6:]) for sold in day.sales} - {int(sold.receipt_no[-6:]) for sold in found}
    assert {number for low, high in started.recovery.missing for number in range(low, high + 1)} == numbers
    with started.store.transaction() as records:
        assert records.next_receipt_number() == TIMES + 1
    started.store.close()


@pytest.mark.parametrize("fate", ["empty", "gone"])
def test_what_was_sold_last_is_in_the_log_even_if_the_file_is_empty(tmp_path: Path, fate: str) -> None:
    running = tmp_path / "running" / "terminal.db"
    store = open_store(running, new_epoch="e1")
    sold = [sale(number) for number in (1, 2, 3)]
    for each in sold:
        with store.transaction() as records:
            records.next_receipt_number()
            settle(records, each)
    path = tmp_path / "till" / "terminal.db"
    path.parent.mkdir()
    shutil.copy(running.with_name("terminal.db-wal"), path.with_name("terminal.db-wal"))
    shutil.copy(witness_path(running), witness_path(path))
    store.close()
    if fate == "empty":
        path.touch()
    log = path.with_name("terminal.db-wal").read_bytes()

    started = start(Day(path=path, sales=tuple(sold), bonuses=(), basket=Basket(id=new_id())))

    assert started.recovery is not None
    with started.store.reading() as records:
        assert [records.sale(each.id) for each in sold] == sold
    assert [each.read_bytes() for each in path.parent.glob("*-aside.db-wal")] == [log]
    started.store.close()


def test_a_log_that_is_gone_takes_what_was_sold_since_and_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "terminal.db"
    store = open_store(path, new_epoch="e1")
    with store.transaction() as records:
        settle(records, sale(records.next_receipt_number()))
    store.close()
    store = open_store(path, new_epoch="e1")
    with store.transaction() as records:
        settle(records, sale(records.next_receipt_number()))
    shutil.copytree(tmp_path, tmp_path / "cut")
    store.close()
    cut = tmp_path / "cut" / "terminal.db"
    for suffix in ("-wal", "-shm"):
        cut.with_name(cut.name + suffix).unlink()

    started = start_terminal(cut, terminal_id=TERMINAL_ID, clock=HandClock(), new_epoch=lambda: "after")

    assert started.store.epoch == "after"
    with started.store.transaction() as records:
        assert records.next_receipt_number() == 3
        assert records.sale_by_receipt("S001-1-000001") is not None
    started.store.close()


def test_something_else_in_its_place_is_set_aside_and_receipts_go_on(day: Day) -> None:
    day.path.write_bytes(b"PNG" * 4000)

    started = start(day)

    assert [each.read_bytes() for each in day.aside] == [b"PNG" * 4000]
    assert started.recovery is not None
    assert (started.recovery.sales, started.recovery.missing) == (0, ((1, TIMES),))
    with started.store.transaction() as records:
        assert records.next_receipt_number() == TIMES + 1
    started.store.close()


def test_a_recovery_that_was_cut_short_is_finished_at_the_next_start(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    wipe(day.path, 1, length=100)
    damaged = day.path.read_bytes()
    real: Callable[..., None] = os.replace
    moves = iter([True, True, False])

    def power_cut(source: object, target: object) -> None:
        if not next(moves, True):
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(os, "replace", power_cut)
    with pytest.raises(KeyboardInterrupt):
        start(day)
    monkeypatch.undo()
    assert not day.path.exists()

    started = start(day)

    assert sales_in(started, day) == list(day.sales)
    assert [each.read_bytes() for each in day.aside] == [damaged]
    assert "小票号" in day.aside[0].with_suffix(".txt").read_text(encoding="utf-8")
    started.store.close()


def test_a_power_cut_right_after_a_recovery_changes_nothing_of_what_is_told(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(day.path)) as connection, connection:
        connection.execute("DROP TRIGGER events_no_delete")
        connection.execute("DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)")
    wipe(day.path, pages_of(day.path, "duty")[0])
    doubt_mark(day.path).touch()
    turns = iter([True, True, False])
    real = file_swap.make_names_durable

    def power_cut(folder: Path) -> None:
        if not next(turns, True):
            raise KeyboardInterrupt
        real(folder)

    monkeypatch.setattr(file_swap, "make_names_durable", power_cut)
    with pytest.raises(KeyboardInterrupt):
        start(day)
    monkeypatch.undo()

    started = start(day)

    notice = started.store.notice()
    assert notice is not None
    assert "抢救" in notice.message
    assert len(told_epochs(day.path)) == 2
    started.store.close()
