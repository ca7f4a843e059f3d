"""Members in ``terminal.db``: what this till has of one, and how all that is personal goes when one is erased."""

from __future__ import annotations

import json
from dataclasses import replace

from sqlalchemy import Connection, bindparam, delete, select, tuple_, union, update

from pos_member.app.codec import from_text, to_text
from pos_member.app.members.member_records import NotPosted
from pos_member.domain.basket import Basket
from pos_member.domain.clock import parse_instant
from pos_member.domain.ledger import LedgerEntry
from pos_member.domain.sale import Sale
from pos_member.storage.fact_columns import entry_of
from pos_member.storage.terminal_schema import (
    event_parts,
    events,
    judgements,
    ledger_entries,
    local_members,
    open_basket,
    sales,
    suspended_baskets,
)

_ENTRIES = (
    select(ledger_entries)
    .where(ledger_entries.c.member_id == bindparam("member"))
    .order_by(ledger_entries.c.business_date.desc(), ledger_entries.c.id.desc())
    .limit(bindparam("most"))
)
_SALES = (
    select(sales.c.document)
    .where(sales.c.member_id == bindparam("member"))
    .order_by(sales.c.number.desc())
    .limit(bindparam("most"))
)
_NOT_POSTED = (
    select(events.c.kind, events.c.canonical, judgements.c.why)
    .join(judgements, (judgements.c.epoch == events.c.epoch) & (judgements.c.seq == events.c.seq))
    .where(events.c.member_id == bindparam("member"))
    .order_by(events.c.event_id)
)
_KNOWN_BY_NAME = union(
    select(local_members.c.id),
    select(events.c.member_id)
    .join(event_parts, (event_parts.c.epoch == events.c.epoch) & (event_parts.c.seq == events.c.seq))
    .where(events.c.member_id.is_not(None)),
)
_FORGET_PROFILE = delete(local_members).where(local_members.c.id == bindparam("member"))
_FORGET_PARTS = delete(event_parts).where(
    tuple_(event_parts.c.epoch, event_parts.c.seq).in_(
        select(events.c.epoch, events.c.seq).where(events.c.member_id == bindparam("member"))
    )
)


def read_entries(connection: Connection, member_id: str, limit: int) -> tuple[LedgerEntry, ...]:
    """The latest ledger entries posted to a member here, latest first."""
    return tuple(map(entry_of, connection.execute(_ENTRIES, {"member": member_id, "most": limit})))


def read_sales(connection: Connection, member_id: str, limit: int) -> tuple[Sale, ...]:
    """The latest sales to a member here, latest first."""
    documents = connection.execute(_SALES, {"member": member_id, "most": limit}).scalars()
    return tuple(from_text(Sale, document) for document in documents)


def read_not_posted(connection: Connection, member_id: str) -> tuple[NotPosted, ...]:
    """What head office did not post of what was recorded of a member here, oldest first."""
    return tuple(
        NotPosted(kind=row.kind, at=parse_instant(json.loads(row.canonical)["occurred_at"]), why=row.why)
        for row in connection.execute(_NOT_POSTED, {"member": member_id})
    )


def read_known_by_name(connection: Connection) -> frozenset[str]:
    """Ids of the members of whom anything personal is here."""
    return frozenset(connection.execute(_KNOWN_BY_NAME).scalars())


def forget(connection: Connection, member_id: str) -> None:
    """Deletes a member's profile and cards, the personal parts of their events, and card and buyer in open baskets."""
    connection.execute(_FORGET_PROFILE, {"member": member_id})
    connection.execute(_FORGET_PARTS, {"member": member_id})
    for table in (open_basket, suspended_baskets):
        for row in connection.execute(select(table.c.id, table.c.document)).all():
            basket = from_text(Basket, row.document)
            if basket.member_id == member_id:
                bare = replace(basket, card_code=None, buyer=None)
                connection.execute(update(table).where(table.c.id == row.id).values(document=to_text(bare)))
