"""A chain in small: a head office that serves on loopback, and tills enrolled with it, all on real files."""

from __future__ import annotations

import asyncio
import random
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec

from pos_member.app.codec import to_plain
from pos_member.app.counter import HeadOfficeStatus
from pos_member.app.published import PublishedMember, PublishedRuleset
from pos_member.domain.clock import business_date
from pos_member.domain.ids import Uuid7Factory
from pos_member.domain.ledger import LedgerEntry, expiry_of
from pos_member.domain.member import Card, Member, MemberState
from pos_member.domain.postings import entries_of
from pos_member.domain.pricing import quote
from pos_member.domain.product import Category, Product
from pos_member.domain.quantity import Quantity
from pos_member.domain.quote import MemberStanding, QuoteRequest, SaleLine
from pos_member.domain.ruleset_document import parse_ruleset
from pos_member.domain.sale import Sale, SoldProduct
from pos_member.domain.staff import Role, Staff, Store
from pos_member.domain.standing import standing
from pos_member.domain.tender import Tender, TenderKind
from pos_member.domain.tier import Tier
from pos_member.storage.outbox import Outbox
from pos_member.storage.replica import Replica
from pos_member.storage.replica_feed import ReplicaFeed
from pos_member.storage.replica_file import ReplicaFile
from pos_member.storage.terminal_store import TerminalStore
from sync.backoff import Backoff
from sync.enrolment import Identity, enrol
from sync.head_office.office import HeadOffice
from sync.head_office.server import serve
from sync.loop import SyncLoop
from sync.pull import LATE_ROWS, Pull
from sync.push import push_all
from sync.transport import Transport

NOW = datetime(2026, 3, 5, 2, 30, tzinfo=UTC)
PATIENCE_SECONDS = 15.0
RULESET_TEXT = (Path(__file__).parents[2] / "resources" / "rulesets" / "default.toml").read_text(encoding="utf-8")
RULESET = parse_ruleset(RULESET_TEXT)
STORE = Store(id="S001", name="安和大药房", address="和平路 1 号", phone="010-5550 0101")
MASK = Product(
    sku="Z0001",
    name="医用外科口罩",
    specification="10只",
    maker="安和医疗",
    category=Category.SUNDRY,
    price_fen=1000,
    unit="包",
    barcodes=("2000000000015",),
)


class HandClock:
    """A clock that only moves when told."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def pass_by(self, **time: float) -> None:
        self.at += timedelta(**time)


def until(seen: Callable[[], bool], what: str) -> None:
    """Waits for something to come true; fails by name when it does not."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not seen():
        assert time.monotonic() < deadline, f"never happened: {what}"
        time.sleep(0.01)


class Chain:
    """Head office and what it has published: a store, the ruleset, masks, and the members asked for."""

    def __init__(self, folder: Path, *, published: bool = True) -> None:
        self.folder = folder
        self.clock = HandClock()
        self.ids = Uuid7Factory(self.clock, random.Random(7).getrandbits)
        self.office = self.open_office()
        if published:
            self._publish()
        self.url = ""
        self._tills: list[Till] = []
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def _publish(self) -> None:
        self.office.publish(
            [
                STORE,
                MASK,
                PublishedRuleset(
                    version=RULESET.version,
                    effective_from=RULESET.effective_from,
                    stores=RULESET.stores,
                    text=RULESET_TEXT,
                ),
                Staff(id=self.ids.new(), number="1", name="李芳", role=Role.CASHIER, pin_hash="$argon2id$"),
            ]
        )

    def open_office(self) -> HeadOffice:
        return HeadOffice.open(self.folder / "head-office.db", self.clock, self.ids, secrets.token_bytes)

    def serve(self) -> str:
        """Opens the doors; again at the same address after :meth:`stop_serving`."""
        port = int(self.url.rpartition(":")[2]) if self.url else 0
        up = threading.Event()

        def announce(url: str) -> None:
            self.url = url
            up.set()

        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=serve,
            args=(self.office, "127.0.0.1", port),
            kwargs={"announce": announce, "stop": self._stop},
        )
        self._thread.start()
        assert up.wait(PATIENCE_SECONDS)
        return self.url

    def stop_serving(self) -> None:
        if self._thread is not None:
            self._stop.set()
            self._thread.join(PATIENCE_SECONDS)
            assert not self._thread.is_alive()
            self._thread = None

    def close(self) -> None:
        with ExitStack() as closing:
            closing.callback(self.office.close)
            closing.callback(self.stop_serving)
            for till in self._tills:
                closing.callback(till.close)

    def join(self, tier: Tier = Tier.BASIC, **profile: object) -> Member:
        """A new member with a card, no points yet."""
        member_id = self.ids.new()
        member = Member(
            id=member_id,
            name="王晓明",
            initials="wxm",
            phone=f"138{int(member_id, 16) % 10**8:08d}",
            birthday=date(1980, 7, 20),
            gender=None,
            joined_on=date(2020, 1, 2),
            home_store=STORE.id,
        )
        member = replace(member, **profile)  # type: ignore[arg-type]
        state = MemberState(member=member, tier=tier, completed_sales=3)
        card = Card(code=f"6200{int(member_id, 16) % 10**12:012d}", member_id=member_id)
        self.office.publish([PublishedMember(state=state, cards=(card,))])
        return member

    def give(self, member: Member, points: int) -> LedgerEntry:
        """Points from before, put in the ledger."""
        on = business_date(self.clock.now(), STORE.zone)
        entry = LedgerEntry(
            id=self.ids.new(),
            member_id=member.id,
            kind="purchase",
            points=points,
            occurred_at=self.clock.now() - timedelta(days=30),
            business_date=on - timedelta(days=30),
            store_id=STORE.id,
            terminal_id="",
            source="import",
            ruleset=RULESET.version,
            expires_on=expiry_of(on, 12),
        )
        self.office.import_ledger([entry])
        return entry

    def till(self, name: str = "前台一") -> Till:
        """A new till, enrolled over HTTP."""
        identity = enrol(self.url, self.office.new_enrolment_code(STORE.id, name), name)
        return self.till_of(identity, self.folder / f"till-{identity.terminal_no}")

    def till_of(self, identity: Identity, folder: Path) -> Till:
        till = Till(self, identity, folder)
        self._tills.append(till)
        return till


class Till:
    """One till: its identity, its two databases, and what a cashier does at it."""

    def __init__(self, chain: Chain, identity: Identity, folder: Path) -> None:
        self.chain = chain
        self.identity = identity
        self.folder = folder
        self.terminal = TerminalStore.open(
            folder / "terminal.db", terminal_id=identity.terminal_id, clock=chain.clock, new_epoch=chain.ids.new()
        )
        self.outbox = Outbox.open(folder / "terminal.db")
        self.file = ReplicaFile.open(folder / "replica.db")
        self.feed = ReplicaFeed(self.file, chain.clock)
        self.replica = Replica(self.file, store_id=identity.store_id)
        self.statuses: list[HeadOfficeStatus] = []
        self.loop: SyncLoop | None = None
        self.closed = False

    def close(self) -> None:
        if self.closed:
            return
        self.closed = True
        if self.loop is not None:
            assert self.loop.stop()
        self.terminal.close()
        self.outbox.close()
        self.file.close()

    def again(self, **identity: str) -> Till:
        """The same till after a restart, with something about its identity changed."""
        self.close()
        return self.chain.till_of(msgspec.structs.replace(self.identity, **identity), self.folder)

    def start_sync(self, **changes: int) -> SyncLoop:
        self.loop = SyncLoop(
            identity=self.identity,
            outbox=self.outbox,
            feed=self.feed,
            folder=self.folder,
            clock=self.chain.clock,
            backoff=Backoff(random.Random(1), first=0.05, longest=0.2),
            on_status=self.statuses.append,
            **changes,
        )
        self.loop.start()
        return self.loop

    def standing(self, member: Member) -> MemberStanding:
        """The member as this till's screen shows her."""
        state = self.replica.member(member.id)
        assert state is not None
        with self.terminal.reading() as records:
            own = records.own_records(member.id, state.applied)
        return standing(state, own, business_date(self.chain.clock.now(), STORE.zone), RULESET)

    def available(self, member: Member) -> int:
        return sum(lot.points for lot in self.standing(member).lots)

    def ring_up(self, member: Member | None = None, packs: int = 1, points: int = 0) -> Sale:
        """A sale as it would be settled, not recorded yet."""
        now, ids = self.chain.clock.now(), self.chain.ids
        on = business_date(now, STORE.zone)
        line = SaleLine(
            sku=MASK.sku,
            category=MASK.category,
            unit_price_fen=MASK.price_fen,
            quantity=Quantity.whole(packs),
        )
        buyer = None if member is None else self.standing(member)
        priced = quote(QuoteRequest(on=on, lines=(line,), member=buyer, points_to_redeem=points), RULESET)
        sale_id = ids.new()
        entries: tuple[LedgerEntry, ...] = ()
        if member is not None:
            entries = entries_of(
                priced,
                ids=ids,
                ruleset=RULESET,
                sale_id=sale_id,
                member_id=member.id,
                at=now,
                on=on,
                store_id=STORE.id,
                terminal_id=self.identity.terminal_id,
            )
        return Sale(
            id=sale_id,
            receipt_no=f"{self.identity.terminal_no}-{sale_id[-6:]}",
            store_id=STORE.id,
            terminal_id=self.identity.terminal_id,
            cashier_id=ids.new(),
            pharmacist_id=None,
            member_id=None if member is None else member.id,
            at=now,
            business_date=on,
            products=(SoldProduct(sku=MASK.sku, name=MASK.name, specification=MASK.specification, unit=MASK.unit),),
            quote=priced,
            tenders=(Tender(kind=TenderKind.CASH, fen=priced.payable_fen),),
            entries=entries,
        )

    def record(self, sale: Sale) -> Sale:
        """Commits a sale with its event."""
        with self.terminal.transaction() as records:
            records.add_sale(sale)
            records.append_event(
                kind="sale", event_id=self.chain.ids.new(), at=sale.at, body=to_plain(sale), member_id=sale.member_id
            )
        return sale

    def sell(self, member: Member | None = None, packs: int = 1, points: int = 0) -> Sale:
        self.chain.clock.pass_by(seconds=1)
        return self.record(self.ring_up(member, packs, points))

    def note(self, kind: str, **body: object) -> None:
        """Some other fact of this till."""
        with self.terminal.transaction() as records:
            records.append_event(kind=kind, event_id=self.chain.ids.new(), at=self.chain.clock.now(), body=body)

    def push(self) -> None:
        asyncio.run(self._push())

    def pull(self, late_rows: int = LATE_ROWS) -> None:
        asyncio.run(self._pull(late_rows))

    def unsent(self) -> int:
        return self.outbox.unsent()

    async def _push(self) -> None:
        async with self.transport() as transport:
            await push_all(transport, self.outbox, lambda: None)

    async def _pull(self, late_rows: int) -> None:
        pull = Pull(self.feed, self.folder, late_rows)
        async with self.transport() as transport:
            while await pull.take(transport, await pull.ask(transport, wait=0)):
                pass

    def transport(self) -> Transport:
        return Transport(self.identity.base_url, self.identity.credential)


def problem(status: HeadOfficeStatus) -> str:
    """Why all is not well, in words; empty when it is."""
    return status.problem.message if status.problem is not None else ""
