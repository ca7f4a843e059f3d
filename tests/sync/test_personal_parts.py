"""Who a member is travels beside the chain: checked against it, kept apart, and told to nobody else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from pos_member.app.codec import to_plain
from pos_member.app.published import PublishedMember, Verdict
from pos_member.domain.event import PersonalPart, canonical_bytes
from pos_member.domain.member import CardStatus, Member, MemberState, MemberStatus
from pos_member.domain.membership import CardReplacement, Enrolment, MemberChange, Profile, ReplacedCard
from sync import wire
from tests.sync.chain import Chain, Till
from tests.sync.counters import push_events, rows, stamp_of, told

_ZHAO = Profile(name="赵敏", phone="13700137000", cards=("A-0777",))


def _part(personal: object, salt: bytes = bytes(range(16))) -> PersonalPart:
    return PersonalPart(salt=salt, content=canonical_bytes(to_plain(personal)))


def _enrolment(chain: Chain, till: Till, **changes: object) -> Enrolment:
    stamp = stamp_of(chain, till)
    return Enrolment(**{**stamp, "member_id": stamp["id"], "marketing_consent": True, **changes})


def _change(chain: Chain, till: Till, member: Member) -> MemberChange:
    return MemberChange(**stamp_of(chain, till, member_id=member.id), marketing_consent=True, health_consent=False)


def _member(chain: Chain, member_id: str) -> MemberState:
    state = chain.office.member(member_id)
    assert state is not None
    return state


def _cards(chain: Chain) -> list[tuple[object, ...]]:
    return rows(chain, "cards", "code, status")


def test_an_enrolment_makes_a_member_and_keeps_the_part_apart(chain: Chain) -> None:
    till = chain.till()
    fact = _enrolment(chain, till)
    part = _part(_ZHAO)

    push_events(till, [told(till, fact, part)])

    member = _member(chain, fact.id).member
    assert (member.name, member.initials, member.phone, member.status) == ("赵敏", "zm", "13700137000", "active")
    assert (member.joined_on, member.home_store, member.channel) == (fact.business_date, "S001", "store")
    assert (member.marketing_consent, member.health_consent) == (True, False)
    assert _cards(chain) == [("A-0777", "active")]
    assert rows(chain, "event_parts", "seq, salt, content") == [(1, part.salt, part.content)]
    for table, column in (("events", "canonical"), ("facts", "document"), ("tasks", "what")):
        for (stored,) in rows(chain, table, column):
            assert "赵敏" not in str(stored)
            assert "13700137000" not in str(stored)


def _other_content(event: wire.WireEvent) -> wire.WireEvent:
    return msgspec.structs.replace(event, part=event.part.replace(b"13700137000", b"13900139000"))


def _moved_border(event: wire.WireEvent) -> wire.WireEvent:
    """The same bytes in all, and so the same digest."""
    return msgspec.structs.replace(event, salt=event.salt + event.part[:1], part=event.part[1:])


def _no_salt(event: wire.WireEvent) -> wire.WireEvent:
    return msgspec.structs.replace(event, salt=b"")


@pytest.mark.parametrize("forge", [_other_content, _moved_border, _no_salt])
def test_a_part_that_is_not_the_one_that_was_chained_is_not_kept_and_its_event_is(chain: Chain, forge: Any) -> None:
    till = chain.till()
    fact = _enrolment(chain, till)

    answer = push_events(till, [forge(told(till, fact, _part(_ZHAO)))])

    assert [each.verdict for each in answer.verdicts] == [Verdict.ACCEPTED]
    assert rows(chain, "event_parts", "seq") == []
    assert rows(chain, "tasks", "kind, what") == [("part_unfit", "随附的个人资料与记录不符，没有保存：请与门店核对。")]
    member = _member(chain, fact.id).member
    assert (member.name, member.phone, member.status) == ("", None, MemberStatus.ACTIVE)


def test_a_part_that_nothing_was_chained_of_or_that_is_too_long_is_not_kept(chain: Chain) -> None:
    till = chain.till()
    bare = told(till, _enrolment(chain, till))
    lent = told(till, _enrolment(chain, till), _part(_ZHAO))
    added = msgspec.structs.replace(bare, salt=lent.salt, part=lent.part)
    long = told(till, _enrolment(chain, till), _part(Profile(name="赵" * 20_000, phone=None)))

    answer = push_events(till, [added, long])

    assert {each.verdict for each in answer.verdicts} == {Verdict.ACCEPTED}
    assert rows(chain, "event_parts", "seq") == []
    assert rows(chain, "tasks", "kind, seq") == [("part_unfit", 1), ("part_unfit", 2)]


def test_a_part_that_says_nothing_of_a_person_is_kept_and_shown(chain: Chain) -> None:
    till = chain.till()
    fact = _enrolment(chain, till)

    push_events(till, [told(till, fact, PersonalPart(salt=bytes(16), content=b'{"name":7}'))])

    assert rows(chain, "event_parts", "content") == [(b'{"name":7}',)]
    assert rows(chain, "tasks", "kind") == [("part_unfit",)]
    assert _member(chain, fact.id).member.name == ""


def test_words_that_no_database_can_hold_are_kept_aside(chain: Chain) -> None:
    till = chain.till()
    event = told(till, _enrolment(chain, till))
    odd = msgspec.structs.replace(event, canonical=event.canonical.replace(b'"store"', b'"\\ud800"'))
    assert odd != event

    answer = push_events(till, [odd, told(till, _enrolment(chain, till))])

    assert [each.verdict for each in answer.verdicts] == [Verdict.QUARANTINED, Verdict.ACCEPTED]


def test_an_enrolment_whose_part_was_erased_makes_a_member_without_a_name(chain: Chain) -> None:
    till = chain.till()
    fact = _enrolment(chain, till)
    erased = msgspec.structs.replace(told(till, fact, _part(_ZHAO)), salt=b"", part=b"")

    answer = push_events(till, [erased])

    assert [each.verdict for each in answer.verdicts] == [Verdict.ACCEPTED]
    member = _member(chain, fact.id).member
    assert (member.name, member.initials, member.phone, member.status) == ("", "", None, MemberStatus.ERASED)
    assert rows(chain, "tasks", "kind") == []


def test_a_member_that_is_known_is_not_made_again(chain: Chain) -> None:
    wang = chain.join()
    till = chain.till()
    other = _enrolment(chain, till, member_id=chain.ids.new())

    answer = push_events(
        till,
        [
            told(till, _enrolment(chain, till, id=wang.id, member_id=wang.id), _part(_ZHAO)),
            told(till, other, _part(_ZHAO)),
        ],
    )

    assert [(each.verdict, each.why) for each in answer.verdicts] == [
        (Verdict.REJECTED, "这个会员号已经有会员。"),
        (Verdict.REJECTED, "入会记录里的会员号前后不一。"),
    ]
    assert _member(chain, wang.id).member == wang


def test_phones_and_cards_change_hands_within_one_push(chain: Chain) -> None:
    """One gives her number up and the next takes it, before anything of it was published."""
    till = chain.till()
    first, second, third = (_enrolment(chain, till) for _ in range(3))
    change = MemberChange(**stamp_of(chain, till, member_id=first.id), marketing_consent=False, health_consent=False)
    push_events(
        till,
        [
            told(till, first, _part(_ZHAO)),
            told(till, third, _part(Profile(name="钱多", phone="13700137000", cards=("a-0777", "B-1")))),
            told(till, change, _part(Profile(name="赵敏", phone="13600136000", cards=("A-0777",)))),
            told(till, second, _part(Profile(name="孙立", phone="13700137000"))),
        ],
    )

    people = [_member(chain, fact.id).member for fact in (first, second, third)]
    phones = {member.name: member.phone for member in people}
    assert phones == {"赵敏": "13600136000", "孙立": "13700137000", "钱多": None}
    assert rows(chain, "tasks", "kind, seq") == [("duplicate_member", 2)]
    assert _cards(chain) == [("A-0777", "active"), ("B-1", "active")]
    till.pull()
    assert till.replica.member_id_by_phone("13700137000") == second.id


def test_a_change_to_somebody_elses_phone_or_card_leaves_both_as_they_were(chain: Chain) -> None:
    wang, li = chain.join(), chain.join()
    till = chain.till()
    push_events(till, [told(till, _enrolment(chain, till), _part(_ZHAO))])

    push_events(
        till,
        [
            told(till, _change(chain, till, wang), _part(Profile(name="王小明", phone=li.phone, address="和平路"))),
            told(till, _change(chain, till, li), _part(Profile(name="李雷", phone=li.phone, cards=("A-0777", "C-2")))),
        ],
    )

    changed = _member(chain, wang.id).member
    assert (changed.name, changed.phone, changed.address) == ("王小明", wang.phone, "和平路")
    assert changed.marketing_consent
    assert rows(chain, "tasks", "kind, seq, what") == [
        ("duplicate_member", 1, "手机号已是另一位会员的，没有登记到这位会员：请核对两人是否同一人。"),
        ("duplicate_member", 2, "卡号已是另一位会员的，没有登记到这位会员：请核对两人是否同一人。"),
    ]
    assert ("C-2", "active") in _cards(chain)
    assert _member(chain, li.id).member.phone == li.phone


def test_a_change_whose_part_was_erased_changes_the_consents_alone(chain: Chain) -> None:
    wang = chain.join()
    till = chain.till()
    event = told(till, _change(chain, till, wang), _part(_ZHAO))

    push_events(till, [msgspec.structs.replace(event, salt=b"", part=b"")])

    member = _member(chain, wang.id).member
    assert (member.name, member.phone, member.marketing_consent) == (wang.name, wang.phone, True)


@pytest.mark.parametrize("named", [True, False])
def test_a_replaced_card_counts_no_more_and_a_new_one_does(chain: Chain, *, named: bool) -> None:
    till = chain.till()
    fact = _enrolment(chain, till)
    replacement = CardReplacement(**stamp_of(chain, till, member_id=fact.id), reason="遗失")
    replaced = ReplacedCard(old="a-0777" if named else None, new="a-0888")

    push_events(till, [told(till, fact, _part(_ZHAO)), told(till, replacement, _part(replaced))])

    assert _cards(chain) == [("A-0777", "replaced"), ("A-0888", "active")]


def test_a_lost_card_counts_no_more_even_when_the_new_one_is_somebody_elses(chain: Chain) -> None:
    till = chain.till()
    first, second = _enrolment(chain, till), _enrolment(chain, till)
    replacement = CardReplacement(**stamp_of(chain, till, member_id=second.id), reason="遗失")

    push_events(
        till,
        [
            told(till, first, _part(_ZHAO)),
            told(till, second, _part(Profile(name="孙立", phone=None, cards=("B-1",)))),
            told(till, replacement, _part(ReplacedCard(old="B-1", new="A-0777"))),
        ],
    )

    assert sorted(_cards(chain)) == [("A-0777", CardStatus.ACTIVE), ("B-1", CardStatus.REPLACED)]
    assert rows(chain, "tasks", "kind, seq") == [("duplicate_member", 3)]


def test_of_a_member_who_was_erased_nothing_personal_is_taken_in_again(chain: Chain) -> None:
    wang = chain.join()
    till = chain.till()
    enrolment = _enrolment(chain, till)
    push_events(till, [told(till, enrolment, _part(_ZHAO))])
    for member_id in (wang.id, enrolment.id):
        _erase(chain, _member(chain, member_id))
    kept = rows(chain, "event_parts", "seq")
    replacement = CardReplacement(**stamp_of(chain, till, member_id=wang.id), reason="遗失")

    answer = push_events(
        till,
        [
            told(till, _change(chain, till, wang), _part(_ZHAO)),
            told(till, replacement, _part(ReplacedCard(old=None, new="B-1"))),
            told(till, enrolment, _part(_ZHAO)),
        ],
    )

    assert [(each.verdict, each.why) for each in answer.verdicts] == [
        (Verdict.REJECTED, "这位会员的个人信息已经删除。"),
        (Verdict.REJECTED, "这位会员的个人信息已经删除。"),
        (Verdict.ACCEPTED, ""),
    ]
    assert rows(chain, "event_parts", "seq") == kept
    for member_id in (wang.id, enrolment.id):
        assert _member(chain, member_id).member.name == ""


def _erase(chain: Chain, state: MemberState) -> None:
    nobody = replace(state.member, name="", initials="", phone=None, status=MemberStatus.ERASED)
    chain.office.publish([PublishedMember(state=replace(state, member=nobody), cards=())])
