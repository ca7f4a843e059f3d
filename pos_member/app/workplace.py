"""What every use case at one till works with: its two stores, its clock, and who it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pos_member.app.ports import PinHasher, Replica, TerminalRecords, TerminalStore, Wake
from pos_member.domain.clock import Clock, business_date
from pos_member.domain.errors import Fault, Refusal
from pos_member.domain.ids import IdFactory
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.staff import Role, Staff, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalIdentity:
    """Which till of which store this is. ``number`` is what receipts and people call it ("01")."""

    terminal_id: str
    number: str
    name: str
    store_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A moment of trade: the instant, its business date, and the rules in force on that date."""

    at: datetime
    on: date
    ruleset: Ruleset


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """The till's surroundings, handed to each use case. ``wake_printer`` is None where there is no receipt printer."""

    identity: TerminalIdentity
    terminal: TerminalStore
    replica: Replica
    clock: Clock
    ids: IdFactory
    pins: PinHasher
    built_in_ruleset: Ruleset
    wake_sync: Wake
    wake_printer: Wake | None

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

    def moment(self, records: TerminalRecords) -> Moment:
        """Now, as one use case sees it; the built-in rules hold until head office has published any."""
        now = self.clock.now()
        on = self.today(records, now)
        return Moment(at=now, on=on, ruleset=self.replica.ruleset(on) or self.built_in_ruleset)

    def today(self, records: TerminalRecords, now: datetime) -> date:
        """The business date; a clock set back never moves it back."""
        return business_date(now, self.store().zone, records.latest_business_date())

    def person(self, staff_id: str | None) -> Staff | None:
        """An active member of staff."""
        return next((one for one in self.replica.staff() if one.id == staff_id), None)

    def pharmacist(self, records: TerminalRecords) -> Staff | None:
        """The pharmacist on duty; nobody once head office has taken the person off the list or out of that role."""
        person = self.person(records.pharmacist_on_duty())
        return person if person is not None and person.role is Role.PHARMACIST else None

    def printer(self) -> Wake:
        """What wakes the receipt printer. ``Refusal`` ``no_printer``."""
        if self.wake_printer is None:
            raise Refusal(
                "no_printer", "本机没有设置小票打印机：请在数据文件夹的 settings.toml 里填写 printer，重新启动后再补打"
            )
        return self.wake_printer

    def audit(self, records: TerminalRecords, action: str, staff_id: str, **facts: str | int) -> None:
        """Records who did what, as an event of this till."""
        records.append_event(
            kind="audit",
            event_id=self.ids.new(),
            at=self.clock.now(),
            body={"action": action, "staff_id": staff_id, **facts},
        )
