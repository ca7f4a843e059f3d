"""What one transaction changes of what is published: read once, changed in memory, written at its end."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, select

from pos_member.app.ports import CouponState, RewardStock
from pos_member.app.published import Entity, EntityKind, PublishedMember
from pos_member.storage.replica_rows import key_of, read_entity, stock_key
from pos_member.storage.replica_schema import cards, members
from sync.head_office.feed import EntityKey

_HOLDER_OF_PHONE = select(members.c.id).where(members.c.phone == bindparam("sought"))
_HOLDER_OF_CARD = select(cards.c.member_id).where(cards.c.code == bindparam("sought"))


class Drafts:
    """Members, coupons and stocks as the events of a transaction leave them.

    What one event changes is tried (:meth:`put`) and then kept or dropped as a whole.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._held: dict[EntityKey, Entity | None] = {}
        self._tried: dict[EntityKey, Entity] = {}
        self._changed: dict[EntityKey, Entity] = {}

    def member(self, member_id: str | None) -> PublishedMember | None:
        """A member with all cards; None for nobody in particular."""
        found = None if member_id is None else self._find(EntityKind.MEMBER, member_id)
        return found if isinstance(found, PublishedMember) else None

    def coupon(self, code: str) -> CouponState | None:
        """A coupon by its code (case-insensitive)."""
        found = self._find(EntityKind.COUPON, code.upper())
        return found if isinstance(found, CouponState) else None

    def stock(self, store_id: str, reward_id: str) -> RewardStock | None:
        """The pieces of a reward that a store has left; None where it keeps no stock of it."""
        found = self._find(EntityKind.REWARD_STOCK, stock_key(store_id, reward_id))
        return found if isinstance(found, RewardStock) else None

    def holder_of_phone(self, phone: str) -> str | None:
        """Who has a phone number."""
        for published in self._people():
            if published.state.member.phone == phone:
                return published.state.member.id
        return self._untouched(self._connection.execute(_HOLDER_OF_PHONE, {"sought": phone}).scalar_one_or_none())

    def holder_of_card(self, code: str) -> str | None:
        """Whose a card is (case-insensitive), whatever its status."""
        for published in self._people():
            if any(card.code.upper() == code.upper() for card in published.cards):
                return published.state.member.id
        return self._untouched(self._connection.execute(_HOLDER_OF_CARD, {"sought": code.upper()}).scalar_one_or_none())

    def put(self, entity: Entity) -> None:
        """Changes a thing, or adds one; on trial until :meth:`keep`."""
        self._tried[key_of(entity)] = entity

    def keep(self) -> None:
        """What was put since the last decision stands."""
        self._held.update(self._tried)
        self._changed.update(self._tried)
        self._tried.clear()

    def drop(self) -> None:
        """What was put since the last decision was never so."""
        self._tried.clear()

    def changed(self) -> dict[EntityKey, Entity]:
        """What was put and kept, as it stands last."""
        return dict(self._changed)

    def _find(self, kind: EntityKind, entity_id: str) -> Entity | None:
        key = (kind, entity_id)
        if key in self._tried:
            return self._tried[key]
        if key not in self._held:
            self._held[key] = read_entity(self._connection, kind, entity_id)
        return self._held[key]

    def _people(self) -> Iterator[PublishedMember]:
        for each in {**self._held, **self._tried}.values():
            if isinstance(each, PublishedMember):
                yield each

    def _untouched(self, member_id: str | None) -> str | None:
        """Who stands in the tables, unless that one is in memory, where the search found another state."""
        in_memory = {**self._held, **self._tried}
        return None if member_id is None or (EntityKind.MEMBER, member_id) in in_memory else member_id
