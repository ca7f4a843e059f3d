"""What is wanted at the desks beside the counter, and which errand comes next."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from pos_member.app.till import Till
from pos_member.domain.errors import Spoken
from pos_member.domain.product import Category
from pos_member.domain.staff import Role
from tests.durability.errands import Errands, OpenBasket
from tests.durability.journal import Step
from tests.durability.shop import Shop

_SERVICES = ("blood_pressure", "glucose", "consultation")


class DeskErrands:
    """Errands of every kind, one after the other; ``receipts`` are numbers of earlier sales of this till."""

    def __init__(
        self,
        till: Till,
        shop: Shop,
        chance: random.Random,
        basket: OpenBasket,
        receipts: Callable[[], list[str]],
    ) -> None:
        self.counter = Errands(till, shop, chance, basket)
        self._till = till
        self._shop = shop
        self._chance = chance
        self._receipts = receipts

    def one(self) -> Iterator[Step]:
        """Any errand."""
        counter = self.counter
        often = (counter.sell,) * 8 + (counter.suspend, counter.recall) * 2 + (self._take_goods_back,) * 3
        once = (
            counter.void,
            counter.reprint,
            self._exchange,
            self._enrol,
            self._change_member,
            self._spend,
            self._bonus,
            self._cash,
            self._shift,
        )
        yield from counter.paper()
        yield from self._chance.choice((*often, *once))()

    def _take_goods_back(self) -> Iterator[Step]:
        back = self._goods_back()
        if back is not None:
            yield Step(do="return", id=self._till.new_id(), args=back)

    def _exchange(self) -> Iterator[Step]:
        yield from self.counter.fill()
        yield from self.counter.clear()
        back, paid = self._goods_back(), self.counter.payment()
        if back is not None and paid is not None:
            args = {**back, **paid, "points": 0, "tenders": [], "rounding": False}
            yield Step(do="exchange", id=self._till.new_id(), args=args)
        if self.counter.basket().get("lines"):
            yield Step(do="void")

    def _goods_back(self) -> dict[str, object] | None:
        """Part of an earlier sale, whole pieces; None where none can come back."""
        receipts = self._receipts()
        if not receipts:
            return None
        receipt = self._chance.choice(receipts)
        try:
            sale = self._till.returns.find(receipt)
        except Spoken:
            return None
        lines = [line for line in sale.lines if line.left.milli >= 1000 and line.grounds]
        if not lines:
            return None
        line = self._chance.choice(lines)
        pieces = self._chance.randint(1, line.left.milli // 1000) if not line.by_weight else 0
        milli = pieces * 1000 or line.left.milli
        return {
            "receipt": receipt,
            "lines": [[line.line, milli]],
            "quality": line.grounds[0].value == "quality",
            **self.counter.approval(Role.PHARMACIST),
        }

    def _enrol(self) -> Iterator[Step]:
        member = self._till.new_id()
        number = self._chance.randrange(10**8)
        referrer = self._chance.choice((self._chance.choice(self.counter.regulars), ""))
        args = {
            "name": f"李{number % 97}",
            "phone": f"137{number:08d}",
            "card": f"6300{number:012d}",
            "referrer": referrer,
        }
        yield Step(do="enrol", id=member, args=args)
        yield Step(do="scan", args={"code": args["card"]})
        yield from self.counter.sell()

    def _change_member(self) -> Iterator[Step]:
        member = self._member()
        if self._chance.random() < 0.7:
            args = {"member": member, "address": f"桂园路 {self._chance.randrange(999)} 号"}
            yield Step(do="edit", id=self._till.new_id(), args=args)
        else:
            quiet = self._chance.choice(self._shop.members[100:]).state.member.id
            args = {"member": quiet, "card": f"6400{self._chance.randrange(10**8):012d}"}
            yield Step(do="card", id=self._till.new_id(), args=args)

    def _spend(self) -> Iterator[Step]:
        member, redemption = self._member(), self._till.new_id()
        chance = self._chance.random()
        if chance < 0.4:
            args = {"member": member, "service": self._chance.choice(_SERVICES)}
            yield Step(do="service", id=redemption, args=args)
        elif chance < 0.7:
            water = next(each.sku for each in self._shop.goods if each.category is Category.SUNDRY)
            yield Step(do="reward", id=redemption, args={"member": member, "reward": "water", "sku": water})
        else:
            yield Step(do="donate", id=redemption, args={"member": member, "points": 100})
        if self._chance.random() < 0.4:
            yield Step(do="take_back", id=self._till.new_id(), args={"redemption": redemption})

    def _bonus(self) -> Iterator[Step]:
        grant, member = self._till.new_id(), self._member()
        if self._chance.random() < 0.5:
            yield Step(do="check_in", id=grant, args={"member": member})
        else:
            points = self._chance.choice((-300, -20, 10, 500))
            args = {"member": member, "points": points, **self.counter.approval(Role.STORE_MANAGER)}
            yield Step(do="adjust", id=grant, args=args)

    def _cash(self) -> Iterator[Step]:
        shift = self._till.shifts.state().shift
        if shift is not None:
            args = {
                "shift": shift.id,
                "direction": self._chance.choice(("in", "out")),
                "fen": self._chance.randint(1, 9999),
            }
            yield Step(do="cash", id=self._till.new_id(), args=args)

    def _shift(self) -> Iterator[Step]:
        shift = self._till.shifts.state().shift
        if shift is not None:
            args = {"shift": shift.id, "counted": self._chance.randrange(100_000)}
            yield Step(do="close_shift", id=self._till.new_id(), args=args)
        if self._chance.random() < 0.7:
            yield Step(do="open_shift", id=self._till.new_id(), args={"float": self._chance.randrange(50_000)})

    def _member(self) -> str:
        card = self._chance.choice(self.counter.regulars)
        return next(each.state.member.id for each in self._shop.members if each.cards[0].code == card)
