"""Why this price, why these points: every figure can be recomputed from the trace (docs/programme §3)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from pos_member.domain.offers import BuyNGetMOffer, Coupon, FixedPriceOffer, PercentOffer, Scope, SpendReduceOffer
from pos_member.domain.tier import Tier
from pos_member.domain.trace import TraceStep, trace
from pos_member.domain.trace_words import SENTENCES, in_chinese, sentence
from tests.domain.makers import BASIC, DIAMOND, GOLD, RULES, SILVER, day, goods, lot, paid, price, ruleset, told


def test_a_members_sale_with_points() -> None:
    priced = price(
        goods("VC-100", "supplement", 6800, "2"),
        goods("SWAB", "sundry", 990),
        member=replace(GOLD, lots=(lot(5000, "2026-03-02", "2027-03-31"),)),
        points=500,
    )
    assert told(priced) == [
        "¥68.00 × 2 = ¥136.00",
        "金卡：¥136.00 × 0.85 = ¥115.60",
        "¥9.90 × 1 = ¥9.90",
        "金卡：¥9.90 × 0.85 ≈ ¥8.42",
        "500 分抵 ¥5.00，不超过 ¥124.02 的 50%；用掉 2027-03-31 到期的 500 分",
        "分摊：¥5.00 × ¥115.60 ÷ ¥124.02，零头按最大余数分配",
        "分摊：¥5.00 × ¥8.42 ÷ ¥124.02，零头按最大余数分配",
        "保健品 ¥110.94 × 1.5 + 非药品 ¥8.08 × 0.5 = 170.45，取整 170",
        "170.45 × 1.5（金卡）= 255.675，取整 255，减去已计 170",
    ]


def test_offers_reductions_insurance_and_odd_fen() -> None:
    offers = (
        PercentOffer(id="p", rate=Fraction("0.88"), scope=Scope(skus=frozenset({"A"}))),
        FixedPriceOffer(id="f", price_fen=333, scope=Scope(skus=frozenset({"H"}))),
        BuyNGetMOffer(id="b", n=2, m=1, scope=Scope(skus=frozenset({"M"}))),
        SpendReduceOffer(id="m", threshold_fen=5000, off_fen=100),
    )
    lines = (
        goods("A", "otc_b", 1001, insurable=True),
        goods("H", "tcm", 386, "12.5", by_weight=True),
        goods("M", "sundry", 1250, "3"),
    )
    coupon = Coupon(id="c", threshold_fen=100, off_fen=50, scope=Scope(skus=frozenset({"M"})))
    priced = price(*lines, offers=offers, coupon=coupon, tenders=paid(insurance=500, wechat=6894))
    assert told(priced) == [
        "¥10.01 × 1 = ¥10.01",
        "p：¥10.01 × 0.88 ≈ ¥8.81",
        "¥3.86 × 12.5 = ¥48.25",
        "f：¥3.33 × 12.5 ≈ ¥41.63",
        "¥12.50 × 3 = ¥37.50",
        "b：买 2 赠 1，3 件付 2 件，¥12.50 × 2 = ¥25.00",
        "m：适用商品原价合计 ¥95.76，满 ¥50.00 减 ¥1.00，可减 ¥75.44",
        "分摊：¥1.00 × ¥8.81 ÷ ¥75.44，零头按最大余数分配",
        "分摊：¥1.00 × ¥41.63 ÷ ¥75.44，零头按最大余数分配",
        "分摊：¥1.00 × ¥25.00 ÷ ¥75.44，零头按最大余数分配",
        "券 c：适用商品原价合计 ¥37.50，满 ¥1.00 减 ¥0.50，可减 ¥24.67",
        "分摊：¥0.50 × ¥24.67 ÷ ¥24.67，零头按最大余数分配",
        "医保支付 ¥5.00，这部分不积分",
        "分摊：¥5.00 × ¥8.69 ÷ ¥8.69，零头按最大余数分配",
    ]
    odd = price(*lines, offers=offers, cash_rounding=True)
    assert told(odd)[10] == "现金抹零：¥74.44 取整到 ¥0.10 的倍数 ¥74.40"


def test_birthday_member_day_and_upgrade() -> None:
    lucky = replace(DIAMOND, birthday=day("1975-06-03"))
    assert told(price(goods("OIL", "otc_b", 8800), member=lucky, on="2026-06-15"))[2:] == [
        "乙类非处方药 ¥70.40 × 1 = 70.4，取整 70",
        "70.4 × 1.5（钻石）= 105.6，取整 105，减去已计 70",
        "105.6 × 2（生日月）= 211.2，取整 211，减去已计 105",
        "211.2 × 1.1（15 日会员日）= 232.32，取整 232，减去已计 211",
        "2026 年生日月的第一笔消费，每年一次",
    ]
    third = replace(BASIC, visits_365=2)
    assert told(price(goods("A", "otc_b", 2600), member=third))[-1] == (
        "近 365 天消费 ¥374.70、到店 3 天，由普通升为银卡"
    )


def test_why_a_line_got_no_offer() -> None:
    lines = (goods("R", "rx", 100), goods("N", "otc_b", 100, no_discount=True), goods("P", "sundry", 1))
    assert told(price(*lines, member=GOLD))[1:6:2] == [
        "处方药不参与折扣，除非优惠点名该商品或类别",
        "该商品不参与折扣",
        "没有优惠能使本行更低",
    ]
    assert told(price(*lines)) == ["¥1.00 × 1 = ¥1.00", "¥1.00 × 1 = ¥1.00", "¥0.01 × 1 = ¥0.01"]


def test_a_reader_of_another_language_gets_the_same_figures() -> None:
    def english(source: str, /, **gaps: object) -> str:
        words = {SENTENCES["upgrade"]: "{tier_after}, at last", "银卡": "silver"}
        return words.get(source, source).format(**gaps)

    gaps: dict[str, int | str | tuple[tuple[int | str, ...], ...]] = {
        "days": 365,
        "spend_fen": 100,
        "visits": 3,
        "tier_before": Tier.BASIC.value,
        "tier_after": Tier.SILVER.value,
    }
    step = TraceStep(rule="upgrade", line=None, points=100, why="upgrade", gaps=gaps)
    assert sentence(step, english) == "silver, at last"
    assert sentence(step, in_chinese).endswith("由普通升为银卡")


def test_a_gross_that_is_rounded_says_so() -> None:
    herbs = (goods("H", "tcm", 333, "0.5", by_weight=True), goods("G", "tcm", 333, "2", by_weight=True))
    assert told(price(*herbs)) == ["¥3.33 × 0.5 ≈ ¥1.67", "¥3.33 × 2 = ¥6.66"]


def test_a_stranger_is_told_why_one_line_got_nothing_where_another_got_something() -> None:
    half = PercentOffer(id="p", rate=Fraction("0.5"), scope=Scope(skus=frozenset({"A"})))
    lines = (goods("A", "sundry", 1000), goods("B", "sundry", 500))
    assert told(price(*lines, offers=(half,)))[2:] == ["¥5.00 × 1 = ¥5.00", "没有优惠能使本行更低"]
    assert told(price(*lines)) == ["¥10.00 × 1 = ¥10.00", "¥5.00 × 1 = ¥5.00"]


def test_odd_fen_are_shared_by_what_points_left_and_points_by_what_they_may_pay() -> None:
    no_sundry = ruleset(('"device", "sundry"]', '"device"]'))
    holder = replace(SILVER, lots=(lot(5000, "2026-03-02", "2027-03-31"),))
    lines = (goods("A", "rx", 1001), goods("B", "sundry", 1004, no_discount=True))
    priced = price(*lines, member=holder, points=100, rules=no_sundry, cash_rounding=True)
    assert [(line.points_reduction_fen, line.rounding_fen) for line in priced.lines] == [(100, 2), (0, 3)]
    assert told(priced, no_sundry)[4:9] == [
        "100 分抵 ¥1.00，不超过 ¥10.01 的 50%；用掉 2027-03-31 到期的 100 分",
        "分摊：¥1.00 × ¥10.01 ÷ ¥10.01，零头按最大余数分配",
        "现金抹零：¥19.05 取整到 ¥0.10 的倍数 ¥19.00",
        "分摊：¥0.05 × ¥9.01 ÷ ¥19.05，零头按最大余数分配",
        "分摊：¥0.05 × ¥10.04 ÷ ¥19.05，零头按最大余数分配",
    ]


def test_a_price_of_its_own_says_whether_it_was_rounded() -> None:
    own = FixedPriceOffer(id="own", price_fen=333)
    lines = (goods("H", "tcm", 386, "12.5", by_weight=True), goods("G", "tcm", 387, "2", by_weight=True))
    said = told(price(*lines, offers=(own,)))
    assert [sum(mark in line for line in said[1::2]) for mark in ("≈ ¥41.63", "= ¥6.66")] == [1, 1]


def test_a_line_without_offer_takes_nothing_off() -> None:
    lines = (goods("R", "rx", 1000), goods("N", "otc_b", 1000, no_discount=True), goods("P", "sundry", 1))
    steps = trace(price(*lines, member=GOLD), RULES)
    assert [(step.line, step.fen) for step in steps if step.rule == "no_offer"] == [(0, 0), (1, 0), (2, 0)]
