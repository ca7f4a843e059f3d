"""What no power cut may take: a till is killed, its disk fails; and whether those who look into it would notice."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.durability.check import examine
from tests.durability.findings import Findings
from tests.durability.journal import heard_in

ROOT = Path(__file__).parents[2]
ROUNDS, CUTS, TROUBLES = 4, 12, 3


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The folder of a till that was killed four times, and what was said of that and of the other troubles."""
    scratch = tmp_path_factory.mktemp("durability")
    asked = [f"--rounds={ROUNDS}", f"--cuts={CUTS}", f"--troubles={TROUBLES}", "--seed=7"]
    folder = scratch / "kept"
    run = subprocess.run(
        [sys.executable, "-m", "tests.durability", *asked, f"--scratch={scratch}", f"--keep={folder}"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    return folder, run


@pytest.fixture
def folder(killed: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path) -> Path:
    """A copy of the killed till's files."""
    return shutil.copytree(killed[0], tmp_path / "copy")


def test_a_till_killed_and_starved_of_its_disk_loses_doubles_and_breaks_nothing(
    killed: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    _, run = killed
    assert run.stdout.splitlines()[-1:] == [f"rounds {ROUNDS}, lost 0, doubled 0, broken 0"], run.stdout + run.stderr
    assert run.returncode == 0
    assert "settle " in run.stdout


def test_the_examination_finds_nothing_in_files_that_nobody_touched(folder: Path) -> None:
    assert examine(folder, heard_in(folder)).lines() == []


def test_an_event_that_is_gone_is_lost(folder: Path) -> None:
    found = tampered(
        folder, "DELETE FROM events WHERE subject_id = (SELECT id FROM sales ORDER BY number DESC LIMIT 1)"
    )
    assert any("the event of sale" in each for each in found.lost)


def test_a_sale_that_is_there_twice_is_doubled(folder: Path) -> None:
    found = tampered(
        folder,
        "CREATE TEMP TABLE again AS SELECT * FROM sales ORDER BY number DESC LIMIT 1",
        "UPDATE again SET number = number + 1, id = 'x' || id, receipt_no = receipt_no || '0', coupon = NULL",
        "INSERT INTO sales SELECT * FROM again",
    )
    assert any("nobody asked for" in each for each in found.doubled)


def test_a_hash_that_was_changed_is_broken(folder: Path) -> None:
    found = tampered(folder, "UPDATE events SET hash = zeroblob(32) WHERE rowid = (SELECT max(rowid) - 3 FROM events)")
    assert sum("its hash does not follow" in each for each in found.broken) == 2


def test_a_receipt_that_never_reached_the_queue_is_lost(folder: Path) -> None:
    last = "SELECT sale_id FROM print_jobs WHERE sale_id IS NOT NULL AND NOT reprint ORDER BY number DESC LIMIT 1"
    found = tampered(folder, f"DELETE FROM print_jobs WHERE sale_id = ({last})")  # noqa: S608 - as it stands above
    assert sum("on its way to paper" in each for each in found.lost) >= 1


def test_an_open_basket_that_is_gone_is_lost(folder: Path) -> None:
    found = tampered(folder, "DELETE FROM open_basket")
    assert any("the open basket" in each for each in found.lost)


def test_points_that_no_document_posts_break_the_balance_on_the_receipt(folder: Path) -> None:
    one = "SELECT min(id) FROM ledger_entries WHERE kind = 'purchase'"
    more = f"UPDATE ledger_entries SET points = points + 1 WHERE id = ({one})"  # noqa: S608 - as it stands above
    found = tampered(folder, more)
    assert any("not as its document says" in each for each in found.broken)
    assert any("the entries come to" in each for each in found.broken)


CARELESS = """
import sys
from pathlib import Path
from pos_member.storage.engine import Durability
from tests.durability.power_cut import power_cuts
from tests.durability.shop import make_shop
Durability.FULL._value_ = "NORMAL"
found = power_cuts(Path(sys.argv[1]), make_shop(), 30, 7)
print("skipped" if found is None else len(found.lost))
"""


def test_a_till_that_does_not_wait_for_its_disk_is_found_out_by_a_power_cut(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    run = subprocess.run(
        [sys.executable, "-c", CARELESS, str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    if run.stdout.strip() == "skipped":
        pytest.skip("SQLite is not a library of its own here")
    assert int(run.stdout) > 0
    assert list(elsewhere.iterdir()) == []


def tampered(folder: Path, *statements: str) -> Findings:
    """What is found once somebody has changed the file by hand, past the triggers that forbid it."""
    with closing(sqlite3.connect(folder / "terminal.db")) as connection, connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
    return examine(folder, heard_in(folder))
