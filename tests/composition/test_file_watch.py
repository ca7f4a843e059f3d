"""The check beside the selling: it goes through once, ends when it is told to, and marks what has to be recovered."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pos_member.composition.counter_pc import CounterPc
from pos_member.composition.file_watch import FileWatch
from pos_member.composition.settings import TillSettings
from pos_member.domain.errors import Sentence
from pos_member.storage.engine import doubt_mark
from sync.enrolment import Identity
from tests.storage.damage import pages_of, wipe
from tests.storage.makers import TERMINAL_ID, new_id, open_store, sale, settle

PATIENCE_SECONDS = 20


def until(seen: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not seen():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _hears_nothing(warning: Sentence) -> None:
    raise AssertionError(warning.message)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "terminal.db"
    store = open_store(path, new_epoch=new_id())
    for _ in range(3):
        with store.transaction() as records:
            settle(records, sale(records.next_receipt_number()))
    store.close()
    return path


def test_a_sound_file_is_gone_through_once(path: Path) -> None:
    told: list[Sentence] = []
    watch = FileWatch(path, told.append, first_seconds=0)
    watch.start()
    until(lambda: watch.report is not None)
    watch.stop()
    assert watch.report is not None
    assert (watch.report.sales, watch.report.findings, told) == (3, (), [])
    assert not doubt_mark(path).exists()


def test_a_check_that_has_not_begun_ends_at_once(path: Path) -> None:
    watch = FileWatch(path, _hears_nothing)
    watch.start()
    watch.stop()
    assert watch.report is None
    FileWatch(path, _hears_nothing).stop()


@pytest.mark.logs_warnings
def test_damage_is_found_beside_the_selling_and_mended_at_the_next_start(path: Path) -> None:
    wipe(path, pages_of(path, "tenders")[0])
    told: list[Sentence] = []
    watch = FileWatch(path, told.append, first_seconds=0)
    watch.start()
    until(lambda: watch.report is not None)
    assert doubt_mark(path).exists()
    assert "发现损坏" in told[0].message

    pc = CounterPc(
        path.parent,
        identity=Identity(
            terminal_id=TERMINAL_ID,
            terminal_no="01",
            name="1号机",
            store_id="S001",
            base_url="http://127.0.0.1:1",
            credential="secret",
            hq_epoch="h1",
        ),
        settings=TillSettings(),
        on_head_office=lambda _: None,
        on_printer=lambda _: None,
    )
    pc.start()
    assert pc.started.recovery is not None
    assert pc.started.recovery.sales == 3
    notice = pc.till.notice()
    assert notice is not None
    assert "3 笔销售" in notice.message
    pc.stop()
    pc.close()
    assert not doubt_mark(path).exists()
