"""After the disk has failed, nothing is written behind an end of the chain that nobody has looked at."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from pos_member.domain.errors import Fault
from pos_member.storage.database_file import TERMINAL, open_database
from pos_member.storage.engine import doubt_mark
from pos_member.storage.snapshot_file import leave_one_file
from pos_member.storage.terminal_start import start_terminal
from pos_member.storage.terminal_store import TerminalStore
from tests.storage.makers import TERMINAL_ID, WANG, HandClock, new_id, open_store, sale, settle


def sell(store: TerminalStore) -> None:
    with store.transaction() as records:
        settle(records, sale(records.next_receipt_number()))


def fail_once(store: TerminalStore) -> None:
    """The next transaction of the store fails as SQLite says that an fsync did."""

    def refuse(*_: object) -> None:
        event.remove(store._engine, "checkout", refuse)
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
        raise error

    event.listen(store._engine, "checkout", refuse)


def test_a_till_goes_on_when_the_end_of_its_chain_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "terminal.db"
    store = open_store(path)
    sell(store)
    fail_once(store)
    with pytest.raises(Fault) as told:
        sell(store)
    assert (told.value.code, told.value.retryable) == ("disk_write_failed", True)
    assert doubt_mark(path).exists()

    sell(store)

    with store.reading() as records:
        last = records.last_sale()
    assert last is not None
    assert last.receipt_no == "S001-1-000002"
    store.close()

    started = start_terminal(path, terminal_id=TERMINAL_ID, clock=HandClock(), new_epoch=new_id)
    assert started.report is not None
    assert (started.report.sales, started.report.findings) == (2, ())
    started.store.close()
    assert start_again(path) is None


def start_again(path: Path) -> object:
    """What the check before selling says at one more start; None when none is made."""
    started = start_terminal(path, terminal_id=TERMINAL_ID, clock=HandClock(), new_epoch=new_id)
    started.store.close()
    return started.report


def test_a_till_stops_when_the_end_of_its_chain_is_not_sound_until_it_is_started_again(tmp_path: Path) -> None:
    path = tmp_path / "terminal.db"
    store = open_store(path)
    sell(store)
    sell(store)
    fail_once(store)
    with pytest.raises(Fault):
        sell(store)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER events_no_update")
        connection.execute("UPDATE events SET hash = zeroblob(32) WHERE seq = 2")

    for _ in range(2):
        with pytest.raises(Fault) as told:
            sell(store)
        assert told.value.code == "chain_end_damaged"
        assert "第 2 条" in told.value.message
    store.close()

    started = start_terminal(path, terminal_id=TERMINAL_ID, clock=HandClock(), new_epoch=lambda: "after")
    assert started.report is not None
    assert started.report.findings != ()
    assert started.store.epoch == "after"
    sell(started.store)
    started.store.close()


def test_a_full_disk_needs_no_check_of_everything(tmp_path: Path) -> None:
    path = tmp_path / "terminal.db"
    store = open_store(path)

    def refuse(*_: object) -> None:
        event.remove(store._engine, "checkout", refuse)
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    event.listen(store._engine, "checkout", refuse)
    with pytest.raises(Fault):
        sell(store)
    assert not doubt_mark(path).exists()
    sell(store)
    store.close()


def test_an_error_that_somebody_keeps_does_not_keep_the_log_in_use(tmp_path: Path) -> None:
    path = tmp_path / "terminal.db"
    store = open_store(path)
    for _ in range(3):
        sell(store)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER sales_no_update")
        connection.execute("UPDATE sales SET document = '{' WHERE number = 1")

    with pytest.raises(ValueError, match="truncated") as kept, store.reading() as records:
        records.own_records(WANG, {})

    sell(store)
    with closing(sqlite3.connect(path, timeout=0.1)) as connection:
        assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    assert kept.value is not None
    store.close()


def test_a_disk_that_fills_up_as_a_copy_is_closed_is_told_as_what_it_is(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "copy.db", TERMINAL)

    def refuse(*_: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    event.listen(engine, "checkout", refuse)
    with pytest.raises(Fault) as told:
        leave_one_file(engine)
    assert told.value.code == "disk_write_failed"
    assert "copy.db" in told.value.message
