"""Paying: several tenders, the insurance, change, and odd fen (docs/programme §3.5)."""

from __future__ import annotations

import pytest

from pos_member.domain.errors import Malformed, Refusal
from pos_member.domain.tender import Tender, TenderKind
from tests.domain.makers import NOBODY_SPECIAL, goods, paid, price

DRUG = goods("METF", "rx", 5800, insurable=True)
PAIN = goods("IBU", "otc_a", 2200, "2", insurable=True)
TEA = goods("TEA", "sundry", 1500)


def test_the_insurance_pays_for_insurable_goods_and_its_part_earns_nothing() -> None:
    priced = price(DRUG, PAIN, TEA, member=NOBODY_SPECIAL, tenders=paid(insurance=6000, cash=10000))
    assert [line.insured_fen for line in priced.lines] == [3487, 2513, 0]
    assert [line.earning_fen for line in priced.lines] == [2313, 1667, 1425]
    assert (priced.payable_fen, priced.change_fen, priced.points_earned) == (11405, 4595, 46)


@pytest.mark.parametrize(
    ("tenders", "code"),
    [
        (paid(insurance=10201, cash=0), "insurance_exceeds"),
        (paid(insurance=10200, wechat=1499), "tender_short"),
        (paid(insurance=10200, wechat=1501), "tender_exceeds"),
        (paid(wechat=5000, alipay=5000, card=5000), "tender_exceeds"),
        (paid(cash=11699), "tender_short"),
        (paid(other=11701), "tender_exceeds"),
        (paid(wechat=0), "tender_short"),
    ],
)
def test_what_does_not_add_up_is_refused_by_name(tenders: tuple[Tender, ...], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        price(DRUG, PAIN, TEA, tenders=tenders)
    assert refused.value.code == code


def test_tenders_may_be_mixed_and_only_cash_gives_change() -> None:
    priced = price(DRUG, PAIN, TEA, tenders=paid(wechat=5000, card=6000, cash=1000))
    assert (priced.payable_fen, priced.change_fen) == (11700, 300)


def test_malformed_tenders_are_named() -> None:
    with pytest.raises(Malformed, match=r"^tenders\[1\].kind: "):
        price(DRUG, tenders=(*paid(cash=5000), *paid(cash=5000)), points=150)
    with pytest.raises(Malformed, match=r"^tenders\[0\].fen: "):
        price(DRUG, tenders=(Tender(kind=TenderKind.CASH, fen=-1),))


@pytest.mark.parametrize(
    ("tenders", "rounding"), [((), 9), (paid(cash=6000), 9), (paid(cash=5000, wechat=639), 0), (paid(wechat=5639), 0)]
)
def test_odd_fen_fall_off_where_all_is_paid_in_cash(tenders: tuple[Tender, ...], rounding: int) -> None:
    herbs = (
        goods("HUANGQI", "tcm", 386, "12.5", by_weight=True),
        goods("GOUQI", "tcm", 217, "3.75", by_weight=True),
    )
    priced = price(*herbs, tenders=tenders, cash_rounding=True)
    assert (priced.rounding_fen, priced.payable_fen) == (rounding, 5639 - rounding)
    assert [line.rounding_fen for line in priced.lines] == ([8, 1] if rounding else [0, 0])


def test_odd_fen_stay_where_the_store_does_not_round() -> None:
    assert price(goods("A", "sundry", 1239), cash=1239).payable_fen == 1239


def test_less_than_a_jiao_rounds_to_nothing() -> None:
    priced = price(goods("A", "sundry", 9), member=NOBODY_SPECIAL, cash_rounding=True)
    assert (priced.payable_fen, priced.rounding_fen, priced.points) == (0, 9, ())


def test_what_is_missing_or_too_much_is_said_to_the_fen() -> None:
    with pytest.raises(Refusal) as short:
        price(TEA, tenders=paid(cash=1499))
    assert "还差 ¥0.01" in short.value.message
    with pytest.raises(Refusal) as over:
        price(TEA, tenders=paid(wechat=1600))
    assert "多出 ¥1.00" in over.value.message
