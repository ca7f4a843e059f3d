from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from pos_member.app.published import ChangePage, Entity, PublishedMember
from pos_member.domain.member import CardStatus, MemberStatus
from pos_member.domain.product import Category
from pos_member.storage.replica import Replica
from pos_member.storage.replica_feed import ReplicaFeed
from pos_member.storage.replica_file import ReplicaFile
from tests.storage.makers import LI, NOW, WANG, HandClock, cashier, change, member, product, ruleset, shop


class Chain:
    """A head office that publishes straight into one till's replica."""

    def __init__(self, path: Path) -> None:
        self.file = ReplicaFile.open(path)
        self.feed = ReplicaFeed(self.file, HandClock())
        self.replica = Replica(self.file, store_id="S001")

    def publish(self, *entities: Entity) -> None:
        after = self.feed.cursor().feed_no
        changes = tuple(change(entity, number) for number, entity in enumerate(entities, after + 1))
        upto = after + len(changes)
        self.feed.apply(ChangePage(after=after, upto=upto, changes=changes, hq_epoch="hq1", as_of=NOW, more=False))


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[Chain]:
    chain = Chain(tmp_path / "replica.db")
    yield chain
    chain.file.close()


def person(number: int, name: str, initials: str, phone: str, **changes: object) -> PublishedMember:
    return member(f"0197a0000000700080000000000001{number:02x}", name, initials=initials, phone=phone, **changes)


def names(found: tuple[object, ...]) -> list[str]:
    return [item.member.name if hasattr(item, "member") else item.name for item in found]  # type: ignore[attr-defined]


def test_a_new_till_knows_nothing_and_says_so(chain: Chain) -> None:
    replica = chain.replica
    assert replica.freshness().as_of is None
    assert replica.freshness().feed_no == 0
    assert replica.product_by_barcode("2000000000177") is None
    assert replica.card("62000") is None
    assert replica.ruleset(date(2026, 3, 5)) is None
    assert replica.staff() == ()
    assert replica.store("S001") is None


def test_goods_are_found_by_barcode_and_by_sku_in_any_case(chain: Chain) -> None:
    chain.publish(product("Ab-7", barcodes=("111", "222")))
    expected = product("Ab-7", barcodes=("111", "222"))

    assert chain.replica.product_by_barcode("222") == expected
    assert chain.replica.product_by_sku("aB-7") == expected
    assert chain.replica.product_by_sku("AB") is None


def test_goods_are_found_by_part_of_the_name_by_initials_and_by_the_beginning_of_the_sku(chain: Chain) -> None:
    chain.publish(
        product("Y1", name="阿莫西林胶囊", barcodes=()),
        product("Y2", name="复方甘草片", barcodes=()),
        product("Z3", name="维生素C片", category=Category.SUPPLEMENT, barcodes=()),
        product("Z4", name="重楼", category=Category.TCM, barcodes=()),
    )
    search = chain.replica.search_products
    assert names(search("莫西", 10)) == ["阿莫西林胶囊"]
    assert names(search("片", 10)) == ["复方甘草片", "维生素C片"]
    assert names(search("片", 1)) == ["复方甘草片"]
    assert names(search("AMX", 10)) == ["阿莫西林胶囊"]
    assert names(search("cl", 10)) == ["重楼"]
    assert names(search("素c", 10)) == ["维生素C片"]
    assert names(search("z", 10)) == ["重楼", "维生素C片"]
    assert search("%", 10) == ()
    assert search("mx", 10) == ()


def test_a_card_is_found_in_any_case_whatever_became_of_it(chain: Chain) -> None:
    chain.publish(member())
    lost = chain.replica.card("old-0001")
    assert lost is not None
    assert (lost.member_id, lost.status) == (WANG, CardStatus.LOST)


def test_a_member_is_read_with_everything_the_rules_need(chain: Chain) -> None:
    chain.publish(member())
    assert chain.replica.member(WANG) == member().state
    assert chain.replica.member(LI) is None
    assert chain.replica.member_id_by_phone("13800138000") == WANG
    assert chain.replica.member_id_by_phone("138") is None


def test_members_are_found_by_the_end_of_the_phone_by_name_and_by_initials(chain: Chain) -> None:
    chain.publish(
        person(1, "王明", "wm", "13800001234"),
        person(2, "王晓明", "wxm", "13900005678"),
        person(3, "吴敏", "wm", "13700001234"),
        person(4, "欧阳娜", "oyn", "13600009999"),
    )
    search = chain.replica.search_members
    assert names(search("1234", 10)) == ["王明", "吴敏"]
    assert search("234", 10) == ()
    assert sorted(names(search("王", 10))) == ["王明", "王晓明"]
    assert names(search("欧阳", 10)) == ["欧阳娜"]
    assert names(search("WM", 10)) == ["王明", "吴敏"]
    assert sorted(names(search("w", 10))) == ["吴敏", "王明", "王晓明"]
    assert len(search("w", 2)) == 2
    assert search("", 10) == ()


def test_an_erased_member_is_not_found_any_more_a_frozen_one_is(chain: Chain) -> None:
    chain.publish(
        person(1, "王明", "wm", "13800001234", status=MemberStatus.ERASED),
        person(2, "王亮", "wl", "13900001234", status=MemberStatus.FROZEN),
    )
    assert names(chain.replica.search_members("王", 10)) == ["王亮"]
    assert names(chain.replica.search_members("1234", 10)) == ["王亮"]


@pytest.mark.logs_warnings
@pytest.mark.parametrize(
    "words",
    [
        "UPDATE members SET tier = 'platinum' WHERE name = '王晓明'",
        "UPDATE members SET status = 'asleep' WHERE name = '王晓明'",
        "UPDATE members SET purchases = '[{' WHERE name = '王晓明'",
        "UPDATE members SET birthday = '1980-02-30' WHERE name = '王晓明'",
    ],
)
def test_a_member_in_words_of_a_newer_head_office_is_as_one_not_there(chain: Chain, words: str) -> None:
    chain.publish(member(), member(LI, "王小美", phone="13900139000"))
    with chain.file.writing() as connection:
        connection.exec_driver_sql(words)

    assert chain.replica.member(WANG) is None
    assert names(chain.replica.search_members("王", 9)) == ["王小美"]


@pytest.mark.logs_warnings
def test_goods_cards_and_staff_in_words_of_a_newer_head_office_are_as_if_not_there(chain: Chain) -> None:
    chain.publish(product(), member(), cashier(), product("B0002", name="阿胶", barcodes=("111",)))
    with chain.file.writing() as connection:
        connection.exec_driver_sql("UPDATE products SET category = 'cosmetics' WHERE sku = 'Y0017'")
        connection.exec_driver_sql("UPDATE cards SET status = 'borrowed'")
        connection.exec_driver_sql("UPDATE staff SET role = 'owner'")

    assert chain.replica.product_by_sku("Y0017") is None
    assert names(chain.replica.search_products("阿", 9)) == ["阿胶"]
    assert chain.replica.card(member().cards[0].code) is None
    assert chain.replica.staff() == ()


@pytest.mark.logs_warnings
def test_a_ruleset_this_version_cannot_read_leaves_the_one_before_in_force(chain: Chain) -> None:
    newer = ruleset("newer", date(2026, 2, 1))
    chain.publish(ruleset("older", date(2026, 1, 1)), replace(newer, text=newer.text + "\n[cashback]\nrate = '0.1'\n"))
    for _ in range(2):
        found = chain.replica.ruleset(date(2026, 3, 5))
        assert found is not None
        assert found.version == "older"


def test_staff_are_those_who_still_work_here_by_number(chain: Chain) -> None:
    chain.publish(
        cashier(WANG, "10"), cashier(LI, "2"), cashier("0197a0000000700080000000000000ff", "3", active=False), shop()
    )
    assert [someone.number for someone in chain.replica.staff()] == ["2", "10"]
    assert chain.replica.store("S001") == shop()


def test_the_ruleset_in_force_is_the_latest_that_has_begun_and_is_meant_for_this_store(chain: Chain) -> None:
    chain.publish(
        ruleset("2026-01", date(2026, 1, 1)),
        ruleset("2026-03", date(2026, 3, 1)),
        ruleset("2026-03-north", date(2026, 3, 1), "S001", "S009"),
        ruleset("2026-03-south", date(2026, 3, 2), "S002"),
    )

    def version(on: date) -> str | None:
        found = chain.replica.ruleset(on)
        return None if found is None else found.version

    assert version(date(2025, 12, 31)) is None
    assert version(date(2026, 2, 28)) == "2026-01"
    assert version(date(2026, 3, 1)) == "2026-03-north"
    assert Replica(chain.file, store_id="S003").ruleset(date(2026, 3, 5)).version == "2026-03"  # type: ignore[union-attr]


def test_a_ruleset_is_parsed_once_until_it_is_published_anew(chain: Chain) -> None:
    chain.publish(ruleset("2026-01", date(2026, 1, 1)))
    first = chain.replica.ruleset(date(2026, 3, 5))
    assert chain.replica.ruleset(date(2026, 3, 6)) is first

    again = ruleset("2026-01", date(2026, 1, 1))
    chain.publish(replace(again, text=again.text + "\n# 2\n"))
    assert chain.replica.ruleset(date(2026, 3, 6)) is not first


def test_every_look_up_at_the_counter_goes_through_an_index(chain: Chain) -> None:
    chain.publish(product(), member(), cashier(), shop(), ruleset("2026-01", date(2026, 1, 1)))
    replica = chain.replica
    with _listening() as said:
        replica.product_by_barcode("1")
        replica.product_by_sku("y0017")
        replica.card("6200")
        replica.member(WANG)
        replica.member_id_by_phone("138")
        replica.search_members("8000", 5)
        replica.search_members("王", 5)
        replica.search_members("wxm", 5)
        replica.store("S001")

    tables = ("products", "product_barcodes", "members", "cards", "lots", "stores")
    asked = [(text, values) for text, values in said if text.startswith("SELECT")]
    assert len(asked) >= 12
    with chain.file.reading() as connection:
        for text, values in asked:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values).all()
            steps = [step[3] for step in plan]
            assert not [step for step in steps if step.startswith("SCAN") and step.split()[1] in tables], (text, steps)


@contextmanager
def _listening() -> Iterator[list[tuple[str, Any]]]:
    """Every statement that is said to a database, with its values."""
    said: list[tuple[str, Any]] = []

    def note(connection: object, cursor: object, statement: str, parameters: Any, *rest: object) -> None:
        said.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)
