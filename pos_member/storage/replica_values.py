"""Rows of the replica's tables as the values they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row

from pos_member.app.codec import from_text
from pos_member.app.published import PublishedRuleset
from pos_member.domain.ledger import Lot
from pos_member.domain.member import Card, CardStatus, Member, MemberState, MemberStatus
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
        ),
        tier=Tier(row.tier),
        lots=tuple(sorted(held, key=lambda lot: (lot.expires_on, lot.earned_on, lot.entry_id))),
        debt=row.debt,
        completed_sales=row.completed_sales,
        purchases=from_text(tuple[Purchase, ...], row.purchases),
        birthday_bonus_years=from_text(tuple[int, ...], row.birthday_bonus_years),
        upgrade_bonuses=from_text(tuple[UpgradeBonus, ...], row.upgrade_bonuses),
        applied=from_text(dict[str, int], row.applied),
    )
