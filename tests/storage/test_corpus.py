"""Databases that earlier releases wrote, with rows in them: brought up to date, everything in them reads as it was.

A release adds its own files under the name of their last revision (docs/upgrades.md).
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from pos_member.domain.member import CardStatus
from pos_member.domain.tier import Tier
from pos_member.storage.database_file import REPLICA, TERMINAL, History
from pos_member.storage.full_check import check_file
from pos_member.storage.outbox import Outbox
from pos_member.storage.replica import Replica
from pos_member.storage.replica_file import ReplicaFile
from tests.storage.makers import TERMINAL_ID, WANG, new_id, open_store, sale, settle

CORPUS = Path(__file__).parents[1] / "corpus"
TILLS = sorted(each.name for each in CORPUS.glob("terminal_*.db"))
REPLICAS = sorted(each.name for each in CORPUS.glob("replica_*.db"))


@pytest.mark.parametrize("history", [TERMINAL, REPLICA], ids=["terminal", "replica"])
def test_every_release_before_this_one_has_its_file(history: History) -> None:
    kept = {each.stem for each in CORPUS.glob(f"{history.name}_*.db")}
    number = int(history.head.rpartition("_")[2])
    assert kept >= {f"{history.name}_{earlier:04d}" for earlier in range(1, number)}


@pytest.mark.parametrize("name", TILLS)
def test_a_tills_sales_come_up_to_the_last_version_and_read_as_they_were(name: str, tmp_path: Path) -> None:
    path = tmp_path / "terminal.db"
    shutil.copy(CORPUS / name, path)
    with closing(sqlite3.connect(path)) as connection:
        kept = connection.execute("SELECT id, receipt_no, member_id, payable_fen FROM sales ORDER BY number").fetchall()
        lines = connection.execute("SELECT sale_id, sku, net_fen FROM sale_lines ORDER BY rowid").fetchall()
        jobs = connection.execute("SELECT id FROM print_jobs WHERE state <> 'done' ORDER BY number").fetchall()
        chain = connection.execute("SELECT seq, canonical, hash FROM events ORDER BY seq").fetchall()

    store = open_store(path, new_epoch=new_id())
    with store.reading() as records:
        sales = [records.sale(sale_id) for sale_id, *_ in kept]
        assert [(one.id, one.receipt_no, one.member_id, one.quote.payable_fen) for one in sales if one] == kept
        found = [(one.id, line.sku, line.net_fen) for one in sales if one for line in one.quote.lines]
        assert found == lines
        assert records.last_sale() == sales[-1]
        assert records.sale_by_receipt(kept[0][1]) == sales[0]
        own = records.own_records(WANG, {})
        assert own.sales == tuple(one for one in sales if one and one.member_id == WANG)
        assert records.own_records(WANG, {f"{TERMINAL_ID}:{store.epoch}": len(chain)}).sales == ()
        assert records.points_redeemed(WANG, date(2026, 3, 5)) == sum(one.quote.points_redeemed for one in own.sales)
        basket = records.load_basket()
        assert basket is not None
        assert (basket.member_id, [line.product.sku for line in basket.lines]) == (WANG, ["V100"])
        assert [job.id for job in records.open_print_jobs()] == [job for (job,) in jobs]
        assert not records.spending_stopped
        assert records.open_shift() is None
        assert records.suspended_baskets() == ()
    assert store.notice() is None
    with store.transaction() as records:
        number = records.next_receipt_number()
        assert number == len(kept) + 1
        assert settle(records, sale(number)).key.seq == len(chain) + 1
        assert records.next_shift_number() == 1
    store.close()
    outbox = Outbox.open(path)
    assert [(each.key.seq, each.canonical, each.hash) for each in outbox.batch(0, 500, 10**7)][:-1] == chain
    outbox.close()


@pytest.mark.parametrize("name", TILLS)
def test_a_tills_sales_pass_the_full_check_once_they_are_up_to_date(name: str, tmp_path: Path) -> None:
    path = tmp_path / "terminal.db"
    shutil.copy(CORPUS / name, path)
    open_store(path, new_epoch=new_id()).close()
    report = check_file(path)
    assert report.findings == ()
    assert report.sales > 0


@pytest.mark.parametrize("name", REPLICAS)
def test_a_replica_comes_up_to_the_last_version_and_reads_as_it_was(name: str, tmp_path: Path) -> None:
    path = tmp_path / "replica.db"
    shutil.copy(CORPUS / name, path)
    with closing(sqlite3.connect(path)) as connection:
        (barcode,) = connection.execute("SELECT barcode FROM product_barcodes ORDER BY barcode").fetchone()
        (code,) = connection.execute("SELECT code FROM cards WHERE status = 'active'").fetchone()
        people = connection.execute("SELECT count(*) FROM staff").fetchone()[0]
        (points,) = connection.execute("SELECT sum(points) FROM lots").fetchone()

    file = ReplicaFile.open(path)
    replica = Replica(file, store_id="S001")
    product = replica.product_by_barcode(barcode)
    assert product is not None
    assert barcode in product.barcodes
    assert replica.product_by_sku(product.sku) == product
    card = replica.card(code)
    assert card is not None
    assert (card.member_id, card.status) == (WANG, CardStatus.ACTIVE)
    state = replica.member(WANG)
    assert state is not None
    assert (state.tier, sum(lot.points for lot in state.lots)) == (Tier.GOLD, points)
    assert state.bonuses == ()
    assert len(replica.staff()) == people
    assert replica.store("S001") is not None
    assert replica.offers() == ()
    assert replica.freshness().as_of is not None
    file.close()
