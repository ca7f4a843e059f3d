"""Points and free quotas spent on services, rewards, gifts and donations; and taken back on the same day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from pos_member.app.people.authorise import Approval
from pos_member.app.points.record_redemption import Redeemed
from pos_member.app.ports import RewardStock
from pos_member.app.published import PublishedMember, PublishedRuleset
from pos_member.domain.member import MemberStatus
from pos_member.domain.product import Category
from pos_member.domain.receipt import ColumnsRow, TextRow
from pos_member.domain.staff import Role, Staff
from pos_member.domain.tier import Tier
from tests.app.shop import COLD_TABLETS, MASKS, VITAMIN, Shop, gold, goods
from tests.storage.makers import RULESET_TEXT, WANG, print_job

ZHOU_MIN = Staff(
    id="0197a0000000700080000000000000d1", number="9", name="周敏", role=Role.STORE_MANAGER, pin_hash="9999"
)
COUGH_SYRUP = "6907777777772"
GLUCOSE, PRESSURE = "glucose", "blood_pressure"


def diamond(points: int = 6000) -> PublishedMember:
    """王晓明 as diamond; her birthday is in this month."""
    published = gold(points)
    return replace(published, state=replace(published.state, tier=Tier.DIAMOND))


def rules(*changes: tuple[str, str]) -> PublishedRuleset:
    """Another ruleset: pieces of the built-in one replaced."""
    text = RULESET_TEXT.replace('version = "2026.1"', 'version = "2026.2"')
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return PublishedRuleset(version="2026.2", effective_from=date(2026, 1, 1), stores=(), text=text)


def service(shop: Shop, service_id: str = PRESSURE, redemption_id: str | None = None) -> Redeemed:
    return shop.till.points.redeem_service(redemption_id or shop.till.new_id(), WANG, service_id)


def reward(shop: Shop, reward_id: str = "plasters", code: str = MASKS) -> Redeemed:
    return shop.till.points.redeem_reward(shop.till.new_id(), WANG, reward_id, code)


def gift(shop: Shop, benefit_id: str = "birthday_gift", code: str = VITAMIN) -> Redeemed:
    return shop.till.points.redeem_gift(shop.till.new_id(), WANG, benefit_id, code)


def donation(shop: Shop, points: int = 500, cause: str = "希望小学") -> Redeemed:
    return shop.till.points.donate(shop.till.new_id(), WANG, points, cause)


def printed(shop: Shop) -> list[list[str]]:
    """The texts of what waits for the printer, one list a job."""
    with shop.terminal.reading() as records:
        jobs = records.open_print_jobs()
    return [
        [
            row.text if isinstance(row, TextRow) else " ".join(cell.text for cell in row.cells)
            for row in job.document.rows
            if isinstance(row, TextRow | ColumnsRow)
        ]
        for job in jobs
    ]


def rows(shop: Shop) -> tuple[int, ...]:
    return tuple(shop.count(table) for table in ("facts", "ledger_entries", "events", "print_jobs"))


def changes_nothing(shop: Shop, act: Callable[[], object]) -> str:
    """The code of a refusal that leaves no trace."""
    before = rows(shop)
    code = shop.refused(act)
    assert rows(shop) == before
    return code


def test_a_gold_members_free_test_comes_first_and_points_pay_for_the_next(shop: Shop) -> None:
    free = service(shop, GLUCOSE)
    assert free.said.message == "血糖检测用免费权益「每月免费测血糖或血压」，不扣积分，用后还剩 0 次"
    assert (free.redemption.points, free.redemption.entries, free.available) == (0, (), 6000)

    shop.restart()
    paid = service(shop, PRESSURE)
    assert paid.said.message == "免费权益「每月免费测血糖或血压」已用完，血压测量扣 500 分"
    assert [(entry.kind, entry.points, entry.source) for entry in paid.redemption.entries] == [
        ("service", -500, paid.redemption.id)
    ]
    assert paid.available == 5500
    assert shop.scan_member().member.available == 5500  # type: ignore[union-attr]


def test_a_redemption_is_one_commit_with_its_entry_its_event_and_its_slip(shop: Shop) -> None:
    service(shop)
    before = rows(shop)
    shop.woken.clear()
    assert service(shop).slip_queued
    assert rows(shop) == tuple(each + 1 for each in before)
    assert shop.woken == ["printer", "sync"]
    slip = printed(shop)[-1]
    assert "积分换服务单" in slip
    assert "会员 王*明 138****8000" in slip
    assert "使用积分 -500" in slip
    assert "积分余额 5,500" in slip


def test_a_redemption_counts_once_however_often_it_is_asked_for(shop: Shop) -> None:
    points = shop.till.points
    service(shop)
    before = service(shop, PRESSURE, "r1")
    after = rows(shop)
    again = service(shop, PRESSURE, "r1")
    assert (again.redemption, again.available, again.said.message) == (before.redemption, 5500, "血压测量扣 500 分")
    shop.restart()
    assert service(shop, PRESSURE, "r1").redemption == before.redemption
    assert rows(shop)[0:2] == after[0:2]
    assert changes_nothing(shop, lambda: service(shop, GLUCOSE, "r1")) == "id_used"
    assert changes_nothing(shop, lambda: points.donate("r1", WANG, 500, "希望小学")) == "id_used"


def test_a_repeated_free_redemption_says_so_and_takes_no_second_use(shop: Shop) -> None:
    service(shop, GLUCOSE, "r1")
    assert service(shop, GLUCOSE, "r1").said.message == "血糖检测用会员权益，不扣积分"
    assert len(shop.till.points.redemptions_today(WANG)) == 1


def test_a_donation_repeated_with_other_points_is_another_one(shop: Shop) -> None:
    points = shop.till.points
    points.donate("d1", WANG, 500, "希望小学")
    assert changes_nothing(shop, lambda: points.donate("d1", WANG, 600, "希望小学")) == "id_used"


def test_a_reward_is_goods_of_its_own_kind(shop: Shop) -> None:
    assert changes_nothing(shop, lambda: reward(shop, "water", VITAMIN)) == "reward_goods"


def test_what_may_not_be_given_away_is_no_reward_whatever_the_list_says(shop: Shop) -> None:
    assert changes_nothing(shop, lambda: reward(shop, "vitamin_c", COLD_TABLETS)) == "redeem_never_free"
    syrup = replace(goods(COUGH_SYRUP, "E001", "愈美片", Category.OTC_B, 1200), ephedrine=True)
    shop.publish(syrup)
    assert changes_nothing(shop, lambda: reward(shop, "vitamin_c", COUGH_SYRUP)) == "goods_ephedrine"
    shop.publish(diamond())
    assert changes_nothing(shop, lambda: gift(shop, code=COUGH_SYRUP)) == "goods_ephedrine"
    assert changes_nothing(shop, lambda: gift(shop, code=COLD_TABLETS)) == "gift_never_free"


@pytest.mark.parametrize("code", ["", "6900000000000", "  ", "黄芪"])
def test_goods_that_are_not_in_the_catalogue_are_not_handed_out(shop: Shop, code: str) -> None:
    assert changes_nothing(shop, lambda: reward(shop, code=code)) == "product_unknown"


def test_goods_are_told_by_bar_code_or_sku_however_wide_they_are_typed(shop: Shop) -> None:
    assert reward(shop, code="ｍ０１０").redemption.sku == "M010"
    assert reward(shop, code=f" {MASKS} ").redemption.sku == "M010"


def test_what_is_on_no_list_is_not_redeemed(shop: Shop) -> None:
    assert changes_nothing(shop, lambda: service(shop, "massage")) == "service_unknown"
    assert changes_nothing(shop, lambda: reward(shop, "bicycle")) == "reward_unknown"
    assert changes_nothing(shop, lambda: gift(shop, "new_year_gift")) == "benefit_unknown"
    assert changes_nothing(shop, lambda: gift(shop, "monthly_test")) == "benefit_unknown"


def test_a_birthday_gift_takes_a_free_use_and_no_points(shop: Shop) -> None:
    shop.publish(diamond())
    given = gift(shop)
    assert given.said.message == "生日礼品用会员权益，不扣积分"
    assert (given.redemption.entries, given.available) == ((), 6000)
    assert "会员礼品单" in printed(shop)[-1]
    shop.restart()
    assert changes_nothing(shop, lambda: gift(shop)) == "benefit_quota"
    assert changes_nothing(shop, lambda: gift(shop, code=MASKS)) == "gift_category"


def test_a_gift_is_for_those_whose_tier_has_it(shop: Shop) -> None:
    assert changes_nothing(shop, lambda: gift(shop)) == "benefit_tier"


def test_a_donation_prints_a_certificate_with_its_worth(shop: Shop) -> None:
    given = donation(shop)
    assert given.said.message == "捐赠 500 分给「希望小学」，折合 ¥5.00"
    assert (given.redemption.worth_fen, given.available) == (500, 5500)
    certificate = printed(shop)[-1]
    assert "公益捐赠证书" in certificate
    assert "会员 王*明于 2026 年 3 月 5 日，为以下公益项目捐赠积分：" in certificate
    assert "希望小学" in certificate
    assert "折合善款 ¥5.00" in certificate
    assert changes_nothing(shop, lambda: donation(shop, 150)) == "donation_step"
    assert changes_nothing(shop, lambda: donation(shop, 0)) == "donation_step"


@pytest.mark.parametrize("cause", ["", "   ", "\n", "长" * 41, "希望\x07小学"])
def test_a_donation_needs_a_cause_that_can_be_printed(shop: Shop, cause: str) -> None:
    assert changes_nothing(shop, lambda: donation(shop, cause=cause)) == "donation_cause"


def test_all_that_spends_points_shares_the_offline_limit_of_a_day(shop: Shop) -> None:
    shop.scan(VITAMIN)
    shop.scan(VITAMIN)
    shop.scan_member()
    settled = shop.sell(points=800)
    assert settled.sale.quote.points_redeemed == 800
    service(shop, GLUCOSE)
    service(shop)
    shop.restart()
    given = reward(shop)
    donation(shop, 600)
    assert shop.till.points.sheet(WANG).offline_left == 0
    assert changes_nothing(shop, lambda: reward(shop)) == "redeem_offline_limit"
    shop.restart()
    assert changes_nothing(shop, lambda: donation(shop, 100)) == "redeem_offline_limit"
    assert changes_nothing(shop, lambda: service(shop)) == "redeem_offline_limit"

    shop.till.points.void_redemption(shop.till.new_id(), given.redemption.id, "顾客不要了")
    shop.restart()
    assert shop.till.points.sheet(WANG).offline_left == 100
    assert changes_nothing(shop, lambda: donation(shop, 200)) == "redeem_offline_limit"
    donation(shop, 100)
    shop.clock.pass_by(days=1)
    assert donation(shop, 2000).available == shop.till.points.sheet(WANG).available


def test_nothing_is_spent_on_figures_older_than_seven_days_but_the_free_test_is_had(shop: Shop) -> None:
    shop.clock.pass_by(days=7, minutes=1)
    assert changes_nothing(shop, lambda: donation(shop, 100)) == "redeem_offline_limit"
    assert changes_nothing(shop, lambda: reward(shop)) == "redeem_offline_limit"
    assert service(shop).redemption.points == 0
    shop.publish()
    assert donation(shop, 100).available == 5900


def test_no_more_is_spent_than_the_balance_with_this_tills_own_records_laid_over(shop: Shop) -> None:
    shop.publish(gold(1000))
    service(shop, "consultation")
    assert changes_nothing(shop, lambda: donation(shop, 100)) == "redeem_balance"
    shop.scan_member()
    earned = shop.sell(VITAMIN).sale.quote.points_earned
    assert 100 < earned < 200
    assert donation(shop, 100).available == earned - 100


@pytest.mark.parametrize(
    ("status", "code"), [(MemberStatus.FROZEN, "member_frozen"), (MemberStatus.ERASED, "member_gone")]
)
def test_a_membership_that_cannot_be_used_redeems_nothing(shop: Shop, status: MemberStatus, code: str) -> None:
    shop.freeze(gold(), status)
    for act in (service, reward, gift, donation):
        assert changes_nothing(shop, lambda act=act: act(shop)) == code  # type: ignore[misc]
    assert shop.refused(lambda: shop.till.points.sheet(WANG)) == code


def test_a_clock_that_cannot_be_believed_redeems_and_voids_nothing(shop: Shop) -> None:
    given = donation(shop, 500)
    shop.clock.pass_by(hours=-5)
    assert changes_nothing(shop, lambda: donation(shop, 100)) == "clock_set_back"
    points = shop.till.points
    assert changes_nothing(shop, lambda: points.void_redemption("v1", given.redemption.id, "错")) == "clock_set_back"
    stopped = points.sheet(WANG).stopped
    assert stopped is not None
    assert "早于已有记录的时间" in stopped.message


def test_where_redeeming_is_the_store_managers_a_second_person_allows_it_once(shop: Shop) -> None:
    everybody = 'redeem = ["cashier", "pharmacist", "store_manager"]'
    shop.publish(ZHOU_MIN, rules((everybody, 'redeem = ["store_manager"]')))
    assert changes_nothing(shop, lambda: donation(shop)) == "right_missing"

    allowed = shop.till.points.donate("d1", WANG, 500, "希望小学", Approval(staff_id=ZHOU_MIN.id, pin="9999"))
    assert allowed.redemption.approved_by == ZHOU_MIN.id
    assert shop.audited().count("override") == 1
    assert changes_nothing(shop, lambda: donation(shop)) == "right_missing"
    again = shop.till.points.void_redemption("v1", "d1", "捐错", Approval(staff_id=ZHOU_MIN.id, pin="9999"))
    assert again.void.approved_by == ZHOU_MIN.id


def test_a_full_print_queue_or_no_printer_keeps_nobody_from_redeeming(shop: Shop) -> None:
    with shop.terminal.transaction() as records:
        job = print_job()
        for number in range(200):
            records.enqueue_print(replace(job, id=f"j{number}"))
    given = donation(shop)
    assert not given.slip_queued
    assert not shop.till.points.void_redemption(shop.till.new_id(), given.redemption.id, "捐错").slip_queued
    assert shop.count("print_jobs") == 200
    shop.restart(printer=False)
    shop.woken.clear()
    assert donation(shop).slip_queued
    assert (shop.count("print_jobs"), shop.woken) == (200, ["sync"])


def test_the_sheet_tells_what_a_member_may_have_and_why_not(shop: Shop) -> None:
    shop.publish(gold(600), RewardStock(store_id="S001", reward_id="water", pieces=0, applied={}))
    sheet = shop.till.points.sheet(WANG)
    assert (sheet.tier, sheet.available, sheet.worth_fen, sheet.offline_left) == (Tier.GOLD, 600, 600, 2000)
    assert sheet.stopped is None

    services = {each.id: each for each in sheet.services}
    assert (services[GLUCOSE].free_by, services[GLUCOSE].free_left) == ("每月免费测血糖或血压", 1)
    assert services[GLUCOSE].why_not is None
    assert services["consultation"].why_not is not None
    assert services["consultation"].why_not.message.startswith("药师咨询（15 分钟）要 1000 分，可用积分只有 600 分")

    rewards = {each.id: each for each in sheet.rewards}
    assert (rewards["plasters"].stock, rewards["plasters"].why_not) == (None, None)
    assert rewards["water"].stock == 0
    assert rewards["water"].why_not is not None

    assert [(each.id, each.why_not is None) for each in sheet.gifts] == [("birthday_gift", False)]
    assert (sheet.donation.step, sheet.donation.step_fen, sheet.donation.most) == (100, 100, 600)
    assert (sheet.check_in.points, sheet.check_in.why_not) == (1, None)
    assert [(each.id, each.points, each.why_not) for each in sheet.activities] == [("health_lecture", 20, None)]

    shop.till.points.check_in(shop.till.new_id(), WANG)
    shop.till.points.join_activity(shop.till.new_id(), WANG, "health_lecture")
    later = shop.till.points.sheet(WANG)
    assert later.available == 621
    assert later.check_in.why_not is not None
    assert later.activities[0].why_not is not None


@pytest.mark.parametrize("leave", ["not_signed_in", "till_locked"])
def test_nobody_redeems_at_a_till_where_nobody_is_signed_in(shop: Shop, leave: str) -> None:
    if leave == "till_locked":
        shop.till.lock()
    else:
        shop.till.sign_out()
    points = shop.till.points
    for act in (
        lambda: donation(shop),
        lambda: points.sheet(WANG),
        lambda: points.redemptions_today(WANG),
        lambda: points.check_in("g1", WANG),
        lambda: points.void_redemption("v1", "r1", "错"),
    ):
        assert shop.refused(act) == leave


def test_paying_with_points_after_redeeming_keeps_the_same_limit(shop: Shop) -> None:
    donation(shop, 1900)
    for _ in range(4):
        shop.scan(VITAMIN)
    shop.scan_member()
    assert shop.till.counter().allowance.points == 100
