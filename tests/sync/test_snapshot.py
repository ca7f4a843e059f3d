"""The first fill comes as one file: over bad lines, checked, and without disturbing the till."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from pos_member.domain.errors import Fault
from tests.sync.chain import MASK, RULESET, STORE, Chain, Till
from tests.sync.line import Line


def _stock_up(chain: Chain, count: int = 400) -> None:
    chain.office.publish(
        replace(MASK, sku=f"N{number}", name=f"口罩 {chain.ids.new()}", barcodes=(f"29{number:010d}",))
        for number in range(count)
    )


def _behind(till: Till, line: Line) -> Till:
    """The till at the far end of a line."""
    return till.chain.till_of(msgspec.structs.replace(till.identity, base_url=line.url), till.folder)


def test_a_download_that_was_cut_goes_on_where_it_stopped(chain: Chain) -> None:
    _stock_up(chain)
    size = chain.office.snapshot().size
    line = Line(chain.url, cut_after=size // 2)
    till = _behind(chain.till(), line)
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
    _raise_floor(chain)

    till.pull()

    assert len(fetched) == 1
    assert till.feed.cursor().feed_no == chain.office.health().feed_no


def test_a_till_that_is_very_late_fetches_everything_at_once(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    till = chain.till()
    till.pull()
    fetched = _count_snapshots(chain, monkeypatch)
    _stock_up(chain, 30)

    monkeypatch.setattr("tests.sync.chain.LATE_ROWS", 20)
    till.pull()

    assert len(fetched) == 1
    assert till.replica.product_by_sku("N29") is not None


def test_a_head_office_that_began_anew_replaces_what_the_till_held(chain: Chain) -> None:
    wang = chain.join()
    till = chain.till()
    till.pull()
    assert till.replica.member(wang.id) is not None
    chain.stop_serving()
    chain.office.close()
    for path in chain.folder.glob("head-office*"):
        if path.is_file():
            path.unlink()
    chain.office = chain.open_office()
    chain.office.publish([STORE, MASK])
    chain.serve()
    again = chain.till("前台一")

    moved = chain.till_of(again.identity, Path(f"{till.folder}-moved"))
    moved.close()
    (till.folder / "replica.db").replace(moved.folder / "replica.db")
    moved = chain.till_of(again.identity, moved.folder)
    moved.pull()

    assert moved.replica.member(wang.id) is None
    assert moved.replica.product_by_sku(MASK.sku) == MASK
    assert moved.feed.cursor().hq_epoch == chain.office.hq_epoch


def test_a_snapshot_carries_no_secret_of_head_office(chain: Chain) -> None:
    till = chain.till()
    till.pull()

    content = (till.folder / "replica.db").read_bytes()

    assert RULESET.version.encode() in content
    for name in (b"secret_hash", b"enrolment_codes", b"ledger_entries", b"quarantine"):
        assert name not in content


def test_a_snapshot_is_given_out_again_while_the_feed_can_bring_the_rest(chain: Chain) -> None:
    first = chain.office.snapshot()
    wang = chain.join()

    assert chain.office.snapshot() == first

    till = chain.till()
    till.pull()
    assert till.replica.member(wang.id) is not None


def _raise_floor(chain: Chain) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(chain.folder / "head-office.db")) as database, database:
        database.execute("UPDATE feed_counter SET floor = feed_no")


def _count_snapshots(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    fetched: list[str] = []
    honest = chain.office.snapshot_file

    def counted(digest: str) -> Path | None:
        fetched.append(digest)
        return honest(digest)

    monkeypatch.setattr(chain.office, "snapshot_file", counted)
    return fetched
