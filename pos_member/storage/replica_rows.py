"""Writing and reading what head office publishes, on any connection that has the replica's tables.

The same statements serve a till's ``replica.db`` and head office's own database. Nothing here begins or ends a
transaction; the caller does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Executable, Insert, Table, bindparam, select, update
from sqlalchemy import delete as sql_delete
from sqlalchemy.dialects import sqlite

from pos_member.app.codec import to_text
from pos_member.app.ports import CouponState, RewardStock
from pos_member.app.published import Change, Entity, EntityKind, PublishedMember, PublishedOffer, PublishedRuleset
from pos_member.domain.ledger import Lot
from pos_member.domain.member import Card, MemberState
from pos_member.domain.product import Product
from pos_member.domain.staff import Staff, Store
from pos_member.storage.initials import initials
from pos_member.storage.replica_schema import (
    cards,
    coupons,
    lots,
    members,
    offers,
    product_barcodes,
    products,
    reward_stock,
    rulesets,
    staff,
    stores,
)
from pos_member.storage.replica_values import (
    card_of,
    coupon_of,
    member_of,
    product_of,
    ruleset_of,
    staff_of,
    stock_of,
    store_of,
)

_KEYS = {
    EntityKind.PRODUCT: products.c.sku,
    EntityKind.MEMBER: members.c.id,
    EntityKind.STAFF: staff.c.id,
    EntityKind.STORE: stores.c.id,
    EntityKind.RULESET: rulesets.c.version,
    EntityKind.OFFER: offers.c.id,
    EntityKind.COUPON: coupons.c.code,
    EntityKind.REWARD_STOCK: reward_stock.c.id,
}
_CHILD_KEYS = {
    EntityKind.PRODUCT: (product_barcodes.c.sku,),
    EntityKind.MEMBER: (cards.c.member_id, lots.c.member_id),
}
_FREE_PHONE = (
    update(members).where(members.c.phone == bindparam("taken"), members.c.id != bindparam("holder")).values(phone=None)
)
_PRODUCT = select(products).where(products.c.sku == bindparam("key"))
_MEMBER = select(members).where(members.c.id == bindparam("key"))
_LOTS = select(lots).where(lots.c.member_id == bindparam("key"))
_CARDS = select(cards).where(cards.c.member_id == bindparam("key")).order_by(cards.c.code)
_STAFF = select(staff).where(staff.c.id == bindparam("key"))
_STORE = select(stores).where(stores.c.id == bindparam("key"))
_RULESET = select(rulesets).where(rulesets.c.version == bindparam("key"))
_OFFER = select(offers).where(offers.c.id == bindparam("key"))
_COUPON = select(coupons).where(coupons.c.code == bindparam("key"))
_REWARD_STOCK = select(reward_stock).where(reward_stock.c.id == bindparam("key"))

_Params = dict[str, Any]


def key_of(entity: Entity) -> tuple[EntityKind, str]:
    """What kind of thing this is, and the identifier it is published under."""
    match entity:
        case Product():
            return EntityKind.PRODUCT, entity.sku
        case PublishedMember():
            return EntityKind.MEMBER, entity.state.member.id
        case Staff():
            return EntityKind.STAFF, entity.id
        case Store():
            return EntityKind.STORE, entity.id
        case PublishedRuleset():
            return EntityKind.RULESET, entity.version
        case PublishedOffer():
            return EntityKind.OFFER, entity.id
        case CouponState():
            return EntityKind.COUPON, entity.coupon.id.upper()
        case RewardStock():
            return EntityKind.REWARD_STOCK, stock_key(entity.store_id, entity.reward_id)


def stock_key(store_id: str, reward_id: str) -> str:
    """What the stock of a reward at a store is published under."""
    return f"{store_id}:{reward_id}"


def write_many(connection: Connection, changes: Iterable[Change]) -> None:
    """Writes changes in bulk, kind by kind. When one thing comes several times, its highest version counts.

    A member is written with all cards and lots, in place of those before. A phone number that another member still
    holds here is taken from that one, whose newer state is on its way.
    """
    latest: dict[tuple[EntityKind, str], Change] = {}
    for change in changes:
        key = (change.kind, change.entity_id)
        held = latest.get(key)
        if held is None or held.feed_no <= change.feed_no:
            latest[key] = change
    by_kind: dict[EntityKind, list[tuple[Any, int]]] = {}
    gone: dict[EntityKind, list[str]] = {}
    for change in latest.values():
        if change.entity is None:
            gone.setdefault(change.kind, []).append(change.entity_id)
        else:
            by_kind.setdefault(change.kind, []).append((change.entity, change.feed_no))
    for kind, entity_ids in gone.items():
        _delete_many(connection, kind, entity_ids)
    for kind, entities in by_kind.items():
        _WRITERS[kind](connection, entities)


def read_product(connection: Connection, sku: str) -> Product | None:
    """The product of an SKU, exactly as written."""
    row = connection.execute(_PRODUCT, {"key": sku}).one_or_none()
    return None if row is None else product_of(row)


def read_member(connection: Connection, member_id: str) -> MemberState | None:
    """A member's published state; its lots stand first to expire first."""
    row = connection.execute(_MEMBER, {"key": member_id}).one_or_none()
    return None if row is None else member_of(row, connection.execute(_LOTS, {"key": member_id}).all())


def read_cards(connection: Connection, member_id: str) -> tuple[Card, ...]:
    """All cards of a member, by code."""
    return tuple(card_of(row) for row in connection.execute(_CARDS, {"key": member_id}))


def read_entity(connection: Connection, kind: EntityKind, entity_id: str) -> Entity | None:
    """The thing of a kind under an identifier, as it is published."""
    match kind:
        case EntityKind.PRODUCT:
            return read_product(connection, entity_id)
        case EntityKind.MEMBER:
            state = read_member(connection, entity_id)
            return None if state is None else PublishedMember(state=state, cards=read_cards(connection, entity_id))
        case EntityKind.STAFF:
            row = connection.execute(_STAFF, {"key": entity_id}).one_or_none()
            return None if row is None else staff_of(row)
        case EntityKind.STORE:
            row = connection.execute(_STORE, {"key": entity_id}).one_or_none()
            return None if row is None else store_of(row)
        case EntityKind.RULESET:
            row = connection.execute(_RULESET, {"key": entity_id}).one_or_none()
            return None if row is None else ruleset_of(row)
        case EntityKind.OFFER:
            row = connection.execute(_OFFER, {"key": entity_id}).one_or_none()
            return None if row is None else PublishedOffer(id=row.id, text=row.text)
        case EntityKind.COUPON:
            return read_coupon(connection, entity_id)
        case EntityKind.REWARD_STOCK:
            return read_reward_stock(connection, entity_id)


def read_offers(connection: Connection) -> tuple[PublishedOffer, ...]:
    """The published offers, by id."""
    rows = connection.execute(select(offers).order_by(offers.c.id))
    return tuple(PublishedOffer(id=row.id, text=row.text) for row in rows)


def read_coupon(connection: Connection, code: str) -> CouponState | None:
    """A coupon by its code in upper case."""
    row = connection.execute(_COUPON, {"key": code}).one_or_none()
    return None if row is None else coupon_of(row)


def read_reward_stock(connection: Connection, key: str) -> RewardStock | None:
    """The stock of a reward by :func:`stock_key`."""
    row = connection.execute(_REWARD_STOCK, {"key": key}).one_or_none()
    return None if row is None else stock_of(row)


@cache
def upsert(table: Table, dialect: str, key: str) -> Insert:
    """The statement that writes a row over the one with the same key."""
    columns = [column.name for column in table.c if column.name not in (key, "rid")]
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # a till never needs it

        inserting = postgresql.insert(table)
        return inserting.on_conflict_do_update(
            index_elements=[key], set_={name: inserting.excluded[name] for name in columns}
        )
    writing = sqlite.insert(table)
    return writing.on_conflict_do_update(index_elements=[key], set_={name: writing.excluded[name] for name in columns})


def _put(connection: Connection, table: Table, key: str, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(upsert(table, connection.dialect.name, key), rows)


@cache
def _removal(kind: EntityKind, *, whole: bool) -> tuple[Executable, ...]:
    columns = (*_CHILD_KEYS.get(kind, ()), *((_KEYS[kind],) if whole else ()))
    return tuple(sql_delete(column.table).where(column == bindparam("key")) for column in columns)


def _delete_many(connection: Connection, kind: EntityKind, entity_ids: Sequence[str], *, whole: bool = True) -> None:
    """Removes things, or, when not ``whole``, only what hangs on them."""
    for statement in _removal(kind, whole=whole):
        connection.execute(statement, [{"key": entity_id} for entity_id in entity_ids])


def _write_products(connection: Connection, entities: Sequence[tuple[Product, int]]) -> None:
    _delete_many(connection, EntityKind.PRODUCT, [product.sku for product, _ in entities], whole=False)
    _put(connection, products, "sku", [_product_params(product, feed_no) for product, feed_no in entities])
    borne = [{"barcode": barcode, "sku": product.sku} for product, _ in entities for barcode in product.barcodes]
    _put(connection, product_barcodes, "barcode", borne)


def _product_params(product: Product, feed_no: int) -> _Params:
    return {
        "sku": product.sku,
        "name": product.name,
        "initials": initials(product.name),
        "specification": product.specification,
        "maker": product.maker,
        "category": product.category.value,
        "price_fen": product.price_fen,
        "unit": product.unit,
        "barcodes": to_text(product.barcodes),
        "ingredients": to_text(product.ingredients),
        "no_discount": product.no_discount,
        "no_points": product.no_points,
        "by_weight": product.by_weight,
        "insurable": product.insurable,
        "trace_code": product.trace_code,
        "ephedrine": product.ephedrine,
        "cold_chain": product.cold_chain,
        "feed_no": feed_no,
    }


def _write_members(connection: Connection, entities: Sequence[tuple[PublishedMember, int]]) -> None:
    people = [(published.state.member, published) for published, _ in entities]
    phones = [{"taken": member.phone, "holder": member.id} for member, _ in people if member.phone is not None]
    if phones:
        connection.execute(_FREE_PHONE, phones)
    _delete_many(connection, EntityKind.MEMBER, [member.id for member, _ in people], whole=False)
    _put(connection, members, "id", [_member_params(published.state, feed_no) for published, feed_no in entities])
    held = [
        {"code": card.code.upper(), "member_id": member.id, "status": card.status.value}
        for member, published in people
        for card in published.cards
    ]
    _put(connection, cards, "code", held)
    unspent = [_lot_params(member.id, lot) for member, published in people for lot in published.state.lots]
    _put(connection, lots, "entry_id", unspent)


def _member_params(state: MemberState, feed_no: int) -> _Params:
    member = state.member
    return {
        "id": member.id,
        "name": member.name,
        "initials": member.initials.lower(),
        "phone": member.phone,
        "birthday": None if member.birthday is None else member.birthday.isoformat(),
        "gender": member.gender,
        "joined_on": member.joined_on.isoformat(),
        "home_store": member.home_store,
        "status": member.status.value,
        "tier": state.tier.value,
        "debt": state.debt,
        "completed_sales": state.completed_sales,
        "purchases": to_text(state.purchases),
        "birthday_bonus_years": to_text(state.birthday_bonus_years),
        "upgrade_bonuses": to_text(state.upgrade_bonuses),
        "applied": to_text(state.applied),
        "feed_no": feed_no,
        "address": member.address,
        "channel": member.channel,
        "referrer_id": member.referrer_id,
        "marketing_consent": member.marketing_consent,
        "health_consent": member.health_consent,
        "bonuses": to_text(state.bonuses),
        "benefit_uses": to_text(state.benefit_uses),
        "spend_fen": state.spend_fen,
        "allergies": to_text(state.allergies),
    }


def _lot_params(member_id: str, lot: Lot) -> _Params:
    return {
        "entry_id": lot.entry_id,
        "member_id": member_id,
        "points": lot.points,
        "earned_on": lot.earned_on.isoformat(),
        "expires_on": lot.expires_on.isoformat(),
    }


def _write_staff(connection: Connection, entities: Sequence[tuple[Staff, int]]) -> None:
    rows = [
        {
            "id": person.id,
            "number": person.number,
            "name": person.name,
            "role": person.role.value,
            "pin_hash": person.pin_hash,
            "active": person.active,
            "feed_no": feed_no,
        }
        for person, feed_no in entities
    ]
    _put(connection, staff, "id", rows)


def _write_stores(connection: Connection, entities: Sequence[tuple[Store, int]]) -> None:
    rows = [
        {
            "id": store.id,
            "name": store.name,
            "address": store.address,
            "phone": store.phone,
            "zone": store.zone,
            "feed_no": feed_no,
        }
        for store, feed_no in entities
    ]
    _put(connection, stores, "id", rows)


def _write_rulesets(connection: Connection, entities: Sequence[tuple[PublishedRuleset, int]]) -> None:
    rows = [
        {
            "version": ruleset.version,
            "effective_from": ruleset.effective_from.isoformat(),
            "stores": to_text(ruleset.stores),
            "text": ruleset.text,
            "feed_no": feed_no,
        }
        for ruleset, feed_no in entities
    ]
    _put(connection, rulesets, "version", rows)


def _write_offers(connection: Connection, entities: Sequence[tuple[PublishedOffer, int]]) -> None:
    rows = [{"id": offer.id, "text": offer.text, "feed_no": feed_no} for offer, feed_no in entities]
    _put(connection, offers, "id", rows)


def _write_coupons(connection: Connection, entities: Sequence[tuple[CouponState, int]]) -> None:
    rows = [
        {
            "code": held.coupon.id.upper(),
            "member_id": held.member_id,
            "used_by": held.used_by,
            "coupon": to_text(held.coupon),
            "feed_no": feed_no,
        }
        for held, feed_no in entities
    ]
    _put(connection, coupons, "code", rows)


def _write_reward_stock(connection: Connection, entities: Sequence[tuple[RewardStock, int]]) -> None:
    rows = [
        {
            "id": stock_key(stock.store_id, stock.reward_id),
            "pieces": stock.pieces,
            "applied": to_text(stock.applied),
            "feed_no": feed_no,
        }
        for stock, feed_no in entities
    ]
    _put(connection, reward_stock, "id", rows)


_WRITERS: dict[EntityKind, Callable[[Connection, Any], None]] = {
    EntityKind.PRODUCT: _write_products,
    EntityKind.MEMBER: _write_members,
    EntityKind.STAFF: _write_staff,
    EntityKind.STORE: _write_stores,
    EntityKind.RULESET: _write_rulesets,
    EntityKind.OFFER: _write_offers,
    EntityKind.COUPON: _write_coupons,
    EntityKind.REWARD_STOCK: _write_reward_stock,
}
