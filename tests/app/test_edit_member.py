from __future__ import annotations

from dataclasses import replace
from datetime import date

from pos_member.app.counter import CounterState
from pos_member.app.members.member_page import MemberPage
from pos_member.app.people.authorise import Approval
from pos_member.domain.member import MemberStatus
from pos_member.domain.member_entry import MemberEntry
from tests.app.people import rules_with
from tests.app.shop import CHEN_LEI, MASKS, VITAMIN, Shop, gold
from tests.storage.makers import LI, TERMINAL_ID, WANG, member


def edit(shop: Shop, entry: MemberEntry, member_id: str = WANG) -> MemberPage:
    return shop.till.members.edit(shop.till.new_id(), member_id, entry)


def test_what_is_changed_holds_at_once_and_after_a_restart_and_the_rest_stays(shop: Shop) -> None:
    entry = MemberEntry(name="王小明", phone="139 0013 9000", address="解放路 12 号", marketing_consent=True)
    changed = edit(shop, entry).sheet.state
    before = gold().state
    assert changed.member == replace(
        before.member,
        name="王小明",
        initials="wxm yxm",  # both readings of 王
        phone="13900139000",
        address="解放路 12 号",
        marketing_consent=True,
    )
    assert (changed.tier, changed.lots) == (before.tier, before.lots)
    shop.restart()
    assert shop.till.members.page(WANG).sheet.state.member == changed.member


def test_the_member_is_found_by_what_holds_now_and_no_more_by_what_held_before(shop: Shop) -> None:
    edit(shop, MemberEntry(name="欧阳静", phone="13900139111", card="62000000"))
    for typed in ("13900139111", "9111", "欧阳", "oyj", "62000000", gold().cards[0].code):
        state = shop.till.enter(typed)
        assert isinstance(state, CounterState)
        assert state.member is not None
        assert state.member.state.member.id == WANG
        shop.till.drop_member()
    for typed, code in (("13800138000", "unknown_phone"), ("8000", "nothing_found"), ("王晓", "nothing_found")):
        assert shop.refused(lambda typed=typed: shop.scan(typed)) == code  # type: ignore[misc]


def test_head_offices_word_holds_once_it_has_the_change(shop: Shop) -> None:
    edit(shop, MemberEntry(phone="13900139000"))
    stale = replace(gold(), state=replace(gold().state, applied={f"{TERMINAL_ID}:e1": shop.count("events") - 1}))
    shop.publish(stale)
    assert shop.till.members.page(WANG).sheet.state.member.phone == "13900139000"
    held = replace(stale.state, applied={f"{TERMINAL_ID}:e1": shop.count("events")})
    elsewhere = replace(held, member=replace(held.member, phone="13700137999", name="王晓梅"))
    shop.publish(replace(stale, state=elsewhere))
    assert shop.till.members.page(WANG).sheet.state.member.phone == "13700137999"
    for typed in ("13700137999", "王晓梅", "7999"):
        state = shop.scan(typed)
        assert state.member is not None
    assert shop.refused(lambda: shop.scan("13900139000")) == "unknown_phone"
    assert shop.refused(lambda: shop.scan("9000")) == "nothing_found"


def test_a_change_that_head_office_did_not_post_is_gone_and_the_page_says_why(shop: Shop) -> None:
    edit(shop, MemberEntry(phone="13900139000"))
    shop.reject(shop.count("events"), why="手机号已由另一位会员登记")
    page = shop.till.members.page(WANG)
    assert page.sheet.state.member.phone == "13800138000"
    assert [(each.kind, each.why) for each in page.not_posted] == [("member_change", "手机号已由另一位会员登记")]
    assert shop.refused(lambda: shop.scan("13900139000")) == "unknown_phone"


def test_two_changes_are_two_and_the_same_one_asked_for_twice_is_one(shop: Shop) -> None:
    events = shop.count("events")
    first = shop.till.new_id()
    for _ in range(2):
        shop.till.members.edit(first, WANG, MemberEntry(address="解放路 12 号"))
    shop.restart()
    other = MemberEntry(address="别处")
    assert shop.refused(lambda: shop.till.members.edit(first, WANG, other)) == "id_used"
    consent = MemberEntry(address="解放路 12 号", marketing_consent=True)
    assert shop.refused(lambda: shop.till.members.edit(first, WANG, consent)) == "id_used"
    edit(shop, MemberEntry(birthday="1980-03-21"))
    member = shop.till.members.page(WANG).sheet.state.member
    assert (member.address, member.birthday) == ("解放路 12 号", date(1980, 3, 21))
    assert shop.count("events") == events + 3  # a sign-in among them
    assert shop.refused(lambda: shop.till.members.edit(first, LI, MemberEntry(address="别处"))) == "id_used"


def test_a_new_birthday_changes_what_the_next_sale_earns(shop: Shop) -> None:
    edit(shop, MemberEntry(birthday="1980-09-01"))
    shop.scan_member()
    sale = shop.sell(VITAMIN).sale
    assert [entry.kind for entry in sale.entries] == ["purchase"]
    assert shop.till.members.page(WANG).sheet.state.member.birthday == date(1980, 9, 1)


def test_phones_and_cards_of_others_are_refused_and_ones_own_are_not(shop: Shop) -> None:
    shop.publish(member(LI, "李娜", phone="13900139000"))
    events = shop.count("events")
    others_card = member(LI).cards[0].code
    for entry, code in (
        (MemberEntry(phone="13900139000"), "phone_taken"),
        (MemberEntry(card=others_card), "card_taken"),
        (MemberEntry(card=gold().cards[1].code), "card_taken"),  # her own, reported lost
        (MemberEntry(card=MASKS), "card_is_goods"),
        (MemberEntry(phone="1390013900"), "phone_malformed"),
        (MemberEntry(name=" "), "name_malformed"),
        (MemberEntry(birthday="2026-03-06"), "birthday_malformed"),
    ):
        assert shop.refused(lambda entry=entry: edit(shop, entry)) == code  # type: ignore[misc]
    assert shop.count("events") == events
    page = edit(shop, MemberEntry(phone="13800138000", card=gold().cards[0].code))
    assert [card.code for card in page.cards] == [card.code for card in gold().cards]


def test_a_phone_given_up_here_can_be_taken_by_the_next_member_at_once(shop: Shop) -> None:
    edit(shop, MemberEntry(phone="13900139000"))
    enrolled = shop.till.members.enrol(shop.till.new_id(), MemberEntry(name="赵敏", phone="13800138000"))
    state = shop.scan("13800138000")
    assert state.member is not None
    assert state.member.state.member.id == enrolled.enrolment.id


def test_nobody_without_any_card_loses_their_phone(shop: Shop) -> None:
    shop.publish(replace(gold(), cards=()))
    assert shop.refused(lambda: edit(shop, MemberEntry(phone=""))) == "member_unreachable"


def test_members_who_are_frozen_erased_or_unknown_are_not_changed(shop: Shop) -> None:
    shop.freeze(gold())
    assert shop.refused(lambda: edit(shop, MemberEntry(address="别处"))) == "member_frozen"
    shop.freeze(gold(), MemberStatus.ERASED)
    assert shop.refused(lambda: edit(shop, MemberEntry(address="别处"))) == "member_gone"
    assert shop.refused(lambda: edit(shop, MemberEntry(address="别处"), LI)) == "member_gone"


def test_a_member_frozen_by_head_office_stays_frozen_whatever_was_changed_here(shop: Shop) -> None:
    edit(shop, MemberEntry(address="解放路 12 号"))
    shop.freeze(gold())
    assert shop.refused(shop.scan_member) == "member_frozen"


def test_with_the_consent_to_a_health_file_what_is_in_it_is_gone_from_the_counter(shop: Shop) -> None:
    state = gold().state
    consenting = replace(state, member=replace(state.member, health_consent=True), allergies=("阿莫西林",))
    shop.publish(replace(gold(), state=consenting))
    assert edit(shop, MemberEntry(address="解放路 12 号")).sheet.state.allergies == ("阿莫西林",)
    assert edit(shop, MemberEntry(health_consent=False)).sheet.state.allergies == ()


def test_who_may_not_change_members_needs_a_second_persons_pin(shop: Shop) -> None:
    everybody = 'edit_member = ["cashier", "pharmacist", "store_manager"]'
    shop.publish(rules_with(everybody, 'edit_member = ["pharmacist"]'))
    assert shop.refused(lambda: edit(shop, MemberEntry(address="别处"))) == "right_missing"
    approval = Approval(staff_id=CHEN_LEI.id, pin="2222")
    shop.till.members.edit(shop.till.new_id(), WANG, MemberEntry(address="别处"), approval)
    assert shop.audited()[-1] == "override"
