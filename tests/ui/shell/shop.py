"""A till in a small shop: real databases, a clock moved by hand, and what the spooler would do."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pos_member.app.published import Change, ChangePage, Entity, EntityKind, PublishedMember
from pos_member.app.till import Till
from pos_member.app.workplace import TerminalIdentity, Workplace
from pos_member.domain.ids import Uuid7Factory
from pos_member.domain.ledger import Lot
from pos_member.domain.member import Card, Member, MemberState
from pos_member.domain.product import Category, Product
from pos_member.domain.ruleset_document import parse_ruleset
from pos_member.domain.staff import Role, Staff, Store
from pos_member.domain.tier import Tier
from pos_member.storage.initials import initials
from pos_member.storage.replica import Replica
from pos_member.storage.replica_feed import ReplicaFeed
from pos_member.storage.replica_file import ReplicaFile
from pos_member.storage.terminal_store import TerminalStore
from tests.storage.makers import NobodyAnswers

ROOT = Path(__file__).parents[3]
START = datetime(2026, 5, 21, 6, 2, tzinfo=UTC)
WANG = f"{1:032x}"
WANG_CARD = "6200000000001947"
VITAMIN_BARCODE = "2000000000015"
PINS = {"李芳": "135790", "陈蕾": "246801", "孙伟": "975310"}


class HandClock:
    """A clock that only moves when told."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at

    def pass_by(self, **time: float) -> None:
        self.at += timedelta(**time)


class PlainPins:
    """Takes a PIN's hash to be the PIN."""

    def verify(self, pin_hash: str, pin: str) -> bool:
        return pin_hash == pin


class Shop:
    """One till with three people, one member and one product."""

    def __init__(self, folder: Path, *, new_epoch: str = "e1") -> None:
        self.folder = folder
        self.clock = HandClock()
        self.sync_woken: list[datetime] = []
        ids = Uuid7Factory(self.clock, random.Random(7).getrandbits)
        self.file = ReplicaFile.open(folder / "replica.db")
        self.feed = ReplicaFeed(self.file, self.clock)
        self.terminal = TerminalStore.open(
            folder / "terminal.db", terminal_id=ids.new(), clock=self.clock, new_epoch=new_epoch
        )
        self.feed_no = 0
        self.publish(*entities())
        rules = (ROOT / "resources" / "rulesets" / "default.toml").read_text(encoding="utf-8")
        self.till = Till(
            Workplace(
                identity=TerminalIdentity(
                    terminal_id=self.terminal.terminal_id, number="01", name="1 号机", store_id="S001"
                ),
                terminal=self.terminal,
                replica=Replica(self.file, store_id="S001"),
                clock=self.clock,
                ids=ids,
                pins=PlainPins(),
                built_in_ruleset=parse_ruleset(rules),
                wake_sync=lambda: self.sync_woken.append(self.clock.now()),
                wake_printer=lambda: None,
                head_office=NobodyAnswers(),
                salt=lambda: bytes(16),
                initials=initials,
            )
        )

    def publish(self, *things: tuple[EntityKind, str, Entity]) -> None:
        """Head office publishes; the till has pulled it."""
        changes = tuple(
            Change(kind=kind, entity_id=key, feed_no=self.feed_no + n, entity=entity)
            for n, (kind, key, entity) in enumerate(things, start=1)
        )
        upto = self.feed_no + len(changes)
        self.feed.apply(
            ChangePage(
                after=self.feed_no, upto=upto, changes=changes, hq_epoch="hq1", as_of=self.clock.now(), more=False
            )
        )
        self.feed_no = upto

    def close(self) -> None:
        """Lets go of the files."""
        self.terminal.close()
        self.file.close()


def entities() -> tuple[tuple[EntityKind, str, Entity], ...]:
    """What head office has published."""
    store = Store(id="S001", name="安和大药房", address="演示路 1 号", phone="010-5555-0100")
    staff = (
        person("1", "李芳", Role.CASHIER),
        person("2", "陈蕾", Role.PHARMACIST),
        person("3", "孙伟", Role.STORE_MANAGER),
    )
    vitamin = Product(
        sku="B0001",
        name="维生素C咀嚼片",
        specification="100片",
        maker="安和制药",
        category=Category.SUPPLEMENT,
        price_fen=2900,
        unit="瓶",
        barcodes=(VITAMIN_BARCODE,),
    )
    return (
        (EntityKind.STORE, store.id, store),
        *((EntityKind.STAFF, one.id, one) for one in staff),
        (EntityKind.PRODUCT, vitamin.sku, vitamin),
        (EntityKind.MEMBER, WANG, wang()),
    )


def staff_id(number: str) -> str:
    """The id of the person with a number."""
    return f"{int(number) + 100:032x}"


def person(number: str, name: str, role: Role) -> Staff:
    """Someone of the shop; the PIN is in :data:`PINS`."""
    return Staff(id=staff_id(number), number=number, name=name, role=role, pin_hash=PINS.get(name, "111111"))


def wang() -> PublishedMember:
    """王小明, gold, with 2,340 points."""
    member = Member(
        id=WANG,
        name="王小明",
        initials="wxm",
        phone="13800005678",
        birthday=date(1980, 9, 9),
        gender="m",
        joined_on=date(2023, 4, 1),
        home_store="S001",
    )
    lot = Lot(entry_id=f"{9:032x}", points=2340, earned_on=date(2026, 1, 5), expires_on=date(2026, 12, 31))
    state = MemberState(member=member, tier=Tier.GOLD, lots=(lot,), completed_sales=12)
    return PublishedMember(state=state, cards=(Card(code=WANG_CARD, member_id=WANG),))
