from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_member.app.published import ChangePage, PublishedMember
from pos_member.domain.member import Card, MemberStatus
from pos_member.storage.replica import Replica
from pos_member.storage.replica_feed import ReplicaFeed
from pos_member.storage.replica_file import ReplicaFile
from tests.storage.makers import LI, NOW, WANG, HandClock, change, member


@pytest.fixture
def file(tmp_path: Path) -> Iterator[ReplicaFile]:
    opened = ReplicaFile.open(tmp_path / "replica.db")
    yield opened
    opened.close()


def publish(file: ReplicaFile, *members: PublishedMember) -> Replica:
    changes = tuple(change(entity, number) for number, entity in enumerate(members, 1))
    page = ChangePage(after=0, upto=len(changes), changes=changes, hq_epoch="hq1", as_of=NOW, more=False)
    ReplicaFeed(file, HandClock()).apply(page)
    return Replica(file, store_id="S001")


def test_all_cards_of_a_member_are_told_whatever_became_of_them(file: ReplicaFile) -> None:
    second = Card(code="6200000000000555", member_id=WANG)
    replica = publish(file, replace(member(), cards=(*member().cards, second)), member(LI, phone="13900139000"))
    assert replica.cards_of(WANG) == tuple(sorted((*member().cards, second), key=lambda card: card.code))
    assert replica.cards_of("0" * 32) == ()


def test_who_is_erased_is_found_among_however_many(file: ReplicaFile) -> None:
    state = member(phone=None).state
    gone = replace(state, member=replace(state.member, status=MemberStatus.ERASED))
    frozen = member(LI, phone="13900139000", status=MemberStatus.FROZEN)
    replica = publish(file, replace(member(), state=gone), frozen)
    strangers = [f"{number:032x}" for number in range(1, 1201)]
    assert replica.erased_among([*strangers, LI, WANG]) == {WANG}
    assert replica.erased_among([*strangers, LI]) == frozenset()
    assert replica.erased_among([]) == frozenset()
