"""Head office's tables beside the replica's: who may push, what was pushed, what was posted, and the feed's numbers.

Identifiers are BLOB(16) (32 hex digits in memory), dates and instants ISO 8601 text, money fen. What was recorded
(events, sales, facts, ledger entries, quarantine) is only ever added; the personal parts of events may be erased.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

from pos_member.storage.replica_schema import HexId, replica_metadata


def _beside_the_replica() -> MetaData:
    """The replica's tables, its place in the feed apart: head office is where the feed comes from."""
    tables = MetaData()
    for shared in replica_metadata.sorted_tables:
        if shared.name != "cursor":
            shared.to_metadata(tables)
    return tables


metadata = _beside_the_replica()

head_office = Table(
    "head_office",
    metadata,
    Column("id", Integer, primary_key=True),  # always 1
    Column("hq_epoch", Text, nullable=False),  # minted with the database, and again when it is restored from a backup
    Column("created_at", Text, nullable=False),
)

feed_counter = Table(
    "feed_counter",
    metadata,
    Column("id", Integer, primary_key=True),  # always 1; the last row a writing transaction locks
    Column("feed_no", Integer, nullable=False),
    Column("floor", Integer, nullable=False),
)

feed_index = Table(
    "feed_index",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("entity_id", Text, primary_key=True),
    Column("feed_no", Integer, nullable=False, unique=True),
)

enrolment_codes = Table(
    "enrolment_codes",
    metadata,
    Column("code_hash", LargeBinary(32), primary_key=True),
    Column("store_id", Text, nullable=False),
    Column("terminal_name", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("used_at", Text),
)

terminals = Table(
    "terminals",
    metadata,
    Column("id", HexId, primary_key=True),
    Column("store_id", Text, nullable=False),
    Column("number", Integer, nullable=False),  # from 1 within the store
    Column("name", Text, nullable=False),
    Column("secret_hash", LargeBinary(32), nullable=False),
    Column("enrolled_at", Text, nullable=False),
    Column("revoked_at", Text),
    UniqueConstraint("store_id", "number"),
)

epochs = Table(
    "epochs",
    metadata,
    Column("terminal_id", HexId, primary_key=True),
    Column("epoch", Text, primary_key=True),
    Column("last_seq", Integer, nullable=False),
    Column("last_hash", LargeBinary(32), nullable=False),
    Column("first_seen_at", Text, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("rid", Integer, primary_key=True),
    Column("terminal_id", HexId, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("event_id", HexId, unique=True),  # NULL when it could not be read, or another event bears it
    Column("kind", Text, nullable=False),
    Column("canonical", LargeBinary, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Column("verdict", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("received_at", Text, nullable=False),
    UniqueConstraint("terminal_id", "epoch", "seq"),
)

event_parts = Table(
    "event_parts",  # what is personal about an event; may be erased
    metadata,
    Column("terminal_id", HexId, primary_key=True),
    Column("epoch", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("terminal_id", HexId, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("canonical", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("why", Text, nullable=False),
    Column("received_at", Text, nullable=False),
    UniqueConstraint("terminal_id", "epoch", "seq", "hash"),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", HexId, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("terminal_id", HexId, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("member_id", HexId),
    Column("what", Text, nullable=False),  # a sentence
    Column("raised_at", Text, nullable=False),
    Column("done_at", Text),
    UniqueConstraint("kind", "terminal_id", "epoch", "seq"),
)

sales = Table(
    "sales",
    metadata,
    Column("id", HexId, primary_key=True),
    Column("terminal_id", HexId, nullable=False),
    Column("store_id", Text, nullable=False),
    Column("receipt_no", Text, nullable=False),
    Column("member_id", HexId),
    Column("at", Text, nullable=False),
    Column("business_date", Text, nullable=False),
    Column("gross_fen", Integer, nullable=False),
    Column("payable_fen", Integer, nullable=False),
    Column("points_redeemed", Integer, nullable=False),
    Column("points_earned", Integer, nullable=False),
    Column("ruleset", Text, nullable=False),
    Column("document", Text, nullable=False),  # the whole sale as JSON
    Index("sales_member", "member_id"),
    Index("sales_day", "store_id", "business_date"),
    Index("sales_receipt", "receipt_no"),
)

facts = Table(
    "facts",  # what tills recorded beside sales, as it was posted
    metadata,
    Column("id", HexId, primary_key=True),
    Column("kind", Text, nullable=False),  # as its event's (pos_member.app.facts)
    Column("terminal_id", HexId, nullable=False),
    Column("store_id", Text, nullable=False),
    Column("member_id", HexId),
    Column("about", Text),  # the id of what it concerns
    Column("business_date", Text, nullable=False),
    Column("document", Text, nullable=False),  # the whole fact as JSON; nothing personal is in it
    Index("facts_about", "about", "kind"),
    Index("facts_member", "member_id", "kind"),
    Index("facts_day", "store_id", "business_date"),
)

ledger_entries = Table(
    "ledger_entries",
    metadata,
    Column("id", HexId, primary_key=True),
    Column("member_id", HexId, nullable=False),
    Column("kind", Text, nullable=False),
    Column("points", Integer, nullable=False),
    Column("occurred_at", Text, nullable=False),
    Column("business_date", Text, nullable=False),
    Column("store_id", Text, nullable=False),
    Column("terminal_id", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("ruleset", Text, nullable=False),
    Column("expires_on", Text),
    Column("of", HexId),
    Index("ledger_entries_member", "member_id"),
)
