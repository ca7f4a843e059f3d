"""The first fill comes as one file: over bad lines, checked, and without disturbing the till."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pos_member.domain.errors import Fault
from tests.sync.chain import MASK, RULESET, Chain
from tests.sync.line import Line


def _stock_up(chain: Chain, count: int = 400) -> None:
    chain.office.publish(
        replace(MASK, sku=f"N{number}", name=f"口罩 {chain.ids.new()}", barcodes=(f"29{number:010d}",))
        for number in range(count)
    )


def test_a_download_that_was_cut_goes_on_where_it_stopped(chain: Chain) -> None:
    _stock_up(chain)
    size = chain.office.snapshot().size
    line = Line(chain.url, cut_after=size // 2)
    till = chain.till().again(base_url=line.url)
    try:
        with pytest.raises(Fault) as caught:
            till.pull()
        assert caught.value.code == "head_office_unreachable"
        parts = list(till.folder.glob("snapshot-*.part"))
        assert len(parts) == 1
        assert 0 < parts[0].stat().st_size < size
        assert till.replica.product_by_sku(MASK.sku) is None

        till.pull()

        assert till.replica.product_by_sku(MASK.sku) == MASK
        assert line.carried < size * 1.5
    finally:
        till.close()
        line.close()


def test_a_file_that_was_damaged_is_thrown_away_and_fetched_again(chain: Chain) -> None:
    till = chain.till()
    manifest = chain.office.snapshot()
    part = till.folder / f"snapshot-{manifest.digest}.part"
    part.write_bytes(b"\x00" * manifest.size)

    with pytest.raises(Fault) as caught:
        till.pull()

    assert caught.value.code == "snapshot_damaged"
    assert caught.value.retryable
    assert not part.exists()
    assert till.feed.cursor().feed_no == 0
    till.pull()
    assert till.feed.cursor().feed_no == manifest.feed_no


def test_half_a_file_of_an_older_snapshot_is_not_mixed_in(chain: Chain) -> None:
    till = chain.till()
    stray = till.folder / f"snapshot-{'0' * 64}.part"
    stray.write_bytes(b"old")

    till.pull()

    assert till.replica.product_by_sku(MASK.sku) == MASK
    assert not stray.exists()


def test_a_till_behind_the_floor_fetches_everything_anew(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    till = chain.till()
    till.pull()
    fetched = _count_snapshots(chain, monkeypatch)
    _stock_up(chain, 5)
    till.pull()
    assert fetched == []
    _stock_up(chain, 5)
    _change(chain, "UPDATE feed_counter SET floor = feed_no")

    till.pull()

    assert len(fetched) == 1
    assert till.feed.cursor().feed_no == chain.office.health().feed_no


def test_a_till_that_is_very_late_fetches_everything_at_once(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    till = chain.till()
    till.pull()
    fetched = _count_snapshots(chain, monkeypatch)
    _stock_up(chain, 30)

    till.pull(late_rows=20)

    assert len(fetched) == 1
    assert till.replica.product_by_sku("N29") is not None


def test_a_head_office_restored_from_a_backup_replaces_what_the_till_held(chain: Chain) -> None:
    till = chain.till()
    chain.stop_serving()
    chain.office.close()
    database = chain.folder / "head-office.db"
    shutil.copy(database, chain.folder / "backup.db")
    chain.office = chain.open_office()
    wang = chain.join()
    chain.serve()
    till.pull()
    assert till.replica.member(wang.id) is not None
    chain.stop_serving()
    chain.office.close()

    shutil.copy(chain.folder / "backup.db", database)
    _change(chain, "UPDATE head_office SET hq_epoch = 'restored'")
    chain.office = chain.open_office()
    chain.serve()
    till.pull()

    assert till.replica.member(wang.id) is None
    assert till.replica.product_by_sku(MASK.sku) == MASK
    assert till.feed.cursor().hq_epoch == "restored"


def test_a_snapshot_carries_no_secret_of_head_office(chain: Chain) -> None:
    till = chain.till()
    till.pull()

    content = (till.folder / "replica.db").read_bytes()

    assert RULESET.version.encode() in content
    for name in (b"secret_hash", b"enrolment_codes", b"ledger_entries", b"quarantine"):
        assert name not in content


def test_a_snapshot_that_is_gone_is_asked_for_anew(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    till = chain.till()
    with monkeypatch.context() as gone:
        gone.setattr(chain.office, "snapshot_file", lambda _: None)
        with pytest.raises(Fault) as caught:
            till.pull()

    assert caught.value.code == "snapshot_gone"
    assert caught.value.retryable
    till.pull()
    assert till.replica.product_by_sku(MASK.sku) == MASK


def test_a_snapshot_is_given_out_again_while_the_feed_can_bring_the_rest(chain: Chain) -> None:
    first = chain.office.snapshot()
    wang = chain.join()

    assert chain.office.snapshot() == first

    till = chain.till()
    till.pull()
    assert till.replica.member(wang.id) is not None


def _change(chain: Chain, statement: str) -> None:
    with closing(sqlite3.connect(chain.folder / "head-office.db")) as database, database:
        database.execute(statement)


def _count_snapshots(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    fetched: list[str] = []
    honest = chain.office.snapshot_file

    def counted(digest: str) -> Path | None:
        fetched.append(digest)
        return honest(digest)

    monkeypatch.setattr(chain.office, "snapshot_file", counted)
    return fetched
