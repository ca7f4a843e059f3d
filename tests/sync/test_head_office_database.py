"""Head office's database: made, kept, and what is published from it."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from pos_member.app.codec import from_text
from pos_member.app.offer_text import offer_to_text
from pos_member.app.published import PublishedMember, PublishedOffer, PublishedRuleset
from pos_member.domain.benefits import BenefitUse
from pos_member.domain.bonuses import PastBonus
from pos_member.domain.errors import Fault, Refusal
from pos_member.domain.member import MemberState, MemberStatus
from pos_member.domain.offers import PercentOffer
from pos_member.domain.sale import Sale
from pos_member.domain.tier import Tier
from pos_member.storage.database_file import open_database
from sync.enrolment import Identity
from sync.head_office.history import HEAD_OFFICE
from sync.head_office.schema import metadata
from tests.sync.chain import MASK, RULESET, RULESET_TEXT, STORE, Chain, Till
from tests.sync.counters import bring_back, workplace_of

CORPUS = Path(__file__).parents[1] / "corpus"
_DAY = date(2026, 3, 1)
_BONUS = PastBonus(kind="activity", points=20, on=_DAY, source="spring")


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


def test_allergies_are_published_as_given_and_figures_are_not(chain: Chain) -> None:
    wang = chain.join()
    before = chain.office.member(wang.id)
    assert before is not None
    given = replace(before, allergies=("青霉素",), spend_fen=99, benefit_uses=(BenefitUse(benefit_id="x", on=_DAY),))

    chain.office.publish([PublishedMember(state=replace(given, bonuses=(_BONUS,)), cards=())])

    assert chain.office.member(wang.id) == replace(before, allergies=("青霉素",))


def test_a_member_who_is_new_brings_figures_along_but_for_what_the_ledger_says(chain: Chain) -> None:
    wang = replace(chain.join(), id=chain.ids.new(), phone=None)
    uses = (BenefitUse(benefit_id="monthly_test", on=_DAY),)
    state = MemberState(
        member=wang, tier=Tier.GOLD, spend_fen=700, benefit_uses=uses, bonuses=(_BONUS,), applied={"forged:e": 9}
    )

    chain.office.publish([PublishedMember(state=state, cards=())])

    assert chain.office.member(wang.id) == replace(state, bonuses=(), applied={})


def test_an_offer_that_tills_could_not_use_is_not_published(chain: Chain) -> None:
    summer = PercentOffer(id="summer", rate=Fraction(9, 10))
    text = offer_to_text(summer)
    for offer in (
        PublishedOffer(id="winter", text=text),
        PublishedOffer(id="summer", text="{}"),
        PublishedOffer(id="summer", text="["),
        PublishedOffer(id="tier:gold", text=offer_to_text(replace(summer, id="tier:gold"))),
        PublishedOffer(id="first_purchase", text=offer_to_text(replace(summer, id="first_purchase"))),
    ):
        with pytest.raises(Refusal) as caught:
            chain.office.publish([offer])
        assert caught.value.code == "offer_unusable"
        assert offer.id in caught.value.message
    till = chain.till()
    till.pull()
    assert till.replica.offers() == ()

    chain.office.publish([PublishedOffer(id="summer", text=text)])
    till.pull()

    assert till.replica.offers() == (summer,)


@pytest.mark.logs_warnings  # a ruleset of before knows nothing of rights and activities; the built-in one holds
def test_a_database_of_an_earlier_release_is_brought_up_to_date_and_its_tills_take_it_over(tmp_path: Path) -> None:
    chain = _of_an_earlier_release(tmp_path)
    try:
        (wang,) = chain.members()
        state = chain.office.member(wang)
        assert state is not None
        assert state.spend_fen == 7500
        assert [(bonus.kind, bonus.points, bonus.source) for bonus in state.bonuses] == [("registration", 50, wang)]
        assert [purchase.net_fen for purchase in state.purchases] == [4650, 2850]
        assert (state.completed_sales, state.benefit_uses, state.allergies) == (5, (), ())
        assert sum(lot.points for lot in state.lots) - state.debt == 5000 - 100 + 23 + 14
        sale = chain.office.sale("01-e74ef5")
        assert (from_text(Sale, sale.document).quote.payable_fen, sale.returned) == (4650, {})
        assert chain.office.sale("01-9d0da9").returned == {}
        with pytest.raises(Refusal):
            chain.office.sale("01-000000")

        till = chain.till_at_the_head()
        assert till.feed.cursor().feed_no == 7
        stale = till.replica.member(wang)
        assert stale is not None
        assert stale.spend_fen == 0
        till.pull()

        assert till.replica.member(wang) == state
        assert till.feed.cursor().feed_no == chain.office.health().feed_no == 8
        assert till.replica.product_by_sku(MASK.sku) == MASK
        sold = till.sell(state.member, packs=4)
        bring_back(workplace_of(chain, till), chain.ids.new(), sold, 1)
        till.push()
        after = chain.office.member(wang)
        assert after is not None
        assert after.spend_fen == 7500 + sold.quote.payable_fen * 3 // 4
        assert [bonus.kind for bonus in after.bonuses] == ["registration"]
    finally:
        chain.close()


class _EarlierChain(Chain):
    """A chain over the database that a release with the first tables has left, with a registration bonus in it."""

    def members(self) -> list[str]:
        with closing(sqlite3.connect(self.folder / "head-office.db")) as database:
            return [bytes(row[0]).hex() for row in database.execute("SELECT id FROM members")]

    def till_at_the_head(self) -> Till:
        """Its one till, whose replica holds all that was published, as that release published it."""
        secret = bytes(32)
        with closing(sqlite3.connect(self.folder / "head-office.db")) as database, database:
            ((terminal_id, number, name),) = database.execute("SELECT id, number, name FROM terminals")
            database.execute("UPDATE terminals SET secret_hash = ?", (hashlib.sha256(secret).digest(),))
        identity = Identity(
            terminal_id=bytes(terminal_id).hex(),
            terminal_no=f"{number:02d}",
            name=name,
            store_id=STORE.id,
            base_url=self.url,
            credential=f"{bytes(terminal_id).hex()}.{secret.hex()}",
            hq_epoch=self.office.hq_epoch,
        )
        folder = self.folder / "till-01"
        folder.mkdir()
        with closing(sqlite3.connect(folder / "replica.db")) as replica, replica:
            with closing(sqlite3.connect(CORPUS / "replica_0001.db")) as shape:
                for (statement,) in shape.execute(
                    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
                ):
                    replica.execute(statement)
            replica.execute("INSERT INTO alembic_version VALUES ('replica_0001')")
            replica.execute("ATTACH ? AS office", (str(CORPUS / "head_office_0001.db"),))
            for table in ("products", "product_barcodes", "members", "cards", "lots", "staff", "stores", "rulesets"):
                replica.execute(f"INSERT INTO {table} SELECT * FROM office.{table}")  # noqa: S608
            replica.execute(
                "INSERT INTO cursor (id, hq_epoch, feed_no, as_of, schema_version) "
                "SELECT 1, h.hq_epoch, c.feed_no, h.created_at, 1 FROM office.head_office h, office.feed_counter c"
            )
        return self.till_of(identity, folder)


def _of_an_earlier_release(folder: Path) -> _EarlierChain:
    path = folder / "head-office.db"
    shutil.copy(CORPUS / "head_office_0001.db", path)
    with closing(sqlite3.connect(path)) as database, database:
        ((member_id,),) = database.execute("SELECT id FROM members")
        values = (bytes(15) + b"1", member_id, "registration", 50, "2026-02-01T00:00:00.000Z", "2026-02-01", "S001")
        source = bytes(member_id).hex()
        database.execute(
            "INSERT INTO ledger_entries VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, '2026.1', '2026-02-28', NULL)",
            (*values, source),
        )
    chain = _EarlierChain(folder, published=False)
    chain.serve()
    return chain


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
