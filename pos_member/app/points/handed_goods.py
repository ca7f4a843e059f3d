"""Goods that are handed out for points or as a gift, as they are scanned."""

from __future__ import annotations

from pos_member.app.members.identify import normalise, product_of_code
from pos_member.app.ports import Replica
from pos_member.domain.errors import Refusal
from pos_member.domain.product import Product


def handed_goods(replica: Replica, code: str) -> Product:
    """The goods of a bar code or an SKU.

    ``Refusal``: ``product_unknown``; ``goods_ephedrine``, for the law has the buyer of those registered.
    """
    scanned = normalise(code)
    product = product_of_code(replica, scanned) if scanned else None
    if product is None:
        raise Refusal("product_unknown", "没有条码或编码为「{code}」的商品；请扫要交给顾客的商品", code=scanned)
    if product.ephedrine:
        template = "{goods}含麻黄碱，须登记购买人，不能兑换也不能赠送；请换别的商品"
        raise Refusal("goods_ephedrine", template, goods=product.name)
    return product
