"""What the law asks for before goods are sold, and before they come back (docs/programme §1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pos_member.domain.errors import Malformed, Refusal
from pos_member.domain.obligations import (
    Buyer,
    Prescription,
    ReturnReason,
    check_duty,
    check_ephedrine,
    check_prescribed,
    check_return,
)
from pos_member.domain.product import Category
from tests.domain.makers import RULES, day, product, ruleset

APPROVED = Prescription(number="Z123", institution="市一医院", written_on=day("2026-05-06"), approved_by="u7")
BUYER = Buyer(name="王小明", id_number="110101199003070000")
BROKEN = ReturnReason(words="瓶口破裂", quality=True, pharmacist_confirms=True)


def refused(check: Callable[[], None]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        check()
    return caught.value


@pytest.mark.parametrize(
    "category",
    ["rx", "otc_a"],
)
def test_without_a_pharmacist_on_duty_goods_the_law_binds_are_refused_with_the_reason(category: str) -> None:
    refusal = refused(lambda: check_duty(product(category), pharmacist_on_duty=False, ruleset=RULES))
    assert refusal.code == "no_pharmacist"
    assert "药师不在岗" in refusal.message
    assert "感冒灵颗粒" in refusal.message


@pytest.mark.parametrize(
    ("category", "on_duty"),
    [
        ("rx", True),
        ("otc_a", True),
        ("otc_b", False),
        ("tcm", False),
        ("supplement", False),
        ("device", False),
        ("sundry", False),
    ],
)
def test_other_goods_may_be_sold(category: str, on_duty: bool) -> None:
    check_duty(product(category), on_duty, RULES)


def test_head_office_may_let_class_a_go_without_a_pharmacist_but_never_prescription_drugs() -> None:
    lifted = ruleset(("otc_a_needs_pharmacist = true", "otc_a_needs_pharmacist = false"))
    check_duty(product("otc_a"), pharmacist_on_duty=False, ruleset=lifted)
    with pytest.raises(Refusal) as refused:
        check_duty(product("rx"), pharmacist_on_duty=False, ruleset=lifted)
    assert refused.value.code == "no_pharmacist"


def test_where_head_office_asks_for_more_prescriptions_the_till_keeps_to_it() -> None:
    stricter = ruleset(('prescription = ["rx"]', 'prescription = ["rx", "tcm"]'))
    assert (
        refused(lambda: check_duty(product("tcm"), pharmacist_on_duty=False, ruleset=stricter)).code == "no_pharmacist"
    )
    refusal = refused(lambda: check_prescribed(product("tcm"), None, {"u7"}, stricter))
    assert refusal.code == "prescription_missing"


def test_an_approved_prescription_lets_the_drug_be_sold() -> None:
    check_prescribed(product("rx"), APPROVED, {"u7"}, RULES)


@pytest.mark.parametrize(
    ("prescription", "code", "words"),
    [
        (None, "prescription_missing", "先登记处方"),
        (replace(APPROVED, number=" "), "prescription_incomplete", "处方号"),
        (replace(APPROVED, institution=""), "prescription_incomplete", "开具机构"),
        (replace(APPROVED, written_on=None), "prescription_incomplete", "日期"),
        (replace(APPROVED, approved_by=None), "prescription_not_approved", "Z123 尚未经药师审核"),
        (replace(APPROVED, approved_by="u8"), "prescription_approver_away", "没有在本机登录"),
    ],
)
def test_a_prescription_drug_without_one_that_a_pharmacist_here_approved_is_refused(
    prescription: Prescription | None, code: str, words: str
) -> None:
    refusal = refused(lambda: check_prescribed(product("rx"), prescription, {"u7"}, RULES))
    assert refusal.code == code
    assert words in refusal.message
    assert "感冒灵颗粒" in refusal.message


def test_other_goods_need_no_prescription() -> None:
    check_prescribed(product("otc_a"), None, (), RULES)


def test_two_packs_with_ephedrine_go_to_a_registered_buyer() -> None:
    check_ephedrine(2, BUYER, RULES)
    check_ephedrine(0, None, RULES)


@pytest.mark.parametrize(
    ("packs", "buyer", "code"),
    [
        (3, BUYER, "ephedrine_limit"),
        (3, None, "ephedrine_limit"),
        (1, None, "ephedrine_buyer"),
        (1, replace(BUYER, name=""), "ephedrine_buyer"),
        (1, replace(BUYER, id_number="  "), "ephedrine_buyer"),
    ],
)
def test_more_packs_or_an_unknown_buyer_are_refused(packs: int, buyer: Buyer | None, code: str) -> None:
    assert refused(lambda: check_ephedrine(packs, buyer, RULES)).code == code


def test_a_stricter_limit_is_kept_and_named() -> None:
    stricter = ruleset(("ephedrine_limit = 2", "ephedrine_limit = 1"))
    assert "至多 1 个最小包装，本单有 2 个" in refused(lambda: check_ephedrine(2, BUYER, stricter)).message


@pytest.mark.parametrize("category", ["rx", "otc_a", "otc_b", "tcm"])
def test_drugs_come_back_only_for_a_quality_reason_that_a_pharmacist_confirms(category: str) -> None:
    drug = Category(category)
    check_return(drug, 200, BROKEN, RULES)
    unwanted = refused(lambda: check_return(drug, 0, ReturnReason(words="不想要了"), RULES))
    unconfirmed = refused(lambda: check_return(drug, 0, replace(BROKEN, pharmacist_confirms=False), RULES))
    assert (unwanted.code, unconfirmed.code) == ("return_quality_only", "return_unconfirmed")


@pytest.mark.parametrize("category", ["supplement", "device", "sundry"])
def test_other_goods_come_back_within_thirty_days(category: str) -> None:
    check_return(Category(category), 30, ReturnReason(words="不想要了"), RULES)
    late = refused(lambda: check_return(Category(category), 31, BROKEN, RULES))
    assert late.code == "return_too_late"
    assert "30 天内退，这件已过 31 天" in late.message


def test_a_return_names_its_reason() -> None:
    assert refused(lambda: check_return(Category.SUNDRY, 1, ReturnReason(words=" "), RULES)).code == "return_reason"


def test_counts_below_nothing_cannot_be() -> None:
    with pytest.raises(Malformed, match=r"^packs: "):
        check_ephedrine(-1, BUYER, RULES)
    with pytest.raises(Malformed, match=r"^days: "):
        check_return(Category.SUNDRY, -1, BROKEN, RULES)
