"""What the law asks for at the counter before goods may go into a basket (docs/programme §1)."""

from __future__ import annotations

from pos_member.domain.errors import Refusal
from pos_member.domain.product import Category, Product
from pos_member.domain.ruleset import Ruleset


def check_line(product: Product, pharmacist_on_duty: bool, ruleset: Ruleset) -> None:
    """Refuses a product that may not be sold at this till now.

    ``Refusal``: ``no_pharmacist``, ``rx_needs_prescription``, ``ephedrine_needs_register``, in this order.
    """
    if not pharmacist_on_duty and needs_pharmacist(product.category, ruleset):
        raise Refusal(
            "no_pharmacist",
            "药师不在岗，暂停销售处方药和甲类非处方药，{name} 现在不能卖。请药师在本机上岗后再扫",
            name=product.name,
        )
    if product.category is Category.RX:
        raise Refusal(
            "rx_needs_prescription",
            "{name} 是处方药，须凭处方、经药师审核后销售；本机没有处方登记，不能卖。请到药师柜台办理",
            name=product.name,
        )
    if product.ephedrine:
        raise Refusal(
            "ephedrine_needs_register",
            "{name} 含麻黄碱，须登记购买人姓名和身份证号，一次至多 {limit} 盒；本机没有登记，不能卖。请到药师柜台办理",
            name=product.name,
            limit=ruleset.obligations.ephedrine_limit,
        )


def needs_pharmacist(category: Category, ruleset: Ruleset) -> bool:
    """Whether goods of a category are sold only while a pharmacist is on duty."""
    if category is Category.OTC_A:
        return ruleset.obligations.otc_a_needs_pharmacist
    return category is Category.RX
