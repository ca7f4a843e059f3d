"""Goods (商品): what is sold, and the flags the rules look at (docs/programme §1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """The programme's seven categories of goods."""

    RX = "rx"
    OTC_A = "otc_a"
    OTC_B = "otc_b"
    TCM = "tcm"
    SUPPLEMENT = "supplement"
    DEVICE = "device"
    SUNDRY = "sundry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A product as the replica holds it. ``price_fen`` is the list price of one ``unit``."""

    sku: str
    name: str
    specification: str
    maker: str
    category: Category
    price_fen: int
    unit: str
    barcodes: tuple[str, ...] = ()
    ingredients: tuple[str, ...] = ()
    no_discount: bool = False
    no_points: bool = False
    by_weight: bool = False
    insurable: bool = False
    trace_code: bool = False
    ephedrine: bool = False
    cold_chain: bool = False
