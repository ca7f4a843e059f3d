"""What was salvaged of a damaged ``terminal.db``, carried over into a fresh one that begins a new epoch."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, insert
from sqlalchemy.exc import DBAPIError

from pos_member.app.codec import to_plain
from pos_member.app.facts import SALE
from pos_member.domain.clock import Clock, instant_text
from pos_member.domain.errors import InvariantViolation, Sentence
from pos_member.domain.event import GENESIS_HASH
from pos_member.domain.fact import Fact
from pos_member.domain.sale import Sale
from pos_member.domain.shift import ShiftOpening
from pos_member.storage.chain_check import follows
from pos_member.storage.epochs import begin_epoch, retell, retold_id
from pos_member.storage.event_rows import append_event
from pos_member.storage.fact_rows import write_fact
from pos_member.storage.sale_rows import write_sale
from pos_member.storage.salvage import STATE, Salvage, canonical_of, receipt_numbers
from pos_member.storage.terminal_schema import event_parts, events, meta, outbox, terminal_metadata
from pos_member.storage.witness import Witness

_ANEW = frozenset({"meta", "outbox"})
_MOST_RANGES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What came over: sales with their first and last receipt (0: none), other facts; which receipts did not.

    ``told_again`` facts go to head office in the new epoch.
    """

    sales: int
    first_receipt: int
    last_receipt: int
    missing: tuple[tuple[int, int], ...]
    facts: int
    told_again: int

    @property
    def sentence(self) -> Sentence:
        """What a person is told."""
        return Sentence(
            template="本机的数据文件有损坏，已抢救出 {sales} 笔销售（小票 {first}–{last}）和 {facts} 条其他记录；"
            "读不出来的小票号：{missing}。损坏的文件原样保留。请联系总部核对；在总部重新登记本机之前，离线时不能使用积分",
            gaps={
                "sales": self.sales,
                "first": self.first_receipt,
                "last": self.last_receipt,
                "facts": self.facts,
                "missing": self.ranges,
            },
        )

    @property
    def ranges(self) -> str:
        """The receipts that did not come over ("3, 7–9"), "—" when all did."""
        shown = [str(low) if low == high else f"{low}–{high}" for low, high in self.missing[:_MOST_RANGES]]
        return ", ".join([*shown, *("…" for _ in self.missing[_MOST_RANGES : _MOST_RANGES + 1])]) or "—"


class CarryOver:
    """Writes what was found into the tables of a fresh file, and tells again what head office cannot have."""

    def __init__(self, connection: Connection, found: Salvage, terminal_id: str, new_epoch: str) -> None:
        self._connection = connection
        self._found = found
        self._terminal_id = terminal_id
        self._new_epoch = new_epoch
        self._events = {
            key: event for key, event in sorted(found.events.items()) if event["terminal_id"] == terminal_id
        }
        found.sales = {kept.id: kept for kept in found.sales.values() if kept.terminal_id == terminal_id}
        found.facts = {fact.id: (kind, fact) for kind, fact in found.facts.values() if fact.terminal_id == terminal_id}
        self._sales = 0
        self._facts = 0

    def carry(self, seen: Witness | None, clock: Clock) -> Recovery:
        """All of it, in the caller's transaction; numbers go on after the greatest seen or witnessed."""
        self._write_events()
        told = {event["subject_id"] for event in self._events.values()}
        alone = [(kind, fact) for kind, fact in self._write_facts() if fact.id not in told]
        self._write_state()
        chains = self._write_outbox(seen)
        receipts = receipt_numbers(self._found)
        last = max([*receipts, self._held("receipt_number"), seen.receipt_number if seen else 0])
        recovery = Recovery(
            sales=self._sales,
            first_receipt=receipts[0] if receipts else 0,
            last_receipt=receipts[-1] if receipts else 0,
            missing=tuple(_missing(receipts, last)),
            facts=self._facts,
            told_again=0,
        )
        self._write_meta(seen, last, clock)
        begin_epoch(self._connection, self._new_epoch, recovery.sentence)
        told_again = len(alone) + sum(self._retell(epoch, ends_at) for epoch, ends_at in chains)
        for kind, fact in alone:
            self._tell(kind, fact)
        return replace(recovery, told_again=told_again)

    def _write_events(self) -> None:
        for key, event in list(self._events.items()):
            values = {column.name: event[column.name] for column in events.c}
            try:
                with self._connection.begin_nested():
                    self._connection.execute(insert(events), {**values, "canonical": canonical_of(event)})
            except DBAPIError:
                del self._events[key]
                continue
            part = self._found.parts.get(event["digest"] or "")
            if part is not None:
                row = {"epoch": event["epoch"], "seq": event["seq"], "subject_id": event["subject_id"]}
                self._connection.execute(insert(event_parts), {**row, "salt": part.salt, "content": part.content})

    def _write_facts(self) -> Iterator[tuple[str, Sale | Fact]]:
        """Sales in the order of their receipts, other facts in that of their time; what does not fit is left out."""
        for kept in sorted(self._found.sales.values(), key=lambda sale: (sale.receipt_no, sale.id)):
            if self._fits(sale := kept.sale()):
                self._sales += 1
                yield SALE, sale
        for kind, fact in sorted(self._found.facts.values(), key=lambda one: (one[1].at, one[1].id)):
            if self._fits(fact, kind):
                self._facts += 1
                yield kind, fact

    def _fits(self, fact: Sale | Fact, kind: str = SALE) -> bool:
        try:
            with self._connection.begin_nested():
                if isinstance(fact, Sale):
                    write_sale(self._connection, fact)
                else:
                    write_fact(self._connection, kind, fact, getattr(fact, "receipt_no", None))
        except (DBAPIError, sqlite3.Error, InvariantViolation):
            return False
        return True

    def _write_state(self) -> None:
        """The small tables as they were; a basket that is a sale already is not put aside any more."""
        for table in STATE:
            if table in _ANEW:
                continue
            known = terminal_metadata.tables[table].c
            for row in self._found.state.get(table, ()):
                if table == "suspended_baskets" and row["id"] in self._found.sales:
                    continue
                with suppress(DBAPIError), self._connection.begin_nested():
                    values = {name: value for name, value in row.items() if name in known}
                    self._connection.execute(insert(terminal_metadata.tables[table]), values)

    def _write_outbox(self, seen: Witness | None) -> list[tuple[str, int]]:
        """The epochs so far, and how far each can still be handed over."""
        held_rows = self._found.state.get("outbox", ())
        rows = {row["epoch"]: row for row in sorted(held_rows, key=lambda row: row.get("number", 1))}
        unknown = [epoch for epoch in dict.fromkeys(epoch for epoch, _ in self._events) if epoch not in rows]
        chains = []
        for number, epoch in enumerate([*unknown, *rows], 1):
            held = rows.get(epoch, {})
            acked, acked_hash = held.get("acked_seq", 0), held.get("acked_hash", GENESIS_HASH)
            numbers = [seq for of_epoch, seq in self._events if of_epoch == epoch]
            longest = max([*numbers, acked, seen.seq if seen is not None and seen.epoch == epoch else 0])
            ends_at = longest if held.get("problem") else self._joined(epoch, acked, acked_hash)
            self._connection.execute(
                insert(outbox),
                {
                    "epoch": epoch,
                    "number": number,
                    "acked_seq": acked,
                    "acked_hash": acked_hash,
                    "attempts": 0,
                    "last_error": "",
                    "problem": held.get("problem"),
                    "ends_at": ends_at,
                },
            )
            chains.append((epoch, ends_at))
        return chains

    def _joined(self, epoch: str, seq: int, previous: bytes) -> int:
        """The last event that the confirmed one leads to without a gap."""
        while (event := self._events.get((epoch, seq + 1))) is not None:
            if not follows(previous, canonical_of(event), event["hash"]):
                break
            seq, previous = seq + 1, event["hash"]
        return seq

    def _write_meta(self, seen: Witness | None, last_receipt: int, clock: Clock) -> None:
        facts = [fact for _, fact in self._found.facts.values()]
        shifts = [fact.number for fact in facts if isinstance(fact, ShiftOpening)]
        days = [*(sale.business_date for sale in self._found.sales.values()), *(fact.business_date for fact in facts)]
        if seen is not None and seen.business_date is not None:
            days.append(seen.business_date)
        held = self._found.state.get("meta") or [{}]
        if held[0].get("business_date"):
            days.append(date.fromisoformat(held[0]["business_date"]))
        self._connection.execute(
            insert(meta),
            {
                "id": 1,
                "terminal_id": self._terminal_id,
                "epoch": self._new_epoch,
                "created_at": held[0].get("created_at") or instant_text(clock.now()),
                "receipt_number": last_receipt,
                "shift_number": max([*shifts, self._held("shift_number"), seen.shift_number if seen else 0]),
                "business_date": max(days).isoformat() if days else None,
            },
        )

    def _held(self, count: str) -> int:
        rows = self._found.state.get("meta") or [{}]
        return int(rows[0].get(count) or 0)

    def _retell(self, epoch: str, ends_at: int) -> int:
        """Events that the gap cuts off from what head office holds; those told again before are passed over."""
        judged = {(row["epoch"], row["seq"]) for row in self._found.state.get("judgements", ())}
        cut_off = [seq for of_epoch, seq in self._events if of_epoch == epoch and seq > ends_at]
        numbers = [seq for seq in cut_off if (epoch, seq) not in judged]
        retell(self._connection, epoch, numbers, now_in=self._new_epoch)
        return len(numbers)

    def _tell(self, kind: str, fact: Sale | Fact) -> None:
        """A fact whose event is lost."""
        append_event(
            self._connection,
            terminal_id=self._terminal_id,
            epoch=self._new_epoch,
            kind=kind,
            event_id=retold_id(fact.id, self._new_epoch),
            at=fact.at,
            body=to_plain(fact),
            member_id=fact.member_id,
            part=self._found.parts_of.get(fact.id),
        )


def _missing(receipts: Sequence[int], last: int) -> Iterator[tuple[int, int]]:
    """The ranges of numbers up to the last one that no receipt has."""
    before = 0
    for number in (*receipts, last + 1):
        if number > before + 1:
            yield before + 1, number - 1
        before = number
