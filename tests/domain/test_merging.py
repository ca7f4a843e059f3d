"""What a basket may hold before its lines are merged (docs/programme §3.1)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_member.domain.errors import Malformed
from pos_member.domain.quantity import Quantity
from tests.domain.makers import goods, price

HERB = goods("HUANGQI", "tcm", 4000, by_weight=True)


@pytest.mark.parametrize("milli", [0, -1, -1000])
def test_goods_of_no_quantity_are_malformed(milli: int) -> None:
    with pytest.raises(Malformed, match=r"^lines\[1\].quantity: "):
        price(goods("A", "sundry", 100), replace(HERB, quantity=Quantity(milli)))


def test_the_least_that_can_be_weighed_has_its_price() -> None:
    assert price(replace(HERB, quantity=Quantity(1))).gross_fen == 4


def test_a_price_below_zero_is_malformed_and_a_price_of_zero_is_not() -> None:
    with pytest.raises(Malformed, match=r"^lines\[0\].unit_price_fen: "):
        price(replace(HERB, unit_price_fen=-1))
    assert price(replace(HERB, unit_price_fen=0)).payable_fen == 0
