"""The demo store as it stands on one day, published by a real head office into a till's replica."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pos_member.app.counter import Choice
from pos_member.app.members.identify import FoundMember, identify
from pos_member.composition.demo_goods import load_goods
from pos_member.composition.demo_members import DemoMember, make_members
from pos_member.composition.demo_store import DEMO_SEED, STORE, DemoFacts, DemoOffice, open_demo_store
from pos_member.composition.system import SystemClock
from pos_member.domain.ids import Uuid7Factory
from pos_member.domain.product import Product
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.ruleset_document import parse_ruleset
from pos_member.storage.replica import Replica
from pos_member.storage.replica_feed import ReplicaFeed
from pos_member.storage.replica_file import ReplicaFile
from pos_member.storage.terminal_store import TerminalStore
from sync.head_office.office import HeadOffice

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
TODAY = date(2026, 7, 20)


@dataclass(frozen=True)
class SeededStore:
    """Head office with the demo store in it, what the seeding told, and a till's replica that has got it all."""

    office: HeadOffice
    folder: Path
    facts: DemoFacts
    replica: Replica
    terminal: TerminalStore

    def identify(self, code: str) -> Product | FoundMember | Choice:
        """What a code means at the till."""
        with self.terminal.reading() as records:
            return identify(self.replica, records, code)


class StillClock:
    """A clock that stands."""

    def now(self) -> datetime:
        return datetime(2026, 7, 20, 0, 30, tzinfo=UTC)


def some_ids() -> Uuid7Factory:
    """Identifiers, the same ones each time."""
    return Uuid7Factory(StillClock(), lambda bits: bits)


def members_on(today: date, seed_number: int = DEMO_SEED) -> tuple[DemoMember, ...]:
    """The demo's members as they stand on a day."""
    return make_members(
        goods=load_goods(RESOURCES / "demo" / "products.csv"),
        ruleset=default_ruleset(),
        store=STORE,
        names=RESOURCES / "demo" / "names.toml",
        today=today,
        seed=seed_number,
    )


def default_ruleset() -> Ruleset:
    """The programme as it comes."""
    return parse_ruleset((RESOURCES / "rulesets" / "default.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def ruleset() -> Ruleset:
    return default_ruleset()


@pytest.fixture(scope="session")
def goods() -> tuple[Product, ...]:
    return load_goods(RESOURCES / "demo" / "products.csv")


@pytest.fixture(scope="session")
def members() -> tuple[DemoMember, ...]:
    return members_on(TODAY)


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeededStore]:
    folder = tmp_path_factory.mktemp("demo")
    office = open_office(folder)
    facts = open_it(office, folder)
    packed = office.snapshot_file(office.snapshot().digest)
    assert packed is not None
    snapshot = folder / "snapshot.db"
    snapshot.write_bytes(gzip.decompress(packed.read_bytes()))
    file = ReplicaFile.open(folder / "replica.db")
    ReplicaFeed(file, SystemClock()).install_snapshot(snapshot)
    terminal = TerminalStore.open(
        folder / "terminal.db", terminal_id=f"{1:032x}", clock=StillClock(), new_epoch=f"{2:032x}"
    )
    replica = Replica(file, store_id=STORE.id)
    yield SeededStore(office=office, folder=folder, facts=facts, replica=replica, terminal=terminal)
    terminal.close()
    file.close()
    office.close()


def open_office(folder: Path) -> HeadOffice:
    """Head office of a folder."""
    return HeadOffice.open(folder / "head-office.db", StillClock(), some_ids(), bytes)


def open_it(office: DemoOffice, folder: Path) -> DemoFacts:
    """Opens the demo store on the morning of ``TODAY``."""
    return open_demo_store(
        office,
        facts_file=folder / "demo.json",
        resources=RESOURCES,
        today=TODAY,
        ids=some_ids(),
        hash_pin=lambda pin: f"hash of {pin[::-1]}",
    )
