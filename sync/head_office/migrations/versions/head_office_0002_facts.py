"""What head office holds of facts beside sales: returns, personal parts, and what more it publishes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "head_office_0002"
down_revision = "head_office_0001"


def upgrade() -> None:
    """Adds what is new, reckons the new figures of members, and has every till take a snapshot of them."""
    _widen_members()
    _create_published()
    op.create_table(
        "event_parts",
        sa.Column("terminal_id", sa.LargeBinary(16), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("terminal_id", "epoch", "seq"),
    )
    op.execute("UPDATE feed_counter SET feed_no = feed_no + 1, floor = feed_no + 1 WHERE feed_no > 0")


def _widen_members() -> None:
    op.add_column("members", sa.Column("address", sa.Text(), nullable=True))
    op.add_column("members", sa.Column("channel", sa.Text(), nullable=False, server_default=""))
    op.add_column("members", sa.Column("referrer_id", sa.LargeBinary(16), nullable=True))
    op.add_column("members", sa.Column("marketing_consent", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("members", sa.Column("health_consent", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("members", sa.Column("spend_fen", sa.Integer(), nullable=False, server_default="0"))
    for column in ("bonuses", "benefit_uses", "allergies"):
        op.add_column("members", sa.Column(column, sa.Text(), nullable=False, server_default="[]"))


def _create_published() -> None:
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
