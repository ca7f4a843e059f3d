"""The check of everything: a sound file passes, and each thing that is wrong is found and named."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pos_member.app.file_report import FindingKind
from pos_member.storage.full_check import check_file
from tests.storage.damage import pages_of, wipe
from tests.storage.makers import open_store, sale, settle

SALES = 5


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "terminal.db"
    store = open_store(path)
    for _ in range(SALES):
        with store.transaction() as records:
            settle(records, sale(records.next_receipt_number()))
    store.close()
    return path


def tamper(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            assert connection.execute(statement).rowcount > 0


def test_a_sound_file_has_nothing_wrong(path: Path) -> None:
    report = check_file(path)
    assert (report.events, report.sales, report.whole, report.findings) == (SALES, SALES, True, ())


@pytest.mark.parametrize(
    ("statement", "kind", "named"),
    [
        ("DELETE FROM events WHERE seq = 3", FindingKind.CHAIN, "第 2 条"),
        ("UPDATE events SET hash = zeroblob(32) WHERE seq = 3", FindingKind.CHAIN, "第 3 条"),
        ("UPDATE events SET canonical = 'text' WHERE seq = 5", FindingKind.CHAIN, "第 5 条"),
        ("DELETE FROM events WHERE seq = 5", FindingKind.UNPAIRED, "S001-1-000005"),
        ("DELETE FROM tenders WHERE sale_id = (SELECT id FROM sales WHERE number = 2)", FindingKind.UNPAIRED, "000002"),
        ("UPDATE sale_lines SET net_fen = 1 WHERE rowid = 4", FindingKind.UNPAIRED, "S001-1-000004"),
        ("DELETE FROM ledger_entries WHERE rowid = 1", FindingKind.UNPAIRED, "S001-1-000001"),
        ("UPDATE ledger_entries SET points = points + 1 WHERE rowid = 3", FindingKind.UNPAIRED, "S001-1-000002"),
        (
            "INSERT INTO ledger_entries SELECT 'x', NULL, member_id, kind, 999, occurred_at, business_date, store_id, "
            "terminal_id, source, ruleset, expires_on, of FROM ledger_entries LIMIT 1",
            FindingKind.UNPAIRED,
            "11",
        ),
        (
            "UPDATE sales SET document = replace(document, '维生素C片', '维生素E片') WHERE number = 4",
            FindingKind.UNPAIRED,
            "S001-1-000004",
        ),
        (
            "UPDATE sales SET document = replace(document, '\"entries\"', '\"entriez\"') WHERE number = 4",
            FindingKind.UNPAIRED,
            "S001-1-000004",
        ),
        ("UPDATE sales SET document = CAST(x'7bff7d' AS TEXT) WHERE number = 4", FindingKind.DAMAGED, "terminal.db"),
        ("UPDATE sales SET receipt_no = 'S001-1-000009' WHERE number = 5", FindingKind.NUMBERS, "1–9"),
        ("UPDATE sales SET receipt_no = 'S001-2-000001' WHERE number = 5", FindingKind.NUMBERS, "重复"),
        ("UPDATE meta SET receipt_number = 4", FindingKind.NUMBERS, "5"),
    ],
)
def test_what_does_not_add_up_is_found(path: Path, statement: str, kind: FindingKind, named: str) -> None:
    tamper(path, statement)
    findings = check_file(path).findings
    assert kind in {finding.kind for finding in findings}
    assert any(named in finding.what.message for finding in findings if finding.kind is kind)


def test_a_sale_without_its_event_and_an_event_without_its_sale_are_both_named(path: Path) -> None:
    tamper(path, "UPDATE events SET subject_id = 'nobody' WHERE seq = 2")
    said = [finding.what.message for finding in check_file(path).findings]
    assert any("第 2 条" in one for one in said)
    assert any("S001-1-000002" in one for one in said)


@pytest.mark.parametrize("table", ["sales", "events", "ledger_entries", "print_jobs"])
def test_a_page_that_cannot_be_read_is_damage(path: Path, table: str) -> None:
    wipe(path, pages_of(path, table)[0])
    report = check_file(path)
    assert report.damaged
    assert "terminal.db" in report.findings[0].what.message


def test_a_check_that_is_told_to_end_says_that_it_was_not_whole(path: Path) -> None:
    turns = iter([True, True, False])
    report = check_file(path, lambda: next(turns))
    assert not report.whole
    assert report.findings == ()


def test_a_till_can_sell_while_its_file_is_checked(path: Path) -> None:
    store = open_store(path)
    sold = []

    def sell() -> bool:
        with store.transaction() as records:
            number = records.next_receipt_number()
            settle(records, sale(number))
            sold.append(number)
        return True

    report = check_file(path, sell)
    store.close()
    assert len(sold) > 5
    assert report.findings == ()
