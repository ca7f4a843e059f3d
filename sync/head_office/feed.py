"""The feed: one row an entity, its latest version, numbered by one counter (docs/sync.md, "Pull")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from pos_member.app.published import Change, Entity, EntityKind
from pos_member.storage.replica_rows import read_entity, write_many
from sync.head_office.schema import feed_counter, feed_index

_LOCK_COUNTER = select(feed_counter.c.feed_no).with_for_update()
_COUNTER = select(feed_counter.c.feed_no, feed_counter.c.floor)
_PAGE = (
    select(feed_index)
    .where(feed_index.c.feed_no > bindparam("after"))
    .order_by(feed_index.c.feed_no)
    .limit(bindparam("most"))
)
_UNNUMBER = delete(feed_index).where(
    feed_index.c.kind == bindparam("of_kind"), feed_index.c.entity_id == bindparam("of_entity")
)

EntityKey = tuple[EntityKind, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPage:
    """Changes up to ``upto``; ``head`` is the newest number, ``floor`` the oldest number a reader can start from."""

    changes: tuple[Change, ...]
    upto: int
    head: int
    floor: int


def publish_changes(connection: Connection, entities: Mapping[EntityKey, Entity | None]) -> int:
    """Writes the entities (None: gone) and numbers them, as the last thing a transaction does; the newest number.

    Whoever takes a number holds the counter until the commit, so no reader sees a number before a lower one.
    """
    head = int(connection.execute(_LOCK_COUNTER).scalar_one())
    if not entities:
        return head
    changes = [
        Change(kind=kind, entity_id=entity_id, feed_no=number, entity=entity)
        for number, ((kind, entity_id), entity) in enumerate(entities.items(), head + 1)
    ]
    write_many(connection, changes)
    connection.execute(_UNNUMBER, [{"of_kind": each.kind.value, "of_entity": each.entity_id} for each in changes])
    connection.execute(
        insert(feed_index),
        [{"kind": each.kind.value, "entity_id": each.entity_id, "feed_no": each.feed_no} for each in changes],
    )
    head += len(changes)
    connection.execute(update(feed_counter).values(feed_no=head))
    return head


def read_page(connection: Connection, after: int, most: int) -> FeedPage:
    """Up to ``most`` changes after a number, as of one moment."""
    counter = connection.execute(_COUNTER).one()
    rows = connection.execute(_PAGE, {"after": after, "most": most}).all()
    changes = tuple(
        Change(
            kind=EntityKind(row.kind),
            entity_id=row.entity_id,
            feed_no=row.feed_no,
            entity=read_entity(connection, EntityKind(row.kind), row.entity_id),
        )
        for row in rows
    )
    upto = rows[-1].feed_no if len(rows) == most else max(after, counter.feed_no)
    return FeedPage(changes=changes, upto=upto, head=counter.feed_no, floor=counter.floor)


def feed_head(connection: Connection) -> int:
    """The newest number."""
    return int(connection.execute(_COUNTER).one().feed_no)
