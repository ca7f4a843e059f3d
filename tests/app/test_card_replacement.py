from __future__ import annotations

from dataclasses import replace

from pos_member.app.members.member_page import MemberPage
from pos_member.app.people.authorise import Approval
from pos_member.domain.member import Card, CardStatus, MemberStatus
from pos_member.domain.member_entry import MemberEntry
from tests.app.people import rules_with
from tests.app.shop import CHEN_LEI, VITAMIN, Shop, gold
from tests.storage.makers import LI, TERMINAL_ID, WANG, member

NEW = "6200000000000999"
OLD, LOST = (card.code for card in gold().cards)


def renew(shop: Shop, new: str = NEW, reason: str = "卡遗失", old: str | None = None) -> MemberPage:
    return shop.till.members.replace_card(shop.till.new_id(), WANG, new, reason, old)


def statuses(page: MemberPage) -> dict[str, CardStatus]:
    return {card.code: card.status for card in page.cards}


def test_the_new_card_counts_at_once_and_the_old_one_refuses_also_after_a_restart(shop: Shop) -> None:
    page = renew(shop, old=OLD)
    assert statuses(page) == {OLD: CardStatus.REPLACED, LOST: CardStatus.LOST, NEW: CardStatus.ACTIVE}
    for _ in range(2):
        assert shop.refused(lambda: shop.scan(OLD)) == "card_replaced"
        assert shop.refused(lambda: shop.scan(LOST)) == "card_lost"
        state = shop.scan(NEW)
        assert state.member is not None
        assert state.member.card_code == NEW
        shop.till.drop_member()
        shop.restart()
    assert shop.scan("13800138000").member is not None
    assert shop.sell(VITAMIN).sale.member_id == WANG


def test_who_does_not_know_the_old_number_gives_up_every_card_there_is(shop: Shop) -> None:
    second = Card(code="6200000000000555", member_id=WANG)
    shop.publish(replace(gold(), cards=(*gold().cards, second)))
    page = renew(shop)
    assert statuses(page)[OLD] is statuses(page)[second.code] is CardStatus.REPLACED
    assert statuses(page)[LOST] is CardStatus.LOST


def test_a_card_that_was_reported_lost_is_replaced_and_the_others_stay(shop: Shop) -> None:
    page = renew(shop, old=f" {LOST.lower()} ")
    assert statuses(page) == {OLD: CardStatus.ACTIVE, LOST: CardStatus.REPLACED, NEW: CardStatus.ACTIVE}
    assert shop.scan(OLD).member is not None


def test_a_member_enrolled_a_minute_ago_gets_another_card_and_a_third(shop: Shop) -> None:
    entry = MemberEntry(name="赵敏", phone="13700137000", card="6200000000000111")
    zhao = shop.till.members.enrol(shop.till.new_id(), entry).enrolment.id
    for new in ("6200000000000222", "6200000000000333"):
        page = shop.till.members.replace_card(shop.till.new_id(), zhao, new, "卡遗失")
    assert [status for _, status in sorted(statuses(page).items())] == [
        CardStatus.REPLACED,
        CardStatus.REPLACED,
        CardStatus.ACTIVE,
    ]
    assert page.sheet.available == 50
    assert shop.refused(lambda: shop.scan("6200000000000222")) == "card_replaced"


def test_the_same_replacement_asked_for_twice_is_one(shop: Shop) -> None:
    replacement = shop.till.new_id()
    events = shop.count("events")
    for _ in range(2):
        shop.till.members.replace_card(replacement, WANG, NEW, "卡遗失", OLD)
    assert shop.count("events") == events + 1
    shop.publish(member(LI, "李娜", phone="13900139000"))
    again = shop.refused(lambda: shop.till.members.replace_card(replacement, LI, NEW, "卡遗失"))
    assert again == "id_used"


def test_head_offices_cards_hold_once_it_has_the_replacement(shop: Shop) -> None:
    renew(shop, old=OLD)
    state = replace(gold().state, applied={f"{TERMINAL_ID}:e1": shop.count("events")})
    found = Card(code=OLD, member_id=WANG)
    shop.publish(replace(gold(), state=state, cards=(found,)))
    assert shop.scan(OLD).member is not None
    assert shop.refused(lambda: shop.scan(NEW)) == "unknown_card"
    assert statuses(shop.till.members.page(WANG)) == {OLD: CardStatus.ACTIVE}


def test_what_cannot_be_replaced_changes_nothing(shop: Shop) -> None:
    shop.publish(member(LI, "李娜", phone="13900139000"))
    replaced = Card(code="6200000000000444", member_id=WANG, status=CardStatus.REPLACED)
    shop.publish(replace(gold(), cards=(*gold().cards, replaced)))
    others = member(LI).cards[0].code
    events = shop.count("events")
    for new, reason, old, code in (
        (NEW, " ", None, "card_reason"),
        ("123", "卡遗失", None, "card_malformed"),
        (OLD, "卡遗失", None, "card_taken"),
        (others, "卡遗失", None, "card_taken"),
        (VITAMIN, "卡遗失", None, "card_is_goods"),
        (NEW, "卡遗失", others, "card_of_another"),
        (NEW, "卡遗失", "没有", "card_of_another"),
        (NEW, "卡遗失", replaced.code, "card_replaced"),
    ):
        act = lambda new=new, reason=reason, old=old: renew(shop, new, reason, old)  # noqa: E731
        assert shop.refused(act) == code
    assert shop.count("events") == events


def test_members_who_are_frozen_or_erased_get_no_card(shop: Shop) -> None:
    shop.freeze(gold())
    assert shop.refused(lambda: renew(shop)) == "member_frozen"
    shop.freeze(gold(), MemberStatus.ERASED)
    assert shop.refused(lambda: renew(shop)) == "member_gone"


def test_who_may_not_replace_cards_needs_a_second_persons_pin(shop: Shop) -> None:
    everybody = 'replace_card = ["cashier", "pharmacist", "store_manager"]'
    shop.publish(rules_with(everybody, 'replace_card = ["pharmacist"]'))
    assert shop.refused(lambda: renew(shop)) == "right_missing"
    approval = Approval(staff_id=CHEN_LEI.id, pin="2222")
    shop.till.members.replace_card(shop.till.new_id(), WANG, NEW, "卡遗失", approval=approval)
    assert shop.audited()[-1] == "override"


def test_the_event_names_no_card(shop: Shop) -> None:
    renew(shop, old=OLD)
    assert NEW.encode() not in shop.events()[-1].canonical
    part = shop.events()[-1].part
    assert part is not None
    assert NEW.encode() in part.content
