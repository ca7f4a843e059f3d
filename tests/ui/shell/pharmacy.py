"""Goods with duties at the counter, a member who bears no penicillin, and a coupon."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pos_member.app.ports import CouponState
from pos_member.app.published import Entity, EntityKind, PublishedRuleset
from pos_member.domain.offers import Coupon
from pos_member.domain.product import Category, Product
from tests.ui.shell.shop import ROOT, WANG, wang

AMOXICILLIN, CEFALEXIN, PSEUDOEPHEDRINE, COLD_TABLETS = (
    "2000000000107",
    "2000000000206",
    "2000000000305",
    "2000000000404",
)
COUPON = "CPN-2026-01"


def goods(code: str, sku: str, name: str, category: Category, fen: int, **more: object) -> Product:
    """Something on the shelf."""
    return Product(
        sku=sku,
        name=name,
        specification="24粒",
        maker="安和制药",
        category=category,
        price_fen=fen,
        unit="盒",
        barcodes=(code,),
        **more,  # type: ignore[arg-type]
    )


def pharmacy() -> tuple[tuple[EntityKind, str, Entity], ...]:
    """What head office publishes for these stories."""
    shelf = (
        goods(AMOXICILLIN, "R001", "阿莫西林胶囊", Category.RX, 1800, ingredients=("阿莫西林",)),
        goods(CEFALEXIN, "R002", "头孢氨苄片", Category.RX, 2200),
        goods(PSEUDOEPHEDRINE, "E001", "麻黄碱苯海拉明片", Category.OTC_B, 1200, ephedrine=True),
        goods(COLD_TABLETS, "C001", "酚麻美敏片", Category.OTC_A, 1500),
    )
    before = wang()
    allergic = replace(before, state=replace(before.state, allergies=("阿莫西林",)))
    coupon = CouponState(coupon=Coupon(id=COUPON, threshold_fen=5000, off_fen=1000))
    return (
        *((EntityKind.PRODUCT, one.sku, one) for one in shelf),
        (EntityKind.MEMBER, WANG, allergic),
        (EntityKind.COUPON, COUPON, coupon),
    )


def only_the_store_manager(*rights: str) -> tuple[EntityKind, str, PublishedRuleset]:
    """A ruleset that keeps some rights for the store manager."""
    text = (ROOT / "resources" / "rulesets" / "default.toml").read_text(encoding="utf-8")
    for right in rights:
        head, _, tail = text.partition(f"\n{right} = [")
        text = f'{head}\n{right} = ["store_manager"]{tail[tail.index("]") + 1 :]}'
    text = text.replace('version = "2026.1"', 'version = "2026.2"', 1)
    ruleset = PublishedRuleset(version="2026.2", effective_from=date(2026, 1, 1), stores=(), text=text)
    return (EntityKind.RULESET, "2026.2", ruleset)
