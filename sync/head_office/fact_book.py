"""Sales and other facts as head office keeps them: posted once, for ever, and found by what they concern."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import Connection, bindparam, insert, select

from pos_member.app.codec import from_text, to_text
from pos_member.app.facts import kind_of
from pos_member.domain.fact import Fact
from pos_member.domain.returns import ReturnedLine
from pos_member.domain.sale import Sale
from pos_member.domain.sale_return import SaleReturn
from pos_member.storage.fact_columns import sale_columns
from sync.head_office.schema import facts, sales

F = TypeVar("F", bound=Fact)

_ADD_SALE = insert(sales)
_ADD_FACT = insert(facts)
_OF_ANY_KIND = select(facts.c.document).where(facts.c.id == bindparam("sought"))
_SALE = select(sales.c.document).where(sales.c.id == bindparam("sought"))
_BY_RECEIPT = (
    select(sales.c.document)
    .where(sales.c.receipt_no == bindparam("sought"))
    .order_by(sales.c.at.desc(), sales.c.id.desc())
    .limit(1)
)
_FACT = select(facts.c.document).where(facts.c.id == bindparam("sought"), facts.c.kind == bindparam("of_kind"))
_ABOUT = (
    select(facts.c.document)
    .where(facts.c.about == bindparam("sought"), facts.c.kind == bindparam("of_kind"))
    .order_by(facts.c.id)
)


def add_sale(connection: Connection, sale: Sale) -> None:
    """Keeps a sale that is not there yet."""
    connection.execute(_ADD_SALE, sale_columns(sale))


def add_fact(connection: Connection, fact: Fact) -> None:
    """Keeps a fact that is not there yet."""
    connection.execute(
        _ADD_FACT,
        {
            "id": fact.id,
            "kind": kind_of(type(fact)),
            "terminal_id": fact.terminal_id,
            "store_id": fact.store_id,
            "member_id": fact.member_id,
            "about": fact.about,
            "business_date": fact.business_date.isoformat(),
            "document": to_text(fact),
        },
    )


def posted_as(connection: Connection, record: Sale | Fact) -> str | None:
    """What was posted under a record's id, whatever it is, as JSON; None when nothing was."""
    of_its_id = _SALE if isinstance(record, Sale) else _OF_ANY_KIND
    return connection.execute(of_its_id, {"sought": record.id}).scalar_one_or_none()


def read_sale(connection: Connection, sale_id: str) -> Sale | None:
    """A posted sale."""
    document = connection.execute(_SALE, {"sought": sale_id}).scalar_one_or_none()
    return None if document is None else from_text(Sale, document)


def read_sale_by_receipt(connection: Connection, receipt_no: str) -> Sale | None:
    """A posted sale by the number on its receipt; the latest where a copied till has given the number twice."""
    document = connection.execute(_BY_RECEIPT, {"sought": receipt_no}).scalar_one_or_none()
    return None if document is None else from_text(Sale, document)


def read_fact(connection: Connection, kind: type[F], fact_id: str) -> F | None:
    """A posted fact of a kind."""
    asked = {"sought": fact_id, "of_kind": kind_of(kind)}
    document = connection.execute(_FACT, asked).scalar_one_or_none()
    return None if document is None else from_text(kind, document)


def read_facts_about(connection: Connection, kind: type[F], about: str) -> tuple[F, ...]:
    """The posted facts of a kind that concern one thing."""
    rows = connection.execute(_ABOUT, {"sought": about, "of_kind": kind_of(kind)}).scalars()
    return tuple(from_text(kind, document) for document in rows)


def returned_of(connection: Connection, sale_id: str) -> dict[str, tuple[ReturnedLine, ...]]:
    """What has come back of a sale, by the ids of the returns."""
    return {
        each.id: tuple(ReturnedLine(line=back.line, quantity=back.quantity) for back in each.goods.lines)
        for each in read_facts_about(connection, SaleReturn, sale_id)
    }
