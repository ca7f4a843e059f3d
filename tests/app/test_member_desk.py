from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, timedelta

import pytest

from pos_member.app.counter import Choice
from pos_member.app.members.member_page import MemberPage
from pos_member.app.people.authorise import Approval
from pos_member.domain.event import GENESIS_HASH, chain_hash
from pos_member.domain.ledger import Lot
from pos_member.domain.member import MemberStatus
from pos_member.domain.member_entry import MemberEntry
from tests.app.shop import CHEN_LEI, LI_FANG, VITAMIN, Shop, gold
from tests.storage.makers import LI, TODAY, WANG, lot, member


def found(shop: Shop, text: str) -> MemberPage:
    page = shop.till.members.find(text)
    assert isinstance(page, MemberPage)
    return page


# Finding and looking


@pytest.mark.parametrize(
    "typed", ["13800138000", "138-0013-8000", "8000", "王晓", "wxm", *(c.code for c in gold().cards)]
)
def test_a_member_is_found_at_the_desk_by_whatever_they_have_also_a_lost_card(shop: Shop, typed: str) -> None:
    assert found(shop, typed).sheet.state.member.id == WANG


def test_a_frozen_member_can_be_looked_at(shop: Shop) -> None:
    shop.freeze(gold())
    assert found(shop, "13800138000").sheet.state.member.status is MemberStatus.FROZEN


def test_several_members_are_a_choice_of_masked_names(shop: Shop) -> None:
    shop.publish(member(LI, "王小美", phone="13900139000"))
    choice = shop.till.members.find("王")
    assert isinstance(choice, Choice)
    assert [candidate.title for candidate in choice.candidates] == ["王*美", "王*明"]
    page = shop.till.members.choose(choice.candidates[0].key)
    assert page.sheet.state.member.id == LI


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("  ", "no_member_entered"),
        ("13911112222", "unknown_phone"),
        ("维生素C片", "member_not_found"),
        ("6200999900001111", "member_not_found"),
    ],
)
def test_whom_nobody_knows_is_said_to_be_unknown(shop: Shop, typed: str, code: str) -> None:
    assert shop.refused(lambda: shop.till.members.find(typed)) == code


def test_the_page_shows_points_by_their_last_day_and_what_happened_here(shop: Shop) -> None:
    soon = Lot(entry_id=lot(WANG, 2, 1, TODAY).entry_id, points=120, earned_on=TODAY, expires_on=date(2026, 3, 31))
    published = gold(1000)
    shop.publish(replace(published, state=replace(published.state, lots=(*published.state.lots, soon))))
    shop.scan_member()
    first = shop.sell(VITAMIN, points=200).sale
    shop.scan_member()
    second = shop.sell(VITAMIN).sale

    page = shop.till.members.page(WANG)
    earned = sum(entry.points for entry in (*first.entries, *second.entries))
    assert page.sheet.available == 1120 + earned
    assert [each.id for each in page.sales] == [second.id, first.id]
    assert {entry.id for entry in page.entries} == {entry.id for entry in (*first.entries, *second.entries)}
    assert {entry.source for entry in page.entries[: len(second.entries)]} == {second.id}
    assert page.expiring_points == 0  # the 200 points ate what was to lapse first
    assert [each.expires_on for each in page.sheet.standing.lots][:1] == [date(2026, 12, 31)]
    assert page.not_posted == ()


def test_points_that_lapse_within_thirty_days_are_told(shop: Shop) -> None:
    shop.publish(gold(300, TODAY + timedelta(days=30)))
    assert shop.till.members.page(WANG).expiring_points == 300
    shop.publish(gold(300, TODAY + timedelta(days=31)))
    assert shop.till.members.page(WANG).expiring_points == 0


# Looking behind the mask


def test_a_members_data_are_shown_to_who_may_see_them_for_a_reason_that_is_kept(shop: Shop) -> None:
    shop.till.sign_in(CHEN_LEI.id, "2222")
    revealed = shop.till.members.reveal(WANG, "  电话核对\n身份 ")
    assert (revealed.name, revealed.phone, revealed.birthday) == ("王晓明", "13800138000", date(1980, 3, 20))
    assert shop.audited()[-1] == "reveal_member"
    told = shop.events()[-1].canonical.decode()
    assert WANG in told
    assert "电话核对 身份" in told
    assert CHEN_LEI.id in told
    assert "13800138000" not in told


def test_without_a_reason_without_the_right_or_without_a_member_nothing_is_shown(shop: Shop) -> None:
    approval = Approval(staff_id=CHEN_LEI.id, pin="2222")
    events = shop.count("events")
    assert shop.refused(lambda: shop.till.members.reveal(WANG, " ", approval)) == "reveal_reason"
    assert shop.refused(lambda: shop.till.members.reveal(WANG, "核对")) == "right_missing"
    assert shop.refused(lambda: shop.till.members.reveal(LI, "核对", approval)) == "member_gone"
    assert shop.count("events") == events


def test_a_cashier_sees_them_by_the_pharmacists_pin_and_both_are_told_of(shop: Shop) -> None:
    revealed = shop.till.members.reveal(WANG, "核对", Approval(staff_id=CHEN_LEI.id, pin="2222"))
    assert revealed.name == "王晓明"
    assert shop.audited()[-2:] == ["reveal_member", "override"]
    assert LI_FANG.id.encode() in shop.events()[-2].canonical


# Erasing


PERSONAL = ("赵敏", "zm", "13700137000", "6200000000000777", "1990-01-02", "解放路")


def left_of(shop: Shop, words: tuple[str, ...]) -> list[str]:
    """Which of these words still stand in any table of ``terminal.db``."""
    with sqlite3.connect(shop.folder / "terminal.db") as connection:
        everything = "\n".join(connection.iterdump())
    hexed = everything.lower()
    return [word for word in words if word in everything or word.encode().hex() in hexed]


def test_who_is_erased_is_forgotten_at_the_next_sign_in_and_the_chain_still_holds(shop: Shop) -> None:
    entry = MemberEntry(name="赵敏", phone="13700137000", birthday="19900102", card="6200000000000777")
    zhao = shop.till.members.enrol(shop.till.new_id(), entry).enrolment.id
    shop.till.members.edit(shop.till.new_id(), zhao, MemberEntry(address="解放路 12 号"))
    shop.till.members.replace_card(shop.till.new_id(), zhao, "6200000000000888", "卡遗失", "6200000000000777")
    shop.scan("13700137000")
    shop.sell(VITAMIN)
    shop.scan("6200000000000888")
    shop.till.members.edit(shop.till.new_id(), WANG, MemberEntry(address="和平路 3 号"))
    words = (*PERSONAL, "6200000000000888")
    assert left_of(shop, words) == list(words)

    state = shop.till.members.page(zhao).sheet.state
    gone = replace(state.member, name="", initials="", phone=None, status=MemberStatus.ERASED)
    shop.publish(replace(gold(), state=replace(state, member=gone), cards=()))
    assert shop.refused(lambda: shop.scan("13700137000")) == "unknown_phone"
    shop.till.sign_out()
    shop.sign_in()

    assert left_of(shop, words) == []
    assert left_of(shop, ("和平路",)) == ["和平路"]
    assert shop.audited()[-1] == "member_forgotten"
    assert shop.refused(lambda: shop.scan("赵敏")) == "nothing_found"
    assert shop.count("sales") == 1
    hash_ = GENESIS_HASH
    for event in shop.events():
        hash_ = chain_hash(hash_, event.canonical)
        assert event.hash == hash_
        assert event.part is None or event.key.seq == shop.count("events") - 3

    shop.till.sign_out()
    shop.sign_in()
    assert shop.audited().count("member_forgotten") == 1


def test_what_was_written_on_the_disk_of_somebody_erased_is_written_over(shop: Shop) -> None:
    entry = MemberEntry(name="赵敏", phone="13700137000", card="6200000000000777")
    zhao = shop.till.members.enrol(shop.till.new_id(), entry).enrolment.id
    state = shop.till.members.page(zhao).sheet.state
    gone = replace(state.member, name="", phone=None, status=MemberStatus.ERASED)
    shop.publish(replace(gold(), state=replace(state, member=gone), cards=()))
    shop.restart()
    shop.close()  # the log is folded back into the file
    kept = (shop.folder / "terminal.db").read_bytes()
    assert b"13700137000" not in kept
    assert "赵敏".encode() not in kept
    shop.open()
