"""The shop that a till is killed in: its goods, its people, many members, and the data folder of one till."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from argon2 import PasswordHasher

from pos_member.app.published import Change, ChangePage, Entity, PublishedMember, PublishedRuleset
from pos_member.composition.counter_pc import CounterPc
from pos_member.composition.data_folder import REPLICA_FILE
from pos_member.composition.demo_goods import load_goods
from pos_member.composition.resources import RESOURCES, built_in_ruleset
from pos_member.composition.settings import TillSettings
from pos_member.composition.system import SystemClock
from pos_member.domain.ledger import Lot
from pos_member.domain.member import Card, Member, MemberState
from pos_member.domain.product import Category, Product
from pos_member.domain.staff import Role, Staff, Store
from pos_member.domain.tier import Tier
from pos_member.storage.replica_feed import ReplicaFeed
from pos_member.storage.replica_file import ReplicaFile
from pos_member.storage.replica_rows import key_of
from sync.enrolment import Identity

MEMBERS = 400
TERMINAL_ID = "0197a0000000700080000000000000aa"
STORE = Store(id="S001", name="安和大药房", address="和平路 1 号", phone="010-5550 0101")
NOBODY = "127.0.0.1:9"
"""Where neither a head office nor a printer answers."""

IDENTITY = Identity(
    terminal_id=TERMINAL_ID,
    terminal_no="01",
    name="1号机",
    store_id=STORE.id,
    base_url=f"http://{NOBODY}",
    credential="nobody-asks",
    hq_epoch="h1",
)
PINS = {"1": "135790", "2": "246801", "3": "864209"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """What can be scanned and who can sign in: barcodes of free goods, codes of cards, ids of the staff by number."""

    goods: tuple[Product, ...]
    members: tuple[PublishedMember, ...]
    staff: tuple[Staff, ...]

    @property
    def barcodes(self) -> tuple[str, ...]:
        """Of goods that are sold without a register."""
        kept = (Category.RX,)
        return tuple(each.barcodes[0] for each in self.goods if each.category not in kept and not each.ephedrine)

    @property
    def restricted(self) -> tuple[str, ...]:
        """Barcodes of goods that need a prescription or a buyer's name."""
        return tuple(each.barcodes[0] for each in self.goods if each.barcodes[0] not in self.barcodes)

    @property
    def cards(self) -> tuple[str, ...]:
        """The members' cards."""
        return tuple(each.cards[0].code for each in self.members)

    def person(self, role: Role) -> Staff:
        """Who has a role."""
        return next(each for each in self.staff if each.role is role)


def make_shop() -> Shop:
    """The same shop each time, but for the salt in the hashes of its PINs."""
    chance = random.Random(1)
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    people = (("1", "李芳", Role.CASHIER), ("2", "陈蕾", Role.PHARMACIST), ("3", "孙伟", Role.STORE_MANAGER))
    return Shop(
        goods=load_goods(RESOURCES / "demo" / "products.csv"),
        members=tuple(_member(number, chance) for number in range(1, MEMBERS + 1)),
        staff=tuple(
            Staff(id=f"{int(number):032x}", number=number, name=name, role=role, pin_hash=cheap.hash(PINS[number]))
            for number, name, role in people
        ),
    )


def furnish(folder: Path, shop: Shop) -> None:
    """Writes ``replica.db`` of a till that has just heard from head office."""
    folder.mkdir(parents=True, exist_ok=True)
    text = (RESOURCES / "rulesets" / "default.toml").read_text(encoding="utf-8")
    rules = built_in_ruleset()
    ruleset = PublishedRuleset(version=rules.version, effective_from=rules.effective_from, stores=(), text=text)
    everything: list[Entity] = [STORE, ruleset, *shop.staff, *shop.goods, *shop.members]
    changes = []
    for number, entity in enumerate(everything, 1):
        kind, entity_id = key_of(entity)
        changes.append(Change(kind=kind, entity_id=entity_id, feed_no=number, entity=entity))
    page = ChangePage(
        after=0,
        upto=len(changes),
        changes=tuple(changes),
        hq_epoch="h1",
        as_of=datetime.now(UTC).replace(microsecond=0),
        more=False,
    )
    replica = ReplicaFile.open(folder / REPLICA_FILE)
    ReplicaFeed(replica, SystemClock()).apply(page)
    replica.close()


def open_till(folder: Path) -> CounterPc:
    """The till of a folder, opened as the program opens it; nobody is signed in, and nothing runs beside it yet."""
    return CounterPc(
        folder,
        identity=IDENTITY,
        settings=TillSettings(printer=NOBODY),
        on_head_office=lambda _status: None,
        on_printer=lambda _status: None,
    )


def _member(number: int, chance: random.Random) -> PublishedMember:
    member_id = f"0197b000000070008000{number:012x}"
    tier = chance.choice(tuple(Tier))
    today = datetime.now(UTC).date()
    lots = tuple(
        Lot(
            entry_id=f"0197b000000070009000{number * 8 + each:012x}",
            points=chance.randint(1, 30) * 100,
            earned_on=date(2025, 1, 5),
            expires_on=today + timedelta(days=60 * each + 2),
        )
        for each in range(chance.randint(0, 3))
    )
    member = Member(
        id=member_id,
        name=f"王{number}",
        initials="w",
        phone=f"139{number:08d}",
        birthday=date(1980, 1 + number % 12, 1 + number % 28),
        gender=None,
        joined_on=date(2020, 1, 2),
        home_store=STORE.id,
    )
    state = MemberState(member=member, tier=tier, lots=lots, completed_sales=number % 4)
    return PublishedMember(state=state, cards=(Card(code=f"6200{number:012d}", member_id=member_id),))
