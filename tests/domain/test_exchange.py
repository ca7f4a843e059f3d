"""What changes hands when goods are exchanged for others."""

from __future__ import annotations

import pytest

from pos_member.domain.exchange import differences, refund_used, together
from pos_member.domain.tender import TenderKind
from tests.domain.makers import paid


@pytest.mark.parametrize(
    ("refund", "payable_fen", "given", "used"),
    [
        (paid(cash=5000), 7000, (), paid(cash=5000)),
        (paid(cash=5000), 3000, (), paid(cash=3000)),
        (paid(cash=5000), 0, (), ()),
        (paid(cash=2000, wechat=3000), 4000, (), paid(wechat=3000, cash=1000)),
        (paid(insurance=4000, cash=1000), 4500, (), paid(cash=1000)),
        (paid(wechat=5000), 7000, paid(insurance=3000), paid(wechat=4000)),
    ],
    ids=["dearer", "cheaper", "for nothing", "non-cash first", "the insurance's own", "beside the insurance"],
)
def test_the_money_back_pays_first(refund: object, payable_fen: int, given: object, used: object) -> None:
    assert refund_used(refund, payable_fen, given) == used  # type: ignore[arg-type]


def test_tenders_of_a_kind_are_one_tender() -> None:
    assert together(*paid(cash=3000, wechat=0), *paid(cash=2000, card=10)) == paid(cash=5000, card=10)


def test_what_moves_is_what_is_paid_less_the_change_and_less_the_money_back() -> None:
    moved = differences(paid(cash=5000, wechat=1000), paid(cash=12000, card=500), 3000)
    assert moved == {TenderKind.CASH: 4000, TenderKind.CARD: 500, TenderKind.WECHAT: -1000}
    assert differences(paid(cash=5000), paid(cash=5000), 0) == {}
