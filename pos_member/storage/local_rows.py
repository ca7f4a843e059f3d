"""Baskets put aside and members of this till as rows of ``terminal.db``: what is kept as long as it is needed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upserting

from pos_member.app.codec import from_text, to_text
from pos_member.app.members.member_records import LocalMember
from pos_member.app.ports import SuspendedBasket
from pos_member.domain.basket import Basket
from pos_member.domain.clock import instant_text, parse_instant
from pos_member.domain.errors import Refusal
from pos_member.domain.member import Card, Member
from pos_member.storage.prepared import Prepared
from pos_member.storage.terminal_schema import judgements, local_cards, local_members, suspended_baskets

SUSPENDED_LIMIT = 50
_TAIL = 4

_SUSPEND = insert(suspended_baskets)
_COUNT = select(func.count()).select_from(suspended_baskets)
_SUSPENDED = select(suspended_baskets).order_by(suspended_baskets.c.suspended_at, suspended_baskets.c.id)
_ONE_SUSPENDED = select(suspended_baskets).where(suspended_baskets.c.id == bindparam("basket"))
_TAKE_UP = delete(suspended_baskets).where(suspended_baskets.c.id == bindparam("basket"))

_SAVE = upserting(local_members)
_SAVE = _SAVE.on_conflict_do_update(
    index_elements=["id"],
    set_={column.name: _SAVE.excluded[column.name] for column in local_members.c if column.name != "id"},
)
_FORGET_CARDS = delete(local_cards).where(local_cards.c.member_id == bindparam("member"))
_ADD_CARDS = insert(local_cards)
_LOCAL = (
    select(local_members)
    .outerjoin(judgements, (judgements.c.epoch == local_members.c.epoch) & (judgements.c.seq == local_members.c.seq))
    .where(judgements.c.seq.is_(None))
    .order_by(local_members.c.id)
)
_BY_ID = Prepared(_LOCAL.where(local_members.c.id == bindparam("member")))
_BY_PHONE = _LOCAL.where(local_members.c.phone == bindparam("phone"))
_BY_CARD = _LOCAL.join(local_cards, local_cards.c.member_id == local_members.c.id).where(
    local_cards.c.code == bindparam("code")
)
_BY_TAIL = _LOCAL.where(func.substr(local_members.c.phone, -_TAIL) == bindparam("text")).limit(bindparam("most"))
_BY_NAME = _LOCAL.where(
    (func.instr(local_members.c.name, bindparam("text")) == 1)
    | (func.instr(local_members.c.initials, bindparam("lower")) == 1)
).limit(bindparam("most"))


def suspend(connection: Connection, suspended: SuspendedBasket) -> None:
    """Puts a basket aside. ``Refusal`` ``suspended_full`` at 50 of them; then nothing is written."""
    if connection.execute(_COUNT).scalar_one() >= SUSPENDED_LIMIT:
        template = "挂单已有 {limit} 笔，不能再挂：请先取单收款，或取单后作废不要的"
        raise Refusal("suspended_full", template, limit=SUSPENDED_LIMIT)
    connection.execute(
        _SUSPEND,
        {
            "id": suspended.basket.id,
            "document": to_text(suspended.basket),
            "suspended_at": instant_text(suspended.suspended_at),
            "staff_id": suspended.staff_id,
        },
    )


def read_suspended(connection: Connection) -> tuple[SuspendedBasket, ...]:
    """The baskets put aside, oldest first."""
    return tuple(map(_suspended_of, connection.execute(_SUSPENDED)))


def take_up(connection: Connection, basket_id: str) -> SuspendedBasket | None:
    """Takes one of them out; None when it is not there."""
    row = connection.execute(_ONE_SUSPENDED, {"basket": basket_id}).one_or_none()
    if row is None:
        return None
    connection.execute(_TAKE_UP, {"basket": basket_id})
    return _suspended_of(row)


def save_local_member(connection: Connection, local: LocalMember) -> None:
    """Keeps what this till wrote of a member, in place of what it wrote before."""
    member = local.member
    connection.execute(
        _SAVE,
        {
            "id": member.id,
            "phone": member.phone,
            "name": member.name,
            "initials": member.initials.lower(),
            "epoch": local.epoch,
            "seq": local.seq,
            "member": to_text(member),
            "cards": to_text(local.cards),
        },
    )
    connection.execute(_FORGET_CARDS, {"member": member.id})
    if local.cards:
        connection.execute(_ADD_CARDS, [{"code": card.code.upper(), "member_id": member.id} for card in local.cards])


def read_local_member(connection: Connection, member_id: str) -> LocalMember | None:
    """What this till wrote of a member; None when nothing, or when head office did not accept it."""
    row = _BY_ID.row(connection, {"member": member_id})
    if row is None:
        return None
    return LocalMember(
        member=from_text(Member, row["member"]),
        cards=from_text(tuple[Card, ...], row["cards"]),
        epoch=row["epoch"],
        seq=row["seq"],
    )


def read_local_by_phone(connection: Connection, phone: str) -> tuple[LocalMember, ...]:
    """Members with this phone number."""
    return tuple(map(_local_of, connection.execute(_BY_PHONE, {"phone": phone})))


def read_local_by_card(connection: Connection, code: str) -> tuple[LocalMember, ...]:
    """Members with this card (case-insensitive), whatever its status."""
    return tuple(map(_local_of, connection.execute(_BY_CARD, {"code": code.upper()})))


def search_local(connection: Connection, text: str, limit: int) -> tuple[LocalMember, ...]:
    """By the last four digits of the phone, by name or by pinyin initials (prefix)."""
    if not text:
        return ()
    if text.isascii() and text.isdigit():
        if len(text) != _TAIL:
            return ()
        return tuple(map(_local_of, connection.execute(_BY_TAIL, {"text": text, "most": limit})))
    asked = {"text": text, "lower": text.lower(), "most": limit}
    return tuple(map(_local_of, connection.execute(_BY_NAME, asked)))


def _suspended_of(row: Row[Any]) -> SuspendedBasket:
    return SuspendedBasket(
        basket=from_text(Basket, row.document),
        suspended_at=parse_instant(row.suspended_at),
        staff_id=row.staff_id,
    )


def _local_of(row: Row[Any]) -> LocalMember:
    return LocalMember(
        member=from_text(Member, row.member),
        cards=from_text(tuple[Card, ...], row.cards),
        epoch=row.epoch,
        seq=row.seq,
    )
