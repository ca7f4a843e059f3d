"""What a customer wants at the counter, as steps: chosen by chance, so that a kill may fall into anything."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from pos_member.app.counter import NeedKind
from pos_member.app.till import Till
from pos_member.domain.errors import Refusal
from pos_member.domain.staff import Role
from tests.durability.journal import Step
from tests.durability.shop import PINS, Shop

OpenBasket = Callable[[], dict[str, Any]]
"""The open basket as it was last seen on the disk."""

_MOST_QUEUED = 150
_PRINTED_AT_ONCE = 100
_REGULARS = 25


class Errands:
    """The errands at the counter itself. Each gives its steps one by one and looks at the basket in between."""

    def __init__(self, till: Till, shop: Shop, chance: random.Random, basket: OpenBasket) -> None:
        self.till = till
        self.shop = shop
        self.chance = chance
        self.basket = basket

    @property
    def regulars(self) -> tuple[str, ...]:
        """Cards of the members who come often."""
        return self.shop.cards[:_REGULARS]

    def approval(self, role: Role) -> dict[str, str]:
        """Who types the PIN."""
        person = self.shop.person(role)
        return {"staff": person.id, "pin": PINS[person.number]}

    def sign_in(self) -> Iterator[Step]:
        """李芳 signs in, 陈蕾 is on duty beside her."""
        yield Step(do="sign_in", args=self.approval(Role.CASHIER))
        yield Step(do="take_duty", args=self.approval(Role.PHARMACIST))
        yield Step(do="counter")

    def fill(self) -> Iterator[Step]:
        """A card, perhaps, and some goods."""
        chance = self.chance
        if chance.random() < 0.7:
            yield Step(do="scan", args={"code": chance.choice(self.regulars)})
        for _ in range(chance.randint(1, 5)):
            goods = self.shop.barcodes if chance.random() < 0.95 else self.shop.restricted
            yield Step(do="scan", args={"code": chance.choice(goods)})
        found = self.basket().get("lines", [])
        if found and chance.random() < 0.3:
            args = {"line": chance.randrange(len(found)), "text": str(chance.randint(1, 2))}
            yield Step(do="quantity", args=args)
        if len(found) > 1 and chance.random() < 0.2:
            yield Step(do="remove", args={"line": chance.randrange(len(found))})
        if found and chance.random() < 0.05:
            fen = found[0]["product"]["price_fen"] - 10
            yield Step(do="price", args={"line": 0, "fen": fen, **self.approval(Role.STORE_MANAGER)})

    def sell(self) -> Iterator[Step]:
        """Goods are paid for; what cannot be settled is voided."""
        yield from self.fill()
        yield from self.clear()
        paid = self.payment()
        if paid is not None:
            yield Step(do="settle", id=paid["basket"], args=paid)
        if self.basket().get("lines"):
            yield Step(do="void")

    def clear(self) -> Iterator[Step]:
        """What the basket needs before it can be settled."""
        held = self.basket()
        if not held.get("lines"):
            return
        for need in self.till.counter().needs:
            if need.kind is NeedKind.ACKNOWLEDGEMENT:
                yield Step(do="acknowledge", args={"key": need.conflict})
            elif need.kind is NeedKind.BUYER:
                yield Step(do="buyer")
            elif need.kind is NeedKind.PRESCRIPTION:
                prescription = self.till.new_id()
                today = datetime.now(UTC).date().isoformat()
                yield Step(do="prescription", id=prescription, args={"skus": list(need.skus), "written_on": today})
                args = {"prescription": prescription, **self.approval(Role.PHARMACIST)}
                yield Step(do="decide", id=self.till.new_id(), args=args)

    def payment(self) -> dict[str, Any] | None:
        """How the open basket is paid; None where nothing can be."""
        held = self.basket()
        if not held.get("lines"):
            return None
        points, tenders = 0, []
        try:
            if self.chance.random() < 0.4:
                points = self.till.payment("max").quote.points_redeemed
            payable = self.till.payment(points).quote.payable_fen
        except Refusal:
            return None
        way = self.chance.choice(("exact", "cash", "mixed"))
        if way == "cash":
            tenders = [["cash", payable + 500]]
        elif way == "mixed" and payable > 1:
            tenders = [["wechat", payable // 2], ["cash", payable - payable // 2]]
        rounding = way == "exact" and self.chance.random() < 0.5
        return {"basket": held["id"], "points": points, "tenders": tenders, "rounding": rounding}

    def void(self) -> Iterator[Step]:
        """Somebody changes his mind."""
        yield from self.fill()
        yield Step(do="void")

    def suspend(self) -> Iterator[Step]:
        """Somebody forgot his purse."""
        yield from self.fill()
        yield Step(do="suspend", args={"basket": self.basket().get("id", "")})
        if self.basket().get("lines"):
            yield Step(do="void")

    def recall(self) -> Iterator[Step]:
        """Somebody comes back with it."""
        aside = self.till.suspended()
        if aside:
            basket = self.chance.choice(aside).basket_id
            yield Step(do="recall", args={"basket": basket})
            yield from self.sell()

    def reprint(self) -> Iterator[Step]:
        """Somebody lost the receipt."""
        yield Step(do="reprint")

    def paper(self) -> Iterator[Step]:
        """The printer catches up: the oldest receipts come out."""
        jobs = [job for job in self.till.print_jobs() if job.state.value == "queued"]
        if len(jobs) > _MOST_QUEUED:
            out = jobs[:_PRINTED_AT_ONCE]
            yield Step(do="print", args={"jobs": [job.id for job in out], "sales": [job.sale_id for job in out]})
