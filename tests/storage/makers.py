"""Values the storage tests are told with: a clock that stands, rising ids, a member, her sales."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pos_member.app.codec import to_plain
from pos_member.app.ports import PrintJob, RemoteSale, TerminalRecords
from pos_member.app.published import (
    Change,
    Entity,
    PublishedMember,
    PublishedRuleset,
)
from pos_member.domain.errors import Fault
from pos_member.domain.event import Event
from pos_member.domain.ids import Uuid7Factory
from pos_member.domain.ledger import EatenLot, LedgerEntry, Lot
from pos_member.domain.member import Card, CardStatus, Member, MemberState
from pos_member.domain.product import Category, Product
from pos_member.domain.quantity import Quantity
from pos_member.domain.quote import LineOffer, Multiplier, PointsPart, PricedLine, Quote, SaleLine
from pos_member.domain.receipt import Cell, ColumnsRow, FeedRow, QrRow, ReceiptDocument, RuleRow, TextRow
from pos_member.domain.sale import Sale, SoldProduct
from pos_member.domain.staff import Role, Staff, Store
from pos_member.domain.tender import Tender, TenderKind
from pos_member.domain.tier import Purchase, Tier, TierFigures, UpgradeBonus
from pos_member.storage.outbox import Outbox
from pos_member.storage.replica_rows import key_of
from pos_member.storage.terminal_store import TerminalStore

NOW = datetime(2026, 3, 5, 2, 30, tzinfo=UTC)
TODAY = date(2026, 3, 5)
TERMINAL_ID = "0197a0000000700080000000000000aa"
EPOCH = "e1"
WANG = "0197a000000070008000000000000001"
LI = "0197a000000070008000000000000002"
RULESET_TEXT = (Path(__file__).parents[2] / "resources" / "rulesets" / "default.toml").read_text(encoding="utf-8")


class HandClock:
    """A clock that only moves when told."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def pass_by(self, **time: float) -> None:
        self.at += timedelta(**time)


_IDS = Uuid7Factory(HandClock(), random.Random(1).getrandbits)


def new_id() -> str:
    return _IDS.new()


def product(sku: str = "Y0017", **changes: object) -> Product:
    plain: dict[str, object] = {
        "sku": sku,
        "name": "阿莫西林胶囊",
        "specification": "0.25g×24粒",
        "maker": "安和制药",
        "category": Category.RX,
        "price_fen": 1880,
        "unit": "盒",
        "barcodes": ("2000000000177",),
        "ingredients": ("阿莫西林",),
        "insurable": True,
        "trace_code": True,
    }
    return Product(**{**plain, **changes})  # type: ignore[arg-type]


def member(member_id: str = WANG, name: str = "王晓明", **changes: object) -> PublishedMember:
    plain: dict[str, object] = {
        "id": member_id,
        "name": name,
        "initials": "wxm",
        "phone": "13800138000",
        "birthday": date(1980, 3, 20),
        "gender": "f",
        "joined_on": date(2020, 1, 2),
        "home_store": "S001",
    }
    lots = (
        lot(member_id, 1, 300, date(2026, 3, 31)),
        lot(member_id, 2, 1200, date(2026, 12, 31)),
    )
    state = MemberState(
        member=Member(**{**plain, **changes}),  # type: ignore[arg-type]
        tier=Tier.GOLD,
        lots=lots,
        completed_sales=7,
        purchases=(Purchase(sale_id=f"{member_id[:-2]}f1", on=date(2026, 1, 9), net_fen=32050),),
        birthday_bonus_years=(2025,),
        upgrade_bonuses=(UpgradeBonus(tier=Tier.GOLD, on=date(2025, 11, 1)),),
        applied={"other:e9": 12},
    )
    card = Card(code=f"6200{int(member_id, 16) % 10**12:012d}", member_id=member_id)
    lost = Card(code=f"OLD-{member_id[-4:].upper()}", member_id=member_id, status=CardStatus.LOST)
    return PublishedMember(state=state, cards=(card, lost))


def lot(member_id: str, number: int, points: int, expires_on: date) -> Lot:
    return Lot(
        entry_id=f"{member_id[:-4]}{number:02x}{member_id[-2:]}",
        points=points,
        earned_on=date(2025, 6, 1),
        expires_on=expires_on,
    )


def cashier(staff_id: str = "0197a0000000700080000000000000c1", number: str = "1", **changes: object) -> Staff:
    plain: dict[str, object] = {
        "id": staff_id,
        "number": number,
        "name": "李芳",
        "role": Role.CASHIER,
        "pin_hash": "$argon2id$…",
    }
    return Staff(**{**plain, **changes})  # type: ignore[arg-type]


def shop(store_id: str = "S001") -> Store:
    return Store(id=store_id, name="安和大药房", address="和平路 1 号", phone="010-5550 0101")


def ruleset(version: str, effective_from: date, *stores: str) -> PublishedRuleset:
    text = RULESET_TEXT.replace(_first_version(), f'version = "{version}"', 1)
    return PublishedRuleset(version=version, effective_from=effective_from, stores=stores, text=text)


def _first_version() -> str:
    return next(line for line in RULESET_TEXT.splitlines() if line.startswith("version"))


def change(entity: Entity, feed_no: int) -> Change:
    kind, entity_id = key_of(entity)
    return Change(kind=kind, entity_id=entity_id, feed_no=feed_no, entity=entity)


def sale(
    number: int,
    *,
    member_id: str | None = WANG,
    points: int = 100,
    on: date = TODAY,
    sale_id: str | None = None,
    terminal_id: str = TERMINAL_ID,
) -> Sale:
    """One bottle of vitamins for ¥50.00, gold's 0.85, and ``points`` of deduction at ¥1 for a hundred."""
    sale_id = sale_id or new_id()
    off = points
    line = PricedLine(
        goods=SaleLine(
            sku="B0001", category=Category.SUPPLEMENT, unit_price_fen=5000, quantity=Quantity.whole(1), insurable=True
        ),
        gross_fen=5000,
        offer=LineOffer(id="tier:gold", reduction_fen=750, rate="0.85"),
        line_net_fen=4250,
        order_reduction_fen=0,
        points_reduction_fen=off,
        points_redeemed=points,
        rounding_fen=0,
        insured_fen=0,
        net_fen=4250 - off,
        earning_fen=4250 - off,
    )
    priced = Quote(
        on=on,
        lines=(line,),
        gross_fen=5000,
        line_reduction_fen=750,
        order_reductions=(),
        rounding_fen=0,
        points_redeemed=points,
        points_redeemed_fen=off,
        payable_fen=4250 - off,
        change_fen=5000 - (4250 - off),
        redeemed_lots=(EatenLot(expires_on=date(2026, 3, 31), points=points),) if points else (),
        points=(PointsPart(kind="purchase", points=41),),
        points_earned=41,
        multipliers=(Multiplier(kind="tier_bonus", rate="1.5"),),
        available_after=1441,
        tier_before=Tier.GOLD,
        tier_after=Tier.GOLD,
        figures_after=TierFigures(spend_fen=354150, visits=9, recency_days=0),
        ruleset="2026-01",
    )
    at = NOW + timedelta(minutes=number, milliseconds=123)
    return Sale(
        id=sale_id,
        receipt_no=f"S001-1-{number:06d}",
        store_id="S001",
        terminal_id=terminal_id,
        cashier_id=cashier().id,
        pharmacist_id=None,
        member_id=member_id,
        at=at,
        business_date=on,
        products=(SoldProduct(sku="B0001", name="维生素C片", specification="100片", unit="瓶"),),
        quote=priced,
        tenders=(Tender(kind=TenderKind.CASH, fen=5000),),
        entries=tuple(
            _entry(sale_id, member_id, kind, amount, at, on)
            for kind, amount in (("redemption", -points), ("purchase", 41))
            if member_id is not None and amount
        ),
    )


def _entry(sale_id: str, member_id: str | None, kind: str, points: int, at: datetime, on: date) -> LedgerEntry:
    assert member_id is not None
    return LedgerEntry(
        id=new_id(),
        member_id=member_id,
        kind=kind,
        points=points,
        occurred_at=at,
        business_date=on,
        store_id="S001",
        terminal_id=TERMINAL_ID,
        source=sale_id,
        ruleset="2026-01",
        expires_on=date(2027, 3, 31) if points > 0 else None,
    )


def open_store(path: Path, **changes: str) -> TerminalStore:
    return TerminalStore.open(path, **{"terminal_id": TERMINAL_ID, "new_epoch": EPOCH, **changes}, clock=HandClock())


def unsent(path: Path) -> int:
    """How many events of a ``terminal.db`` head office has not confirmed."""
    outbox = Outbox.open(path)
    head = outbox.head()
    outbox.close()
    return head.last_seq - head.acked_seq


def settle(records: TerminalRecords, sold: Sale) -> Event:
    records.add_sale(sold)
    return records.append_event(
        kind="sale", event_id=new_id(), at=sold.at, body=to_plain(sold), member_id=sold.member_id
    )


def print_job(title: str = "S001-1-000001", **changes: object) -> PrintJob:
    document = ReceiptDocument(
        rows=(
            TextRow(text="安和大药房", align="center", bold=True, size=2),
            RuleRow(),
            ColumnsRow(cells=(Cell(text="维生素C片", share=36), Cell(text="42.50", share=12, align="right"))),
            QrRow(payload="S001-1-000001"),
            FeedRow(lines=2),
        ),
        kick_drawer=True,
    )
    plain: dict[str, object] = {"id": new_id(), "title": title, "document": document, "queued_at": NOW}
    return PrintJob(**{**plain, **changes})  # type: ignore[arg-type]


class NobodyAnswers:
    """A head office that nobody can reach."""

    def sale(self, receipt_no: str) -> RemoteSale | None:  # noqa: ARG002
        raise Fault("head_office_unreachable", "连不上总部", retryable=True)
