"""What every use case at one till works with: its two stores, its clock, and who it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pos_member.app.ports import PinHasher, Replica, TerminalRecords, TerminalStore, Wake
from pos_member.domain.clock import Clock, business_date
from pos_member.domain.errors import Fault
from pos_member.domain.ids import IdFactory
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.staff import Staff, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalIdentity:
    """Which till of which store this is. ``number`` is what receipts and people call it ("01")."""

    terminal_id: str
    number: str
    name: str
    store_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """The till's surroundings, handed to each use case."""

    identity: TerminalIdentity
    terminal: TerminalStore
    replica: Replica
    clock: Clock
    ids: IdFactory
    pins: PinHasher
    built_in_ruleset: Ruleset
    wake_sync: Wake
    wake_printer: Wake

    def store(self) -> Store:
        """The shop this till stands in. ``Fault`` ``replica_empty`` while head office's state has never arrived."""
        store = self.replica.store(self.identity.store_id)
        if store is None:
            raise Fault(
                "replica_empty",
                "本机还没有收到总部的商品和会员资料：请检查网络，连上总部后会自动下载",
                retryable=True,
            )
        return store

    def ruleset(self, on: date) -> Ruleset:
        """The rules in force on a business date; the built-in ones until head office has published any."""
        return self.replica.ruleset(on) or self.built_in_ruleset

    def today(self, records: TerminalRecords, now: datetime) -> date:
        """The business date; a clock set back never moves it back."""
        return business_date(now, self.store().zone, records.latest_business_date())

    def person(self, staff_id: str | None) -> Staff | None:
        """An active member of staff."""
        return next((one for one in self.replica.staff() if one.id == staff_id), None)

    def audit(self, records: TerminalRecords, action: str, staff_id: str, **facts: str | int) -> None:
        """Records who did what, as an event of this till."""
        records.append_event(
            kind="audit",
            event_id=self.ids.new(),
            at=self.clock.now(),
            body={"action": action, "staff_id": staff_id, **facts},
        )
