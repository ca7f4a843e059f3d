"""The first tables of ``replica.db``, empty, before anything was received."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "replica_0001"
down_revision = None


def upgrade() -> None:
    """Creates everything."""
    _create_goods()
    _create_members()
    _create_chain()
    op.create_table(
        "cursor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hq_epoch", sa.Text(), nullable=False),
        sa.Column("feed_no", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=True),
        sa.Column("schema_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute("INSERT INTO cursor (id, hq_epoch, feed_no, as_of, schema_version) VALUES (1, '', 0, NULL, 1)")


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
