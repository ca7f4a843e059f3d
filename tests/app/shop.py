"""A till over real database files, and a head office that publishes what a story needs."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from pos_member.app.counter import CounterState, Settled
from pos_member.app.ports import RemoteSale
from pos_member.app.published import Change, ChangePage, Entity, Judgement, PublishedMember, Verdict
from pos_member.app.selling.settle_sale import Settlement
from pos_member.app.till import Till
from pos_member.app.workplace import TerminalIdentity, Workplace
from pos_member.domain.errors import Spoken
from pos_member.domain.event import Event
from pos_member.domain.ids import Uuid7Factory
from pos_member.domain.member import MemberStatus
from pos_member.domain.product import Category, Product
from pos_member.domain.ruleset_document import parse_ruleset
from pos_member.domain.staff import Role, Staff
from pos_member.domain.tender import Tender, TenderKind
from pos_member.storage.initials import initials
from pos_member.storage.outbox import Outbox
from pos_member.storage.print_queue import PrintQueue
from pos_member.storage.replica import Replica
from pos_member.storage.replica_feed import ReplicaFeed
from pos_member.storage.replica_file import ReplicaFile
from pos_member.storage.replica_rows import key_of
from pos_member.storage.terminal_store import TerminalStore
from tests.storage.makers import (
    RULESET_TEXT,
    TERMINAL_ID,
    WANG,
    HandClock,
    NobodyAnswers,
    lot,
    member,
    product,
    shop,
)

VITAMIN, MASKS, COLD_TABLETS, ASTRAGALUS = "6901234567892", "6909876543210", "6905555555555", "6906666666664"
LI_FANG = Staff(id="0197a0000000700080000000000000c1", number="1", name="李芳", role=Role.CASHIER, pin_hash="1111")
CHEN_LEI = Staff(id="0197a0000000700080000000000000b1", number="2", name="陈蕾", role=Role.PHARMACIST, pin_hash="2222")


class PlainPins:
    """Takes a PIN for its own hash."""

    def verify(self, pin_hash: str, pin: str) -> bool:
        return pin_hash == pin


class HeadOfficeLine:
    """Head office at the other end of the line: nobody answers until ``sales`` are given, by their receipt numbers."""

    def __init__(self) -> None:
        self.sales: dict[str, RemoteSale] | None = None

    def sale(self, receipt_no: str) -> RemoteSale | None:
        return NobodyAnswers().sale(receipt_no) if self.sales is None else self.sales.get(receipt_no)


def goods(barcode: str, sku: str, name: str, category: Category, price_fen: int, **flags: object) -> Product:
    plain = product(sku, name=name, category=category, price_fen=price_fen, barcodes=(barcode,))
    return replace(plain, **{"specification": "", "ingredients": (), **flags})  # type: ignore[arg-type]


SHELF = (
    goods(VITAMIN, "V100", "维生素C片", Category.SUPPLEMENT, 5000),
    goods(MASKS, "M010", "医用外科口罩", Category.DEVICE, 1000),
    goods(COLD_TABLETS, "C012", "复方氨酚烷胺片", Category.OTC_A, 1550),
    goods(ASTRAGALUS, "T001", "黄芪", Category.TCM, 480, by_weight=True),
)


def gold(points: int = 6000, expires_on: date = date(2026, 12, 31)) -> PublishedMember:
    """王晓明, gold, with so many points in one lot."""
    published = member()
    return replace(published, state=replace(published.state, lots=(lot(WANG, 1, points, expires_on),), applied={}))


class Shop:
    """A store with one till. What head office publishes is in the replica at once."""

    def __init__(self, folder: Path, *, printer: bool = True) -> None:
        self.folder = folder
        self.clock = HandClock()
        self.woken: list[str] = []
        self.head_office = HeadOfficeLine()
        self._printer = printer
        self._ids = Uuid7Factory(self.clock, random.Random(3).getrandbits)
        self._feed_no = 0
        self.open()
        self.publish(shop(), LI_FANG, CHEN_LEI, *SHELF, gold())

    def open(self) -> None:
        """Switches the till on; nobody is signed in."""
        self.replica = ReplicaFile.open(self.folder / "replica.db")
        self.terminal = TerminalStore.open(
            self.folder / "terminal.db", terminal_id=TERMINAL_ID, clock=self.clock, new_epoch="e1"
        )
        self.till = Till(
            Workplace(
                identity=TerminalIdentity(terminal_id=TERMINAL_ID, number="01", name="1号机", store_id="S001"),
                terminal=self.terminal,
                replica=Replica(self.replica, store_id="S001"),
                clock=self.clock,
                ids=self._ids,
                pins=PlainPins(),
                built_in_ruleset=parse_ruleset(RULESET_TEXT),
                wake_sync=lambda: self.woken.append("sync"),
                wake_printer=(lambda: self.woken.append("printer")) if self._printer else None,
                head_office=self.head_office,
                salt=lambda: bytes(16),
                initials=initials,
            )
        )

    def restart(self, *, printer: bool = True) -> None:
        """Off and on again; 李芳 signs in."""
        self.close()
        self._printer = printer
        self.open()
        self.sign_in()

    def close(self) -> None:
        self.terminal.close()
        self.replica.close()

    def sign_in(self) -> None:
        self.till.sign_in(LI_FANG.id, "1111")

    def publish(self, *entities: Entity, gone: Entity | None = None, as_of: datetime | None = None) -> None:
        """What head office says now; ``as_of`` is by its own clock, the till's where it says nothing else."""
        first = self._feed_no
        changes = []
        for entity in (*entities, *((gone,) if gone is not None else ())):
            self._feed_no += 1
            kind, entity_id = key_of(entity)
            content = None if entity is gone else entity
            changes.append(Change(kind=kind, entity_id=entity_id, feed_no=self._feed_no, entity=content))
        page = ChangePage(
            after=first,
            upto=self._feed_no,
            changes=tuple(changes),
            hq_epoch="h1",
            as_of=as_of or self.clock.now(),
            more=False,
        )
        ReplicaFeed(self.replica, self.clock).apply(page)

    def freeze(self, published: PublishedMember, status: MemberStatus = MemberStatus.FROZEN) -> None:
        state = published.state
        self.publish(replace(published, state=replace(state, member=replace(state.member, status=status))))

    def scan(self, code: str) -> CounterState:
        state = self.till.enter(code)
        assert isinstance(state, CounterState)
        return state

    def scan_member(self) -> CounterState:
        return self.scan(gold().cards[0].code)

    def sell(self, *codes: str, points: int = 0) -> Settled:
        """Scans and settles for cash, a minute later than before."""
        self.clock.pass_by(minutes=1)
        for code in codes:
            self.scan(code)
        return self.settle(points, cash(200_000))

    def settle(self, points: int = 0, tenders: tuple[Tender, ...] = (), agreed_fen: int | None = None) -> Settled:
        """Settles the basket that the screen shows."""
        basket_id = self.till.counter().basket.id
        return self.till.settle(Settlement(basket_id=basket_id, points=points, tenders=tenders, agreed_fen=agreed_fen))

    def refused(self, act: Callable[[], object]) -> str:
        """The code of what the till says instead of doing it."""
        with pytest.raises(Spoken) as told:
            act()
        assert "{" not in told.value.message
        return told.value.code

    def print_queue(self) -> PrintQueue:
        return PrintQueue.open(self.folder / "terminal.db", clock=self.clock)

    def events(self) -> tuple[Event, ...]:
        """All that this till has told or will tell head office."""
        outbox = Outbox.open(self.folder / "terminal.db")
        try:
            return outbox.batch(0, 10_000, 10_000_000)
        finally:
            outbox.close()

    def reject(self, *numbers: int, why: str) -> None:
        """Head office takes all events and posts those of these numbers not."""
        last = self.events()[-1]
        outbox = Outbox.open(self.folder / "terminal.db")
        judged = [Judgement(seq=number, verdict=Verdict.REJECTED, why=why) for number in numbers]
        outbox.acknowledge(last.key.epoch, last.key.seq, last.hash, judged)
        outbox.close()

    def count(self, table: str) -> int:
        """Rows in ``terminal.db``, read past the program."""
        with sqlite3.connect(self.folder / "terminal.db") as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608

    def audited(self) -> list[str]:
        """What was audited, in order."""
        with sqlite3.connect(self.folder / "terminal.db") as connection:
            rows = connection.execute(
                "SELECT json_extract(canonical, '$.body.action') FROM events WHERE kind = 'audit' ORDER BY seq"
            ).fetchall()
        return [row[0] for row in rows]


def cash(fen: int) -> tuple[Tender, ...]:
    return (Tender(kind=TenderKind.CASH, fen=fen),)
