from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from pos_member.app.published import Judgement, Verdict
from pos_member.domain.clock import parse_instant
from pos_member.domain.errors import InvariantViolation, Sentence
from pos_member.domain.event import GENESIS_HASH, Event, EventKey
from pos_member.storage.outbox import Outbox
from pos_member.storage.terminal_store import TerminalStore
from tests.storage.makers import EPOCH, NOW, TERMINAL_ID, WANG, new_id, open_store, sale, settle, unsent


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "terminal.db"


@pytest.fixture
def store(path: Path) -> Iterator[TerminalStore]:
    store = open_store(path)
    yield store
    store.close()


@pytest.fixture
def outbox(path: Path, store: TerminalStore) -> Iterator[Outbox]:
    outbox = Outbox.open(path)
    yield outbox
    outbox.close()


def settle_some(store: TerminalStore, count: int) -> list[Event]:
    events = []
    for number in range(1, count + 1):
        with store.transaction() as records:
            events.append(settle(records, sale(number)))
    return events


def test_an_outbox_without_events_stands_at_the_beginning(outbox: Outbox) -> None:
    head = outbox.head()
    assert (head.terminal_id, head.epoch, head.acked_seq, head.last_seq) == (TERMINAL_ID, EPOCH, 0, 0)
    assert head.acked_hash == GENESIS_HASH
    assert outbox.batch(0, 500, 256_000) == ()
    outbox.acknowledge(EPOCH, 0, GENESIS_HASH, ())
    assert outbox.head() == head


def test_events_are_given_as_they_were_chained(store: TerminalStore, outbox: Outbox) -> None:
    events = settle_some(store, 4)
    assert outbox.batch(0, 500, 256_000) == tuple(events)
    assert outbox.batch(2, 500, 256_000) == tuple(events[2:])
    assert outbox.batch(1, 2, 256_000) == tuple(events[1:3])
    assert outbox.batch(4, 500, 256_000) == ()
    assert outbox.head().last_seq == 4


def test_a_batch_stays_within_its_size_but_one_event_always_goes(store: TerminalStore, outbox: Outbox) -> None:
    events = settle_some(store, 3)
    two = len(events[0].canonical) + len(events[1].canonical)
    assert outbox.batch(0, 500, two) == tuple(events[:2])
    assert outbox.batch(0, 500, two - 1) == tuple(events[:1])
    assert outbox.batch(0, 500, 1) == tuple(events[:1])


def test_what_head_office_holds_is_not_unsent_any_more(store: TerminalStore, outbox: Outbox, path: Path) -> None:
    events = settle_some(store, 3)
    outbox.acknowledge(EPOCH, 2, events[1].hash, [Judgement(seq=1, verdict=Verdict.ACCEPTED)])
    assert unsent(path) == 1
    assert outbox.head().acked_seq == 2
    assert outbox.head().acked_hash == events[1].hash

    outbox.acknowledge(EPOCH, 1, events[0].hash, ())  # an answer that was late
    assert outbox.head().acked_seq == 2
    outbox.close()
    again = Outbox.open(path)
    assert again.head().acked_seq == 2
    again.close()


def test_an_acknowledgement_of_another_chain_is_not_believed(path: Path, store: TerminalStore, outbox: Outbox) -> None:
    events = settle_some(store, 3)
    for epoch, seq, its_hash in (
        (EPOCH, 2, events[2].hash),
        (EPOCH, 4, events[2].hash),
        (EPOCH, 0, events[0].hash),
        ("e2", 2, events[1].hash),
    ):
        with pytest.raises(InvariantViolation):
            outbox.acknowledge(epoch, seq, its_hash, [Judgement(seq=seq, verdict=Verdict.REJECTED, why="…")])
    assert outbox.head().acked_seq == 0
    assert unsent(path) == 3


def test_why_an_event_was_rejected_is_kept(store: TerminalStore, outbox: Outbox, path: Path) -> None:
    events = settle_some(store, 3)
    verdicts = [
        Judgement(seq=1, verdict=Verdict.ACCEPTED),
        Judgement(seq=2, verdict=Verdict.REJECTED, why="积分不足"),
        Judgement(seq=3, verdict=Verdict.QUARANTINED, why="无法识别"),
    ]
    for _ in range(2):
        outbox.acknowledge(EPOCH, 3, events[2].hash, verdicts)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT epoch, seq, verdict, why FROM judgements ORDER BY seq").fetchall() == [
            (EPOCH, 2, "rejected", "积分不足"),
            (EPOCH, 3, "quarantined", "无法识别"),
        ]


def test_failed_pushes_are_counted_until_one_gets_through(store: TerminalStore, outbox: Outbox, path: Path) -> None:
    events = settle_some(store, 1)
    outbox.put_off("连接超时", NOW + timedelta(seconds=2))
    outbox.put_off("总部没有应答", NOW + timedelta(seconds=4))

    def kept() -> object:
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute("SELECT attempts, last_error, next_attempt_at FROM outbox").fetchone()

    assert kept() == (2, "总部没有应答", "2026-03-05T02:30:04.000Z")
    outbox.acknowledge(EPOCH, 1, events[0].hash, ())
    assert kept() == (0, "", None)


def test_events_come_in_while_the_outbox_is_being_read(store: TerminalStore, outbox: Outbox) -> None:
    settle_some(store, 1)
    assert outbox.head().last_seq == 1
    with store.transaction() as records:
        records.append_event(kind="audit", event_id=new_id(), at=NOW, body={"what": "sign_in"})
        assert len(outbox.batch(0, 500, 256_000)) == 1
    assert len(outbox.batch(0, 500, 256_000)) == 2


def test_what_an_earlier_epoch_holds_is_handed_over_before_what_is_written_now(path: Path, tmp_path: Path) -> None:
    old = open_store(path, new_epoch="old")
    early = settle_some(old, 2)
    old.close()
    shutil.copy(path, tmp_path / "image.db")
    old = open_store(path)
    with old.transaction() as records:
        settle(records, sale(3))
    old.close()
    shutil.copy(tmp_path / "image.db", path)
    new = open_store(path, new_epoch="new")
    with new.transaction() as records:
        late = settle(records, sale(9))
    outbox = Outbox.open(path)

    chains = [(chain.epoch, chain.acked_seq, chain.last_seq) for chain in outbox.chains()]
    assert chains == [("old", 0, 2), ("new", 0, 1)]
    assert outbox.head().epoch == "new"
    assert outbox.unsent() == 3
    assert outbox.batch(0, 500, 256_000, "old") == tuple(early)
    assert outbox.batch(0, 500, 256_000) == (late,)
    outbox.acknowledge("old", 2, early[1].hash, [Judgement(seq=2, verdict=Verdict.REJECTED, why="…")])
    assert outbox.unsent() == 1
    outbox.close()
    new.close()


def test_a_chain_head_office_refuses_is_told_again_in_a_new_one_and_counts_once(
    path: Path, store: TerminalStore
) -> None:
    outbox = Outbox.open(path, new_epoch=iter(["e2", "e3"]).__next__)
    events = settle_some(store, 3)
    outbox.acknowledge(EPOCH, 1, events[0].hash, ())
    why = Sentence(template="总部另有 {seq}", gaps={"seq": 2})

    assert outbox.set_aside(EPOCH, why)

    assert [(chain.epoch, chain.last_seq) for chain in outbox.chains()] == [("e2", 2)]
    assert outbox.problem() == why
    again = outbox.batch(0, 500, 256_000)
    assert [json.loads(event.canonical)["body"] for event in again] == [
        json.loads(event.canonical)["body"] for event in events[1:]
    ]
    assert not {event.event_id for event in again} & {event.event_id for event in events}
    with store.transaction() as records:
        sold = sale(4)
        assert settle(records, sold).key == EventKey(terminal_id=TERMINAL_ID, epoch="e2", seq=3)
        assert records.spending_stopped
        mine = records.own_records(WANG, {f"{TERMINAL_ID}:{EPOCH}": 1})
        assert [json.loads(event.canonical)["body"]["id"] for event in again] + [sold.id] == [
            each.id for each in mine.sales
        ]
    assert "总部另有 2" in str(store.notice())
    assert not outbox.set_aside("e2", why)
    assert outbox.head().epoch == "e2"
    outbox.close()


def test_after_a_record_whose_hash_does_not_hold_everything_is_told_again_as_it_was_recorded(
    path: Path, store: TerminalStore
) -> None:
    events = settle_some(store, 4)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER events_no_update")
        connection.execute("UPDATE events SET canonical = replace(canonical, '5000', '4000') WHERE seq = 2")
        connection.execute("UPDATE events SET canonical = x'7b' WHERE seq = 3")
    outbox = Outbox.open(path, new_epoch=lambda: "e2")
    outbox.acknowledge(EPOCH, 1, events[0].hash, ())

    assert outbox.set_aside(EPOCH, Sentence(template="校验值对不上", gaps={}))

    assert len(outbox.batch(0, 500, 256_000, EPOCH)) == 4
    again = [json.loads(event.canonical) for event in outbox.batch(0, 500, 256_000)]
    told = [json.loads(event.canonical) for event in events[1:]]
    assert [each["body"] for each in again] == [each["body"] for each in told]
    assert [parse_instant(each["occurred_at"]) for each in again] == [
        parse_instant(each["occurred_at"]) for each in told
    ]
    outbox.close()


def test_a_record_that_nobody_can_read_any_more_holds_up_nothing(path: Path, store: TerminalStore) -> None:
    with store.transaction() as records:
        records.append_event(kind="audit", event_id=new_id(), at=NOW, body={"action": "drawer"})
    (sold,) = settle_some(store, 1)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TRIGGER events_no_update")
        connection.execute("UPDATE events SET canonical = x'7b' WHERE seq = 1")
    outbox = Outbox.open(path, new_epoch=lambda: "e2")

    assert outbox.set_aside(EPOCH, Sentence(template="校验值对不上", gaps={}))

    (again,) = outbox.batch(0, 500, 256_000)
    assert json.loads(again.canonical)["body"] == json.loads(sold.canonical)["body"]
    outbox.close()
