"""The first tables of head office's database, empty but for its counter."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "head_office_0001"
down_revision = None


def upgrade() -> None:
    """Creates everything."""
    _create_feed()
    _create_terminals()
    _create_events()
    _create_postings()
    _create_goods()
    _create_members()
    _create_chain()
    op.execute("INSERT INTO feed_counter (id, feed_no, floor) VALUES (1, 0, 0)")


def _create_feed() -> None:
    op.create_table(
        "head_office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hq_epoch", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "feed_counter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed_no", sa.Integer(), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "feed_index",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("feed_no", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "entity_id"),
        sa.UniqueConstraint("feed_no"),
    )


def _create_terminals() -> None:
    op.create_table(
        "enrolment_codes",
        sa.Column("code_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("terminal_name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("code_hash"),
    )
    op.create_table(
        "terminals",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("enrolled_at", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("store_id", "number"),
    )
    op.create_table(
        "epochs",
        sa.Column("terminal_id", sa.LargeBinary(16), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("last_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("first_seen_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("terminal_id", "epoch"),
    )


def _create_events() -> None:
    op.create_table(
        "events",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("terminal_id", sa.LargeBinary(16), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.LargeBinary(16), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("canonical", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("rid"),
        sa.UniqueConstraint("event_id"),
        sa.UniqueConstraint("terminal_id", "epoch", "seq"),
    )
    op.create_table(
        "quarantine",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("terminal_id", sa.LargeBinary(16), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("canonical", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("received_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("terminal_id", "epoch", "seq", "hash"),
    )
    op.create_table(
        "tasks",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("terminal_id", sa.LargeBinary(16), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.LargeBinary(16), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.Text(), nullable=False),
        sa.Column("done_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kind", "terminal_id", "epoch", "seq"),
    )


def _create_postings() -> None:
    op.create_table(
        "sales",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("terminal_id", sa.LargeBinary(16), nullable=False),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("receipt_no", sa.Text(), nullable=False),
        sa.Column("member_id", sa.LargeBinary(16), nullable=True),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("gross_fen", sa.Integer(), nullable=False),
        sa.Column("payable_fen", sa.Integer(), nullable=False),
        sa.Column("points_redeemed", sa.Integer(), nullable=False),
        sa.Column("points_earned", sa.Integer(), nullable=False),
        sa.Column("ruleset", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("sales_day", "sales", ["store_id", "business_date"], unique=False)
    op.create_index("sales_member", "sales", ["member_id"], unique=False)
    op.create_table(
        "ledger_entries",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("member_id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("occurred_at", sa.Text(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("terminal_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("ruleset", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Text(), nullable=True),
        sa.Column("of", sa.LargeBinary(16), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ledger_entries_member", "ledger_entries", ["member_id"], unique=False)


def _create_goods() -> None:
    op.create_table(
        "products",
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("specification", sa.Text(), nullable=False),
        sa.Column("maker", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("price_fen", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("barcodes", sa.Text(), nullable=False),
        sa.Column("ingredients", sa.Text(), nullable=False),
        sa.Column("no_discount", sa.Boolean(), nullable=False),
        sa.Column("no_points", sa.Boolean(), nullable=False),
        sa.Column("by_weight", sa.Boolean(), nullable=False),
        sa.Column("insurable", sa.Boolean(), nullable=False),
        sa.Column("trace_code", sa.Boolean(), nullable=False),
        sa.Column("ephedrine", sa.Boolean(), nullable=False),
        sa.Column("cold_chain", sa.Boolean(), nullable=False),
        sa.Column("feed_no", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sku"),
    )
    op.create_index("products_sku_upper", "products", [sa.text("upper(sku)")])
    op.create_table(
        "product_barcodes",
        sa.Column("barcode", sa.Text(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("barcode"),
    )
    op.create_index("product_barcodes_sku", "product_barcodes", ["sku"], unique=False)


def _create_members() -> None:
    op.create_table(
        "members",
        sa.Column("rid", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("birthday", sa.Text(), nullable=True),
        sa.Column("gender", sa.Text(), nullable=True),
        sa.Column("joined_on", sa.Text(), nullable=False),
        sa.Column("home_store", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("debt", sa.Integer(), nullable=False),
        sa.Column("completed_sales", sa.Integer(), nullable=False),
        sa.Column("purchases", sa.Text(), nullable=False),
        sa.Column("birthday_bonus_years", sa.Text(), nullable=False),
        sa.Column("upgrade_bonuses", sa.Text(), nullable=False),
        sa.Column("applied", sa.Text(), nullable=False),
        sa.Column("feed_no", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("rid"),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("phone"),
    )
    op.create_index("members_initials", "members", ["initials"], unique=False)
    op.create_index("members_name", "members", ["name"], unique=False)
    op.create_index("members_phone_tail", "members", [sa.text("substr(phone, -4)")])
    op.create_table(
        "cards",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("member_id", sa.LargeBinary(16), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index("cards_member", "cards", ["member_id"], unique=False)
    op.create_table(
        "lots",
        sa.Column("entry_id", sa.LargeBinary(16), nullable=False),
        sa.Column("member_id", sa.LargeBinary(16), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("earned_on", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_index("lots_member", "lots", ["member_id"], unique=False)


def _create_chain() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("feed_no", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "stores",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("feed_no", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "rulesets",
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Text(), nullable=False),
        sa.Column("stores", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("feed_no", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("version"),
    )
