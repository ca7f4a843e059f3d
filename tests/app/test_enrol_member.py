from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pos_member.app.counter import CounterState
from pos_member.app.members.enrol_member import Enrolled
from pos_member.app.people.authorise import Approval
from pos_member.app.published import PublishedMember
from pos_member.domain.ledger import Lot
from pos_member.domain.member import Card, MemberState, MemberStatus
from pos_member.domain.member_entry import MemberEntry
from pos_member.domain.tier import Tier
from tests.app.people import rules_with
from tests.app.shop import CHEN_LEI, VITAMIN, Shop, cash, gold
from tests.storage.makers import TERMINAL_ID, WANG

ZHAO = MemberEntry(
    name="赵敏",
    phone="１３７ ００１３ ７０００",
    birthday="19900102",
    gender="女",
    card="6200000000000777",
    marketing_consent=True,
)


def enrol(shop: Shop, entry: MemberEntry = ZHAO, referrer: str = "") -> Enrolled:
    return shop.till.members.enrol(shop.till.new_id(), entry, referrer)


def posted(shop: Shop, enrolled: Enrolled, *, upto: int) -> PublishedMember:
    """The member as head office publishes her when it holds this till's events up to a number."""
    local = shop.till.members.page(enrolled.enrolment.id).sheet.state.member
    (grant,) = (entry for entry in shop.till.members.page(local.id).entries if entry.kind == "registration")
    assert grant.expires_on is not None
    lot = Lot(entry_id=grant.id, points=50, earned_on=grant.business_date, expires_on=grant.expires_on)
    bonus_seq = shop.count("events")
    return PublishedMember(
        state=MemberState(
            member=local,
            tier=Tier.BASIC,
            lots=(lot,) if upto >= bonus_seq else (),
            applied={f"{TERMINAL_ID}:e1": upto},
        ),
        cards=(Card(code="6200000000000777", member_id=local.id),),
    )


def test_a_member_is_enrolled_offline_and_has_the_welcome_points_at_once(shop: Shop) -> None:
    shop.woken.clear()
    before = shop.count("events")
    enrolled = enrol(shop)

    assert enrolled.points == 50
    assert (enrolled.enrolment.marketing_consent, enrolled.enrolment.health_consent) == (True, False)
    assert shop.count("events") == before + 2
    assert shop.count("event_parts") == 1
    assert shop.woken == ["sync"]
    page = shop.till.members.page(enrolled.enrolment.id)
    member = page.sheet.state.member
    assert (member.name, member.phone, member.birthday, member.gender) == ("赵敏", "13700137000", date(1990, 1, 2), "f")
    assert (member.home_store, member.channel, member.joined_on) == ("S001", "store", date(2026, 3, 5))
    assert (page.sheet.available, page.sheet.own_records) == (50, 2)
    assert [card.code for card in page.cards] == ["6200000000000777"]
    assert [(entry.kind, entry.points, entry.expires_on) for entry in page.entries] == [
        ("registration", 50, date(2027, 3, 31))
    ]


@pytest.mark.parametrize("typed", ["6200000000000777", "13700137000", "137-0013-7000", "赵敏", "zm", "ZM", "7000"])
def test_a_new_member_is_known_by_everything_at_once_and_after_a_restart(shop: Shop, typed: str) -> None:
    enrolled = enrol(shop)
    for _ in range(2):
        state = shop.till.enter(typed)
        assert isinstance(state, CounterState)
        assert state.member is not None
        assert state.member.state.member.id == enrolled.enrolment.id
        shop.till.drop_member()
        shop.restart()


def test_a_new_member_is_sold_to_at_once_and_nothing_is_counted_twice_when_head_office_has_posted_it(
    shop: Shop,
) -> None:
    enrolled = enrol(shop)
    events = shop.count("events")
    for upto in (events - 1, events):
        shop.publish(posted(shop, enrolled, upto=upto))
        page = shop.till.members.page(enrolled.enrolment.id)
        assert (page.sheet.available, page.sheet.own_records) == (50, events - upto)

    shop.scan("6200000000000777")
    sale = shop.sell(VITAMIN).sale
    assert sale.member_id == enrolled.enrolment.id
    assert sale.quote.payable_fen == 4500  # the first purchase


def test_an_enrolment_sold_to_before_head_office_knows_of_it_keeps_every_point(shop: Shop) -> None:
    enrolled = enrol(shop)
    shop.scan("13700137000")
    sale = shop.sell(VITAMIN).sale
    earned = sum(entry.points for entry in sale.entries)
    shop.restart()
    page = shop.till.members.page(enrolled.enrolment.id)
    assert page.sheet.available == 50 + earned
    assert [each.id for each in page.sales] == [sale.id]


def test_asking_again_with_the_same_id_enrols_nobody_a_second_time(shop: Shop) -> None:
    member_id = shop.till.new_id()
    first = shop.till.members.enrol(member_id, ZHAO)
    events = shop.count("events")
    assert shop.till.members.enrol(member_id, ZHAO) == first
    shop.restart()
    assert shop.till.members.enrol(member_id, ZHAO) == first
    other = replace(ZHAO, name="赵敏敏")
    assert shop.refused(lambda: shop.till.members.enrol(member_id, other)) == "id_used"
    assert shop.count("events") == events + 1  # the sign-in after the restart
    assert shop.till.members.page(member_id).sheet.available == 50


def test_rules_without_a_welcome_bonus_enrol_all_the_same(shop: Shop) -> None:
    shop.publish(rules_with("registration_points = 50", "registration_points = 0"))
    enrolled = enrol(shop)
    assert enrolled.points == 0
    assert shop.till.members.page(enrolled.enrolment.id).sheet.available == 0
    assert shop.count("ledger_entries") == 0


def test_a_phone_that_is_taken_names_who_has_it_so_that_they_can_be_used_instead(shop: Shop) -> None:
    enrolled = enrol(shop)
    for phone, holder in (("13800138000", WANG), ("13700137000", enrolled.enrolment.id)):
        events = shop.count("events")
        entry = MemberEntry(name="钱多", phone=phone)
        assert shop.refused(lambda entry=entry: enrol(shop, entry)) == "phone_taken"  # type: ignore[misc]
        with pytest.raises(Exception, match="登记") as told:
            enrol(shop, entry)
        assert told.value.gaps["member_id"] == holder  # type: ignore[attr-defined]
        assert phone not in str(told.value)
        assert shop.count("events") == events
        state = shop.till.choose(f"member:{holder}")
        assert state.member is not None


def test_a_card_that_is_taken_or_is_goods_is_refused(shop: Shop) -> None:
    enrol(shop)
    others = [gold().cards[0].code, gold().cards[1].code.lower(), "６２００ 0000 0000 0777"]
    for code in others:
        entry = MemberEntry(name="钱多", card=code)
        assert shop.refused(lambda entry=entry: enrol(shop, entry)) == "card_taken"  # type: ignore[misc]
    assert shop.refused(lambda: enrol(shop, MemberEntry(name="钱多", card=VITAMIN))) == "card_is_goods"


def test_the_phone_and_card_of_somebody_erased_are_free_again(shop: Shop) -> None:
    shop.freeze(gold(), MemberStatus.ERASED)
    enrolled = enrol(shop, MemberEntry(name="王大", phone="13800138000", card=gold().cards[0].code))
    state = shop.scan("13800138000")
    assert state.member is not None
    assert state.member.state.member.id == enrolled.enrolment.id


@pytest.mark.parametrize("how", ["13800138000", "+86 138 0013 8000", "card", WANG, "old"])
def test_who_brought_the_member_is_found_by_phone_card_or_id(shop: Shop, how: str) -> None:
    text = {"card": gold().cards[0].code, "old": gold().cards[1].code}.get(how, how)
    assert enrol(shop, referrer=text).enrolment.referrer_id == WANG


def test_a_new_member_can_bring_another_before_head_office_knows_either(shop: Shop) -> None:
    first = enrol(shop)
    second = enrol(shop, MemberEntry(name="钱多", phone="13600136000"), "13700137000")
    assert second.enrolment.referrer_id == first.enrolment.id
    assert shop.till.members.page(second.enrolment.id).sheet.state.member.referrer_id == first.enrolment.id


@pytest.mark.parametrize("text", ["13900000000", "没有这个人", "6200999900001111", "0" * 32, "zz" * 16])
def test_a_referrer_nobody_knows_is_said_to_be_unknown(shop: Shop, text: str) -> None:
    assert shop.refused(lambda: enrol(shop, referrer=text)) == "referrer_unknown"
    assert shop.count("local_members") == 0


def test_nobody_brings_themselves_and_nobody_erased_brings_anybody(shop: Shop) -> None:
    for text in ("13700137000", "6200000000000777"):
        assert shop.refused(lambda text=text: enrol(shop, referrer=text)) == "referrer_self"  # type: ignore[misc]
    member_id = shop.till.new_id()
    assert shop.refused(lambda: shop.till.members.enrol(member_id, ZHAO, member_id)) == "referrer_self"
    shop.freeze(gold(), MemberStatus.ERASED)
    assert shop.refused(lambda: enrol(shop, referrer=WANG)) == "referrer_unknown"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": ""}, "name_malformed"),
        ({"phone": "1370013700"}, "phone_malformed"),
        ({"birthday": "19900230"}, "birthday_malformed"),
        ({"birthday": "20260306"}, "birthday_malformed"),
        ({"gender": "?"}, "gender_malformed"),
        ({"address": "路" * 201}, "address_malformed"),
        ({"card": "1"}, "card_malformed"),
        ({"phone": "", "card": None}, "member_unreachable"),
    ],
)
def test_what_is_typed_wrongly_enrols_nobody(shop: Shop, wrong: dict[str, Any], code: str) -> None:
    events = shop.count("events")
    assert shop.refused(lambda: enrol(shop, replace(ZHAO, **wrong))) == code
    assert (shop.count("events"), shop.count("local_members"), shop.count("event_parts")) == (events, 0, 0)
    assert enrol(shop).points == 50


def test_who_may_not_enrol_needs_a_second_persons_pin_which_is_audited(shop: Shop) -> None:
    everybody = 'enrol_member = ["cashier", "pharmacist", "store_manager"]'
    shop.publish(rules_with(everybody, 'enrol_member = ["pharmacist"]'))
    assert shop.refused(lambda: enrol(shop)) == "right_missing"
    enrolled = shop.till.members.enrol(shop.till.new_id(), ZHAO, approval=Approval(staff_id=CHEN_LEI.id, pin="2222"))
    assert enrolled.enrolment.approved_by == CHEN_LEI.id
    assert shop.audited()[-1] == "override"


def test_nobody_is_enrolled_by_a_till_that_nobody_is_signed_in_at(shop: Shop) -> None:
    shop.till.sign_out()
    for act in (
        lambda: enrol(shop),
        lambda: shop.till.members.find("王"),
        lambda: shop.till.members.page(WANG),
        lambda: shop.till.members.reveal(WANG, "核对"),
    ):
        assert shop.refused(act) == "not_signed_in"


def test_the_event_says_nothing_personal(shop: Shop) -> None:
    enrol(shop)
    told = b"".join(event.canonical for event in shop.events())
    for personal in ("赵敏", "13700137000", "6200000000000777", "1990-01-02"):
        assert personal.encode() not in told


def test_an_enrolment_that_head_office_did_not_take_is_no_member_and_the_sale_goes_on(shop: Shop) -> None:
    enrolled = enrol(shop)
    shop.scan("13700137000")
    shop.scan(VITAMIN)
    shop.reject(shop.count("events") - 1, shop.count("events"), why="这个编号已有会员")
    assert shop.refused(lambda: shop.settle(0, cash(5000))) == "member_gone"
    assert shop.refused(lambda: shop.till.members.page(enrolled.enrolment.id)) == "member_gone"
    shop.till.drop_member()
    assert shop.settle(0, cash(5000)).sale.member_id is None
