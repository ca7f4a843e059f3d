"""Backups taken while the till sells, and put back."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from pos_member.domain.errors import Fault
from pos_member.storage.backup import back_up, restore
from pos_member.storage.full_check import check_file
from pos_member.storage.outbox import Outbox
from pos_member.storage.terminal_store import TerminalStore
from tests.storage.damage import pages_of, wipe
from tests.storage.makers import TERMINAL_ID, HandClock, new_id, open_store, sale, settle

ANOTHER = "0197a0000000700080000000000000bb"
CORPUS = Path(__file__).parents[1] / "corpus"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "till" / "terminal.db"


def sell(store: TerminalStore, times: int) -> None:
    for _ in range(times):
        with store.transaction() as records:
            settle(records, sale(records.next_receipt_number()))


def sold(path: Path, times: int, **changes: str) -> None:
    store = open_store(path, **{"new_epoch": new_id(), **changes})
    sell(store, times)
    store.close()


def refused(act: object, *arguments: object, **keywords: object) -> Fault:
    with pytest.raises(Fault) as told:
        act(*arguments, **keywords)  # type: ignore[operator]
    assert "{" not in told.value.message
    return told.value


def receipts(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as connection:
        return [int(no[-6:]) for (no,) in connection.execute("SELECT receipt_no FROM sales ORDER BY number")]


def test_a_backup_taken_while_another_thread_sells_is_a_whole_number_of_sales(path: Path, tmp_path: Path) -> None:
    store = open_store(path)
    sell(store, 20)
    enough = threading.Event()

    def go_on() -> None:
        while not enough.is_set():
            sell(store, 1)

    selling = threading.Thread(target=go_on)
    selling.start()
    try:
        made = [back_up(path, tmp_path / f"{turn}.db", HandClock()) for turn in range(5)]
    finally:
        enough.set()
        selling.join()
    with store.reading() as records:
        last = records.last_sale()
    store.close()

    assert last is not None
    counts = [len(receipts(each.path)) for each in made]
    assert counts == sorted(counts)
    assert counts[0] >= 20
    assert counts[-1] <= int(last.receipt_no[-6:])
    for each, count in zip(made, counts, strict=True):
        assert receipts(each.path) == list(range(1, count + 1))
        assert each.report.findings == ()
        assert each.report.events == count
        assert sorted(tmp_path.glob(each.path.name + "*")) == [each.path]


def test_a_backup_into_a_folder_bears_the_time(path: Path, tmp_path: Path) -> None:
    sold(path, 1)
    (path.parent / "identity.json").write_text("a credential")
    made = back_up(path, tmp_path / "usb" / "backups", HandClock())
    assert made.path == tmp_path / "usb" / "backups" / "terminal-20260305T023000Z.db"
    assert [each.name for each in made.path.parent.iterdir()] == [made.path.name]
    told = refused(back_up, path, tmp_path / "usb" / "backups", HandClock())
    assert told.code == "backup_exists"


def test_a_damaged_file_makes_no_backup_that_looks_sound(path: Path, tmp_path: Path) -> None:
    sold(path, 20)
    wipe(path, pages_of(path, "sales")[0])
    told = refused(back_up, path, tmp_path / "out", HandClock())
    assert told.code in ("backup_unsound", "database_damaged")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_file_of_the_first_version_is_backed_up_and_brought_up_to_date(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir()
    shutil.copy(CORPUS / "terminal_0001.db", path)
    content = path.read_bytes()
    made = back_up(path, tmp_path / "copy.db", HandClock())
    assert made.report.sales == 3
    assert path.read_bytes() == content


def test_a_backup_put_back_goes_on_above_every_receipt_that_was_given(path: Path, tmp_path: Path) -> None:
    sold(path, 3)
    made = back_up(path, tmp_path / "copy.db", HandClock())
    sold(path, 2)

    done = restore(path, made.path, terminal_id=TERMINAL_ID, new_epoch="after")

    assert done.last_receipt == 3
    assert done.aside is not None
    assert receipts(done.aside) == [1, 2, 3, 4, 5]
    assert receipts(made.path) == [1, 2, 3]
    store = open_store(path, new_epoch="never")
    assert store.epoch == "after"
    notice = store.notice()
    assert notice is not None
    assert "第 3 号小票" in notice.message
    with store.transaction() as records:
        assert records.spending_stopped
        assert records.next_receipt_number() == 6
        settle(records, sale(6))
    store.close()
    outbox = Outbox.open(path)
    assert [(chain.acked_seq, chain.last_seq) for chain in outbox.chains()] == [(0, 3), (0, 1)]
    outbox.close()
    assert check_file(path).findings == ()


@pytest.mark.parametrize("lost", ["witness", "file", "everything"])
def test_a_backup_is_put_back_whatever_is_left_of_the_folder(path: Path, tmp_path: Path, lost: str) -> None:
    sold(path, 3)
    made = back_up(path, tmp_path / "copy.db", HandClock())
    sold(path, 2)
    if lost == "witness":
        (path.parent / "witness.json").unlink()
    elif lost == "file":
        path.unlink()
    else:
        shutil.rmtree(path.parent)
        path.parent.mkdir()

    done = restore(path, made.path, terminal_id=TERMINAL_ID, new_epoch="after")

    assert (done.aside is None) == (lost != "witness")
    store = open_store(path, new_epoch="never")
    with store.transaction() as records:
        assert records.next_receipt_number() == (4 if lost == "everything" else 6)
    store.close()


def test_a_backup_of_the_first_version_is_put_back_and_brought_up_to_date(path: Path) -> None:
    sold(path, 1)
    done = restore(path, CORPUS / "terminal_0001.db", terminal_id=TERMINAL_ID, new_epoch="after")
    assert done.last_receipt == 3
    store = open_store(path, new_epoch="never")
    with store.reading() as records:
        assert records.sale_by_receipt("S001-01-000003") is not None
    store.close()


@pytest.mark.parametrize("fault", ["no file", "no database", "another's", "of another till", "newer", "damaged"])
def test_what_is_no_backup_of_this_till_changes_nothing(path: Path, tmp_path: Path, fault: str) -> None:
    sold(path, 3)
    backup = tmp_path / "copy.db"
    code = {"no file": "no_database", "of another till": "terminal_mismatch", "newer": "database_newer"}.get(fault)
    if fault == "no database":
        backup.write_bytes(b"PNG" * 4000)
    elif fault == "another's":
        with closing(sqlite3.connect(backup)) as connection:
            connection.execute("CREATE TABLE photos (id)")
    elif fault == "of another till":
        sold(tmp_path / "another" / "terminal.db", 1, terminal_id=ANOTHER)
        back_up(tmp_path / "another" / "terminal.db", backup, HandClock())
    elif fault == "newer":
        back_up(path, backup, HandClock())
        with closing(sqlite3.connect(backup)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = 'from_the_future'")
    elif fault == "damaged":
        back_up(path, backup, HandClock())
        wipe(backup, pages_of(backup, "tenders")[0])
        code = "backup_unsound"
    before = {each.name: each.read_bytes() for each in path.parent.iterdir()}

    told = refused(restore, path, backup, terminal_id=TERMINAL_ID, new_epoch="after")

    assert told.code == (code or "not_a_database")
    assert {each.name: each.read_bytes() for each in path.parent.iterdir()} == before


def test_a_file_in_which_something_does_not_add_up_is_backed_up_and_put_back_all_the_same(
    path: Path, tmp_path: Path
) -> None:
    sold(path, 3)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER events_no_update")
        connection.execute("UPDATE events SET canonical = replace(canonical, '5000', '4000') WHERE seq = 2")

    made = back_up(path, tmp_path / "copy.db", HandClock())

    assert any("第 2 条" in finding.what.message for finding in made.report.findings)
    restore(path, made.path, terminal_id=TERMINAL_ID, new_epoch="after")
    assert receipts(path) == [1, 2, 3]


def test_what_a_file_has_in_its_log_is_put_back_with_it(path: Path, tmp_path: Path) -> None:
    """A file that was set aside lies there with its log."""
    running = tmp_path / "running" / "terminal.db"
    store = open_store(running)
    sell(store, 3)
    aside = tmp_path / "terminal-aside.db"
    for suffix in ("", "-wal"):
        shutil.copy(running.with_name(running.name + suffix), aside.with_name(aside.name + suffix))
    store.close()
    sold(path, 1)

    done = restore(path, aside, terminal_id=TERMINAL_ID, new_epoch="after")

    assert done.last_receipt == 3
    assert receipts(path) == [1, 2, 3]


def test_what_an_earlier_restore_has_left_is_no_backup(path: Path) -> None:
    sold(path, 2)
    left = path.with_name("terminal-restoring.db")
    shutil.copy(path, left)
    assert refused(restore, path, left, terminal_id=TERMINAL_ID, new_epoch="after").code == "not_a_database"
    assert receipts(left) == [1, 2]
    assert receipts(path) == [1, 2]
