"""The demo store's members: everyone's tier and balance is what the rules make of their past."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import accumulate

import pytest

from pos_member.composition.demo_members import DemoMember
from pos_member.domain.ledger import expiring, expiry_of, fold
from pos_member.domain.member import CardStatus, MemberStatus
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.tier import Tier, evaluate, figures
from tests.composition.conftest import TODAY, members_on


def _available(member: DemoMember) -> int:
    return sum(lot.points for lot in member.published.state.lots)


def test_five_hundred_members_fill_every_tier(members: tuple[DemoMember, ...]) -> None:
    tiers = Counter(member.published.state.tier for member in members)
    assert tiers == {Tier.BASIC: 250, Tier.SILVER: 150, Tier.GOLD: 75, Tier.DIAMOND: 25}


@pytest.mark.parametrize("today", [TODAY, date(2026, 3, 1), date(2028, 2, 29)])
def test_each_tier_is_what_the_rules_make_of_the_purchases(today: date, ruleset: Ruleset) -> None:
    window = ruleset.tier_window
    for member in members_on(today):
        state = member.published.state
        counted = figures(state.purchases, today, window.days, window.visit_min_fen)
        assert evaluate(counted, ruleset) is state.tier, state.member.name


def test_each_balance_is_the_fold_of_the_entries_and_never_below_nothing(members: tuple[DemoMember, ...]) -> None:
    for member in members:
        balance = fold(member.entries, TODAY)
        assert balance.lots == member.published.state.lots
        assert balance.debt == member.published.state.debt == 0
        assert min(accumulate(entry.points for entry in member.entries)) >= 0


def test_whoever_pays_with_points_has_them_that_day(members: tuple[DemoMember, ...]) -> None:
    redemptions = 0
    for member in members:
        for index, entry in enumerate(member.entries):
            if entry.kind == "redemption":
                redemptions += 1
                assert fold(member.entries[:index], entry.business_date).available >= -entry.points
                assert entry.points % 100 == 0
    assert redemptions > 100


def test_entries_and_purchases_tell_of_the_same_sales(members: tuple[DemoMember, ...], ruleset: Ruleset) -> None:
    for member in members:
        state = member.published.state
        sold = {purchase.sale_id: purchase for purchase in state.purchases}
        first_kept = TODAY - timedelta(days=365)
        assert [entry.kind for entry in member.entries].count("registration") == 1
        for entry in member.entries:
            assert entry.member_id == state.member.id
            assert state.member.joined_on <= entry.business_date < TODAY
            if entry.kind != "registration" and entry.business_date >= first_kept:
                assert sold[entry.source].on == entry.business_date
            if entry.points > 0:
                assert entry.expires_on == expiry_of(entry.business_date, ruleset.ledger.expiry_months)


def test_no_purchase_earns_more_than_the_rules_can_give(members: tuple[DemoMember, ...]) -> None:
    """At most 1.5 points a yuan, times 1.5 for the tier, 2 for the birthday, 1.1 on the member day: 4.95."""
    for member in members:
        paid = {purchase.sale_id: purchase.net_fen for purchase in member.published.state.purchases}
        for entry in member.entries:
            if entry.kind == "purchase" and entry.source in paid:
                assert 0 < entry.points * 10_000 <= paid[entry.source] * 495


def test_some_points_lapse_soon_and_some_have_lapsed(members: tuple[DemoMember, ...]) -> None:
    assert sum(bool(expiring(member.published.state.lots, TODAY, 30)) for member in members) >= 50
    assert sum(fold(member.entries, TODAY).expired > 0 for member in members) >= 50


def test_enough_members_have_much_to_spend(members: tuple[DemoMember, ...]) -> None:
    rich = [member for member in members if _available(member) > 6000]
    assert len(rich) >= 10
    assert {member.published.state.tier for member in rich} == {Tier.GOLD, Tier.DIAMOND}


def test_someone_has_a_birthday_this_month_and_someone_on_the_leap_day(members: tuple[DemoMember, ...]) -> None:
    birthdays = [member.published.state.member.birthday for member in members]
    assert sum(birthday is not None and birthday.month == TODAY.month for birthday in birthdays) >= 10
    assert any(birthday is not None and (birthday.month, birthday.day) == (2, 29) for birthday in birthdays)
    assert None in birthdays


def test_every_card_number_is_well_formed_and_belongs_to_one_member(members: tuple[DemoMember, ...]) -> None:
    codes = [card.code for member in members for card in member.published.cards]
    assert len(set(codes)) == len(codes) > 500
    for code in codes:
        assert len(code) == 16
        assert code.startswith("6200")
        doubled = [int(digit) * 2 for digit in code[-2::-2]]
        assert (sum(value // 10 + value % 10 for value in doubled) + sum(map(int, code[-1::-2]))) % 10 == 0


def test_some_cards_are_lost_or_replaced_and_some_memberships_frozen(members: tuple[DemoMember, ...]) -> None:
    statuses = Counter(card.status for member in members for card in member.published.cards)
    assert statuses[CardStatus.LOST] >= 3
    assert statuses[CardStatus.REPLACED] >= 3
    assert sum(member.published.state.member.status is MemberStatus.FROZEN for member in members) >= 3
    for member in members:
        for card in member.published.cards:
            if card.status is CardStatus.REPLACED:
                assert CardStatus.ACTIVE in {other.status for other in member.published.cards}


def test_phone_numbers_are_well_formed_and_some_end_alike(members: tuple[DemoMember, ...]) -> None:
    phones = [phone for member in members if (phone := member.published.state.member.phone) is not None]
    assert len(set(phones)) == len(phones) < 500
    assert all(len(phone) == 11 and phone.isdigit() and "3" <= phone[1] <= "9" for phone in phones)
    assert sum(phone.endswith("1947") for phone in phones) >= 2


def test_names_have_rare_characters_compound_surnames_and_one_is_very_long(members: tuple[DemoMember, ...]) -> None:
    names = {member.published.state.member.name: member.published.state.member.initials for member in members}
    assert {"李㛃", "龚䶮", "王堃", "张喆", "陈𬀩"} <= names.keys()
    assert names["龚䶮"] == "gy"
    assert names["欧阳静姝"] == "oyjs"
    assert max(len(name) for name in names) >= 12
    assert any("·" in name for name in names)
    assert all(initials.isascii() and initials.isalnum() for initials in names.values())


def test_the_same_seed_makes_the_same_members_and_another_seed_others(members: tuple[DemoMember, ...]) -> None:
    assert members_on(TODAY) == members
    assert members_on(TODAY, seed_number=2) != members
