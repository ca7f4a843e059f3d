"""Points given otherwise than by a sale: check-in, activity, referral; and adjusted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pos_member.app.people.authorise import Approval
from pos_member.app.points.record_bonus import BonusGiven
from pos_member.app.published import PublishedMember
from pos_member.domain.bonuses import PastBonus
from pos_member.domain.granting import BonusGrant
from pos_member.domain.member import MemberStatus
from pos_member.domain.sale import Sale
from tests.app.returning import pieces, take_back
from tests.app.shop import CHEN_LEI, MASKS, VITAMIN, Shop, gold
from tests.app.test_redeem import ZHOU_MIN, changes_nothing, rows, rules
from tests.storage.makers import LI, TERMINAL_ID, TODAY, WANG, member


def check_in(shop: Shop) -> BonusGiven:
    return shop.till.points.check_in(shop.till.new_id(), WANG)


def join(shop: Shop, activity_id: str = "health_lecture") -> BonusGiven:
    return shop.till.points.join_activity(shop.till.new_id(), WANG, activity_id)


def adjust(shop: Shop, points: int, reason: str = "补记漏扫会员卡") -> BonusGiven:
    return shop.till.points.adjust_points(shop.till.new_id(), WANG, points, reason)


def as_store_manager(shop: Shop) -> None:
    shop.publish(ZHOU_MIN)
    shop.till.sign_in(ZHOU_MIN.id, "9999")


def test_a_check_in_gives_its_points_once_a_day(shop: Shop) -> None:
    before = rows(shop)
    shop.woken.clear()
    given = check_in(shop)
    assert (given.grant.points, given.available, given.withheld) == (1, 6001, None)
    entry = given.grant.entries[0]
    assert (entry.kind, entry.source, entry.expires_on) == ("check_in", "2026-03-05", date(2027, 3, 31))
    assert rows(shop) == (before[0] + 1, before[1] + 1, before[2] + 1, before[3])
    assert shop.woken == ["sync"]

    shop.restart()
    assert changes_nothing(shop, lambda: check_in(shop)) == "check_in_given"
    shop.clock.pass_by(days=1)
    assert check_in(shop).available == 6002


def test_a_check_in_that_head_office_holds_is_not_given_again(shop: Shop) -> None:
    held = gold()
    past = (PastBonus(kind="check_in", points=1, on=TODAY, source=TODAY.isoformat()),)
    shop.publish(replace(held, state=replace(held.state, bonuses=past)))
    assert changes_nothing(shop, lambda: check_in(shop)) == "check_in_given"


def test_what_the_months_limit_cuts_off_is_told_and_then_refused(shop: Shop) -> None:
    shop.publish(rules(("check_in_points = 1", "check_in_points = 4"), ("month_limit = 30", "month_limit = 5")))
    assert check_in(shop).withheld is None
    shop.clock.pass_by(days=1)
    cut = check_in(shop)
    assert cut.grant.points == 1
    assert cut.withheld is not None
    assert cut.withheld.message == "本月上限只剩 1 分的余地，已记 1 分，另 3 分不再记"
    shop.clock.pass_by(days=1)
    assert changes_nothing(shop, lambda: check_in(shop)) == "check_in_month_limit"


def test_a_bonus_counts_once_however_often_it_is_asked_for(shop: Shop) -> None:
    points = shop.till.points
    first = points.check_in("g1", WANG)
    shop.clock.pass_by(days=1)
    assert points.check_in("g1", WANG).grant == first.grant
    assert changes_nothing(shop, lambda: points.join_activity("g1", WANG, "health_lecture")) == "id_used"
    points.join_activity("g2", WANG, "health_lecture")
    shop.restart()
    assert shop.till.points.join_activity("g2", WANG, "health_lecture").available == 6021
    assert shop.count("facts") == 2


def test_an_activity_gives_its_points_once_a_member(shop: Shop) -> None:
    given = join(shop)
    assert (given.grant.points, given.grant.source, given.available) == (20, "health_lecture", 6020)
    assert changes_nothing(shop, lambda: join(shop)) == "activity_given"
    assert changes_nothing(shop, lambda: join(shop, "picnic")) == "activity_unknown"


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ("first = 2026-03-06", "活动「健康讲座」2026-03-06 才开始；请届时再记"),
        ("last = 2026-03-04", "活动「健康讲座」已于 2026-03-04 结束，不能再记；请选别的活动"),
    ],
)
def test_an_activity_is_only_on_on_its_days(shop: Shop, days: str, says: str) -> None:
    shop.publish(rules(("\npoints = 20\n", f"\npoints = 20\n{days}\n")))
    assert changes_nothing(shop, lambda: join(shop)) == "activity_not_on"
    why_not = shop.till.points.sheet(WANG).activities[0].why_not
    assert why_not is not None
    assert why_not.message == says


@pytest.mark.parametrize("days", ["first = 2026-03-05", "last = 2026-03-05"])
def test_an_activitys_first_and_last_day_count(shop: Shop, days: str) -> None:
    shop.publish(rules(("\npoints = 20\n", f"\npoints = 20\n{days}\n")))
    assert join(shop).grant.points == 20


def test_a_bonus_that_the_rules_do_not_give_is_refused(shop: Shop) -> None:
    shop.publish(rules(("check_in_points = 1", "check_in_points = 0")))
    assert changes_nothing(shop, lambda: check_in(shop)) == "bonus_not_offered"


def test_the_store_manager_adds_and_takes_points_with_a_reason_that_is_audited(shop: Shop) -> None:
    as_store_manager(shop)
    added = adjust(shop, 300)
    assert (added.available, added.grant.source, added.grant.reason) == (6300, ZHOU_MIN.id, "补记漏扫会员卡")
    assert shop.audited()[-1] == "adjust_points"
    taken = adjust(shop, -7000, "多记了")
    assert (taken.available, taken.debt) == (0, 700)
    assert taken.grant.entries[0].expires_on is None
    shop.restart()
    assert shop.till.points.sheet(WANG).debt == 700
    assert shop.audited().count("adjust_points") == 2


def test_nobody_else_adjusts_points_but_by_the_store_managers_pin_for_this_once(shop: Shop) -> None:
    shop.publish(ZHOU_MIN)
    points = shop.till.points
    assert changes_nothing(shop, lambda: adjust(shop, 100)) == "right_missing"
    pharmacist = Approval(staff_id=CHEN_LEI.id, pin="2222")
    assert changes_nothing(shop, lambda: points.adjust_points("a1", WANG, 100, "补记", pharmacist)) == "right_missing"
    allowed = points.adjust_points("a1", WANG, 100, "补记", Approval(staff_id=ZHOU_MIN.id, pin="9999"))
    assert (allowed.grant.approved_by, allowed.grant.source) == (ZHOU_MIN.id, ZHOU_MIN.id)
    assert shop.audited()[-2:] == ["override", "adjust_points"]
    assert changes_nothing(shop, lambda: adjust(shop, 100)) == "right_missing"


def test_an_adjustment_needs_points_and_a_reason_and_no_slip_of_the_finger(shop: Shop) -> None:
    as_store_manager(shop)
    assert changes_nothing(shop, lambda: adjust(shop, 0)) == "adjustment_zero"
    assert changes_nothing(shop, lambda: adjust(shop, 100, "  ")) == "adjustment_reason"
    for points in (10**9, -(10**9), 10**30):
        assert changes_nothing(shop, lambda points=points: adjust(shop, points)) == "adjustment_most"  # type: ignore[misc]


def test_an_adjustment_repeated_with_other_points_is_another_one(shop: Shop) -> None:
    as_store_manager(shop)
    points = shop.till.points
    points.adjust_points("a1", WANG, 100, "补记")
    assert points.adjust_points("a1", WANG, 100, "补记").available == 6100
    assert changes_nothing(shop, lambda: points.adjust_points("a1", WANG, 200, "补记")) == "id_used"


@pytest.mark.parametrize(
    ("status", "code"), [(MemberStatus.FROZEN, "member_frozen"), (MemberStatus.ERASED, "member_gone")]
)
def test_a_membership_that_cannot_be_used_is_given_nothing(shop: Shop, status: MemberStatus, code: str) -> None:
    as_store_manager(shop)
    shop.freeze(gold(), status)
    assert changes_nothing(shop, lambda: check_in(shop)) == code
    assert changes_nothing(shop, lambda: join(shop)) == code
    assert changes_nothing(shop, lambda: adjust(shop, 100)) == code


def test_a_clock_that_cannot_be_believed_gives_no_bonus(shop: Shop) -> None:
    join(shop)
    shop.clock.pass_by(days=-2)
    assert changes_nothing(shop, lambda: check_in(shop)) == "clock_set_back"


def referred(spend_fen: int = 0, **changes: object) -> PublishedMember:
    """李静, whom 王晓明 brought; she has paid so much since she joined."""
    published = member(LI, "李静", **{"phone": "13900139000", "birthday": None, "referrer_id": WANG, **changes})
    state = replace(published.state, spend_fen=spend_fen, lots=(), purchases=(), applied={})
    return replace(published, state=state)


def sell_to(shop: Shop, buyer: PublishedMember, *codes: str) -> Sale:
    shop.scan(buyer.cards[0].code)
    return shop.sell(*codes).sale


def referrals(shop: Shop) -> list[BonusGrant]:
    with shop.terminal.reading() as records:
        return [each for each in records.facts_of_member(BonusGrant, WANG) if each.kind == "referral"]


def test_the_referrer_gets_points_with_the_sale_that_brings_the_new_member_to_a_hundred_yuan(shop: Shop) -> None:
    new = referred()
    shop.publish(new)
    sell_to(shop, new, VITAMIN, VITAMIN)
    assert referrals(shop) == []
    sell_to(shop, new, VITAMIN)
    (grant,) = referrals(shop)
    assert (grant.points, grant.source) == (50, LI)
    assert shop.till.points.sheet(WANG).available == 6050
    shop.restart()
    sell_to(shop, new, VITAMIN, VITAMIN, VITAMIN)
    assert referrals(shop) == [grant]


def test_what_the_new_member_bought_elsewhere_counts_and_the_bonus_that_head_office_holds_too(shop: Shop) -> None:
    new = referred(9500)
    shop.publish(new)
    sell_to(shop, new, MASKS)
    assert len(referrals(shop)) == 1

    held = gold()
    past = (PastBonus(kind="referral", points=50, on=TODAY, source=LI),)
    applied = {f"{TERMINAL_ID}:e1": shop.count("events")}
    shop.publish(replace(held, state=replace(held.state, bonuses=past, applied=applied)))
    sell_to(shop, new, VITAMIN)
    assert len(referrals(shop)) == 1


def test_what_the_new_member_brought_back_does_not_count(shop: Shop) -> None:
    new = referred()
    shop.publish(new)
    sell_to(shop, new, VITAMIN, VITAMIN)
    take_back(shop, sell_to(shop, new, MASKS), pieces(0))
    sell_to(shop, new, MASKS)
    assert referrals(shop) == []
    last = sell_to(shop, new, MASKS)
    assert [grant.about for grant in referrals(shop)] == [last.id]


def test_a_return_of_the_sale_that_brought_it_leaves_the_referrer_the_points(shop: Shop) -> None:
    new = referred(9500)
    shop.publish(new)
    take_back(shop, sell_to(shop, new, MASKS), pieces(0))
    sell_to(shop, new, MASKS)
    assert len(referrals(shop)) == 1
    assert shop.till.points.sheet(WANG).available == 6050


@pytest.mark.parametrize("status", [MemberStatus.FROZEN, MemberStatus.ERASED])
def test_a_referrer_whose_membership_has_ended_gets_nothing_and_the_sale_goes_on(
    shop: Shop, status: MemberStatus
) -> None:
    new = referred(20_000)
    shop.publish(new)
    shop.freeze(gold(), status)
    sell_to(shop, new, VITAMIN)
    assert (shop.count("sales"), referrals(shop)) == (1, [])


def test_a_referrer_nobody_knows_gets_nothing_and_the_sale_goes_on(shop: Shop) -> None:
    new = referred(20_000, referrer_id="0197a0000000700080000000000000ee")
    shop.publish(new)
    sell_to(shop, new, VITAMIN)
    assert (shop.count("sales"), shop.count("facts WHERE kind = 'bonus'")) == (1, 0)


def test_nobody_is_their_own_referrer(shop: Shop) -> None:
    new = referred(20_000, referrer_id=LI)
    shop.publish(new)
    sell_to(shop, new, VITAMIN)
    assert shop.count("facts WHERE kind = 'bonus'") == 0
