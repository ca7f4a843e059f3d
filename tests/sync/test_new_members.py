"""A member enrolled at one till is the same member, with the same points, at head office and at every till."""

from __future__ import annotations

import pytest

from pos_member.app.members.edit_member import edit_member
from pos_member.app.members.enrol_member import enrol_member
from pos_member.app.members.identify import FoundMember, identify
from pos_member.app.members.member_page import MemberPage, member_page
from pos_member.app.members.replace_card import replace_card
from pos_member.app.workplace import TerminalIdentity, Workplace
from pos_member.domain.errors import Refusal
from pos_member.domain.member_entry import MemberEntry
from pos_member.storage.initials import initials
from tests.storage.makers import NobodyAnswers
from tests.sync.chain import RULESET, Chain, Till


class AnyPin:
    """Nobody is asked for a PIN here."""

    def verify(self, pin_hash: str, pin: str) -> bool:
        raise AssertionError(f"asked for {pin_hash} and {pin}")


def workplace_of(chain: Chain, till: Till) -> Workplace:
    return Workplace(
        identity=TerminalIdentity(
            terminal_id=till.terminal.terminal_id, number="01", name="前台", store_id=till.identity.store_id
        ),
        terminal=till.terminal,
        replica=till.replica,
        clock=chain.clock,
        ids=chain.ids,
        pins=AnyPin(),
        built_in_ruleset=RULESET,
        wake_sync=lambda: None,
        wake_printer=None,
        head_office=NobodyAnswers(),
        salt=lambda: bytes(16),
        initials=initials,
    )


def page_at(workplace: Workplace, member_id: str) -> MemberPage:
    with workplace.terminal.reading() as records:
        return member_page(workplace, records, member_id)


def known_at(workplace: Workplace, text: str) -> str:
    with workplace.terminal.reading() as records:
        found = identify(workplace.replica, records, text)
    assert isinstance(found, FoundMember)
    return found.state.member.id


def test_a_member_enrolled_changed_and_given_a_new_card_at_one_till_is_the_same_at_another(chain: Chain) -> None:
    first, second = chain.till("前台一"), chain.till("前台二")
    first.pull()
    here, there = workplace_of(chain, first), workplace_of(chain, second)
    (person,) = first.replica.staff()
    zhao = chain.ids.new()
    entry = MemberEntry(name="赵敏", phone="13700137000", card="6200000000000777", birthday="19900102")

    enrol_member(here, person, zhao, entry)
    edit_member(here, person, chain.ids.new(), zhao, MemberEntry(phone="13600136000"))
    replace_card(here, person, chain.ids.new(), zhao, "6200000000000888", "卡遗失", "6200000000000777")
    before = page_at(here, zhao)
    assert (before.sheet.available, before.sheet.own_records) == (50, 4)

    first.push()
    assert page_at(here, zhao) == before  # sent, and not yet pulled
    first.pull()
    second.pull()

    for workplace in (here, there):
        after = page_at(workplace, zhao)
        assert (after.sheet.available, after.sheet.own_records) == (50, 0)
        assert after.sheet.state.member == before.sheet.state.member
        assert after.cards == before.cards
        for typed in ("13600136000", "6000", "赵敏", "zm", "6200000000000888"):
            assert known_at(workplace, typed) == zhao
        for typed, code in (("6200000000000777", "card_replaced"), ("13700137000", "unknown_phone")):
            with pytest.raises(Refusal) as told:
                known_at(workplace, typed)
            assert told.value.code == code


def test_two_tills_that_enrol_one_phone_while_apart_have_two_members_of_whom_one_keeps_it(chain: Chain) -> None:
    first, second = chain.till("前台一"), chain.till("前台二")
    first.pull()
    second.pull()
    here, there = workplace_of(chain, first), workplace_of(chain, second)
    (person,) = first.replica.staff()
    one, other = chain.ids.new(), chain.ids.new()
    enrol_member(here, person, one, MemberEntry(name="赵敏", phone="13700137000"))
    enrol_member(there, person, other, MemberEntry(name="赵敏", phone="13700137000", card="6200000000000777"))
    for till in (first, second, first, second):
        till.push()
        till.pull()

    for workplace in (here, there):
        assert known_at(workplace, "13700137000") == one
        assert known_at(workplace, "6200000000000777") == other
        assert page_at(workplace, other).sheet.state.member.phone is None
        assert page_at(workplace, one).sheet.available == page_at(workplace, other).sheet.available == 50
