"""A small shop with a real till in it: real rules, real database files, and goods and members to scan."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pos_member.app.counter import Session
from pos_member.app.ports import CouponState
from pos_member.app.published import Change, ChangePage, Entity, EntityKind, PublishedMember
from pos_member.app.till import Till
from pos_member.app.workplace import TerminalIdentity, Workplace
from pos_member.domain.ids import Uuid7Factory
from pos_member.domain.ledger import Lot
from pos_member.domain.member import Card, CardStatus, Member, MemberState
from pos_member.domain.offers import Coupon
from pos_member.domain.product import Category, Product
from pos_member.domain.ruleset_document import parse_ruleset
from pos_member.domain.staff import Role, Staff, Store
from pos_member.domain.tier import Purchase, Tier
from pos_member.storage.initials import initials
from pos_member.storage.replica import Replica
from pos_member.storage.replica_feed import ReplicaFeed
from pos_member.storage.replica_file import ReplicaFile
from pos_member.storage.terminal_store import TerminalStore
from tests.storage.makers import NobodyAnswers

NOW = datetime(2026, 5, 21, 6, 26, tzinfo=UTC)
TODAY = date(2026, 5, 21)
RULESET = (Path(__file__).parents[3] / "resources" / "rulesets" / "default.toml").read_text(encoding="utf-8")

VITAMIN = "6900000000013"
MASKS = "6900000000020"
COLD_TABLETS = "6900000000037"
AMOXICILLIN = "6900000000044"
ASTRAGALUS = "6900000000051"
SNACK = "6900000000068"
LONG_NAME = "6900000000075"
GOLD_CARD = "620000001947"
NEW_CARD = "620000002052"
LOST_CARD = "620000003001"
COUPON = "CPN-2026-01"


class StillClock:
    """A clock that stands."""

    def now(self) -> datetime:
        return NOW


class PlainPins:
    """Takes a PIN for its own hash."""

    def verify(self, pin_hash: str, pin: str) -> bool:
        return pin_hash == pin


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """The till, and who is signed in."""

    till: Till
    session: Session
    terminal: TerminalStore
    replica: ReplicaFile
    feed: ReplicaFeed

    def publish(self, kind: EntityKind, entity_id: str, entity: Entity) -> None:
        """Head office publishes one thing; the till has pulled it."""
        before = self.feed.cursor().feed_no
        change = Change(kind=kind, entity_id=entity_id, feed_no=before + 1, entity=entity)
        self.feed.apply(
            ChangePage(after=before, upto=before + 1, changes=(change,), hq_epoch="h1", as_of=NOW, more=False)
        )

    def reprice(self, barcode: str, price_fen: int) -> None:
        """Head office gives goods another price."""
        product = next(one for one in goods() if barcode in one.barcodes)
        self.publish(EntityKind.PRODUCT, product.sku, replace(product, price_fen=price_fen))

    def issue_coupon(self, *, threshold_fen: int, off_fen: int) -> None:
        """Head office issues :data:`COUPON`."""
        coupon = Coupon(id=COUPON, threshold_fen=threshold_fen, off_fen=off_fen)
        self.publish(EntityKind.COUPON, COUPON, CouponState(coupon=coupon))

    def close(self) -> None:
        self.terminal.close()
        self.replica.close()


def goods() -> tuple[Product, ...]:
    """What is on the shelves."""

    def item(
        code: str, sku: str, name: str, spec: str, category: Category, fen: int, unit: str, *, by_weight: bool = False
    ) -> Product:
        return Product(
            sku=sku,
            name=name,
            specification=spec,
            maker="安和制药",
            category=category,
            price_fen=fen,
            unit=unit,
            barcodes=(code,),
            by_weight=by_weight,
        )

    return (
        item(VITAMIN, "V100", "维生素C咀嚼片", "100片", Category.SUPPLEMENT, 2900, "瓶"),
        item(MASKS, "M010", "医用外科口罩", "10只/包", Category.DEVICE, 1200, "包"),
        item(COLD_TABLETS, "C012", "复方氨酚烷胺片", "12片", Category.OTC_A, 1550, "盒"),
        item(AMOXICILLIN, "A024", "阿莫西林胶囊", "0.25g×24粒", Category.RX, 1800, "盒"),
        item(ASTRAGALUS, "T001", "黄芪", "切片", Category.TCM, 480, "10g", by_weight=True),
        item(SNACK, "S001", "山楂片", "80g", Category.SUNDRY, 30, "袋"),
        item(
            LONG_NAME,
            "L001",
            "复方丹参滴丸（薄膜衣·家庭装·加赠小药盒限量纪念版礼盒装）",
            "27mg×180丸×5小瓶",
            Category.OTC_B,
            1234567,
            "盒",
        ),
        *(
            item(shelf_code(number), f"N{number:03d}", f"创可贴 {number} 号", "20片", Category.DEVICE, 650, "盒")
            for number in range(1, 31)
        ),
    )


def shelf_code(number: int) -> str:
    """The barcode of one of the goods that fill a long basket."""
    return f"69100000000{number:02d}"


def member(name: str, member_id: str, card: str, tier: Tier, lots: tuple[Lot, ...], **more: object) -> PublishedMember:
    """A member with one card."""
    person = Member(
        id=member_id,
        name=name,
        initials="wxm",
        phone=f"1380000567{int(member_id, 16)}",
        birthday=more.pop("birthday", date(1980, 9, 2)),  # type: ignore[arg-type]
        gender=None,
        joined_on=date(2023, 4, 9),
        home_store="S1",
    )
    status = more.pop("status", CardStatus.ACTIVE)
    state = MemberState(member=person, tier=tier, lots=lots, **more)  # type: ignore[arg-type]
    return PublishedMember(state=state, cards=(Card(code=card, member_id=member_id, status=status),))  # type: ignore[arg-type]


def lot(points: int, expires_on: date) -> Lot:
    return Lot(entry_id=f"{points:032x}", points=points, earned_on=date(2025, 6, 10), expires_on=expires_on)


def members() -> tuple[PublishedMember, ...]:
    """A gold member with points, one who has just joined, and one whose card is lost."""
    bought = tuple(
        Purchase(sale_id=f"{day:032x}", on=TODAY - timedelta(days=20 * day), net_fen=40250) for day in range(1, 13)
    )
    lots = (lot(320, date(2026, 5, 31)), lot(2020, date(2026, 12, 31)))
    return (
        member("王晓明", f"{1:032x}", GOLD_CARD, Tier.GOLD, lots, completed_sales=12, purchases=bought),
        member("李娜", f"{2:032x}", NEW_CARD, Tier.BASIC, (lot(50, date(2027, 5, 31)),)),
        member("王小美", f"{3:032x}", LOST_CARD, Tier.SILVER, (), completed_sales=3, status=CardStatus.LOST),
    )


def open_shop(folder: Path) -> Shop:
    """A till on fresh files, filled, with 李芳 signed in and 陈蕾 on duty as pharmacist."""
    clock, seed = StillClock(), random.Random(7)
    ids = Uuid7Factory(clock, seed.getrandbits)
    store = Store(id="S1", name="安和大药房", address="和平路 1 号", phone="010-5550 0101")
    cashier = Staff(id=f"{0xC1:032x}", number="01", name="李芳", role=Role.CASHIER, pin_hash="1111")
    pharmacist = Staff(id=f"{0xB1:032x}", number="02", name="陈蕾", role=Role.PHARMACIST, pin_hash="2222")
    replica = ReplicaFile.open(folder / "replica.db")
    everything: list[tuple[EntityKind, str, Entity]] = [
        (EntityKind.STORE, store.id, store),
        (EntityKind.STAFF, cashier.id, cashier),
        (EntityKind.STAFF, pharmacist.id, pharmacist),
        *((EntityKind.PRODUCT, product.sku, product) for product in goods()),
        *((EntityKind.MEMBER, one.state.member.id, one) for one in members()),
    ]
    changes = tuple(
        Change(kind=kind, entity_id=entity_id, feed_no=number, entity=entity)
        for number, (kind, entity_id, entity) in enumerate(everything, 1)
    )
    page = ChangePage(
        after=0, upto=len(changes), changes=changes, hq_epoch="h1", as_of=NOW - timedelta(minutes=24), more=False
    )
    feed = ReplicaFeed(replica, clock)
    feed.apply(page)
    terminal = TerminalStore.open(folder / "terminal.db", terminal_id=f"{0xA1:032x}", clock=clock, new_epoch="e1")
    till = Till(
        Workplace(
            identity=TerminalIdentity(terminal_id=f"{0xA1:032x}", number="01", name="1 号机", store_id="S1"),
            terminal=terminal,
            replica=Replica(replica, store_id="S1"),
            clock=clock,
            ids=ids,
            pins=PlainPins(),
            built_in_ruleset=parse_ruleset(RULESET),
            wake_sync=lambda: None,
            wake_printer=lambda: None,
            head_office=NobodyAnswers(),
            salt=lambda: bytes(16),
            initials=initials,
        )
    )
    till.sign_in(cashier.id, "1111")
    session = till.take_duty(pharmacist.id, "2222")
    return Shop(till=till, session=session, terminal=terminal, replica=replica, feed=feed)
