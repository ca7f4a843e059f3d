"""Pricing a basket of ten lines: a gold member, a buy-N-get-M, a 满减, as many points as may pay."""

from __future__ import annotations

from datetime import date

from pos_member.domain.ledger import Lot
from pos_member.domain.offers import BuyNGetMOffer, Scope, SpendReduceOffer
from pos_member.domain.pricing import quote
from pos_member.domain.product import Category
from pos_member.domain.quantity import Quantity
from pos_member.domain.quote import MemberStanding, QuoteRequest, SaleLine
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.tier import Tier
from tests.benchmarks.figure import Figure, beside

_CATEGORIES = ("supplement", "otc_b", "sundry", "device", "tcm", "otc_a", "rx", "supplement", "sundry", "otc_b")
_GOLD = 85
_FULL = 100


def price_basket(ruleset: Ruleset) -> Figure:
    """``price_basket_us``."""
    request = _request()
    plain = [
        (line.unit_price_fen, line.quantity.milli // 1000, _FULL if line.category is Category.RX else _GOLD)
        for line in request.lines
    ]
    weights = [int(ruleset.categories[line.category].points_per_yuan * 100) for line in request.lines]
    return beside(
        "price_basket_us",
        lambda: quote(request, ruleset),
        lambda: _by_hand(plain, weights),
        "the same basket in plain integers, no rules looked at",
        rounds=101,
        each=50,
    )


def _request() -> QuoteRequest:
    lines = tuple(
        SaleLine(
            sku=f"S{index}",
            category=Category(category),
            unit_price_fen=1990 + index * 735,
            quantity=Quantity.whole(1 + index % 3),
        )
        for index, category in enumerate(_CATEGORIES)
    )
    member = MemberStanding(
        id="m1",
        tier=Tier.GOLD,
        birthday=date(1980, 3, 3),
        completed_sales=12,
        spend_365_fen=320_000,
        visits_365=9,
        visited_today=False,
        lots=(
            Lot(entry_id="a", points=3000, earned_on=date(2025, 12, 1), expires_on=date(2026, 12, 31)),
            Lot(entry_id="b", points=5000, earned_on=date(2026, 2, 1), expires_on=date(2027, 2, 28)),
        ),
        debt=0,
        birthday_bonus_years=(2025,),
        upgrade_bonuses=(),
    )
    return QuoteRequest(
        on=date(2026, 5, 6),
        lines=lines,
        member=member,
        store="S1",
        offers=(
            BuyNGetMOffer(id="buy-2-get-1", n=2, m=1, scope=Scope(skus=frozenset({"S2", "S5"}))),
            SpendReduceOffer(id="m200", threshold_fen=20_000, off_fen=5_000),
        ),
        points_to_redeem="max",
    )


def _by_hand(lines: list[tuple[int, int, int]], weights: list[int]) -> tuple[int, int]:
    nets = [(2 * price * quantity * rate + 100) // 200 for price, quantity, rate in lines]
    nets = _less(nets, 5_000)
    nets = _less(nets, min(8_000, sum(nets) // 200 * 100))
    return sum(nets), sum(net * weight for net, weight in zip(nets, weights, strict=True)) * 3 // 20_000


def _less(nets: list[int], off: int) -> list[int]:
    whole = sum(nets)
    parts = [off * net // whole for net in nets]
    by_remainder = sorted(range(len(nets)), key=lambda index: -(off * nets[index] % whole))
    for index in by_remainder[: off - sum(parts)]:
        parts[index] += 1
    return [net - part for net, part in zip(nets, parts, strict=True)]
