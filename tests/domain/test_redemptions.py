"""Points spent on services, goods and donations, and taken back the same day (docs/programme §7, §8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pos_member.domain.benefits import BenefitUse
from pos_member.domain.donations import DonorRow, PastDonation, donate, donors_board
from pos_member.domain.errors import Refusal
from pos_member.domain.ledger import EatenLot
from pos_member.domain.member import MemberState, MemberStatus
from pos_member.domain.product import Category
from pos_member.domain.quote import MemberStanding, OfflineLimit
from pos_member.domain.rewards import redeem_reward
from pos_member.domain.ruleset import Service
from pos_member.domain.services import ServiceRedemption, redeem_service
from pos_member.domain.spending import Spending, void
from pos_member.domain.tier import Tier
from tests.domain.makers import DIAMOND, GOLD, RULES, SILVER, day, lot, state

TODAY = day("2026-05-06")
USED = BenefitUse(benefit_id="monthly_test", on=day("2026-05-01"))
LOTS = (
    lot(300, "2025-06-20", "2026-06-30"),
    lot(200, "2025-06-25", "2026-06-30"),
    lot(5000, "2026-03-01", "2027-03-31"),
)
RICH = replace(SILVER, lots=LOTS)
GOLD_RICH = replace(GOLD, lots=LOTS)


def eaten(points: int, expires_on: str) -> EatenLot:
    return EatenLot(points=points, expires_on=day(expires_on))


def serve(
    service_id: str, member: MemberStanding, *uses: BenefitUse, offline: OfflineLimit | None = None
) -> ServiceRedemption:
    return redeem_service(RULES.services[service_id], member, uses, TODAY, offline, RULES)


def reward(
    reward_id: str, member: MemberStanding = RICH, *, stock: int | None = None, offline: OfflineLimit | None = None
) -> Spending:
    chosen = RULES.rewards[reward_id]
    return redeem_reward(chosen, chosen.category, stock, member, TODAY, offline, RULES)


def refused(ask: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        ask()
    return caught.value


def already(points: int) -> OfflineLimit:
    return OfflineLimit(redeemed_today=points, replica_expired=False)


def test_a_free_quota_pays_before_points_do_and_says_so() -> None:
    test = serve("glucose", GOLD_RICH)
    assert test.spending == Spending(on_what="glucose", on=TODAY, points=0, lots=(), benefit_id="monthly_test")
    assert test.said.message.endswith("用免费权益「每月免费测血糖或血压」，不扣积分，用后还剩 0 次")


def test_a_free_quota_needs_neither_points_nor_head_office() -> None:
    stale = OfflineLimit(redeemed_today=2000, replica_expired=True)
    assert serve("blood_pressure", replace(GOLD, lots=()), offline=stale).spending.benefit_id == "monthly_test"


def test_points_pay_once_the_quota_is_used_up_and_it_says_that_too() -> None:
    test = serve("blood_pressure", GOLD_RICH, USED)
    assert (test.spending.points, test.spending.benefit_id) == (500, None)
    assert test.spending.lots == (eaten(500, "2026-06-30"),)
    assert test.said.message.startswith("免费权益「每月免费测血糖或血压」已用完")
    assert test.said.message.endswith("扣 500 分")


def test_a_tier_without_the_benefit_pays_with_points_first_to_expire_first() -> None:
    check_up = serve("check_up", RICH)
    assert check_up.spending.lots == (eaten(500, "2026-06-30"), eaten(1500, "2027-03-31"))
    assert check_up.said.message == f"{RULES.services['check_up'].name}扣 2000 分"


def test_a_benefit_without_a_quota_counts_no_uses() -> None:
    endless = replace(RULES.benefits["monthly_test"], times=0)
    free = redeem_service(
        RULES.services["glucose"], GOLD, [USED], TODAY, None, replace(RULES, benefits={endless.id: endless})
    )
    assert free.said.message.endswith("不扣积分")


def test_the_last_points_can_be_spent() -> None:
    just_enough = (lot(500, "2026-03-01", "2027-03-31"),)
    assert serve("glucose", replace(SILVER, lots=just_enough)).spending.lots == (eaten(500, "2027-03-31"),)
    assert serve("glucose", replace(GOLD, lots=just_enough), USED).spending.points == 500


def test_too_few_points_are_refused_and_lapsed_ones_do_not_count() -> None:
    poor = replace(SILVER, lots=(lot(499, "2026-03-01", "2027-03-31"), lot(900, "2025-04-02", "2026-04-30")))
    short = refused(lambda: serve("glucose", poor))
    assert short.code == "redeem_balance"
    assert "要 500 分，可用积分只有 499 分" in short.message


def test_too_few_points_with_a_spent_quota_say_when_it_is_free_again() -> None:
    short = refused(lambda: serve("glucose", GOLD, USED))
    assert short.code == "redeem_balance"
    assert "已用完，2026-06-01 起可再享" in short.message
    assert "可用积分只有 0 分" in short.message


def test_what_is_for_a_higher_tier_is_refused_before_anything_else() -> None:
    massage = Service(id="massage", name="推拿", points=100_000, from_tier=Tier.GOLD)
    too_low = refused(lambda: redeem_service(massage, RICH, (), TODAY, None, RULES))
    assert too_low.code == "redeem_tier"
    assert too_low.message.startswith("推拿只换给金卡及以上会员，该会员是银卡")


def test_offline_a_day_has_its_limit_whatever_the_points_are_spent_on() -> None:
    assert serve("check_up", RICH, offline=already(0)).spending.points == 2000
    beyond = refused(lambda: serve("check_up", RICH, offline=already(100)))
    assert beyond.code == "redeem_offline_limit"
    assert "还能扣 1900 分（每日 2000 分）" in beyond.message
    assert refused(lambda: reward("gift_box", offline=already(0))).code == "redeem_offline_limit"
    assert refused(lambda: donate(100, "红十字会", RICH, TODAY, already(2000), RULES)).code == "redeem_offline_limit"


def test_offline_with_an_old_replica_no_points_are_spent() -> None:
    stale = OfflineLimit(redeemed_today=0, replica_expired=True)
    too_old = refused(lambda: serve("glucose", RICH, offline=stale))
    assert too_old.code == "redeem_offline_limit"
    assert "超过 7 天" in too_old.message


def test_a_till_that_was_stopped_spends_no_points() -> None:
    stopped = OfflineLimit(redeemed_today=0, replica_expired=False, stopped=True)
    refusal = refused(lambda: serve("glucose", RICH, offline=stopped))
    assert refusal.code == "redeem_offline_limit"
    assert "重新登记本机" in refusal.message


def test_the_balance_is_tested_before_the_offline_limit() -> None:
    stale = OfflineLimit(redeemed_today=0, replica_expired=True)
    assert refused(lambda: serve("glucose", SILVER, offline=stale)).code == "redeem_balance"


@pytest.mark.parametrize("stock", [None, 1])
def test_a_reward_takes_its_points_where_the_store_has_it(stock: int | None) -> None:
    taken = reward("thermometer", stock=stock)
    assert taken == Spending(on_what="thermometer", on=TODAY, points=500, lots=(eaten(500, "2026-06-30"),))


def test_a_reward_that_is_gone_is_refused_before_the_balance() -> None:
    gone = refused(lambda: reward("thermometer", SILVER, stock=0))
    assert (gone.code, "体温计" in gone.message) == ("redeem_stock", True)
    assert refused(lambda: reward("thermometer", SILVER, stock=1)).code == "redeem_balance"


def test_a_reward_may_be_for_a_higher_tier() -> None:
    box = replace(RULES.rewards["gift_box"], from_tier=Tier.DIAMOND)
    too_low = refused(lambda: redeem_reward(box, box.category, 0, GOLD_RICH, TODAY, None, RULES))
    assert too_low.code == "redeem_tier"
    rich_diamond = replace(DIAMOND, lots=LOTS)
    assert redeem_reward(box, box.category, 1, rich_diamond, TODAY, None, RULES).points == 5000


@pytest.mark.parametrize(("category", "name"), [("rx", "处方药"), ("otc_a", "甲类非处方药")])
def test_what_the_law_keeps_from_being_given_away_is_no_reward_even_when_the_list_says_otherwise(
    category: str, name: str
) -> None:
    listed = RULES.rewards["vitamin_c"]
    handed_out = refused(lambda: redeem_reward(listed, Category(category), 9, RICH, TODAY, None, RULES))
    mislisted = replace(listed, category=Category(category))
    on_the_list = refused(lambda: redeem_reward(mislisted, Category.SUPPLEMENT, 9, RICH, TODAY, None, RULES))
    assert (handed_out.code, on_the_list.code) == ("redeem_never_free", "redeem_never_free")
    assert f"属于{name}" in handed_out.message
    assert f"属于{name}" in on_the_list.message


def test_points_are_donated_in_steps_and_the_certificate_names_their_worth() -> None:
    given = donate(1200, "红十字会", RICH, TODAY, None, RULES)
    assert given.worth_fen == 1200
    assert given.spending.on_what == "红十字会"
    assert given.spending.lots == (eaten(500, "2026-06-30"), eaten(700, "2027-03-31"))


@pytest.mark.parametrize("points", [-100, 0, 50, 150])
def test_other_amounts_are_not_donated(points: int) -> None:
    assert refused(lambda: donate(points, "红十字会", RICH, TODAY, None, RULES)).code == "donation_step"


def gave(member_id: str, points: int, on: str, *, voided: bool = False) -> PastDonation:
    return PastDonation(member_id=member_id, points=points, on=day(on), voided=voided)


def donor(member_id: str, name: str, tier: Tier, status: MemberStatus = MemberStatus.ACTIVE) -> MemberState:
    published = state(replace(SILVER, id=member_id, tier=tier))
    return replace(published, member=replace(published.member, name=name, status=status))


def test_the_board_ranks_the_months_donors_under_masked_names() -> None:
    members = {
        "a": donor("a", "王小明", Tier.SILVER),
        "b": donor("b", "李雷", Tier.DIAMOND),
        "c": donor("c", "欧阳娜娜", Tier.GOLD),
        "d": donor("d", "赵六", Tier.GOLD),
        "e": donor("e", "钱七", Tier.GOLD, MemberStatus.ERASED),
    }
    donations = [
        gave("a", 300, "2026-05-01"),
        gave("c", 1000, "2026-05-31"),
        gave("a", 300, "2026-05-20"),
        gave("b", 600, "2026-05-06"),
        gave("d", 100, "2026-05-06"),
        gave("d", 900, "2026-05-06", voided=True),
        gave("e", 9000, "2026-05-06"),
        gave("gone", 9000, "2026-05-06"),
        gave("b", 5000, "2026-04-30"),
        gave("b", 5000, "2025-05-06"),
    ]
    assert donors_board(donations, members, TODAY) == (
        DonorRow(place=1, tier=Tier.GOLD, masked_name="欧*娜", points=1000),
        DonorRow(place=2, tier=Tier.DIAMOND, masked_name="李*", points=600),
        DonorRow(place=2, tier=Tier.SILVER, masked_name="王*明", points=600),
        DonorRow(place=4, tier=Tier.GOLD, masked_name="赵*", points=100),
    )


def test_a_month_without_donations_has_an_empty_board() -> None:
    assert donors_board([gave("a", 100, "2026-04-30")], {"a": donor("a", "王小明", Tier.GOLD)}, TODAY) == ()


def test_voided_the_same_day_points_come_back_with_at_least_thirty_days() -> None:
    nearly_lapsed = (lot(600, "2025-05-02", "2026-05-31"), lot(5000, "2026-03-01", "2027-03-31"))
    spending = reward("protein_powder", replace(SILVER, lots=nearly_lapsed))
    assert spending.lots == (eaten(600, "2026-05-31"), eaten(400, "2027-03-31"))
    back = void(spending, TODAY, RULES, already_voided=False)
    assert back == (eaten(400, "2027-03-31"), eaten(600, "2026-06-05"))


def test_a_free_use_that_is_voided_brings_no_points_back() -> None:
    assert void(serve("glucose", GOLD_RICH).spending, TODAY, RULES, already_voided=False) == ()


@pytest.mark.parametrize("on", ["2026-05-05", "2026-05-07"])
def test_the_next_day_is_too_late_to_void(on: str) -> None:
    late = refused(lambda: void(reward("water"), day(on), RULES, already_voided=False))
    assert (late.code, "2026-05-06" in late.message) == ("void_another_day", True)


def test_nothing_is_voided_twice() -> None:
    assert refused(lambda: void(reward("water"), TODAY, RULES, already_voided=True)).code == "void_twice"
