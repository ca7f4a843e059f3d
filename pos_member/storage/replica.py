"""What a till reads of head office's state: the :class:`pos_member.app.ports.Replica` over ``replica.db``."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from threading import Lock
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Select, bindparam, func, literal, literal_column, or_, select

from pos_member.app.codec import from_text
from pos_member.app.offer_text import offer_from_text
from pos_member.app.ports import CouponState, Freshness, RewardStock
from pos_member.domain.clock import parse_instant
from pos_member.domain.member import Card, MemberState, MemberStatus
from pos_member.domain.offers import Offer
from pos_member.domain.product import Product
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.ruleset_document import parse_ruleset
from pos_member.domain.staff import Staff, Store
from pos_member.domain.toml_section import RulesetError
from pos_member.storage.replica_file import ReplicaFile
from pos_member.storage.replica_rows import (
    read_cards,
    read_coupon,
    read_member,
    read_offers,
    read_reward_stock,
    stock_key,
)
from pos_member.storage.replica_schema import (
    cards,
    cursor,
    members,
    product_barcodes,
    products,
    rulesets,
    staff,
    stores,
)
from pos_member.storage.replica_values import card_of, product_of, staff_of, store_of

_TAIL = 4
_AFTER_EVERY_SIGN = "\U0010ffff"
_PARSED_KEPT = 8
_KEPT = 500
_AT_ONCE = 500

_BY_BARCODE = (
    select(products)
    .join(product_barcodes, product_barcodes.c.sku == products.c.sku)
    .where(product_barcodes.c.barcode == bindparam("barcode"))
)
_BY_SKU = select(products).where(func.upper(products.c.sku) == bindparam("sku")).limit(1)
_SEARCH_PRODUCTS = (
    select(products)
    .where(
        or_(
            func.instr(func.upper(products.c.name), func.upper(bindparam("text"))) > 0,
            func.instr(literal(" ").concat(products.c.initials), bindparam("begins")) > 0,
            func.instr(func.upper(products.c.sku), func.upper(bindparam("text"))) == 1,
        )
    )
    .order_by(func.length(products.c.name), products.c.name, products.c.specification, products.c.sku)
    .limit(bindparam("most"))
)
_CARD = select(cards).where(cards.c.code == bindparam("code"))
_ID_BY_PHONE = select(members.c.id).where(members.c.phone == bindparam("phone"))
_SEEN = members.c.status != MemberStatus.ERASED.value
_IDS_BY_TAIL = (
    select(members.c.id)
    # as literals, for bound arguments would not be the indexed expression
    .where(func.substr(members.c.phone, literal_column("-4")) == bindparam("text"), _SEEN)
    .order_by(members.c.rid)
    .limit(bindparam("most"))
)
_IDS_BY_NAME, _IDS_BY_INITIALS = (
    select(members.c.id)
    # a range, for LIKE would look at every member
    .where(column >= bindparam("text"), column < bindparam("end"), _SEEN)
    .order_by(column)
    .limit(bindparam("most"))
    for column in (members.c.name, members.c.initials)
)
_ERASED = select(members.c.id).where(
    members.c.id.in_(bindparam("ids", expanding=True)), members.c.status == MemberStatus.ERASED.value
)
_STAFF = select(staff).where(staff.c.active)
_STORE = select(stores).where(stores.c.id == bindparam("store"))
_RULESETS = (
    select(rulesets.c.version, rulesets.c.effective_from, rulesets.c.stores, rulesets.c.feed_no)
    .where(rulesets.c.effective_from <= bindparam("on"))
    .order_by(rulesets.c.effective_from.desc(), rulesets.c.feed_no.desc())
)
_RULESET_FEED_NO = select(rulesets.c.feed_no).where(rulesets.c.version == bindparam("version"))
_RULESET_TEXT = select(rulesets.c.text).where(rulesets.c.version == bindparam("version"))
_CURSOR = select(cursor)


_log = logging.getLogger(__name__)

T = TypeVar("T")


class Replica:
    """Reads of one store's till. Every call is one short look at the file, from whatever thread.

    What a newer head office publishes in words that this version does not know is passed over, as if it were not there.
    What is looked up by its key is kept until head office publishes something new: a sale asks for the same often.
    """

    def __init__(self, file: ReplicaFile, *, store_id: str) -> None:
        self._file = file
        self._store_id = store_id
        self._parsed: dict[tuple[int, str, int], Ruleset | None] = {}
        self._kept: dict[tuple[str, str], object] = {}
        self._kept_version = 0
        self._keeping = Lock()

    def product_by_barcode(self, barcode: str) -> Product | None:
        """The product that bears a barcode."""
        version = self._file.version
        found = self._once("barcode", barcode, partial(_find, _BY_BARCODE, {"barcode": barcode}, product_of))
        if found is not None:
            self._keep(version, "sku", found.sku, found)  # it will be asked for by its SKU when it is paid for
        return found

    def product_by_sku(self, sku: str) -> Product | None:
        """The product of an SKU (case-insensitive)."""
        return self._once("sku", sku, partial(_find, _BY_SKU, {"sku": sku.upper()}, product_of))

    def search_products(self, text: str, limit: int) -> tuple[Product, ...]:
        """Products whose name contains the text, or whose pinyin initials or SKU begin with it, shorter names first."""
        asked = {"text": text, "begins": f" {text.lower()}", "most": limit}
        with self._file.reading() as connection:
            rows = connection.execute(_SEARCH_PRODUCTS, asked).all()
        return _all_legible(product_of, rows)

    def card(self, code: str) -> Card | None:
        """A card by its code (case-insensitive), whatever its status."""
        return self._once("card", code, partial(_find, _CARD, {"code": code.upper()}, card_of))

    def member(self, member_id: str) -> MemberState | None:
        """A member's published state."""
        return self._once("member", member_id, lambda connection: _legible(partial(read_member, connection), member_id))

    def cards_of(self, member_id: str) -> tuple[Card, ...]:
        """All cards of a member, by code."""
        with self._file.reading() as connection:
            return _legible(partial(read_cards, connection), member_id) or ()

    def member_id_by_phone(self, phone: str) -> str | None:
        """Who registered a phone number."""
        with self._file.reading() as connection:
            return connection.execute(_ID_BY_PHONE, {"phone": phone}).scalar_one_or_none()

    def search_members(self, text: str, limit: int) -> tuple[MemberState, ...]:
        """Members by the last four digits of the phone, by name (prefix), or by pinyin initials (prefix).

        Erased members are not found. First those of the name, then those of the initials.
        """
        with self._file.reading() as connection:
            found = _all_legible(partial(read_member, connection), _search(connection, text, limit))
        return tuple(state for state in found if state is not None)

    def erased_among(self, member_ids: Collection[str]) -> frozenset[str]:
        """Those of some members whom head office has erased."""
        asked = list(member_ids)
        with self._file.reading() as connection:
            chunks = (asked[at : at + _AT_ONCE] for at in range(0, len(asked), _AT_ONCE))
            return frozenset(found for ids in chunks for found in connection.execute(_ERASED, {"ids": ids}).scalars())

    def staff(self) -> tuple[Staff, ...]:
        """Everyone who is active, by number."""
        return self._once("staff", "", _read_staff)

    def store(self, store_id: str) -> Store | None:
        """A shop of the chain."""
        return self._once("store", store_id, partial(_find, _STORE, {"store": store_id}, store_of))

    def ruleset(self, on: date) -> Ruleset | None:
        """The ruleset in force at this store on a business date, None when none was ever published.

        The latest to take effect wins; of two that did on the same day the one made for this store, then the one
        published last. One that this version cannot read leaves the one before it in force.
        """
        return self._once("ruleset", on.isoformat(), partial(self._in_force, on))

    def ruleset_of(self, version: str) -> Ruleset | None:
        """A published version, whatever its dates; None when it was never published or cannot be read."""
        generation = self._file.generation
        with self._file.reading() as connection:
            feed_no = connection.execute(_RULESET_FEED_NO, {"version": version}).scalar_one_or_none()
            return None if feed_no is None else self._ruleset(connection, (generation, version, feed_no))

    def offers(self) -> tuple[Offer, ...]:
        """The published offers, by id; one that this version of the program cannot read is passed over."""
        return self._once("offers", "", _read_offers)

    def coupon(self, code: str) -> CouponState | None:
        """A coupon by its code (case-insensitive)."""
        with self._file.reading() as connection:
            return _legible(partial(read_coupon, connection), code.upper())

    def reward_stock(self, reward_id: str) -> RewardStock | None:
        """The pieces of a reward that this store has left; None where it keeps no stock of it."""
        with self._file.reading() as connection:
            return read_reward_stock(connection, stock_key(self._store_id, reward_id))

    def freshness(self) -> Freshness:
        """How old all this is."""
        return self._once("freshness", "", read_freshness)

    def _once(self, kind: str, key: str, read: Callable[[Connection], T]) -> T:
        """What a look at the file gave since it last changed, or a look at it now."""
        version = self._file.version
        with self._keeping:
            if self._kept_version == version and (kind, key) in self._kept:
                return cast(T, self._kept[kind, key])
        with self._file.reading() as connection:
            value = read(connection)
        self._keep(version, kind, key, value)
        return value

    def _keep(self, version: int, kind: str, key: str, value: object) -> None:
        """Keeps what was read after the file had this ``version``."""
        with self._keeping:
            if self._kept_version != version or len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept_version = version
            self._kept[kind, key] = value

    def _in_force(self, on: date, connection: Connection) -> Ruleset | None:
        generation = self._file.generation
        candidates = [
            (row.effective_from, self._store_id in shops, row.feed_no, row.version)
            for row in connection.execute(_RULESETS, {"on": on.isoformat()})
            if not (shops := from_text(tuple[str, ...], row.stores)) or self._store_id in shops
        ]
        for _, _, feed_no, version in sorted(candidates, reverse=True):
            parsed = self._ruleset(connection, (generation, version, feed_no))
            if parsed is not None and parsed.in_force(on, self._store_id):
                return parsed
        return None

    def _ruleset(self, connection: Connection, key: tuple[int, str, int]) -> Ruleset | None:
        """A published version, parsed once; None when this version of the program cannot read it."""
        with suppress(KeyError):  # not asked whether it is there: another thread may clear between the two
            return self._parsed[key]
        text = connection.execute(_RULESET_TEXT, {"version": key[1]}).scalar_one()
        parsed = None
        try:
            parsed = parse_ruleset(text)
        except RulesetError as error:
            _log.warning("ruleset %s cannot be read: %s", key[1], error)
        if len(self._parsed) >= _PARSED_KEPT:
            self._parsed.clear()
        self._parsed[key] = parsed
        return parsed


def _find(statement: Select[Any], asked: dict[str, Any], read: Callable[[Any], T], connection: Connection) -> T | None:
    row = connection.execute(statement, asked).one_or_none()
    return None if row is None else _legible(read, row)


def _read_staff(connection: Connection) -> tuple[Staff, ...]:
    people = _all_legible(staff_of, connection.execute(_STAFF))
    return tuple(sorted(people, key=lambda person: (len(person.number), person.number)))


def _read_offers(connection: Connection) -> tuple[Offer, ...]:
    return _all_legible(offer_from_text, (offer.text for offer in read_offers(connection)))


def read_freshness(connection: Connection) -> Freshness:
    """Where the replica's cursor stands."""
    row = connection.execute(_CURSOR).one()
    return Freshness(
        as_of=None if row.as_of is None else parse_instant(row.as_of),
        feed_no=row.feed_no,
        hq_epoch=row.hq_epoch,
        ahead=timedelta(milliseconds=row.ahead_ms),
    )


def _search(connection: Connection, text: str, limit: int) -> Iterable[str]:
    """Ids of the members that typed text may mean, each once, at most ``limit``."""
    if not text:
        return ()
    if text.isascii() and text.isdigit():
        if len(text) != _TAIL:
            return ()
        return connection.execute(_IDS_BY_TAIL, {"text": text, "most": limit}).scalars().all()
    asked = {"text": text, "end": text + _AFTER_EVERY_SIGN, "most": limit}
    found = list(connection.execute(_IDS_BY_NAME, asked).scalars())
    typed = text.lower()
    if typed.isascii() and typed.isalnum():
        asked = {"text": typed, "end": typed + _AFTER_EVERY_SIGN, "most": limit}
        found.extend(connection.execute(_IDS_BY_INITIALS, asked).scalars())
    return list(dict.fromkeys(found))[:limit]


def _legible(read: Callable[[Any], T], stored: Any) -> T | None:
    """What is stored, None when it has a word in it that this version does not know."""
    try:
        return read(stored)
    except ValueError as error:
        _log.warning("passed over what cannot be read: %s", type(error).__name__)
        return None


def _all_legible(read: Callable[[Any], T], stored: Iterable[Any]) -> tuple[T, ...]:
    found = (_legible(read, each) for each in stored)
    return tuple(each for each in found if each is not None)
