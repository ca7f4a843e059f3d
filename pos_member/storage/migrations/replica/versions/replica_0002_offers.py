"""Offers, coupons and stocks of rewards, and what more is published of members."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "replica_0002"
down_revision = "replica_0001"

_TEXT_LISTS = ("bonuses", "benefit_uses", "allergies")


def upgrade() -> None:
    """Adds what is new; head office, once it publishes it, asks its tills to take a snapshot."""
    _widen_members()
    op.create_table(
        "offers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("feed_no", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "coupons",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("member_id", sa.LargeBinary(16), nullable=True),
        sa.Column("used_by", sa.LargeBinary(16), nullable=True),
        sa.Column("coupon", sa.Text(), nullable=False),
        sa.Column("feed_no", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "reward_stock",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("applied", sa.Text(), nullable=False),
        sa.Column("feed_no", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.add_column("cursor", sa.Column("ahead_ms", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE cursor SET schema_version = 2")


def _widen_members() -> None:
    op.add_column("members", sa.Column("address", sa.Text(), nullable=True))
    op.add_column("members", sa.Column("channel", sa.Text(), nullable=False, server_default=""))
    op.add_column("members", sa.Column("referrer_id", sa.LargeBinary(16), nullable=True))
    op.add_column("members", sa.Column("marketing_consent", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("members", sa.Column("health_consent", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("members", sa.Column("spend_fen", sa.Integer(), nullable=False, server_default="0"))
    for column in _TEXT_LISTS:
        op.add_column("members", sa.Column(column, sa.Text(), nullable=False, server_default="[]"))
