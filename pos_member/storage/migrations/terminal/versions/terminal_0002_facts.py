"""Facts beside sales, personal parts that can be erased, suspended baskets, and members as this till wrote them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "terminal_0002"
down_revision = "terminal_0001"


def upgrade() -> None:
    """Adds what is new; what was recorded stays as it was."""
    _widen_sales()
    _create_facts()
    _widen_events()
    _create_work()
    _widen_work()
    for table in ("sale_prescriptions", "facts"):
        _make_append_only(table)


def _widen_sales() -> None:
    op.add_column("sales", sa.Column("shift_id", sa.Text(), nullable=True))
    op.add_column("sales", sa.Column("coupon", sa.Text(), nullable=True))
    op.create_index("sales_shift", "sales", ["shift_id"], unique=False)
    op.create_index("sales_coupon", "sales", ["coupon"], unique=True, sqlite_where=sa.text("coupon IS NOT NULL"))
    for column in ("order_reduction_fen", "rounding_fen", "insured_fen"):
        op.add_column("sale_lines", sa.Column(column, sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "sale_prescriptions",
        sa.Column("prescription_id", sa.Text(), nullable=False),
        sa.Column("sale_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["sale_id"], ["sales.id"]),
        sa.PrimaryKeyConstraint("prescription_id"),
    )


def _create_facts() -> None:
    op.create_table(
        "facts",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("receipt_no", sa.Text(), nullable=True),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("terminal_id", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=True),
        sa.Column("shift_id", sa.Text(), nullable=True),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("receipt_no"),
    )
    op.create_index("facts_member", "facts", ["member_id", "kind"], unique=False)
    op.create_index("facts_shift", "facts", ["shift_id", "kind"], unique=False)
    op.create_index("facts_about", "facts", ["about", "kind"], unique=False)
    op.create_index("facts_kind", "facts", ["kind", "number"], unique=False)


def _widen_events() -> None:
    """Sales that were recorded before say in their events whose figures they change, as later ones do."""
    op.add_column("events", sa.Column("member_id", sa.Text(), nullable=True))
    op.execute("DROP TRIGGER events_no_update")
    op.execute(
        "UPDATE events SET member_id = (SELECT member_id FROM sales WHERE sales.id = events.subject_id) "
        "WHERE kind = 'sale'"
    )
    _refuse("events", "UPDATE")
    op.create_index("events_member", "events", ["member_id", "epoch", "seq"], unique=False)
    op.create_table(
        "event_parts",
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("epoch", "seq"),
    )
    op.create_index("event_parts_subject", "event_parts", ["subject_id"], unique=False)


def _create_work() -> None:
    op.create_table(
        "suspended_baskets",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("suspended_at", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "local_members",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("cards", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("local_members_phone", "local_members", ["phone"], unique=False)
    op.create_table(
        "local_cards",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["local_members.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("code", "member_id"),
    )


def _widen_work() -> None:
    op.add_column("meta", sa.Column("shift_number", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("meta", sa.Column("spending_stopped", sa.Boolean(), nullable=False, server_default="0"))
    op.add_column("meta", sa.Column("notice", sa.Text(), nullable=True))
    op.add_column("outbox", sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("outbox", sa.Column("problem", sa.Text(), nullable=True))
    op.add_column("outbox", sa.Column("ends_at", sa.Integer(), nullable=True))
    _renew_duty()


def _renew_duty() -> None:
    """Since when and until when somebody is on duty was not known before: nobody is, until a PIN is typed."""
    op.drop_table("duty")
    op.create_table(
        "duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.Column("beside", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _make_append_only(table: str) -> None:
    for change in ("UPDATE", "DELETE"):
        _refuse(table, change)


def _refuse(table: str, change: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )
