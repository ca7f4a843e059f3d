"""What a tier gives for nothing, and how often (docs/programme §7)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_member.domain.benefits import BenefitUse, check_benefit, check_gift, free_benefit, period_of, uses_left
from pos_member.domain.errors import Refusal
from pos_member.domain.product import Category
from pos_member.domain.quote import MemberStanding
from pos_member.domain.ruleset import Period
from tests.domain.makers import DIAMOND, GOLD, RULES, SILVER, day

TEST, CHECK_UP, GIFT = (RULES.benefits[name] for name in ("monthly_test", "yearly_check_up", "birthday_gift"))
BORN_IN_MAY = replace(DIAMOND, birthday=day("1980-05-20"))


def had(benefit_id: str, on: str, *, voided: bool = False) -> BenefitUse:
    return BenefitUse(benefit_id=benefit_id, on=day(on), voided=voided)


def free(service_id: str, member: MemberStanding, *uses: BenefitUse, on: str = "2026-05-06") -> str | None:
    benefit = free_benefit(service_id, member, uses, day(on), RULES)
    return None if benefit is None else benefit.id


def refusal(benefit_id: str, member: MemberStanding, *uses: BenefitUse, on: str = "2026-05-06") -> Refusal:
    with pytest.raises(Refusal) as caught:
        check_benefit(RULES.benefits[benefit_id], member, uses, day(on))
    return caught.value


def test_a_month_and_a_year_end_where_the_calendar_says() -> None:
    assert period_of(Period.MONTH, day("2028-02-10")) == (day("2028-02-01"), day("2028-02-29"))
    assert period_of(Period.MONTH, day("2026-12-31")) == (day("2026-12-01"), day("2026-12-31"))
    assert period_of(Period.YEAR, day("2026-05-06")) == (day("2026-01-01"), day("2026-12-31"))


def test_gold_and_diamond_have_a_free_test_a_month_and_silver_has_none() -> None:
    for service in ("glucose", "blood_pressure"):
        assert [free(service, member) for member in (SILVER, GOLD, DIAMOND)] == [None, "monthly_test", "monthly_test"]


def test_glucose_and_blood_pressure_share_the_one_test_of_a_month() -> None:
    on_the_first = had("monthly_test", "2026-05-01")
    assert free("glucose", GOLD, on_the_first) is None
    assert free("blood_pressure", GOLD, on_the_first) is None
    assert free("blood_pressure", GOLD, on_the_first, on="2026-06-01") == "monthly_test"


def test_a_test_that_was_voided_can_be_had_again() -> None:
    assert free("glucose", GOLD, had("monthly_test", "2026-05-06", voided=True)) == "monthly_test"


def test_the_yearly_check_up_is_diamonds_and_begins_anew_in_january() -> None:
    used = had("yearly_check_up", "2026-01-01")
    assert free("check_up", GOLD) is None
    assert free("check_up", DIAMOND) == "yearly_check_up"
    assert free("check_up", DIAMOND, used, on="2026-12-31") is None
    assert free("check_up", DIAMOND, used, on="2027-01-01") == "yearly_check_up"


def test_another_benefit_uses_up_no_quota() -> None:
    assert uses_left(CHECK_UP, [had("monthly_test", "2026-05-06")], day("2026-05-06")) == 1


def test_of_two_benefits_the_one_without_a_quota_goes_first_then_the_one_that_lapses_sooner() -> None:
    yearly = replace(TEST, id="a", period=Period.YEAR, times=12)
    endless = replace(TEST, id="z", times=0)
    both = replace(RULES, benefits={"a": yearly, TEST.id: TEST})
    all_three = replace(RULES, benefits={"a": yearly, TEST.id: TEST, "z": endless})
    on = day("2026-05-06")
    assert free_benefit("glucose", GOLD, (), on, both) == TEST
    assert free_benefit("glucose", GOLD, [had(TEST.id, "2026-05-01")], on, both) == yearly
    assert free_benefit("glucose", GOLD, (), on, all_three) == endless
    assert uses_left(endless, [had("z", "2026-05-06")], on) is None


def test_a_benefit_is_refused_with_the_tier_it_begins_at() -> None:
    too_low = refusal("priority_delivery", GOLD)
    assert too_low.code == "benefit_tier"
    assert too_low.message.startswith("「优先配送」从钻石起享有，该会员是金卡")


def test_a_spent_quota_says_when_there_is_more() -> None:
    monthly = refusal("monthly_test", GOLD, had("monthly_test", "2026-05-01"))
    yearly = refusal("yearly_check_up", DIAMOND, had("yearly_check_up", "2026-02-01"))
    assert (monthly.code, yearly.code) == ("benefit_quota", "benefit_quota")
    assert "2026-06-01 起" in monthly.message
    assert "2027-01-01 起" in yearly.message


def test_benefits_without_a_quota_are_never_used_up() -> None:
    uses = [had("consultation", "2026-05-06")] * 40
    check_benefit(RULES.benefits["consultation"], SILVER, uses, day("2026-05-06"))


def test_the_birthday_gift_is_for_the_month_of_birth_once_a_year() -> None:
    check_gift(GIFT, Category.SUPPLEMENT, BORN_IN_MAY, (), day("2026-05-31"), RULES)
    assert "5 月" in refusal("birthday_gift", BORN_IN_MAY, on="2026-06-01").message
    assert "没有登记生日" in refusal("birthday_gift", DIAMOND).message
    again = refusal("birthday_gift", BORN_IN_MAY, had("birthday_gift", "2026-05-02"))
    assert (again.code, "2027-05-01 起" in again.message) == ("benefit_quota", True)


def test_one_born_on_29_february_has_the_gift_in_february() -> None:
    leapling = replace(DIAMOND, birthday=day("1980-02-29"))
    check_gift(GIFT, Category.SUPPLEMENT, leapling, (), day("2026-02-01"), RULES)
    assert refusal("birthday_gift", leapling, on="2026-03-01").code == "benefit_birthday_month"


@pytest.mark.parametrize(
    ("category", "code"), [("rx", "gift_never_free"), ("otc_a", "gift_never_free"), ("device", "gift_category")]
)
def test_only_goods_of_the_gifts_own_category_are_given_and_never_those_the_law_keeps_from_it(
    category: str, code: str
) -> None:
    with pytest.raises(Refusal) as caught:
        check_gift(GIFT, Category(category), BORN_IN_MAY, (), day("2026-05-06"), RULES)
    assert caught.value.code == code


def test_a_quota_that_two_tills_granted_twice_is_used_up_and_no_more_than_that() -> None:
    twice = (had("monthly_test", "2026-05-01"), had("monthly_test", "2026-05-02"))
    assert uses_left(TEST, twice, day("2026-05-06")) == 0
    assert free("glucose", GOLD, *twice) is None
    assert refusal("monthly_test", GOLD, *twice).code == "benefit_quota"


def test_a_use_on_the_last_day_of_a_month_is_one_of_that_month() -> None:
    last_day = had("monthly_test", "2026-05-31")
    assert free("glucose", GOLD, last_day, on="2026-05-31") is None
    assert free("glucose", GOLD, last_day, on="2026-06-01") == "monthly_test"


def test_a_service_that_is_a_birthday_benefit_is_free_in_that_month_alone() -> None:
    birthday_test = replace(TEST, id="birthday_test", birthday_month=True)
    rules = replace(RULES, benefits={birthday_test.id: birthday_test})
    in_may, in_june = day("2026-05-06"), day("2026-06-06")
    assert free_benefit("glucose", BORN_IN_MAY, (), in_may, rules) == birthday_test
    assert free_benefit("glucose", BORN_IN_MAY, (), in_june, rules) is None
    assert free_benefit("glucose", DIAMOND, (), in_may, rules) is None
