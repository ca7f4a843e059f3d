from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine
from sqlalchemy.exc import IntegrityError

from pos_member.domain.errors import Fault
from pos_member.storage.database_file import REPLICA, TERMINAL, History, open_database
from pos_member.storage.engine import reading, writing
from pos_member.storage.replica_schema import replica_metadata
from pos_member.storage.terminal_schema import APPEND_ONLY, terminal_metadata

BOTH = pytest.mark.parametrize(
    ("history", "metadata"), [(TERMINAL, terminal_metadata), (REPLICA, replica_metadata)], ids=["terminal", "replica"]
)

ROWS = {
    "terminal": """
        INSERT INTO meta VALUES (1, 't1', 'e1', '2026-03-05T02:30:00.000Z', 1, '2026-03-05');
        INSERT INTO sales (number, id, receipt_no, store_id, terminal_id, cashier_id, pharmacist_id, member_id, at,
            business_date, gross_fen, payable_fen, points_redeemed, points_earned, ruleset, document)
            VALUES (1, 's1', 'S001-1-000001', 'S001', 't1', 'c1', NULL, 'm1', '2026-03-05T02:30:00.000Z',
            '2026-03-05', 5000, 4250, 0, 41, '2026-01', '{}');
        INSERT INTO events (epoch, seq, terminal_id, event_id, kind, subject_id, canonical, hash)
            VALUES ('e1', 1, 't1', 'ev1', 'sale', 's1', x'7b7d', x'00');
        INSERT INTO print_jobs VALUES (1, 'j1', 'title', '{}', '2026-03-05T02:30:00.000Z', 's1', 0, 'queued', 0, '',
            NULL);
    """,
    "replica": """
        UPDATE cursor SET hq_epoch = 'hq1', feed_no = 9;
        INSERT INTO stores VALUES ('S001', '安和大药房', '', '', 'Asia/Shanghai', 9);
        INSERT INTO product_barcodes VALUES ('111', 'Y1');
    """,
}


@BOTH
def test_the_migrations_make_what_the_program_believes_in(tmp_path: Path, history: History, metadata: MetaData) -> None:
    open_database(tmp_path / "migrated.db", history).dispose()
    declared = create_engine(f"sqlite:///{tmp_path / 'declared.db'}")
    metadata.create_all(declared)
    declared.dispose()

    assert _shape(tmp_path / "migrated.db") == _shape(tmp_path / "declared.db")


@BOTH
def test_the_head_the_program_names_is_the_last_revision(history: History, metadata: MetaData) -> None:
    script = ScriptDirectory(history.folder)
    assert script.get_heads() == [history.head]
    assert script.get_base() == f"{history.name}_0001"


@BOTH
def test_a_file_with_rows_comes_up_from_every_revision_to_the_last(
    tmp_path: Path, history: History, metadata: MetaData
) -> None:
    script = ScriptDirectory(history.folder)
    revisions = [step.revision for step in reversed(list(script.walk_revisions()))]
    old = tmp_path / "old.db"
    for index, revision in enumerate(revisions):
        _take_one_step(old, script, revision)
        if index == 0:
            with closing(sqlite3.connect(old)) as connection:
                connection.executescript(ROWS[history.name])
        path = tmp_path / f"{revision}.db"
        shutil.copy(old, path)
        before = _count_rows(path)

        engine = open_database(path, history)
        with reading(engine) as connection:
            assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == history.head
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        engine.dispose()
        after = _count_rows(path)
        assert {table: after[table] for table in before if table in after} == before
        assert _shape(path) == _shape_of_new(tmp_path, history)


@BOTH
def test_a_file_of_a_newer_program_is_left_as_it_is(tmp_path: Path, history: History, metadata: MetaData) -> None:
    path = tmp_path / "newer.db"
    open_database(path, history).dispose()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'from_the_future'")
    content = path.read_bytes()

    with pytest.raises(Fault) as told:
        open_database(path, history)

    assert told.value.code == "database_newer"
    assert not told.value.retryable
    assert "newer.db" in told.value.message
    assert path.read_bytes() == content


def test_a_file_that_is_up_to_date_opens_without_the_migration_tool(tmp_path: Path) -> None:
    open_database(tmp_path / "terminal.db", TERMINAL).dispose()
    program = (
        "import sys; from pathlib import Path; from pos_member.storage.database_file import TERMINAL, open_database\n"
        "open_database(Path(sys.argv[1]), TERMINAL).dispose()\n"
        "print('alembic' in sys.modules)"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "terminal.db")], capture_output=True, text=True, check=True
    )
    assert said.stdout == "False\n"
    assert said.stderr == ""


def test_making_the_files_says_nothing_on_the_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    open_database(tmp_path / "new" / "terminal.db", TERMINAL).dispose()
    assert capfd.readouterr() == ("", "")


def test_a_folder_that_cannot_be_written_is_named_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("")
    with pytest.raises(Fault) as told:
        open_database(tmp_path / "in-the-way" / "terminal.db", TERMINAL)
    assert told.value.code == "folder_unwritable"
    assert str(tmp_path / "in-the-way") in told.value.message
    assert told.value.gaps["reason"]


def test_a_file_that_is_no_database_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "terminal.db").write_bytes(b"PNG" * 4000)
    with pytest.raises(Fault) as told:
        open_database(tmp_path / "terminal.db", TERMINAL)
    assert told.value.code == "database_damaged"


def test_a_folder_is_named_as_people_name_folders(tmp_path: Path) -> None:
    folder = tmp_path / "收银 100%?mode=memory#1"
    open_database(folder / "terminal.db", TERMINAL).dispose()
    assert (folder / "terminal.db").stat().st_size > 0


@pytest.mark.parametrize("fate", ["deleted", "moved", "replaced", "folder gone"])
def test_nothing_is_written_to_a_file_that_is_no_longer_where_it_was(tmp_path: Path, fate: str) -> None:
    """Such a file goes with the program that holds it open, and all that was sold with it."""
    folder = tmp_path / "till"
    path = folder / "replica.db"
    engine = open_database(path, REPLICA)
    open_database(tmp_path / "another.db", REPLICA).dispose()
    if fate == "deleted":
        path.unlink()
    elif fate == "moved":
        path.rename(tmp_path / "aside.db")
    elif fate == "replaced":
        (tmp_path / "another.db").replace(path)
    else:
        shutil.rmtree(folder)

    with pytest.raises(Fault) as told, writing(engine) as connection:
        connection.exec_driver_sql("UPDATE cursor SET feed_no = 7")
    assert told.value.code == "database_gone"
    engine.dispose()


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize(
    "change", ["UPDATE {} SET rowid = rowid", "DELETE FROM {}", "REPLACE INTO {0} SELECT * FROM {0}"]
)
def test_what_was_sold_paid_posted_and_sent_cannot_be_changed(tmp_path: Path, table: str, change: str) -> None:
    engine = open_database(tmp_path / "terminal.db", TERMINAL)
    with writing(engine) as connection:
        for statement in (
            "INSERT INTO sales VALUES (1, 's1', 'r1', 'S', 't', 'c', NULL, NULL, '', '', 0, 0, 0, 0, '', '{}', "
            "NULL, NULL)",
            "INSERT INTO sale_lines VALUES ('s1', 0, 'k', 'n', '', '', 'otc_b', 1000, 1, 1, NULL, 0, 0, 0, 1, 1, "
            "0, 0, 0)",
            "INSERT INTO sale_prescriptions VALUES ('p1', 's1')",
            "INSERT INTO facts VALUES (1, 'f1', 'bonus', NULL, 'S', 't', 'c', NULL, NULL, NULL, '', '', '{}')",
            "INSERT INTO tenders VALUES ('s1', 0, 'cash', 1)",
            "INSERT INTO ledger_entries VALUES ('l1', 's1', 'm', 'purchase', 1, '', '', '', '', '', '', NULL, NULL)",
            "INSERT INTO events VALUES ('e1', 1, 't', 'v1', 'sale', 's1', x'00', x'00', NULL)",
        ):
            connection.exec_driver_sql(statement)
    before = _count_rows(tmp_path / "terminal.db")

    with pytest.raises(IntegrityError, match="append-only"), writing(engine) as connection:
        connection.exec_driver_sql(change.format(table))
    engine.dispose()
    assert _count_rows(tmp_path / "terminal.db") == before
    assert before[table] == 1


def _take_one_step(path: Path, script: ScriptDirectory, revision: str) -> None:
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        context = MigrationContext.configure(connection)
        with Operations.context(context):
            script.get_revision(revision).module.upgrade()
            context.stamp(script, revision)
    engine.dispose()


def _shape_of_new(folder: Path, history: History) -> object:
    path = folder / "new.db"
    open_database(path, history).dispose()
    return _shape(path)


def _shape(path: Path) -> object:
    """Tables, columns, keys and indexes, in no order; triggers and the migration's own table aside."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name != "alembic_version"
        ]
        return {
            table: (
                sorted(row[1:] for row in connection.execute(f"PRAGMA table_info({table})")),
                sorted(row[2:] for row in connection.execute(f"PRAGMA foreign_key_list({table})")),
                sorted(
                    (
                        unique,
                        made_by,
                        name if made_by == "c" else "",
                        tuple(row[2] for row in connection.execute(f"PRAGMA index_info({name})")),
                        _sql_of(connection, name),
                    )
                    for _, name, unique, made_by, _ in connection.execute(f"PRAGMA index_list({table})")
                ),
            )
            for table in tables
        }


def _sql_of(connection: sqlite3.Connection, name: str) -> str:
    (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    return " ".join((sql or "").split())


def _count_rows(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for (name,) in tables}  # noqa: S608
