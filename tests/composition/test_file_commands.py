"""backup, restore and check as a person types them."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from pos_member.composition.data_folder import owned_folder
from sync.enrolment import Identity, save_identity
from tests.storage.makers import TERMINAL_ID, new_id, open_store, sale, settle

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str, language: str = "zh_CN.UTF-8") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LC_ALL": language, "LANGUAGE": "", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, str(ROOT / "main.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)


def said(*arguments: str) -> str:
    """The one sentence of a command that could not be done."""
    result = run(*arguments)
    assert (result.returncode, result.stdout) == (2, ""), result.stderr
    (sentence,) = result.stderr.splitlines()
    return sentence


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An enrolled till with three sales."""
    folder = tmp_path / "till"
    folder.mkdir()
    identity = Identity(
        terminal_id=TERMINAL_ID,
        terminal_no="01",
        name="1号机",
        store_id="S001",
        base_url="http://127.0.0.1:1",
        credential="secret",
        hq_epoch="h1",
    )
    save_identity(identity, folder)
    sell(folder, 3)
    return folder


def sell(folder: Path, times: int) -> None:
    store = open_store(folder / "terminal.db", new_epoch=new_id())
    for _ in range(times):
        with store.transaction() as records:
            settle(records, sale(records.next_receipt_number()))
    store.close()


def count(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM sales").fetchone()[0])


def test_a_backup_is_made_checked_lost_and_put_back(folder: Path, tmp_path: Path) -> None:
    made = run("backup", "--data", str(folder), "--to", str(tmp_path / "usb"))
    assert made.returncode == 0, made.stderr
    assert "3 笔销售" in made.stdout
    assert "identity.json" in made.stdout
    (backup,) = (tmp_path / "usb").iterdir()
    assert str(backup) in made.stdout
    sell(folder, 1)
    sound = run("check", "--data", str(folder))
    assert (sound.returncode, sound.stderr) == (0, "")
    assert "4 笔销售" in sound.stdout

    back = run("restore", "--data", str(folder), str(backup))

    assert back.returncode == 0, back.stderr
    (aside,) = folder.glob("*-aside.db")
    assert aside.name in back.stdout
    assert (count(folder / "terminal.db"), count(aside)) == (3, 4)
    assert run("check", "--data", str(folder)).returncode == 0


def test_a_check_prints_a_line_for_each_thing_that_is_wrong(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "terminal.db")) as connection, connection:
        for table in ("events", "tenders"):
            connection.execute(f"DROP TRIGGER {table}_no_delete")
        connection.execute("DELETE FROM events WHERE seq = 3")
        connection.execute("DELETE FROM tenders WHERE rowid = 1")
    found = run("check", "--data", str(folder))
    assert (found.returncode, found.stderr) == (1, "")
    assert len(found.stdout.splitlines()) == 2
    assert "S001-1-000001" in found.stdout
    assert "S001-1-000003" in found.stdout


def test_nothing_is_restored_under_a_till_that_runs(folder: Path, tmp_path: Path) -> None:
    run("backup", "--data", str(folder), "--to", str(tmp_path / "copy.db"))
    with owned_folder(folder):
        assert "正被另一个程序使用" in said("restore", "--data", str(folder), str(tmp_path / "copy.db"))
        assert run("backup", "--data", str(folder), "--to", str(tmp_path / "other.db")).returncode == 0
        assert run("check", "--data", str(folder)).returncode == 0


def test_what_is_not_there_or_is_something_else_is_named(folder: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    for command in (("check",), ("backup", "--to", str(tmp_path / "usb"))):
        assert str(nowhere / "terminal.db") in said(*command, "--data", str(nowhere))
    assert not nowhere.exists()
    assert str(tmp_path / "no.db") in said("restore", "--data", str(folder), str(tmp_path / "no.db"))
    (tmp_path / "photo.db").write_bytes(b"PNG" * 4000)
    assert "photo.db" in said("restore", "--data", str(folder), str(tmp_path / "photo.db"))
    assert "已经存在" in said("backup", "--data", str(folder), "--to", str(tmp_path / "photo.db"))
    (tmp_path / "in-the-way").write_text("")
    assert "in-the-way" in said("backup", "--data", str(folder), "--to", str(tmp_path / "in-the-way" / "usb"))
    assert count(folder / "terminal.db") == 3


def test_a_file_of_another_version_is_named_with_what_to_do(folder: Path) -> None:
    shutil.copy(ROOT / "tests" / "corpus" / "terminal_0001.db", folder / "terminal.db")
    assert "旧版本" in said("check", "--data", str(folder))
    with closing(sqlite3.connect(folder / "terminal.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'from_the_future'")
    assert "更新版本" in said("check", "--data", str(folder))


def test_a_backup_without_the_tills_identity_is_not_put_back(folder: Path, tmp_path: Path) -> None:
    run("backup", "--data", str(folder), "--to", str(tmp_path / "copy.db"))
    (folder / "identity.json").unlink()
    assert "identity.json" in said("restore", "--data", str(folder), str(tmp_path / "copy.db"))
    assert "identity.json" in said("restore", "--data", str(tmp_path / "new"), str(tmp_path / "copy.db"))
