from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from pos_member.app.published import Change, ChangePage, EntityKind
from pos_member.domain.errors import Fault, InvariantViolation
from pos_member.storage.replica import Replica
from pos_member.storage.replica_feed import ReplicaFeed
from pos_member.storage.replica_file import ReplicaFile
from pos_member.storage.replica_rows import read_entity
from pos_member.storage.snapshot_file import build_snapshot
from tests.storage.makers import LI, NOW, WANG, HandClock, cashier, change, member, product, shop


@pytest.fixture
def file(tmp_path: Path) -> Iterator[ReplicaFile]:
    file = ReplicaFile.open(tmp_path / "till" / "replica.db")
    yield file
    file.close()


def page(after: int, upto: int, *changes: Change, hq_epoch: str = "hq1", minutes: int = 0) -> ChangePage:
    as_of = NOW + timedelta(minutes=minutes)
    return ChangePage(after=after, upto=upto, changes=changes, hq_epoch=hq_epoch, as_of=as_of, more=False)


def snapshot(folder: Path, *, price_fen: int, feed_no: int, members: int = 1, hq_epoch: str = "hq1") -> Path:
    """A snapshot out of a head office that has one product and some members."""
    folder.mkdir(exist_ok=True)
    office = ReplicaFile.open(folder / "office.db")
    changes = [change(product(price_fen=price_fen), 1), change(cashier(), 2), change(shop(), 3)]
    for number in range(members):
        member_id = f"0197a00000007000800000000001{number:04x}"
        changes.append(change(member(member_id, "王明", phone=f"138{number:08d}"), 4 + number))
    ReplicaFeed(office, HandClock()).apply(page(0, feed_no, *changes))
    path = folder / f"snapshot-{feed_no}.db"
    with office.reading() as source:
        build_snapshot(source, path, hq_epoch=hq_epoch, feed_no=feed_no, as_of=NOW)
    office.close()
    return path


def test_a_page_brings_rows_and_cursor_together(file: ReplicaFile) -> None:
    feed = ReplicaFeed(file, HandClock())
    feed.apply(page(0, 5, change(product(), 3), change(member(), 5)))

    held = feed.cursor()
    assert (held.feed_no, held.hq_epoch, held.as_of) == (5, "hq1", NOW)
    assert Replica(file, store_id="S001").member(WANG) == member().state


def test_a_page_that_fails_halfway_leaves_nothing_behind(file: ReplicaFile) -> None:
    feed = ReplicaFeed(file, HandClock())
    feed.apply(page(0, 1, change(shop(), 1)))
    unreadable = Change(kind=EntityKind.MEMBER, entity_id=LI, feed_no=3, entity=shop("S002"))
    with pytest.raises(AttributeError):
        feed.apply(page(1, 3, change(product(), 2), unreadable))

    assert feed.cursor().feed_no == 1
    assert Replica(file, store_id="S001").product_by_sku("Y0017") is None


def test_a_repeated_page_does_not_bring_back_what_has_gone_or_changed(file: ReplicaFile) -> None:
    feed = ReplicaFeed(file, HandClock())
    first = page(0, 2, change(product(price_fen=100), 1), change(shop(), 2))
    feed.apply(first)
    gone = Change(kind=EntityKind.STORE, entity_id="S001", feed_no=4, entity=None)
    feed.apply(page(2, 4, change(product(price_fen=300), 3), gone))
    feed.apply(first)

    replica = Replica(file, store_id="S001")
    held = replica.product_by_sku("Y0017")
    assert held is not None
    assert held.price_fen == 300
    assert replica.store("S001") is None
    assert feed.cursor().feed_no == 4


def test_a_page_that_leaves_changes_out_is_not_taken(file: ReplicaFile) -> None:
    feed = ReplicaFeed(file, HandClock())
    feed.apply(page(0, 2, change(product(), 2)))
    with pytest.raises(InvariantViolation):
        feed.apply(page(3, 4, change(shop(), 4)))
    with pytest.raises(InvariantViolation):
        feed.apply(page(2, 4, change(shop(), 4), hq_epoch="hq2"))
    assert feed.cursor().feed_no == 2


def test_head_office_vouches_that_nothing_has_changed(file: ReplicaFile) -> None:
    feed = ReplicaFeed(file, HandClock())
    feed.apply(page(0, 2, change(product(), 2)))
    feed.touch(NOW + timedelta(hours=1))
    assert feed.cursor().as_of == NOW + timedelta(hours=1)
    assert feed.cursor().feed_no == 2


def test_with_each_answer_it_is_kept_by_how_much_the_till_is_ahead_of_head_office(
    tmp_path: Path, file: ReplicaFile
) -> None:
    clock = HandClock()
    feed = ReplicaFeed(file, clock)
    assert feed.cursor().ahead == timedelta(0)
    clock.pass_by(days=2)
    feed.apply(page(0, 1, change(shop(), 1)))
    assert feed.cursor().ahead == timedelta(days=2)
    feed.touch(NOW + timedelta(days=2, milliseconds=1500))
    assert feed.cursor().ahead == timedelta(milliseconds=-1500)
    feed.install_snapshot(snapshot(tmp_path / "till", price_fen=990, feed_no=60))
    assert feed.cursor().ahead == timedelta(0)


def test_a_snapshot_holds_all_that_is_published_with_its_indexes_and_in_one_file(
    tmp_path: Path, file: ReplicaFile
) -> None:
    path = snapshot(tmp_path / "till", price_fen=990, feed_no=60, members=40)
    assert not list(path.parent.glob(f"{path.name}-*"))
    assert not list(path.parent.glob(f"{path.name}.part*"))
    with closing(sqlite3.connect(path)) as built, closing(sqlite3.connect(file.path)) as empty:
        shape = "SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2"
        assert built.execute(shape).fetchall() == empty.execute(shape).fetchall()

    feed = ReplicaFeed(file, HandClock())
    feed.install_snapshot(path)
    assert (feed.cursor().feed_no, feed.cursor().hq_epoch, feed.cursor().as_of) == (60, "hq1", NOW)
    with file.reading() as connection:
        member_id = "0197a000000070008000000000010027"
        expected = member(member_id, "王明", phone="13800000039")
        assert read_entity(connection, EntityKind.MEMBER, member_id) == expected
        assert read_entity(connection, EntityKind.STAFF, cashier().id) == cashier()
    feed.apply(page(60, 61, change(product(price_fen=1), 61)))
    assert feed.cursor().feed_no == 61
    assert not path.exists()


def test_a_snapshot_is_swapped_in_while_the_counter_goes_on_reading(tmp_path: Path, file: ReplicaFile) -> None:
    feed = ReplicaFeed(file, HandClock())
    feed.apply(page(0, 1, change(product(price_fen=100), 1), change(cashier(), 1)))
    replica = Replica(file, store_id="S001")
    seen: set[int] = set()
    wrong: list[BaseException] = []
    enough = threading.Event()

    def keep_reading() -> None:
        try:
            while not enough.is_set():
                held = replica.product_by_barcode("2000000000177")
                assert held is not None
                seen.add(held.price_fen)
                assert len(replica.staff()) == 1
        except BaseException as error:  # noqa: BLE001 - told by the test below
            wrong.append(error)

    readers = [threading.Thread(target=keep_reading) for _ in range(3)]
    for reader in readers:
        reader.start()
    for price_fen in range(200, 205):
        feed.install_snapshot(snapshot(tmp_path / "till", price_fen=price_fen, feed_no=price_fen))
        feed.touch(NOW + timedelta(minutes=price_fen))  # leaves a log for the next swap to deal with
        replica.product_by_barcode("2000000000177")
        for leftover in (tmp_path / "till").glob("office.db*"):
            leftover.unlink()
    enough.set()
    for reader in readers:
        reader.join()

    assert not wrong
    assert seen <= {100, *range(200, 205)}
    assert feed.cursor().feed_no == 204
    assert file.generation == 6


def test_after_a_swap_nothing_of_the_old_log_is_read_into_the_new_file(tmp_path: Path) -> None:
    folder = tmp_path / "till"
    file = ReplicaFile.open(folder / "replica.db")
    ReplicaFeed(file, HandClock()).apply(page(0, 9, change(product(price_fen=100), 1), change(member(), 9)))
    assert (folder / "replica.db-wal").stat().st_size > 0
    ReplicaFeed(file, HandClock()).install_snapshot(snapshot(folder, price_fen=990, feed_no=20, members=3))
    file.close()

    again = ReplicaFile.open(folder / "replica.db")
    assert ReplicaFeed(again, HandClock()).cursor().feed_no == 20
    assert Replica(again, store_id="S001").member(WANG) is None
    with again.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    again.close()


@pytest.mark.parametrize("wound", ["cut", "bytes", "nothing", "no cursor", "text"])
def test_a_damaged_snapshot_changes_nothing(tmp_path: Path, file: ReplicaFile, wound: str) -> None:
    feed = ReplicaFeed(file, HandClock())
    feed.apply(page(0, 2, change(product(price_fen=100), 2)))
    path = snapshot(tmp_path / "till", price_fen=990, feed_no=20, members=30)
    whole = path.read_bytes()
    match wound:
        case "cut":
            path.write_bytes(whole[: len(whole) // 2])
        case "bytes":
            path.write_bytes(whole[:4096] + bytes(len(whole) - 8192) + whole[-4096:])
        case "nothing":
            path.unlink()
        case "no cursor":
            with closing(sqlite3.connect(path)) as connection, connection:
                connection.execute("DELETE FROM cursor")
        case "text":
            path.write_text("<html>502 Bad Gateway</html>")

    with pytest.raises(Fault) as told:
        feed.install_snapshot(path)
    assert told.value.code == "snapshot_damaged"
    assert told.value.retryable
    assert feed.cursor().feed_no == 2
    held = Replica(file, store_id="S001").product_by_sku("Y0017")
    assert held is not None
    assert held.price_fen == 100


def test_a_snapshot_of_a_newer_program_is_left_alone(tmp_path: Path, file: ReplicaFile) -> None:
    path = snapshot(tmp_path / "till", price_fen=990, feed_no=20)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'replica_9999'")
    with pytest.raises(Fault) as told:
        ReplicaFeed(file, HandClock()).install_snapshot(path)
    assert told.value.code == "database_newer"
    assert ReplicaFeed(file, HandClock()).cursor().feed_no == 0


def test_a_snapshot_replaces_a_replica_that_the_disk_has_damaged(tmp_path: Path) -> None:
    folder = tmp_path / "till"
    file = ReplicaFile.open(folder / "replica.db")
    good = snapshot(folder, price_fen=990, feed_no=20)
    file.close()
    (folder / "replica.db").write_bytes(b"\xff" * 8192)
    ReplicaFeed(file, HandClock()).install_snapshot(good)
    assert ReplicaFeed(file, HandClock()).cursor().feed_no == 20
    file.close()


def test_a_till_whose_replica_is_damaged_begins_it_afresh(tmp_path: Path) -> None:
    path = tmp_path / "replica.db"
    path.write_bytes(b"\xff" * 8192)
    file = ReplicaFile.open(path)
    assert ReplicaFeed(file, HandClock()).cursor().feed_no == 0
    file.close()


def test_a_snapshot_is_written_over_what_a_killed_attempt_left(tmp_path: Path) -> None:
    first = snapshot(tmp_path / "a", price_fen=990, feed_no=20)
    (tmp_path / "b").mkdir()
    shutil.copy(first, tmp_path / "b" / "snapshot-20.db.part")
    second = snapshot(tmp_path / "b", price_fen=880, feed_no=20)
    with closing(sqlite3.connect(second)) as connection:
        assert connection.execute("SELECT price_fen FROM products").fetchall() == [(880,)]
