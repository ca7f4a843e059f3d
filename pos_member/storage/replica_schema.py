"""The replica's tables: one definition for the till's ``replica.db``, head office's database and the snapshots between.

Identifiers are BLOB(16) (32 hex digits in memory), dates and instants ISO 8601 text, money fen, lists JSON.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, MetaData, Table, Text, false, text
from sqlalchemy.types import TypeDecorator

SCHEMA_VERSION = 2


class HexId(TypeDecorator[str]):
    """32 hex digits in memory, 16 bytes on disk."""

    impl = LargeBinary(16)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> bytes | None:  # noqa: ARG002
        """To bytes."""
        return None if value is None else bytes.fromhex(value)

    def process_result_value(self, value: bytes | None, dialect: Any) -> str | None:  # noqa: ARG002
        """To hex digits."""
        return None if value is None else bytes(value).hex()


replica_metadata = MetaData()

offers = Table(
    "offers",
    replica_metadata,
    Column("id", Text, primary_key=True),
    Column("text", Text, nullable=False),  # as pos_member.app.offer_text writes it
    Column("feed_no", Integer, nullable=False),
)

coupons = Table(
    "coupons",
    replica_metadata,
    Column("code", Text, primary_key=True),  # upper case
    Column("member_id", HexId),
    Column("used_by", HexId),  # the sale
    Column("coupon", Text, nullable=False),  # JSON
    Column("feed_no", Integer, nullable=False),
)

reward_stock = Table(
    "reward_stock",
    replica_metadata,
    Column("id", Text, primary_key=True),  # "store:reward"
    Column("pieces", Integer, nullable=False),
    Column("applied", Text, nullable=False),  # JSON object "terminal:epoch" → seq
    Column("feed_no", Integer, nullable=False),
)

cursor = Table(
    "cursor",
    replica_metadata,
    Column("id", Integer, primary_key=True),  # always 1
    Column("hq_epoch", Text, nullable=False),
    Column("feed_no", Integer, nullable=False),
    Column("as_of", Text),
    Column("schema_version", Integer, nullable=False),
    Column("ahead_ms", Integer, nullable=False, server_default="0"),  # this till's clock, as of ``as_of``
)

products = Table(
    "products",
    replica_metadata,
    Column("sku", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("initials", Text, nullable=False),  # every reading, space-separated, lower case
    Column("specification", Text, nullable=False),
    Column("maker", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("price_fen", Integer, nullable=False),
    Column("unit", Text, nullable=False),
    Column("barcodes", Text, nullable=False),  # JSON list, in order; looked up through product_barcodes
    Column("ingredients", Text, nullable=False),  # JSON list
    Column("no_discount", Boolean, nullable=False),
    Column("no_points", Boolean, nullable=False),
    Column("by_weight", Boolean, nullable=False),
    Column("insurable", Boolean, nullable=False),
    Column("trace_code", Boolean, nullable=False),
    Column("ephedrine", Boolean, nullable=False),
    Column("cold_chain", Boolean, nullable=False),
    Column("feed_no", Integer, nullable=False),
    Index("products_sku_upper", text("upper(sku)")),
)

product_barcodes = Table(
    "product_barcodes",
    replica_metadata,
    Column("barcode", Text, primary_key=True),
    Column("sku", Text, nullable=False),
    Index("product_barcodes_sku", "sku"),
)

members = Table(
    "members",
    replica_metadata,
    Column("rid", Integer, primary_key=True),
    Column("id", HexId, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("initials", Text, nullable=False),
    Column("phone", Text, unique=True),
    Column("birthday", Text),
    Column("gender", Text),
    Column("joined_on", Text, nullable=False),
    Column("home_store", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("tier", Text, nullable=False),
    Column("debt", Integer, nullable=False),
    Column("completed_sales", Integer, nullable=False),
    Column("purchases", Text, nullable=False),  # JSON list of Purchase
    Column("birthday_bonus_years", Text, nullable=False),  # JSON list of years
    Column("upgrade_bonuses", Text, nullable=False),  # JSON list of UpgradeBonus
    Column("applied", Text, nullable=False),  # JSON object "terminal:epoch" → seq
    Column("feed_no", Integer, nullable=False),
    Column("address", Text),
    Column("channel", Text, nullable=False, server_default=""),
    Column("referrer_id", HexId),
    Column("marketing_consent", Boolean, nullable=False, server_default=false()),
    Column("health_consent", Boolean, nullable=False, server_default=false()),
    Column("bonuses", Text, nullable=False, server_default="[]"),  # JSON list of PastBonus
    Column("benefit_uses", Text, nullable=False, server_default="[]"),  # JSON list of BenefitUse
    Column("spend_fen", Integer, nullable=False, server_default="0"),  # since joining, net of returns
    Column("allergies", Text, nullable=False, server_default="[]"),  # JSON list of ingredients
    Index("members_name", "name"),
    Index("members_initials", "initials"),
    Index("members_phone_tail", text("substr(phone, -4)")),
)

cards = Table(
    "cards",
    replica_metadata,
    Column("code", Text, primary_key=True),  # upper case
    Column("member_id", HexId, nullable=False),
    Column("status", Text, nullable=False),
    Index("cards_member", "member_id"),
)

lots = Table(
    "lots",
    replica_metadata,
    Column("entry_id", HexId, primary_key=True),
    Column("member_id", HexId, nullable=False),
    Column("points", Integer, nullable=False),
    Column("earned_on", Text, nullable=False),
    Column("expires_on", Text, nullable=False),
    Index("lots_member", "member_id"),
)

staff = Table(
    "staff",
    replica_metadata,
    Column("id", HexId, primary_key=True),
    Column("number", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("pin_hash", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("feed_no", Integer, nullable=False),
)

stores = Table(
    "stores",
    replica_metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("feed_no", Integer, nullable=False),
)

rulesets = Table(
    "rulesets",
    replica_metadata,
    Column("version", Text, primary_key=True),
    Column("effective_from", Text, nullable=False),
    Column("stores", Text, nullable=False),  # JSON list; empty: every store
    Column("text", Text, nullable=False),  # the TOML document
    Column("feed_no", Integer, nullable=False),
)
