"""What a till pushes is a chain: nothing is lost, doubled, forged or waved through, and nothing blocks it."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest

from pos_member.app.codec import to_plain
from pos_member.app.counter import Link
from pos_member.app.published import EntityKind, PublishedMember, Verdict
from pos_member.domain.errors import Fault
from pos_member.domain.event import GENESIS_HASH, EventKey, chain_event, chain_hash
from pos_member.domain.ledger import fold
from pos_member.domain.member import MemberState
from pos_member.domain.tier import Tier
from sync import wire
from tests.sync.chain import Chain, Till, problem, until


def _rows(chain: Chain, table: str, columns: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(chain.folder / "head-office.db")) as database:
        return database.execute(f"SELECT {columns} FROM {table} ORDER BY rowid").fetchall()  # noqa: S608


def _send(till: Till, request: wire.PushRequest) -> wire.PushAnswer:
    async def send() -> wire.PushAnswer:
        async with till.transport() as transport:
            return await transport.push(request)

    return asyncio.run(send())


def _request(till: Till, after: int = 0) -> wire.PushRequest:
    events = till.outbox.batch(0, 500, 10**9)
    return wire.PushRequest(
        epoch=till.outbox.head().epoch,
        first_seq=after + 1,
        prev_hash=events[after - 1].hash if after else GENESIS_HASH,
        events=tuple(wire.WireEvent(canonical=event.canonical, hash=event.hash) for event in events[after:]),
    )


def _judgements(till: Till) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(till.folder / "terminal.db")) as database:
        return database.execute("SELECT seq, verdict FROM judgements ORDER BY seq").fetchall()


def test_a_tampered_record_is_set_aside_and_what_came_before_it_counts(chain: Chain) -> None:
    till = chain.till()
    till.pull()
    sale, _, _ = till.sell(), till.sell(), till.sell()
    honest = _request(till)
    forged = msgspec.structs.replace(
        honest.events[1], canonical=honest.events[1].canonical.replace(b"payable_fen", b"payable_fem")
    )
    tampered = msgspec.structs.replace(honest, events=(honest.events[0], forged, honest.events[2]))

    answer = _send(till, tampered)
    again = _send(till, tampered)

    assert (answer.acked_seq, answer.problem) == (1, "chain_broken")
    assert (again.acked_seq, again.problem) == (1, "chain_broken")
    assert _rows(chain, "sales", "hex(id)") == [(sale.id.upper(),)]
    assert _rows(chain, "quarantine", "seq, why") == [(2, "chain_broken"), (3, "chain_broken")]
    assert _rows(chain, "tasks", "kind, seq") == [("chain_broken", 2)]
    assert _send(till, honest).acked_seq == 3


def test_a_gap_is_asked_for_and_then_filled(chain: Chain) -> None:
    till = chain.till()
    till.pull()
    for _ in range(3):
        till.sell()

    answer = _send(till, _request(till, after=2))

    assert (answer.acked_seq, answer.need_from, answer.problem) == (0, 1, "")
    assert _rows(chain, "events", "seq") == []
    assert _send(till, _request(till)).acked_seq == 3


def test_a_till_pushes_again_what_a_restored_head_office_has_lost(chain: Chain, tmp_path: Path) -> None:
    wang = chain.join()
    till = chain.till()
    till.pull()
    till.sell(wang)
    till.push()
    chain.stop_serving()
    chain.office.close()
    backup = tmp_path / "backup.db"
    shutil.copy(tmp_path / "head-office.db", backup)
    chain.office = chain.open_office()
    chain.serve()
    till.sell(wang)
    till.push()
    chain.stop_serving()
    chain.office.close()
    shutil.copy(backup, tmp_path / "head-office.db")
    chain.office = chain.open_office()
    chain.serve()

    till.sell(wang)
    till.push()

    assert _rows(chain, "events", "seq") == [(1,), (2,), (3,)]
    assert till.unsent() == 0


def test_a_till_restored_from_an_old_image_is_noticed_and_nothing_is_lost(chain: Chain, tmp_path: Path) -> None:
    wang = chain.join()
    till = chain.till()
    till.pull()
    till.sell(wang)
    till.push()
    till.close()
    image = tmp_path / "image"
    shutil.copytree(till.folder, image)
    till = till.again()
    till.sell(wang, packs=2)
    till.push()
    rewound = chain.till_of(till.identity, image)
    rewound.pull()
    sale = rewound.sell(wang, packs=9)

    for _ in range(2):
        rewound.push()

    assert rewound.unsent() == 0
    assert _rows(chain, "quarantine", "seq, why") == [(2, "chain_diverged")]
    assert _rows(chain, "tasks", "kind, seq") == [("chain_diverged", 2)]
    assert (sale.id.upper(),) in _rows(chain, "sales", "hex(id)")
    assert len(_rows(chain, "sales", "hex(id)")) == 3
    rewound.pull()
    assert rewound.available(wang) == chain.office.member_figure(wang.id).available
    with rewound.terminal.reading() as records:
        assert records.spending_stopped
    rewound.start_sync()
    until(lambda: bool(rewound.statuses) and rewound.statuses[-1].link is Link.REFUSED, "it is said")
    assert "第 1 条" in problem(rewound.statuses[-1])


def test_a_record_that_cannot_be_read_blocks_nothing(chain: Chain) -> None:
    wang = chain.join()
    till = chain.till()
    till.pull()
    till.note("sale", basket="这不是一笔销售", member_id=wang.id)
    till.note("sale", member_id=["?"])
    till.note("from_the_future", answer=42)
    till.note("audit", action="sign_in")
    good = till.sell(wang)

    till.push()

    assert till.unsent() == 0
    assert _judgements(till) == [(1, "quarantined"), (2, "quarantined"), (3, "quarantined")]
    assert _rows(chain, "events", "seq, verdict") == [
        (1, "quarantined"),
        (2, "quarantined"),
        (3, "quarantined"),
        (4, "accepted"),
        (5, "accepted"),
    ]
    assert chain.office.member_figure(wang.id).available == good.quote.points_earned


def test_figures_that_no_database_can_hold_block_nothing(chain: Chain) -> None:
    till = chain.till()
    till.pull()
    sale = till.ring_up()
    huge = replace(sale, quote=replace(sale.quote, gross_fen=10**30))
    nameless = replace(sale, id="not an id")
    events, previous = [], GENESIS_HASH
    for seq, body in enumerate([to_plain(huge), to_plain(nameless), to_plain(sale)], 1):
        key = EventKey(terminal_id=till.identity.terminal_id, epoch="e1", seq=seq)
        event = chain_event(key=key, previous=previous, event_id=chain.ids.new(), kind="sale", at=sale.at, body=body)
        events.append(wire.WireEvent(canonical=event.canonical, hash=event.hash))
        previous = event.hash

    answer = _send(till, wire.PushRequest(epoch="e1", first_seq=1, prev_hash=GENESIS_HASH, events=tuple(events)))

    assert answer.acked_seq == 3
    assert [each.verdict.value for each in answer.verdicts] == ["quarantined", "quarantined", "accepted"]
    assert _rows(chain, "sales", "hex(id)") == [(sale.id.upper(),)]


def test_a_record_made_under_another_till_is_kept_but_not_posted(chain: Chain) -> None:
    first, second = chain.till("前台一"), chain.till("前台二")
    first.pull()
    second.pull()
    first.record(replace(second.ring_up(), receipt_no="x"))

    first.push()

    assert _judgements(first) == [(1, "rejected")]
    assert _rows(chain, "sales", "id") == []
    assert [kind for (kind,) in _rows(chain, "tasks", "kind")] == ["rejected"]


def test_a_sale_that_breaks_a_rule_is_recorded_and_head_offices_figure_wins(chain: Chain) -> None:
    wang = chain.join()
    chain.give(wang, 300)
    till = chain.till()
    till.pull()
    sale = till.ring_up(wang, packs=3)
    generous = replace(sale, entries=tuple(replace(entry, points=entry.points + 1000) for entry in sale.entries))
    till.record(generous)
    assert till.available(wang) > 1300

    till.push()
    assert till.available(wang) == 300
    till.pull()

    assert _judgements(till) == [(1, "rejected")]
    state = till.replica.member(wang.id)
    assert state is not None
    assert state.applied == {f"{till.identity.terminal_id}:{till.outbox.head().epoch}": 1}
    assert till.available(wang) == 300


def test_a_sale_to_a_member_head_office_took_away_is_not_laid_over_when_she_is_back(chain: Chain) -> None:
    wang = chain.join()
    till = chain.till()
    till.pull()
    back = PublishedMember(state=MemberState(member=wang, tier=Tier.BASIC), cards=())
    chain.office.withdraw(EntityKind.MEMBER, wang.id)
    till.sell(wang, packs=3)
    till.push()

    chain.office.publish([back])
    till.pull()

    assert _judgements(till) == [(1, "rejected")]
    assert till.available(wang) == 0
    assert till.standing(wang).spend_365_fen == 0


def test_a_kind_that_no_database_can_hold_blocks_nothing(chain: Chain) -> None:
    till = chain.till()
    till.note("audit", action="sign_in")
    request = _request(till)
    odd = request.events[0].canonical.replace(b'"audit"', b'"\\ud800"')
    assert odd != request.events[0].canonical

    event = wire.WireEvent(canonical=odd, hash=chain_hash(GENESIS_HASH, odd))
    answer = _send(till, msgspec.structs.replace(request, events=(event,)))

    assert (answer.acked_seq, answer.verdicts[0].verdict) == (1, Verdict.QUARANTINED)


def test_spending_more_than_there_is_becomes_debt_and_a_task(chain: Chain) -> None:
    wang = chain.join()
    chain.give(wang, 500)
    first, second = chain.till("前台一"), chain.till("前台二")
    first.pull()
    second.pull()
    one, other = first.sell(wang, packs=1, points=400), second.sell(wang, packs=1, points=400)
    first.push()

    second.push()

    figure = chain.office.member_figure(wang.id)
    earned = one.quote.points_earned + other.quote.points_earned
    assert figure.available - figure.debt == 500 - 800 + earned
    assert figure.debt > 0
    assert [kind for (kind,) in _rows(chain, "tasks", "kind")] == ["overdrawn"]
    assert _judgements(second) == []


def test_what_two_tills_gave_once_each_is_shown_to_head_office(chain: Chain) -> None:
    """A new member in her birthday month buys at two tills that hear nothing of each other."""
    wang = chain.join()
    fresh = replace(wang, id=chain.ids.new(), phone=None, birthday=date(1980, 3, 9))
    chain.office.publish([PublishedMember(state=MemberState(member=fresh, tier=Tier.BASIC), cards=())])
    first, second = chain.till("前台一"), chain.till("前台二")
    first.pull()
    second.pull()
    first.sell(fresh, packs=120)
    second.sell(fresh, packs=120)

    first.push()
    assert _rows(chain, "tasks", "kind") == []
    second.push()

    assert _rows(chain, "tasks", "kind, what") == [
        ("granted_twice", "给了会员已经有过的优惠：首单价、生日礼、升级奖励。")
    ]
    second.pull()
    second.sell(fresh, packs=1)
    second.push()
    assert len(_rows(chain, "tasks", "kind")) == 1


def test_a_till_whose_clock_is_two_years_ahead_makes_nobodys_points_lapse(chain: Chain) -> None:
    wang = chain.join()
    chain.give(wang, 3000)
    ahead, other = chain.till(), chain.till()
    for till in (ahead, other):
        till.pull()
    chain.clock.pass_by(days=730)
    sale = ahead.sell(wang, packs=2)
    chain.clock.pass_by(days=-730)
    ahead.push()

    figure = chain.office.member_figure(wang.id)
    assert figure.available == 3000 + sale.quote.points_earned
    other.pull()
    assert sum(lot.points for lot in other.standing(wang).lots) == figure.available
    assert other.standing(wang).spend_365_fen == sale.quote.payable_fen
    ((kind, what),) = _rows(chain, "tasks", "kind, what")
    assert kind == "clock_ahead"
    assert str(what).startswith("终端时钟超前")


def test_the_balance_is_the_fold_of_every_entry_pushed(chain: Chain) -> None:
    wang = chain.join()
    opening = chain.give(wang, 3000)
    tills = [chain.till(), chain.till()]
    entries = [opening]
    for till in tills:
        till.pull()
    for number in range(12):
        till = tills[number % 2]
        entries += till.sell(wang, packs=1 + number % 3, points=100 * (number % 4)).entries
        if number % 3 == 0:
            till.push()
            till.pull()
    for till in tills:
        till.push()

    balance = fold(entries, date(2026, 3, 5))

    figure = chain.office.member_figure(wang.id)
    assert (figure.lots, figure.debt) == (balance.lots, balance.debt)


def test_enough_purchases_lift_the_member_to_the_next_tier_everywhere(chain: Chain) -> None:
    wang = chain.join()
    first, second = chain.till("前台一"), chain.till("前台二")
    first.pull()
    sale = first.sell(wang, packs=110)

    first.push()
    second.pull()

    assert sale.quote.tier_after is not None
    assert second.standing(wang).tier is sale.quote.tier_after
    assert second.standing(wang).tier.value == "silver"
    assert [bonus.tier.value for bonus in second.standing(wang).upgrade_bonuses] == ["silver"]


def test_a_long_queue_goes_up_in_several_requests(chain: Chain) -> None:
    till = chain.till()
    till.pull()
    with till.terminal.transaction() as records:
        for number in range(1203):
            records.append_event(
                kind="audit", event_id=chain.ids.new(), at=chain.clock.now(), body={"action": "sign_in", "n": number}
            )

    till.push()

    assert till.unsent() == 0
    assert len(_rows(chain, "events", "seq")) == 1203


def test_an_answer_that_confirms_something_else_moves_nothing(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    till = chain.till()
    till.pull()
    till.sell()
    honest = chain.office.push

    def lying(*arguments: object) -> wire.PushAnswer:
        return msgspec.structs.replace(honest(*arguments), acked_hash=b"\x01" * 32)  # type: ignore[arg-type]

    monkeypatch.setattr(chain.office, "push", lying)
    with pytest.raises(Fault) as caught:
        till.push()

    assert caught.value.code == "chain_diverged"
    assert till.unsent() == 1


def test_verdicts_are_told_again_when_a_push_is_repeated(chain: Chain) -> None:
    till = chain.till()
    till.pull()
    till.sell()
    till.note("from_the_future")
    request = _request(till)

    first, second = _send(till, request), _send(till, request)

    assert [each.verdict for each in first.verdicts] == [Verdict.ACCEPTED, Verdict.QUARANTINED]
    assert second.verdicts == first.verdicts
    assert second.acked_hash == first.acked_hash
