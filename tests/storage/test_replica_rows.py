from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql

from pos_member.app.published import Change, Entity, EntityKind
from pos_member.domain.member import Card, CardStatus
from pos_member.storage import replica_rows
from pos_member.storage.database_file import REPLICA, open_database
from pos_member.storage.engine import writing
from pos_member.storage.replica_rows import read_cards, read_entity, read_member, read_product, write_many
from pos_member.storage.replica_schema import replica_metadata
from tests.storage.makers import LI, WANG, cashier, change, lot, member, product, ruleset, shop


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    engine = open_database(tmp_path / "replica.db", REPLICA)
    with writing(engine) as connection:
        yield connection
    engine.dispose()


def write(connection: Connection, change: Change) -> None:
    write_many(connection, [change])


@pytest.mark.parametrize(
    "entity",
    [product(), member(), cashier(), shop(), ruleset("2026-01", date(2026, 1, 1), "S001", "S002")],
    ids=lambda entity: type(entity).__name__,
)
def test_what_is_published_comes_back_as_it_was(connection: Connection, entity: Entity) -> None:
    published = change(entity, 1)
    write(connection, published)
    assert read_entity(connection, published.kind, published.entity_id) == entity

    write(connection, Change(kind=published.kind, entity_id=published.entity_id, feed_no=2, entity=None))
    assert read_entity(connection, published.kind, published.entity_id) is None


def test_a_member_is_replaced_whole_with_cards_and_lots(connection: Connection) -> None:
    before = member()
    write(connection, change(before, 1))
    new_card = Card(code="6200999900001111", member_id=WANG)
    after = replace(
        before,
        state=replace(before.state, lots=(lot(WANG, 9, 50, date(2027, 1, 31)),), applied={"a:e1": 3}),
        cards=(new_card,),
    )
    write(connection, change(after, 2))

    assert read_member(connection, WANG) == after.state
    assert read_cards(connection, WANG) == (new_card,)


def test_two_members_swap_their_phone_numbers_in_one_batch(connection: Connection) -> None:
    wang, li = member(phone="13800138001"), member(LI, "李娜", phone="13900139002")
    write_many(connection, [change(wang, 1), change(li, 2)])
    wang, li = member(phone="13900139002"), member(LI, "李娜", phone="13800138001")
    write_many(connection, [change(wang, 3), change(li, 4)])

    assert read_member(connection, WANG) == wang.state
    assert read_member(connection, LI) == li.state


def test_a_phone_number_goes_to_who_registered_it_last(connection: Connection) -> None:
    write(connection, change(member(), 1))
    write(connection, change(member(LI, "李娜"), 2))

    state = read_member(connection, WANG)
    assert state is not None
    assert state.member.phone is None


def test_a_card_that_was_handed_on_belongs_to_the_new_member(connection: Connection) -> None:
    wang = member()
    write(connection, change(wang, 1))
    card = replace(wang.cards[0], member_id=LI)
    write(connection, change(replace(member(LI, "李娜", phone=None), cards=(card,)), 2))

    assert read_cards(connection, LI) == (card,)
    assert [held.status for held in read_cards(connection, WANG)] == [CardStatus.LOST]


def test_a_barcode_moves_from_one_product_to_another(connection: Connection) -> None:
    write(connection, change(product("A1", barcodes=("111", "222")), 1))
    write_many(connection, [change(product("A1", barcodes=("111",)), 2), change(product("B2", barcodes=("222",)), 3)])

    owners = connection.exec_driver_sql("SELECT barcode, sku FROM product_barcodes ORDER BY barcode").all()
    assert [tuple(owner) for owner in owners] == [("111", "A1"), ("222", "B2")]


def test_of_several_versions_in_a_batch_the_highest_counts(connection: Connection) -> None:
    write_many(connection, [change(product(price_fen=200), 8), change(product(price_fen=100), 7)])

    held = read_product(connection, "Y0017")
    assert held is not None
    assert held.price_fen == 200


def test_something_gone_and_come_again_in_a_batch_is_there(connection: Connection) -> None:
    gone = Change(kind=EntityKind.PRODUCT, entity_id="Y0017", feed_no=7, entity=None)
    write_many(connection, [gone, change(product(), 8)])
    assert read_product(connection, "Y0017") == product()


def test_the_same_statements_can_be_said_to_postgresql() -> None:
    for table in replica_metadata.sorted_tables:
        key = next(column.name for column in table.primary_key)
        statement = replica_rows.upsert(table, "postgresql", "id" if "id" in table.c else key)
        assert "ON CONFLICT" in str(statement.compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
