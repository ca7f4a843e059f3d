"""The till's loop with head office: outages, long silences, bugs, and the end of the day."""

from __future__ import annotations

import logging
import random
import socket
import sqlite3
from contextlib import closing

import msgspec
import pytest

from pos_member.app.counter import Link
from pos_member.app.ports import Freshness
from pos_member.domain.errors import Fault
from sync.backoff import Backoff
from tests.sync.chain import MASK, Chain, HandClock, Till, problem, until
from tests.sync.line import Line


def _link(till: Till) -> Link | None:
    return till.statuses[-1].link if till.statuses else None


def _online(till: Till) -> bool:
    return _link(till) is Link.ONLINE and till.statuses[-1].feed_no > 0


def test_sales_made_while_head_office_is_down_follow_when_it_is_back(chain: Chain) -> None:
    wang = chain.join()
    till = chain.till()
    loop = till.start_sync()
    until(lambda: _online(till), "the till is online")
    chain.stop_serving()

    sale = till.sell(wang)
    loop.wake()
    until(lambda: _link(till) is Link.OFFLINE and till.statuses[-1].unsent == 1, "the till is offline with a sale")
    assert "连不上总部" in problem(till.statuses[-1])
    chain.serve()

    until(lambda: till.statuses[-1].unsent == 0, "the sale is pushed")
    until(lambda: _link(till) is Link.ONLINE, "the till is online again")
    assert till.statuses[-1].problem is None
    assert chain.office.member_figure(wang.id).available == sale.quote.points_earned


def test_the_first_status_of_a_till_without_head_office_says_what_is_wrong(chain: Chain) -> None:
    till = chain.till()
    chain.stop_serving()

    till.start_sync()

    until(lambda: _link(till) is Link.OFFLINE, "the till is offline")
    assert till.statuses[-1].last_contact is None
    assert till.statuses[-1].feed_no == 0


def test_a_sale_does_not_wait_for_the_long_poll(chain: Chain) -> None:
    till = chain.till()
    loop = till.start_sync()
    until(lambda: _online(till), "the till is online")

    for _ in range(3):
        till.sell()
        loop.wake()
        until(lambda: till.unsent() == 0, "the sale is pushed")


def test_the_loop_ends_at_once_in_the_middle_of_a_long_poll(chain: Chain) -> None:
    till = chain.till()
    loop = till.start_sync()
    until(lambda: _online(till), "the till is online")

    assert loop.stop(timeout=2.0)


def test_the_loop_ends_at_once_while_head_office_says_nothing(chain: Chain) -> None:
    till = chain.till()
    line = Line(chain.url, silent=True)
    quiet = till.again(base_url=line.url)
    loop = quiet.start_sync()
    until(lambda: line.connections > 0, "the till has asked")

    assert loop.stop(timeout=2.0)
    line.close()


def test_a_loop_that_was_never_started_can_be_stopped_and_woken(chain: Chain) -> None:
    till = chain.till()
    loop = till.start_sync()
    assert loop.stop()

    loop.wake()

    assert loop.stop()


def test_head_office_ends_in_order_while_tills_are_waiting_for_news(chain: Chain) -> None:
    till = chain.till()
    till.start_sync()
    until(lambda: _online(till), "the till is online")

    chain.stop_serving()

    until(lambda: _link(till) is Link.OFFLINE, "the till notices")


@pytest.mark.logs_warnings
def test_a_bug_does_not_end_syncing_for_the_day(
    chain: Chain, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    till = chain.till()
    honest = till.feed.cursor
    failures = iter([True, True])

    def failing() -> Freshness:
        if next(failures, False):
            raise RuntimeError("a bug")
        return honest()

    monkeypatch.setattr(till.feed, "cursor", failing)
    with caplog.at_level(logging.ERROR):
        till.start_sync()
        until(lambda: _online(till), "the till is online")

    assert "sync failed" in caplog.text


@pytest.mark.parametrize("wound", ["damaged", "deleted"])
def test_a_replica_that_went_bad_is_fetched_anew_while_the_till_runs(chain: Chain, wound: str) -> None:
    till = chain.till()
    till.pull()
    till.sell()
    path = till.folder / "replica.db"
    if wound == "damaged":
        with closing(sqlite3.connect(path)) as replica:
            replica.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (page,) = replica.execute("SELECT rootpage FROM sqlite_master WHERE name = 'products'").fetchone()
            (size,) = replica.execute("PRAGMA page_size").fetchone()
        till.file.close()
        with path.open("r+b") as file:
            file.seek((page - 1) * size)
            file.write(b"\xff" * size)
        with pytest.raises(Fault) as told:
            till.replica.product_by_sku(MASK.sku)
        assert (told.value.code, told.value.retryable) == ("replica_damaged", True)
    else:
        for part in till.folder.glob("replica.db*"):
            part.unlink()

    till.start_sync()
    until(lambda: _online(till) and till.unsent() == 0, "the till is online")
    until(path.exists, "the file is there again")
    assert till.replica.product_by_sku(MASK.sku) == MASK


def test_a_clock_that_is_wrong_is_said(chain: Chain) -> None:
    till = chain.till()
    office_clock = chain.clock
    chain.clock = HandClock(office_clock.at)
    chain.clock.pass_by(minutes=7)

    till.start_sync()

    until(lambda: _online(till), "the till is online")
    until(lambda: "快 7 分钟" in problem(till.statuses[-1]), "the skew is shown")


def test_a_till_whose_chain_is_not_accepted_still_gets_new_prices(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    till = chain.till()
    till.pull()
    till.sell()
    honest = chain.office.push

    def other_chain(*arguments: object) -> object:
        answer = honest(*arguments)  # type: ignore[arg-type]
        return msgspec.structs.replace(answer, problem="chain_diverged", why="另有一条。")

    monkeypatch.setattr(chain.office, "push", other_chain)
    till.start_sync()
    until(lambda: _link(till) is Link.REFUSED, "the chain is refused")
    wang = chain.join()

    until(lambda: till.replica.member(wang.id) is not None, "the new member arrives")
    assert till.statuses[-1].link is Link.REFUSED
    assert "请联系总部" in problem(till.statuses[-1])


def test_something_else_at_the_address_is_not_taken_for_head_office(chain: Chain) -> None:
    till = chain.till()
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        stranger.settimeout(10)
        url = f"http://127.0.0.1:{stranger.getsockname()[1]}"
        lost = till.again(base_url=url)
        lost.start_sync()
        connection, _ = stranger.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
            until(lambda: _link(lost) is Link.REFUSED, "the stranger is refused")

    assert "看不懂" in problem(lost.statuses[-1])


def test_waits_grow_to_five_minutes_and_are_spread(chain: Chain) -> None:
    backoff = Backoff(random.Random(3))
    waits = [backoff.failed() for _ in range(200)]

    assert all(0 <= wait <= min(300, 2.0**number) for number, wait in enumerate(waits))
    assert max(waits) > 290
    assert min(waits[10:]) < 10
    backoff.succeeded()
    assert backoff.failed() <= 1


def test_the_wait_head_office_asks_for_is_never_cut_short() -> None:
    backoff = Backoff(random.Random(3))

    assert all(60 <= backoff.failed(retry_after=60) <= 360 for _ in range(50))
