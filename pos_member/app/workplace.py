"""What every use case at one till works with: its two stores, its clock, and who it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pos_member.app.codec import to_canonical
from pos_member.app.facts import kind_of
from pos_member.app.members.directory import MemberDirectory
from pos_member.app.ports import HeadOfficeDesk, PinHasher, Replica, TerminalRecords, TerminalStore, Wake
from pos_member.domain.clock import Clock, believed, business_date
from pos_member.domain.errors import Fault, Refusal
from pos_member.domain.event import Event, PersonalPart
from pos_member.domain.fact import Fact
from pos_member.domain.ids import IdFactory
from pos_member.domain.ledger import LedgerEntry
from pos_member.domain.member import MemberState
from pos_member.domain.ruleset import Ruleset
from pos_member.domain.staff import Duty, Role, Staff, Store


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
    """The till's surroundings, handed to each use case. ``wake_printer`` is None where there is no receipt printer.

    ``salt`` gives 16 unguessable bytes, ``head_office`` answers questions while somebody waits, ``initials`` are the
    pinyin initials of a name, every reading, the likeliest first.
    """

    identity: TerminalIdentity
    terminal: TerminalStore
    replica: Replica
    clock: Clock
    ids: IdFactory
    pins: PinHasher
    built_in_ruleset: Ruleset
    wake_sync: Wake
    wake_printer: Wake | None
    head_office: HeadOfficeDesk
    salt: Callable[[], bytes]
    initials: Callable[[str], str]

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

    def rules_now(self) -> Ruleset:
        """The rules in force at this moment, where nothing else is read or written."""
        with self.terminal.reading() as records:
            return self.moment(records).ruleset

    def rules_of(self, version: str) -> Ruleset:
        """A version of the rules that something was done by. ``Fault`` ``ruleset_unknown`` when it is not here."""
        if version == self.built_in_ruleset.version:
            return self.replica.ruleset_of(version) or self.built_in_ruleset
        found = self.replica.ruleset_of(version)
        if found is None:
            raise Fault(
                "ruleset_unknown",
                "本机没有当时的会员规则 {version}：请连上总部，等资料更新后再试",
                retryable=True,
                version=version,
            )
        return found

    def today(self, records: TerminalRecords, now: datetime) -> date:
        """The business date, as far as the clock can be believed; a clock set back never moves it back."""
        return business_date(self._believed(now), self.store().zone, records.latest_business_date())

    def person(self, staff_id: str | None) -> Staff | None:
        """An active member of staff."""
        return next((one for one in self.replica.staff() if one.id == staff_id), None)

    def as_now(self, person: Staff) -> Staff:
        """A member of staff as head office has them now. ``Refusal`` ``staff_gone``; ``Fault`` ``replica_empty``."""
        found = self.person(person.id)
        if found is None:
            self.store()
            raise Refusal("staff_gone", "{name} 已不在本店的员工名单上：请换人登录", name=person.name)
        return found

    def pharmacist(self, records: TerminalRecords) -> Staff | None:
        """The pharmacist on duty; nobody once head office has taken the person off the list or out of that role."""
        duty = self.duty(records)
        person = None if duty is None else self.person(duty.staff_id)
        return person if person is not None and person.role is Role.PHARMACIST else None

    def duty(self, records: TerminalRecords) -> Duty | None:
        """Since when somebody is on duty; nobody is once the business date has changed."""
        held = records.duty()
        return held if held is not None and self._believed(self.clock.now()) < held.until else None

    def _believed(self, now: datetime) -> datetime:
        fresh = self.replica.freshness()
        return believed(now, fresh.as_of, fresh.ahead)

    def printer(self) -> Wake:
        """What wakes the receipt printer. ``Refusal`` ``no_printer``."""
        if self.wake_printer is None:
            raise Refusal(
                "no_printer", "本机没有设置小票打印机：请在数据文件夹的 settings.toml 里填写 printer，重新启动后再补打"
            )
        return self.wake_printer

    def member(self, records: TerminalRecords, member_id: str) -> MemberState | None:
        """A member as this till knows them: head office's state, or what this till wrote and that does not hold yet."""
        return MemberDirectory(self.replica, records).member(member_id)

    def stamp(self, records: TerminalRecords, moment: Moment, fact_id: str, by: Staff) -> dict[str, Any]:
        """What every fact says of itself (:class:`Fact`), in the shift that is open, if one is."""
        shift = records.open_shift()
        return {
            "id": fact_id,
            "at": moment.at,
            "business_date": moment.on,
            "store_id": self.identity.store_id,
            "terminal_id": self.identity.terminal_id,
            "staff_id": by.id,
            "shift_id": None if shift is None else shift.id,
        }

    def record(
        self, records: TerminalRecords, fact: Fact, *, receipt_no: str | None = None, personal: object | None = None
    ) -> Event:
        """Records a fact with its event; ``personal`` is a frozen value kept apart, so that it can be erased."""
        kind = kind_of(type(fact))
        part = None if personal is None else PersonalPart(salt=self.salt(), content=to_canonical(personal))
        records.add_fact(kind, fact, receipt_no)
        return records.append_event(
            kind=kind, event_id=self.ids.new(), at=fact.at, body=fact, member_id=fact.member_id, part=part
        )

    def entry(
        self, moment: Moment, *, member_id: str, kind: str, points: int, source: str, expires_on: date | None = None
    ) -> LedgerEntry:
        """A ledger entry of this till, by the rules of the moment; what adds has its last day (``expires_on``)."""
        return LedgerEntry(
            id=self.ids.new(),
            member_id=member_id,
            kind=kind,
            points=points,
            occurred_at=moment.at,
            business_date=moment.on,
            store_id=self.identity.store_id,
            terminal_id=self.identity.terminal_id,
            source=source,
            ruleset=moment.ruleset.version,
            expires_on=expires_on,
        )

    def receipt_no(self, records: TerminalRecords) -> str:
        """The next receipt number of this till; sales and returns share one row of numbers without gaps."""
        return f"{self.identity.store_id}-{self.identity.number}-{records.next_receipt_number():06d}"

    def audit(self, records: TerminalRecords, action: str, staff_id: str, **facts: str | int) -> None:
        """Records who did what, as an event of this till."""
        records.append_event(
            kind="audit",
            event_id=self.ids.new(),
            at=self.clock.now(),
            body={"action": action, "staff_id": staff_id, **facts},
        )
