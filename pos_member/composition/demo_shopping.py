"""What the demo store's members bought: when, for about how much, and which goods."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pos_member.domain.product import Product
from pos_member.domain.quantity import Quantity
from pos_member.domain.quote import SaleLine
from pos_member.domain.tier import Tier

HISTORY_DAYS = 400
"""How far back the demo store's sales go."""

_WINDOW_DAYS = 364
_MOST_LINES = 5
_USUAL_WEIGHT_UNITS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ShoppingPlan:
    """Visits a member makes: the business dates, rising, and about how many fen each is for.

    ``pays_with_points`` is the chance that points are used at a visit.
    """

    visits: tuple[tuple[date, int], ...]
    pays_with_points: float


def plan_for(tier: Tier, today: date, random: Random, *, saves_points: bool) -> ShoppingPlan:
    """Visits that are likely to end in a tier; who ``saves_points`` spends much and never pays with points."""
    days_ago, spend_fen = _habit(tier, random, saves_points=saves_points)
    shares = [0.4 + random.random() for _ in days_ago]
    whole = sum(shares)
    visits = [
        (today - timedelta(days=ago), int(spend_fen * share / whole))
        for ago, share in zip(sorted(days_ago, reverse=True), shares, strict=True)
    ]
    pays = 0.0 if saves_points else random.choice((0.0, 0.1, 0.25, 0.4))
    return ShoppingPlan(visits=tuple(visits), pays_with_points=pays)


def _habit(tier: Tier, random: Random, *, saves_points: bool) -> tuple[list[int], int]:
    """How many days ago each visit was, and the fen of all of them."""
    if tier is Tier.BASIC:
        return _basic_habit(random)
    if tier is Tier.SILVER:
        if random.random() < 0.2:
            return _days(random, random.randint(1, 2)), random.randint(1200_00, 3100_00)
        visits = random.randint(3, 7)
        return _days(random, visits), visits * random.randint(35_00, 260_00)
    if tier is Tier.GOLD:
        if saves_points:
            return _days(random, random.randint(9, 11)), random.randint(6500_00, 9800_00)
        visits = random.randint(8, 20)
        return _days(random, visits), visits * random.randint(60_00, 190_00)
    visits = random.randint(14, 30)
    spend = random.randint(8000_00, 16000_00) if saves_points else random.randint(5800_00, 9500_00)
    return [*_days(random, visits), random.randint(1, 25), random.randint(26, 45)], spend


def _basic_habit(random: Random) -> tuple[list[int], int]:
    kind = random.random()
    if kind < 0.15:
        return [], 0
    if kind < 0.35:
        return [random.randint(_WINDOW_DAYS + 2, HISTORY_DAYS) for _ in range(random.randint(1, 2))], 180_00
    visits = random.randint(1, 2)
    return _days(random, visits), visits * random.randint(12_00, 380_00)


def _days(random: Random, visits: int) -> list[int]:
    """Days ago, within the rolling year; now and then one more before it."""
    days = random.sample(range(1, _WINDOW_DAYS), visits)
    if random.random() < 0.35:
        days.append(random.randint(_WINDOW_DAYS + 1, HISTORY_DAYS))
    return days


class Shelf:
    """The goods a member may pick from, by what a usual amount of each costs."""

    def __init__(self, goods: Sequence[Product]) -> None:
        # What needs the buyer's identity registered is left where it is.
        free = [product for product in goods if not product.ephedrine]
        self._goods = sorted(free, key=_usual_fen)
        self._costs = [_usual_fen(product) for product in self._goods]

    def basket(self, aim_fen: int, random: Random) -> tuple[SaleLine, ...]:
        """Different goods for about ``aim_fen`` at list prices; one at least, five at most."""
        lines: dict[str, SaleLine] = {}
        rest = aim_fen
        while not lines or (rest > 10_00 and len(lines) < _MOST_LINES):
            product = self._pick(rest, random)
            line = _line(product, rest, random)
            rest -= line.unit_price_fen * line.quantity.milli // 1000
            lines.setdefault(product.sku, line)
        return tuple(lines.values())

    def _pick(self, rest_fen: int, random: Random) -> Product:
        low = bisect_left(self._costs, rest_fen // 6)
        high = bisect_right(self._costs, rest_fen)
        if low >= high:
            low, high = max(0, high - 12), max(high, 12)
        return self._goods[random.randrange(low, high)]


def _usual_fen(product: Product) -> int:
    return product.price_fen * (_USUAL_WEIGHT_UNITS if product.by_weight else 1)


def _line(product: Product, rest_fen: int, random: Random) -> SaleLine:
    if product.by_weight:
        quantity = Quantity(random.randrange(5_000, 15_001, 500))
    else:
        affordable = max(1, rest_fen // product.price_fen)
        quantity = Quantity.whole(random.choice((1, 1, 1, min(2, affordable), min(3, affordable))))
    return SaleLine(
        sku=product.sku,
        category=product.category,
        unit_price_fen=product.price_fen,
        quantity=quantity,
        no_discount=product.no_discount,
        no_points=product.no_points,
        by_weight=product.by_weight,
    )
