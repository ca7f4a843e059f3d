"""What head office holds of facts beside sales, their personal parts, and what more it publishes."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "head_office_0002"
down_revision = "head_office_0001"

_BONUSES = ("registration", "check_in", "review", "referral", "activity", "festival", "adjustment")


def upgrade() -> None:
    """Adds what is new, reckons the new figures of members, and has every till take a snapshot of them."""
    _widen_members()
    _create_published()
    _create_facts()
    _reckon_spending()
    _reckon_bonuses()
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


def _create_facts() -> None:
    op.create_table(
        "facts",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("terminal_id", sa.LargeBinary(16), nullable=False),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.LargeBinary(16), nullable=True),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("facts_about", "facts", ["about", "kind"], unique=False)
    op.create_index("facts_member", "facts", ["member_id", "kind"], unique=False)
    op.create_index("facts_day", "facts", ["store_id", "business_date"], unique=False)
    op.create_index("sales_receipt", "sales", ["receipt_no"], unique=False)
    op.create_table(
        "event_parts",
        sa.Column("terminal_id", sa.LargeBinary(16), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("terminal_id", "epoch", "seq"),
    )


def _reckon_spending() -> None:
    op.execute(
        "UPDATE members SET spend_fen = (SELECT sum(s.payable_fen) FROM sales s WHERE s.member_id = members.id) "
        "WHERE id IN (SELECT member_id FROM sales)"
    )


def _reckon_bonuses() -> None:
    """From the ledger, all there are; those of months past fall away with the next posting."""
    connection = op.get_bind()
    entries = sa.table(
        "ledger_entries", *map(sa.column, ("id", "member_id", "kind", "points", "business_date", "source"))
    )
    members = sa.table("members", sa.column("id"), sa.column("bonuses"))
    c = entries.c
    given: dict[bytes, list[dict[str, object]]] = {}
    rows = connection.execute(
        sa.select(entries)
        .where(c.points > 0, c.kind.in_(_BONUSES))
        .order_by(c.business_date, c.kind, c.source, c.points)
    )
    for row in rows:
        bonus = {"kind": row.kind, "points": row.points, "on": row.business_date, "source": row.source}
        given.setdefault(row.member_id, []).append(bonus)
    for member_id, bonuses in given.items():
        text = json.dumps(bonuses, ensure_ascii=False, separators=(",", ":"))
        connection.execute(sa.update(members).where(members.c.id == member_id).values(bonuses=text))
