"""What is taken back on the same day: points, free uses, and the pieces of the store's stock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pos_member.app.ports import RewardStock
from pos_member.domain.benefits import BenefitUse
from pos_member.domain.ledger import EatenLot
from tests.app.shop import Shop, gold
from tests.app.test_redeem import GLUCOSE, changes_nothing, donation, printed, reward, service
from tests.storage.makers import TERMINAL_ID, TODAY, WANG, lot


def test_goods_for_points_come_out_of_the_stores_stock_and_a_void_puts_them_back(shop: Shop) -> None:
    shop.publish(RewardStock(store_id="S001", reward_id="plasters", pieces=1, applied={}))
    given = reward(shop)
    assert (given.redemption.name, given.redemption.sku, given.available) == ("创可贴", "M010", 5900)
    assert "商品 医用外科口罩 M010" in printed(shop)[-1]
    shop.restart()
    assert changes_nothing(shop, lambda: reward(shop)) == "redeem_stock"

    shop.till.points.void_redemption(shop.till.new_id(), given.redemption.id, "顾客不要了")
    assert reward(shop).available == 5900


def test_what_head_office_has_counted_out_of_the_stock_is_not_counted_twice(shop: Shop) -> None:
    shop.publish(RewardStock(store_id="S001", reward_id="plasters", pieces=2, applied={}))
    reward(shop)
    seq = shop.count("events")
    shop.publish(RewardStock(store_id="S001", reward_id="plasters", pieces=1, applied={f"{TERMINAL_ID}:e1": seq}))
    reward(shop)
    assert changes_nothing(shop, lambda: reward(shop)) == "redeem_stock"


def test_a_donation_to_a_cause_named_like_a_reward_takes_nothing_from_its_stock(shop: Shop) -> None:
    shop.publish(RewardStock(store_id="S001", reward_id="plasters", pieces=1, applied={}))
    given = donation(shop, cause="plasters")
    shop.till.points.void_redemption(shop.till.new_id(), given.redemption.id, "按错了")
    reward(shop)
    assert changes_nothing(shop, lambda: reward(shop)) == "redeem_stock"


def test_a_void_gives_points_back_into_their_lots_no_shorter_than_thirty_days(shop: Shop) -> None:
    published = gold()
    lots = (lot(WANG, 1, 300, date(2026, 3, 31)), lot(WANG, 2, 1200, date(2026, 12, 31)))
    shop.publish(replace(published, state=replace(published.state, lots=lots)))
    given = donation(shop, 500)
    assert given.redemption.spending.lots == (
        EatenLot(expires_on=date(2026, 3, 31), points=300),
        EatenLot(expires_on=date(2026, 12, 31), points=200),
    )
    voided = shop.till.points.void_redemption("v1", given.redemption.id, "  捐错项目 ")
    assert sorted((entry.expires_on, entry.points) for entry in voided.void.entries) == [
        (date(2026, 4, 4), 300),
        (date(2026, 12, 31), 200),
    ]
    assert {(entry.kind, entry.source) for entry in voided.void.entries} == {("redemption_void", "v1")}
    assert (voided.available, voided.void.reason) == (1500, "捐错项目")
    assert shop.audited()[-1] == "void_redemption"
    slip = printed(shop)[-1]
    assert "兑换作废单" in slip
    assert "退回积分，2026-12-31 到期 +200" in slip
    shop.restart()
    assert shop.till.points.sheet(WANG).available == 1500


def test_a_void_counts_once_and_a_redemption_is_voided_once(shop: Shop) -> None:
    points = shop.till.points
    given, other = donation(shop, 500), donation(shop, 100)
    points.void_redemption("v1", given.redemption.id, "捐错项目")
    shop.woken.clear()
    again = points.void_redemption("v1", given.redemption.id, "捐错项目")
    assert (again.void.id, again.available, shop.woken) == ("v1", 5900, [])
    assert changes_nothing(shop, lambda: points.void_redemption("v2", given.redemption.id, "捐错")) == "void_twice"
    assert changes_nothing(shop, lambda: points.void_redemption("v1", other.redemption.id, "捐错")) == "id_used"
    assert points.redemptions_today(WANG) == (other.redemption,)


def test_a_void_names_its_reason_its_redemption_and_comes_on_the_same_day(shop: Shop) -> None:
    points = shop.till.points
    given = donation(shop, 500)
    assert changes_nothing(shop, lambda: points.void_redemption("v1", given.redemption.id, " ")) == "void_reason"
    assert changes_nothing(shop, lambda: points.void_redemption("v1", "r9", "捐错项目")) == "redemption_unknown"
    shop.clock.pass_by(days=1)
    assert changes_nothing(shop, lambda: points.void_redemption("v1", given.redemption.id, "错")) == "void_another_day"
    assert points.redemptions_today(WANG) == ()


def test_a_voided_free_test_can_be_had_again(shop: Shop) -> None:
    free = service(shop, GLUCOSE)
    voided = shop.till.points.void_redemption(shop.till.new_id(), free.redemption.id, "试纸坏了")
    assert (voided.void.entries, voided.available) == ((), 6000)
    assert "未用积分，会员权益的次数已退回" in printed(shop)[-1]
    assert service(shop, GLUCOSE).redemption.points == 0
    assert service(shop, GLUCOSE).redemption.points == 500


def test_a_free_test_that_head_office_holds_already_is_voided_all_the_same(shop: Shop) -> None:
    free = service(shop, GLUCOSE)
    held = gold()
    uses = (BenefitUse(benefit_id="monthly_test", on=TODAY),)
    applied = {f"{TERMINAL_ID}:e1": shop.count("events")}
    shop.publish(replace(held, state=replace(held.state, benefit_uses=uses, applied=applied)))
    assert shop.till.points.sheet(WANG).services[1].free_by is None
    shop.till.points.void_redemption(shop.till.new_id(), free.redemption.id, "试纸坏了")
    assert shop.till.points.sheet(WANG).services[1].free_by == "每月免费测血糖或血压"


def test_points_of_a_member_who_is_frozen_since_still_come_back(shop: Shop) -> None:
    given = donation(shop, 500)
    shop.freeze(gold())
    assert shop.till.points.void_redemption(shop.till.new_id(), given.redemption.id, "捐错项目").available == 6000
    assert changes_nothing(shop, lambda: donation(shop, 100)) == "member_frozen"
