"""What a pharmacist warns of: goods against an allergy (过敏), and one ingredient in two goods (重复用药), §1, §9."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from pos_member.domain.errors import Refusal, Sentence
from pos_member.domain.product import Product


class ConflictKind(StrEnum):
    """What speaks against selling."""

    ALLERGY = "allergy"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """An ingredient that the member does not bear, or that several goods hold; ``goods`` are the names of those.

    ``key`` tells one conflict from another: it changes when goods come to it, so that those are looked at too.
    """

    kind: ConflictKind
    ingredient: str
    skus: tuple[str, ...]
    goods: tuple[str, ...]

    @property
    def key(self) -> str:
        """What an acknowledgement names."""
        return f"{self.kind}:{self.ingredient}:{','.join(self.skus)}"

    @property
    def sentence(self) -> Sentence:
        """What is said of it."""
        gaps: dict[str, object] = {"ingredient": self.ingredient, "goods": "、".join(self.goods)}
        template = "{goods} 都含{ingredient}，属重复用药"
        if self.kind is ConflictKind.ALLERGY:
            template = "会员对{ingredient}过敏，{goods} 含有它"
        return Sentence(template=template, gaps=gaps)


def conflicts(products: Iterable[Product], allergies: Collection[str]) -> tuple[Conflict, ...]:
    """What speaks against these goods together, allergies first, each in the order of the goods."""
    holding: dict[str, dict[str, str]] = {}
    for product in products:
        for ingredient in product.ingredients:
            holding.setdefault(ingredient, {})[product.sku] = product.name
    named = set(allergies)
    found = [
        Conflict(kind=kind, ingredient=ingredient, skus=tuple(sorted(goods)), goods=tuple(goods.values()))
        for kind in ConflictKind
        for ingredient, goods in holding.items()
        if (ingredient in named if kind is ConflictKind.ALLERGY else len(goods) > 1)
    ]
    return tuple(found)


def require_acknowledged(found: Iterable[Conflict], acknowledged: Collection[str]) -> None:
    """``Refusal`` ``conflict_unacknowledged`` names the first conflict that nobody has acknowledged."""
    for conflict in found:
        if conflict.key not in acknowledged:
            gaps: dict[str, object] = {"ingredient": conflict.ingredient, "goods": "、".join(conflict.goods)}
            template = "{goods} 都含{ingredient}，属重复用药：请与顾客核对并逐项确认后再收款"
            if conflict.kind is ConflictKind.ALLERGY:
                template = "会员对{ingredient}过敏，{goods} 含有它：请与顾客核对并逐项确认后再收款"
            raise Refusal("conflict_unacknowledged", template, **gaps)
