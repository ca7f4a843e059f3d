"""Head office's database: made, kept, and what is published from it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from pos_member.app.published import PublishedMember, PublishedRuleset
from pos_member.domain.errors import Fault, Refusal
from pos_member.domain.member import MemberStatus
from pos_member.domain.tier import Tier
from pos_member.storage.database_file import open_database
from sync.head_office.history import HEAD_OFFICE
from sync.head_office.schema import metadata
from tests.sync.chain import RULESET, RULESET_TEXT, STORE, Chain


def _shape(path: Path) -> list[tuple[str, str, str]]:
    """Every table's columns and every index, as SQLite has them."""
    with closing(sqlite3.connect(path)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = [
            (table, row[1], str(row[2:]))
            for table in tables
            if table != "alembic_version"
            for row in database.execute(f"PRAGMA table_info({table})")
        ]
        indexes = [
            (table, "index", str([part[2] for part in database.execute(f"PRAGMA index_xinfo('{row[1]}')")] + [row[2]]))
            for table in tables
            if table != "alembic_version"
            for row in database.execute(f"PRAGMA index_list({table})")
        ]
    return sorted(columns + indexes)


def test_the_migrations_make_what_the_program_believes_in(tmp_path: Path) -> None:
    open_database(tmp_path / "migrated.db", HEAD_OFFICE).dispose()
    declared = create_engine(f"sqlite:///{tmp_path / 'declared.db'}")
    metadata.create_all(declared)
    declared.dispose()

    assert _shape(tmp_path / "migrated.db") == _shape(tmp_path / "declared.db")


def test_the_head_the_program_names_is_the_last_revision() -> None:
    assert ScriptDirectory(HEAD_OFFICE.folder).get_heads() == [HEAD_OFFICE.head]


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    chain = Chain(tmp_path)
    chain.close()
    with closing(sqlite3.connect(tmp_path / "head-office.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = 'from_the_future'")

    with pytest.raises(Fault) as caught:
        chain.open_office()

    assert caught.value.code == "database_newer"


def test_head_office_is_the_same_after_a_restart(tmp_path: Path) -> None:
    chain = Chain(tmp_path)
    wang = chain.join()
    chain.give(wang, 90)
    chain.office.close()

    again = chain.open_office()

    assert again.hq_epoch == chain.office.hq_epoch
    assert again.member(wang.id) == chain.office.member(wang.id)
    assert not again.is_empty()
    again.close()
    chain.close()


def test_a_changed_profile_keeps_what_sales_and_the_ledger_decided(chain: Chain) -> None:
    wang = chain.join()
    chain.give(wang, 400)
    till = chain.till()
    till.pull()
    till.sell(wang, packs=2)
    till.push()
    before = chain.office.member(wang.id)
    assert before is not None
    changed = replace(wang, phone="13900000000", status=MemberStatus.FROZEN)

    chain.office.publish([PublishedMember(state=replace(before, member=changed, lots=(), tier=Tier.DIAMOND), cards=())])

    assert chain.office.member(wang.id) == replace(before, member=changed)


def test_points_come_from_the_ledger_whichever_is_imported_first(chain: Chain) -> None:
    wang = chain.join()
    entry = chain.give(wang, 120)
    chain.office.import_ledger([entry])
    state = chain.office.member(wang.id)
    assert state is not None
    assert [lot.points for lot in state.lots] == [120]

    newcomer = replace(wang, id=chain.ids.new(), phone=None)
    chain.office.import_ledger([replace(entry, id=chain.ids.new(), member_id=newcomer.id)])
    chain.office.publish([PublishedMember(state=replace(state, member=newcomer, lots=()), cards=())])

    arrived = chain.office.member(newcomer.id)
    assert arrived is not None
    assert [lot.points for lot in arrived.lots] == [120]


def test_an_entry_with_two_contents_is_not_imported(chain: Chain) -> None:
    wang = chain.join()
    entry = chain.give(wang, 120)

    with pytest.raises(ValueError, match=entry.id):
        chain.office.import_ledger([replace(entry, points=9999)])

    assert chain.office.member_figure(wang.id).available == 120


def test_a_published_ruleset_never_changes(chain: Chain) -> None:
    published = PublishedRuleset(
        version=RULESET.version,
        effective_from=RULESET.effective_from,
        stores=(),
        text=RULESET_TEXT.replace('"0.80"', '"0.10"'),
    )

    with pytest.raises(Refusal) as caught:
        chain.office.publish([published])

    assert caught.value.code == "ruleset_changed"


def test_a_ruleset_that_cannot_be_used_is_not_published(chain: Chain) -> None:
    with pytest.raises(Refusal) as caught:
        chain.office.publish(
            [PublishedRuleset(version="x", effective_from=date(2026, 1, 1), stores=(), text="version = 1")]
        )

    assert caught.value.code == "ruleset_unusable"
    assert chain.office.health().feed_no == 4


def test_a_store_without_a_time_zone_is_not_published(chain: Chain) -> None:
    for zone in ("Asia/Beijing", "", "../etc"):
        with pytest.raises(Refusal) as caught:
            chain.office.publish([replace(STORE, zone=zone)])
        assert caught.value.code == "store_zone_unknown"
    assert chain.office.health().feed_no == 4
