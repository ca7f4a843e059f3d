"""Rows of the replica's tables as the values they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row

from pos_member.app.codec import from_text
from pos_member.app.ports import CouponState, RewardStock
from pos_member.app.published import PublishedRuleset
from pos_member.domain.benefits import BenefitUse
from pos_member.domain.bonuses import PastBonus
from pos_member.domain.ledger import Lot
from pos_member.domain.member import Card, CardStatus, Member, MemberState, MemberStatus
from pos_member.domain.offers import Coupon
from pos_member.domain.product import Category, Product
from pos_member.domain.staff import Role, Staff, Store
from pos_member.domain.tier import Purchase, Tier, UpgradeBonus


def product_of(row: Row[Any]) -> Product:
    """The product in a row of ``products``."""
    return Product(
        sku=row.sku,
        name=row.name,
        specification=row.specification,
        maker=row.maker,
        category=Category(row.category),
        price_fen=row.price_fen,
        unit=row.unit,
        barcodes=from_text(tuple[str, ...], row.barcodes),
        ingredients=from_text(tuple[str, ...], row.ingredients),
        no_discount=row.no_discount,
        no_points=row.no_points,
        by_weight=row.by_weight,
        insurable=row.insurable,
        trace_code=row.trace_code,
        ephedrine=row.ephedrine,
        cold_chain=row.cold_chain,
    )


def card_of(row: Row[Any]) -> Card:
    """The card in a row of ``cards``."""
    return Card(code=row.code, member_id=row.member_id, status=CardStatus(row.status))


def staff_of(row: Row[Any]) -> Staff:
    """The person in a row of ``staff``."""
    return Staff(
        id=row.id, number=row.number, name=row.name, role=Role(row.role), pin_hash=row.pin_hash, active=row.active
    )


def store_of(row: Row[Any]) -> Store:
    """The shop in a row of ``stores``."""
    return Store(id=row.id, name=row.name, address=row.address, phone=row.phone, zone=row.zone)


def ruleset_of(row: Row[Any]) -> PublishedRuleset:
    """The ruleset in a row of ``rulesets``."""
    return PublishedRuleset(
        version=row.version,
        effective_from=date.fromisoformat(row.effective_from),
        stores=from_text(tuple[str, ...], row.stores),
        text=row.text,
    )


def coupon_of(row: Row[Any]) -> CouponState:
    """The coupon in a row of ``coupons``."""
    return CouponState(coupon=from_text(Coupon, row.coupon), member_id=row.member_id, used_by=row.used_by)


def stock_of(row: Row[Any]) -> RewardStock:
    """The stock in a row of ``reward_stock``."""
    store_id, _, reward_id = row.id.rpartition(":")
    return RewardStock(
        store_id=store_id, reward_id=reward_id, pieces=row.pieces, applied=from_text(dict[str, int], row.applied)
    )


def member_of(row: Row[Any], lot_rows: Sequence[Row[Any]]) -> MemberState:
    """The state in a row of ``members`` and the member's rows of ``lots``."""
    held = [
        Lot(
            entry_id=lot.entry_id,
            points=lot.points,
            earned_on=date.fromisoformat(lot.earned_on),
            expires_on=date.fromisoformat(lot.expires_on),
        )
        for lot in lot_rows
    ]
    return MemberState(
        member=Member(
            id=row.id,
            name=row.name,
            initials=row.initials,
            phone=row.phone,
            birthday=None if row.birthday is None else date.fromisoformat(row.birthday),
            gender=row.gender,
            joined_on=date.fromisoformat(row.joined_on),
            home_store=row.home_store,
            status=MemberStatus(row.status),
            address=row.address,
            channel=row.channel,
            referrer_id=row.referrer_id,
            marketing_consent=row.marketing_consent,
            health_consent=row.health_consent,
        ),
        tier=Tier(row.tier),
        lots=tuple(sorted(held, key=lambda lot: (lot.expires_on, lot.earned_on, lot.entry_id))),
        debt=row.debt,
        completed_sales=row.completed_sales,
        purchases=from_text(tuple[Purchase, ...], row.purchases),
        birthday_bonus_years=from_text(tuple[int, ...], row.birthday_bonus_years),
        upgrade_bonuses=from_text(tuple[UpgradeBonus, ...], row.upgrade_bonuses),
        applied=from_text(dict[str, int], row.applied),
        bonuses=from_text(tuple[PastBonus, ...], row.bonuses),
        benefit_uses=from_text(tuple[BenefitUse, ...], row.benefit_uses),
        spend_fen=row.spend_fen,
        allergies=from_text(tuple[str, ...], row.allergies),
    )
