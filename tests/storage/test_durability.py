"""What a power cut may not take: a child process settles sales without end and is killed in the middle."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from pos_member.domain.event import GENESIS_HASH, chain_hash
from pos_member.storage.outbox import Outbox
from tests.storage.makers import open_store

PROGRAM = """
import sys
from pathlib import Path
from tests.storage.makers import open_store, print_job, sale, settle
store = open_store(Path(sys.argv[1]))
while True:
    with store.transaction() as records:
        number = records.next_receipt_number()
        sold = sale(number)
        settle(records, sold)
        records.enqueue_print(print_job(sold.receipt_no, sale_id=sold.id)) if number < 150 else None
    print(sold.id, sold.receipt_no, flush=True)
"""


@pytest.mark.parametrize("printed_before", [1, 13, 40])
def test_a_sale_whose_receipt_could_print_is_there_after_a_kill_and_no_half_one(
    tmp_path: Path, printed_before: int
) -> None:
    path = tmp_path / "terminal.db"
    child = subprocess.Popen([sys.executable, "-c", PROGRAM, str(path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    printed = [child.stdout.readline() for _ in range(printed_before)]
    child.kill()
    printed += child.stdout.readlines()
    child.wait()
    child.stdout.close()
    receipts = [line.split() for line in printed if line.endswith("\n")]

    store = open_store(path)
    with store.reading() as records:
        for sale_id, receipt_no in receipts:
            kept = records.sale(sale_id)
            assert kept is not None
            assert kept.receipt_no == receipt_no
        last = records.last_sale()
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        ids = [sale_id for (sale_id,) in connection.execute("SELECT id FROM sales ORDER BY number")]
        assert len(receipts) <= len(ids) <= len(receipts) + 1
        for whole in (
            "SELECT sale_id FROM sale_lines",
            "SELECT sale_id FROM tenders",
            "SELECT sale_id FROM ledger_entries WHERE kind = 'redemption'",
            "SELECT sale_id FROM ledger_entries WHERE kind = 'purchase'",
            "SELECT subject_id FROM events",
            "SELECT sale_id FROM print_jobs",
        ):
            assert sorted(row[0] for row in connection.execute(whole)) == sorted(ids[:149] if "print" in whole else ids)
        numbers = [int(no[-6:]) for (no,) in connection.execute("SELECT receipt_no FROM sales ORDER BY number")]
        assert numbers == list(range(1, len(ids) + 1))
    assert last is not None
    assert last.id == ids[-1]
    _assert_chain_is_whole(path, len(ids))


def _assert_chain_is_whole(path: Path, length: int) -> None:
    outbox = Outbox.open(path)
    previous = GENESIS_HASH
    chain = outbox.batch(0, length + 1, 10**9)
    outbox.close()
    assert [event.key.seq for event in chain] == list(range(1, length + 1))
    for event in chain:
        assert event.hash == chain_hash(previous, event.canonical)
        previous = event.hash
