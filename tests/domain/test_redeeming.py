"""How own redemptions and their voids are laid over the free benefits that head office knows of."""

from __future__ import annotations

from dataclasses import replace

from pos_member.domain.benefits import BenefitUse
from pos_member.domain.own_records import OwnRecords
from pos_member.domain.redeeming import RedemptionKind, RedemptionVoid
from pos_member.domain.spending import Spending
from pos_member.domain.standing import benefit_uses_with
from tests.domain.makers import day, state
from tests.domain.test_slip_layout import redemption, void

TODAY = day("2026-05-06")
FREE = redemption(
    RedemptionKind.SERVICE,
    "血糖检测",
    0,
    spending=Spending(on_what="glucose", on=TODAY, points=0, lots=(), benefit_id="monthly_test"),
)
USED = BenefitUse(benefit_id="monthly_test", on=TODAY)
VOIDED = replace(USED, voided=True)


def void_of_free(**changes: object) -> RedemptionVoid:
    return replace(void(), benefit_id="monthly_test", **changes)  # type: ignore[arg-type]


def uses(held: tuple[BenefitUse, ...], *own: object) -> tuple[BenefitUse, ...]:
    return benefit_uses_with(state(benefit_uses=held), OwnRecords.of(own))  # type: ignore[arg-type]


def test_an_own_use_is_added_and_a_voided_one_counts_no_more() -> None:
    assert uses((), FREE) == (USED,)
    assert uses((), FREE, void_of_free()) == (VOIDED,)
    assert uses((USED,), FREE, void_of_free()) == (USED, VOIDED)


def test_an_own_void_of_a_use_that_head_office_holds_takes_just_that_one_back() -> None:
    yesterday = replace(USED, on=day("2026-05-05"))
    assert uses((yesterday, USED), void_of_free()) == (yesterday, VOIDED)
    assert uses((USED, USED), void_of_free()) == (VOIDED, USED)
    assert uses((USED, USED), void_of_free(id="v1"), void_of_free(id="v2", about="r2")) == (VOIDED, VOIDED)


def test_a_void_of_points_takes_no_free_use_back() -> None:
    assert uses((USED,), void()) == (USED,)
