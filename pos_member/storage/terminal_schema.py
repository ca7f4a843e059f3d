"""The tables of ``terminal.db``: what this till made and must never lose, and the little state it works with.

Identifiers are 32 hex digits, dates and instants ISO 8601 text, money fen. What was sold, paid, posted and sent is
append-only: triggers refuse to change or remove it (see the migrations).
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, text

terminal_metadata = MetaData()

APPEND_ONLY = (
    "sales",
    "sale_lines",
    "sale_prescriptions",
    "tenders",
    "ledger_entries",
    "facts",
    "events",
)

meta = Table(
    "meta",
    terminal_metadata,
    Column("id", Integer, primary_key=True),  # always 1
    Column("terminal_id", Text, nullable=False),
    Column("epoch", Text, nullable=False),  # minted with the file
    Column("created_at", Text, nullable=False),
    Column("receipt_number", Integer, nullable=False),  # the last one given
    Column("business_date", Text),  # the latest one recorded
    Column("shift_number", Integer, nullable=False, server_default="0"),  # the last one given
    Column("spending_stopped", Boolean, nullable=False, server_default="0"),  # see epochs.py
    Column("notice", Text),  # what a person has to be told of this file: a sentence as JSON
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
    Column("shift_id", Text),
    Column("coupon", Text),  # the code, upper case
    Index("sales_member", "member_id"),
    Index("sales_business_date", "business_date"),
    Index("sales_shift", "shift_id"),
    Index("sales_coupon", "coupon", unique=True, sqlite_where=text("coupon IS NOT NULL")),
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
    Column("order_reduction_fen", Integer, nullable=False, server_default="0"),
    Column("rounding_fen", Integer, nullable=False, server_default="0"),
    Column("insured_fen", Integer, nullable=False, server_default="0"),
)

sale_prescriptions = Table(
    "sale_prescriptions",
    terminal_metadata,
    Column("prescription_id", Text, primary_key=True),  # one prescription, one sale
    Column("sale_id", Text, ForeignKey("sales.id"), nullable=False),
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

facts = Table(
    "facts",
    terminal_metadata,
    Column("number", Integer, primary_key=True),  # in order of recording
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),  # as its event's (pos_member.app.facts)
    Column("receipt_no", Text, unique=True),  # of a return
    Column("store_id", Text, nullable=False),
    Column("terminal_id", Text, nullable=False),
    Column("staff_id", Text, nullable=False),
    Column("member_id", Text),
    Column("shift_id", Text),
    Column("about", Text),  # the id of what it concerns
    Column("at", Text, nullable=False),
    Column("business_date", Text, nullable=False),
    Column("document", Text, nullable=False),  # the whole fact as JSON, the exact way back
    Index("facts_member", "member_id", "kind"),
    Index("facts_shift", "shift_id", "kind"),
    Index("facts_about", "about", "kind"),
    Index("facts_kind", "kind", "number"),
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
    Column("member_id", Text),  # whose figures it changes
    Index("events_subject", "subject_id"),
    Index("events_member", "member_id", "epoch", "seq"),
)

event_parts = Table(
    "event_parts",  # what is personal about an event; may be erased
    terminal_metadata,
    Column("epoch", Text, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("subject_id", Text),
    Column("salt", LargeBinary, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index("event_parts_subject", "subject_id"),
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
    Column("number", Integer, nullable=False, server_default="1"),  # the epochs of this file in their order, from 1
    Column("problem", Text),  # why head office does not take this chain: a sentence as JSON
    Column("ends_at", Integer),  # the last event that can be handed over, where later ones were lost with a file
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

suspended_baskets = Table(
    "suspended_baskets",
    terminal_metadata,
    Column("id", Text, primary_key=True),  # the basket's
    Column("document", Text, nullable=False),
    Column("suspended_at", Text, nullable=False),
    Column("staff_id", Text, nullable=False),
)

local_members = Table(
    "local_members",  # what this till wrote of members; may be erased
    terminal_metadata,
    Column("id", Text, primary_key=True),
    Column("phone", Text),
    Column("name", Text, nullable=False),
    Column("initials", Text, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("seq", Integer, nullable=False),  # of the event that wrote it
    Column("member", Text, nullable=False),  # JSON
    Column("cards", Text, nullable=False),  # JSON list
    Index("local_members_phone", "phone"),
)

local_cards = Table(
    "local_cards",
    terminal_metadata,
    Column("code", Text, primary_key=True),  # upper case
    Column("member_id", Text, ForeignKey("local_members.id", ondelete="CASCADE"), primary_key=True),
)

pin_attempts = Table(
    "pin_attempts",
    terminal_metadata,
    Column("staff_id", Text, primary_key=True),
    Column("wrong", Integer, nullable=False),
    Column("locked_until", Text),
)

duty = Table(
    "duty",  # no row while nobody is on duty
    terminal_metadata,
    Column("id", Integer, primary_key=True),  # always 1
    Column("staff_id", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("until", Text, nullable=False),  # the end of the business date
    Column("beside", Boolean, nullable=False),
)
