"""The tables of ``terminal.db``: what this till made and must never lose, and the little state it works with.

Identifiers are 32 hex digits, dates and instants ISO 8601 text, money fen. What was sold, paid, posted and sent is
append-only: triggers refuse to change or remove it (see the migrations).
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

terminal_metadata = MetaData()

APPEND_ONLY = ("sales", "sale_lines", "tenders", "ledger_entries", "events")

meta = Table(
    "meta",
    terminal_metadata,
    Column("id", Integer, primary_key=True),  # always 1
    Column("terminal_id", Text, nullable=False),
    Column("epoch", Text, nullable=False),  # minted with the file
    Column("created_at", Text, nullable=False),
    Column("receipt_number", Integer, nullable=False),  # the last one given
    Column("business_date", Text),  # the latest one recorded
)

sales = Table(
    "sales",
    terminal_metadata,
    Column("number", Integer, primary_key=True),  # in order of settling
    Column("id", Text, nullable=False, unique=True),
    Column("receipt_no", Text, nullable=False, unique=True),
    Column("store_id", Text, nullable=False),
    Column("terminal_id", Text, nullable=False),
    Column("cashier_id", Text, nullable=False),
    Column("pharmacist_id", Text),
    Column("member_id", Text),
    Column("at", Text, nullable=False),
    Column("business_date", Text, nullable=False),
    Column("gross_fen", Integer, nullable=False),
    Column("payable_fen", Integer, nullable=False),
    Column("points_redeemed", Integer, nullable=False),
    Column("points_earned", Integer, nullable=False),
    Column("ruleset", Text, nullable=False),
    Column("document", Text, nullable=False),  # the whole sale as JSON, the exact way back
    Index("sales_member", "member_id"),
    Index("sales_business_date", "business_date"),
)

sale_lines = Table(
    "sale_lines",
    terminal_metadata,
    Column("sale_id", Text, ForeignKey("sales.id"), primary_key=True),
    Column("line", Integer, primary_key=True),  # from 0
    Column("sku", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("specification", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("quantity_milli", Integer, nullable=False),
    Column("unit_price_fen", Integer, nullable=False),
    Column("gross_fen", Integer, nullable=False),
    Column("offer_id", Text),
    Column("offer_reduction_fen", Integer, nullable=False),
    Column("points_redeemed", Integer, nullable=False),
    Column("points_reduction_fen", Integer, nullable=False),
    Column("net_fen", Integer, nullable=False),
    Column("earning_fen", Integer, nullable=False),
)

tenders = Table(
    "tenders",
    terminal_metadata,
    Column("sale_id", Text, ForeignKey("sales.id"), primary_key=True),
    Column("position", Integer, primary_key=True),  # from 0
    Column("kind", Text, nullable=False),
    Column("fen", Integer, nullable=False),
)

ledger_entries = Table(
    "ledger_entries",
    terminal_metadata,
    Column("id", Text, primary_key=True),
    Column("sale_id", Text, ForeignKey("sales.id")),
    Column("member_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("points", Integer, nullable=False),
    Column("occurred_at", Text, nullable=False),
    Column("business_date", Text, nullable=False),
    Column("store_id", Text, nullable=False),
    Column("terminal_id", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("ruleset", Text, nullable=False),
    Column("expires_on", Text),
    Column("of", Text),
    Index("ledger_entries_member", "member_id", "business_date"),
)

events = Table(
    "events",
    terminal_metadata,
    Column("epoch", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),  # dense from 1
    Column("terminal_id", Text, nullable=False),
    Column("event_id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("subject_id", Text),  # what the fact is about: the id of a sale
    Column("canonical", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index("events_subject", "subject_id"),
)

outbox = Table(
    "outbox",
    terminal_metadata,
    Column("epoch", Text, primary_key=True),
    Column("acked_seq", Integer, nullable=False),
    Column("acked_hash", LargeBinary, nullable=False),
    Column("attempts", Integer, nullable=False),  # failed in a row since the last acknowledgement
    Column("last_error", Text, nullable=False),
    Column("next_attempt_at", Text),
)

judgements = Table(
    "judgements",
    terminal_metadata,
    Column("epoch", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("why", Text, nullable=False),
)

print_jobs = Table(
    "print_jobs",
    terminal_metadata,
    Column("number", Integer, primary_key=True),  # in order of queueing
    Column("id", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("queued_at", Text, nullable=False),
    Column("sale_id", Text),
    Column("reprint", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("problem", Text, nullable=False),
    Column("next_attempt_at", Text),
    Index("print_jobs_state", "state", "number"),
)

open_basket = Table(
    "open_basket",
    terminal_metadata,
    Column("id", Integer, primary_key=True),  # always 1
    Column("document", Text, nullable=False),
)

pin_attempts = Table(
    "pin_attempts",
    terminal_metadata,
    Column("staff_id", Text, primary_key=True),
    Column("wrong", Integer, nullable=False),
    Column("locked_until", Text),
)

duty = Table(
    "duty",
    terminal_metadata,
    Column("id", Integer, primary_key=True),  # always 1
    Column("staff_id", Text),
)
