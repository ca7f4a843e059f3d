"""What a cashier does at a till of the chain through the program's own use cases, and the figures every till shows."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec

from pos_member.app.codec import to_plain
from pos_member.app.facts import kind_of
from pos_member.app.members.member_figures import figures_of
from pos_member.app.returns.find_sale import find_sale
from pos_member.app.returns.return_goods import GoodsBack, Returned, return_goods
from pos_member.app.workplace import TerminalIdentity, Workplace
from pos_member.domain.benefits import BenefitUse
from pos_member.domain.bonuses import BonusKind, PastBonus
from pos_member.domain.clock import business_date
from pos_member.domain.event import GENESIS_HASH, EventKey, PersonalPart, chain_event, chain_hash
from pos_member.domain.fact import Fact
from pos_member.domain.granting import BonusGrant
from pos_member.domain.ledger import LedgerEntry, expiry_of, fold
from pos_member.domain.member import Member
from pos_member.domain.quantity import Quantity
from pos_member.domain.quote import MemberStanding
from pos_member.domain.returns import ReturnedLine
from pos_member.domain.sale import Sale
from pos_member.domain.staff import Role, Staff
from pos_member.storage.initials import initials
from sync import wire
from sync.desk import HeadOfficeDesk
from tests.sync.chain import RULESET, STORE, Chain, Till

CASHIER, MANAGER = (
    Staff(id=f"0197a0000000700080000000000000{tail}", number=number, name=name, role=role, pin_hash="")
    for tail, number, name, role in (("c1", "1", "李芳", Role.CASHIER), ("d1", "2", "周强", Role.STORE_MANAGER))
)


class NoPin:
    """Nobody is asked for a PIN here."""

    def verify(self, pin_hash: str, pin: str) -> bool:
        raise AssertionError(f"asked for {pin_hash} and {pin}")


@dataclass(frozen=True)
class Figures:
    """Everything that the rules ask of a member."""

    standing: MemberStanding
    bonuses: tuple[PastBonus, ...]
    free_uses: tuple[BenefitUse, ...]
    spend_fen: int


def workplace_of(chain: Chain, till: Till) -> Workplace:
    """The till as its use cases see it, in the shop of the chain."""
    return Workplace(
        identity=TerminalIdentity(
            terminal_id=till.identity.terminal_id,
            number=till.identity.terminal_no,
            name=till.identity.name,
            store_id=till.identity.store_id,
        ),
        terminal=till.terminal,
        replica=till.replica,
        clock=chain.clock,
        ids=chain.ids,
        pins=NoPin(),
        built_in_ruleset=RULESET,
        wake_sync=lambda: None,
        wake_printer=None,
        head_office=HeadOfficeDesk(till.identity),
        salt=lambda: bytes(range(16)),
        initials=initials,
    )


def rows(chain: Chain, table: str, columns: str) -> list[tuple[object, ...]]:
    """Rows of head office's database in the order they came, read past the program."""
    with closing(sqlite3.connect(chain.folder / "head-office.db")) as database:
        return database.execute(f"SELECT {columns} FROM {table} ORDER BY rowid").fetchall()  # noqa: S608


def bring_back(workplace: Workplace, return_id: str, sale: Sale, packs: int) -> Returned:
    """So many packs of the first line of a sale come back."""
    lines = (ReturnedLine(line=0, quantity=Quantity.whole(packs)),)
    back = GoodsBack(sale=find_sale(workplace, sale.receipt_no), lines=lines, reason="不想要了")
    return return_goods(workplace, MANAGER, return_id, back)


def figures_at(workplace: Workplace, member: Member) -> Figures:
    """What a till shows of a member now."""
    with workplace.terminal.reading() as records:
        state = workplace.member(records, member.id)
        assert state is not None
        figures = figures_of(records, state, workplace.moment(records))
    own = figures.own
    spent = state.spend_fen + sum(sale.quote.payable_fen for sale in own.sales)
    return Figures(
        standing=figures.standing,
        bonuses=tuple(sorted(figures.bonuses, key=lambda each: (each.on, each.kind, each.source, each.points))),
        free_uses=tuple(use for use in figures.benefit_uses if not use.voided),
        spend_fen=spent - sum(each.goods.refund_fen for each in own.returns),
    )


def folds_to(entries: Iterable[LedgerEntry], on: date, figures: Figures) -> bool:
    """Whether a member's figures are what these entries come to."""
    balance = fold(entries, on)
    return (balance.lots, balance.debt) == (figures.standing.lots, figures.standing.debt)


def push_told(till: Till, *records: Sale | Fact) -> tuple[wire.WireVerdict, ...]:
    """Pushes records in a chain of their own, whether an honest till would write such ones or not."""
    return push_events(till, [told(till, record) for record in records]).verdicts


def told(till: Till, record: Sale | Fact, part: PersonalPart | None = None) -> wire.WireEvent:
    """A record as an event that stands in no chain yet, with its personal part."""
    made = chain_event(
        key=EventKey(terminal_id=till.identity.terminal_id, epoch="", seq=0),
        previous=GENESIS_HASH,
        event_id=till.chain.ids.new(),
        kind="sale" if isinstance(record, Sale) else kind_of(type(record)),
        at=record.at,
        body=to_plain(record),
        part=part,
    )
    event = wire.WireEvent(canonical=made.canonical, hash=b"")
    return event if part is None else msgspec.structs.replace(event, salt=part.salt, part=part.content)


def push_events(till: Till, events: Iterable[wire.WireEvent]) -> wire.PushAnswer:
    """Pushes events as a new chain: their places in it, and their hashes, are set here."""
    epoch, previous, chained = till.chain.ids.new(), GENESIS_HASH, []
    for seq, event in enumerate(events, 1):
        place = f'"epoch":"{epoch}"'.encode(), f'"seq":{seq}'.encode()
        canonical = event.canonical.replace(b'"epoch":""', place[0]).replace(b'"seq":0', place[1])
        previous = chain_hash(previous, canonical)
        chained.append(msgspec.structs.replace(event, canonical=canonical, hash=previous))

    async def send() -> wire.PushAnswer:
        request = wire.PushRequest(epoch=epoch, first_seq=1, prev_hash=GENESIS_HASH, events=tuple(chained))
        async with till.transport() as transport:
            return await transport.push(request)

    return asyncio.run(send())


def stamp_of(chain: Chain, till: Till, **more: object) -> dict[str, Any]:
    """What every fact of a till says of itself now."""
    now = chain.clock.now()
    return {
        "id": chain.ids.new(),
        "at": now,
        "business_date": business_date(now, STORE.zone),
        "store_id": STORE.id,
        "terminal_id": till.identity.terminal_id,
        "staff_id": CASHIER.id,
        **more,
    }


def entry_of(chain: Chain, fact: Fact, kind: str, points: int, source: str) -> LedgerEntry:
    """A ledger entry of a fact, with the last day that points have by default."""
    return LedgerEntry(
        id=chain.ids.new(),
        member_id=fact.member_id or "",
        kind=kind,
        points=points,
        occurred_at=fact.at,
        business_date=fact.business_date,
        store_id=fact.store_id,
        terminal_id=fact.terminal_id,
        source=source,
        ruleset=RULESET.version,
        expires_on=expiry_of(fact.business_date, 12) if points > 0 else None,
    )


def grant_of(chain: Chain, till: Till, member: Member, kind: BonusKind, points: int, source: str) -> BonusGrant:
    """A bonus as a till would record it."""
    fact = BonusGrant(**stamp_of(chain, till, member_id=member.id), kind=kind, points=points, source=source)
    return replace(fact, entries=(entry_of(chain, fact, kind.value, points, source),))
