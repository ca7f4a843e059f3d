"""Taking in what a till pushes: each event once, in its chain, none refused (docs/sync.md, "Push")."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, StatementError

from pos_member.app.facts import AUDIT, SALE
from pos_member.app.published import Verdict
from pos_member.domain.clock import instant_text
from pos_member.domain.errors import Refusal
from pos_member.domain.event import GENESIS_HASH, EventKey, chain_hash
from sync import wire
from sync.head_office.personal_parts import ArrivedPart, arrived_part
from sync.head_office.posted import Arrival
from sync.head_office.posting import Posting
from sync.head_office.schema import epochs, event_parts, events, quarantine
from sync.head_office.tasks import Tasks
from sync.head_office.terminals import Terminal

_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_EPOCH_LENGTH = 64
_KIND_LENGTH = 64

_EPOCH = (
    select(epochs)
    .where(epochs.c.terminal_id == bindparam("terminal"), epochs.c.epoch == bindparam("of_epoch"))
    .with_for_update()
)
_HELD = select(events.c.seq, events.c.hash, events.c.verdict, events.c.why).where(
    events.c.terminal_id == bindparam("terminal"),
    events.c.epoch == bindparam("of_epoch"),
    events.c.seq.between(bindparam("first"), bindparam("last")),
)
_KNOWN_ID = select(events.c.rid).where(events.c.event_id == bindparam("event"))
_ASIDE = select(quarantine.c.seq, quarantine.c.hash).where(
    quarantine.c.terminal_id == bindparam("terminal"), quarantine.c.epoch == bindparam("of_epoch")
)

_POISON = (ValueError, TypeError, ArithmeticError, LookupError, RecursionError)
"""What an event can raise by what is in it, as opposed to by what surrounds it."""

_PROBLEMS = {
    "chain_diverged": "同一编号下总部已有另一条记录，本机数据可能从旧备份恢复过，或被复制到了另一台机器。",
    "chain_broken": "记录的校验值对不上。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How far the chain stands after a push: ``problem`` and ``why`` when it does not hold."""

    acked_seq: int
    acked_hash: bytes
    verdicts: tuple[wire.WireVerdict, ...] = ()
    need_from: int | None = None
    problem: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fact:
    event_id: str
    kind: str
    body: Mapping[str, Any]
    digest: object


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    hash: bytes
    verdict: wire.WireVerdict


class Intake:
    """One push of one terminal, within one transaction, which holds the lock of the terminal's epoch."""

    def __init__(
        self, connection: Connection, terminal: Terminal, posting: Posting, tasks: Tasks, now: datetime
    ) -> None:
        self._connection = connection
        self._terminal = terminal
        self._posting = posting
        self._tasks = tasks
        self._now = instant_text(now)
        self._rows: list[dict[str, object]] = []
        self._parts: list[dict[str, object]] = []
        self._event_ids: set[str] = set()

    def take(self, request: wire.PushRequest) -> Outcome:
        """Takes in what is new. ``Refusal`` ``push_malformed`` for a request that no till sends."""
        if not (
            0 < len(request.events) <= wire.MAX_EVENTS
            and request.first_seq >= 1
            and 0 < len(request.epoch) <= _EPOCH_LENGTH
        ):
            raise Refusal("push_malformed", "上传的内容不合格式。")
        last_seq, last_hash = self._chain(request.epoch)
        if request.first_seq > last_seq + 1:
            return Outcome(acked_seq=last_seq, acked_hash=last_hash, need_from=last_seq + 1)
        held = self._held(request)
        reached, reached_hash = request.first_seq - 1, held[request.first_seq - 1].hash
        problem = "" if reached_hash == request.prev_hash else "chain_diverged"
        verdicts = []
        for seq, event in enumerate(request.events, request.first_seq):
            known = held.get(seq)
            problem = problem or _mismatch(event, known, reached_hash)
            if problem:
                break
            verdicts.append(known.verdict if known else self._take_one(request.epoch, seq, event))
            reached, reached_hash = seq, event.hash
        if self._rows:
            self._keep(request.epoch, reached, reached_hash)
        if problem:
            self._set_aside(request, reached + 1, problem)
        return Outcome(
            acked_seq=reached,
            acked_hash=reached_hash,
            verdicts=tuple(verdicts),
            problem=problem,
            why=_PROBLEMS.get(problem, ""),
        )

    def _chain(self, epoch: str) -> tuple[int, bytes]:
        """How far this chain goes; a new one is begun."""
        row = self._connection.execute(_EPOCH, {"terminal": self._terminal.id, "of_epoch": epoch}).one_or_none()
        if row is not None:
            return row.last_seq, row.last_hash
        self._connection.execute(
            insert(epochs).values(
                terminal_id=self._terminal.id,
                epoch=epoch,
                last_seq=0,
                last_hash=GENESIS_HASH,
                first_seen_at=self._now,
            )
        )
        return 0, GENESIS_HASH

    def _held(self, request: wire.PushRequest) -> dict[int, _Held]:
        """What the chain already holds of the numbers pushed, and of the one before them."""
        bounds = {
            "terminal": self._terminal.id,
            "of_epoch": request.epoch,
            "first": request.first_seq - 1,
            "last": request.first_seq - 1 + len(request.events),
        }
        genesis = _Held(hash=GENESIS_HASH, verdict=wire.WireVerdict(seq=0, verdict=Verdict.ACCEPTED))
        held = {0: genesis} if request.first_seq == 1 else {}
        for row in self._connection.execute(_HELD, bounds):
            verdict = wire.WireVerdict(seq=row.seq, verdict=Verdict(row.verdict), why=row.why)
            held[row.seq] = _Held(hash=row.hash, verdict=verdict)
        return held

    def _take_one(self, epoch: str, seq: int, event: wire.WireEvent) -> wire.WireVerdict:
        key = EventKey(terminal_id=self._terminal.id, epoch=epoch, seq=seq)
        fact = _fact_of(event.canonical, key)
        personal = arrived_part(event, None if fact is None else fact.digest)
        event_id, part_kept = None, True
        if fact is None:
            verdict, why = Verdict.QUARANTINED, "记录读不出来，已原样保存。"
        elif self._is_known(fact.event_id):
            verdict, why = Verdict.QUARANTINED, "记录号与另一条记录相同，已原样保存。"
        else:
            event_id = fact.event_id
            self._event_ids.add(event_id)
            verdict, why, part_kept = self._post(fact, Arrival(terminal=self._terminal, key=key, personal=personal))
        if verdict is not Verdict.ACCEPTED:
            self._tasks.raise_once(verdict.value, key, why)
        if part_kept:
            self._keep_part(personal, key)
        self._rows.append(
            {
                "terminal_id": key.terminal_id,
                "epoch": key.epoch,
                "seq": key.seq,
                "event_id": event_id,
                "kind": "" if fact is None else fact.kind,
                "canonical": event.canonical,
                "hash": event.hash,
                "verdict": verdict.value,
                "why": why,
                "received_at": self._now,
            }
        )
        return wire.WireVerdict(seq=seq, verdict=verdict, why=why)

    def _is_known(self, event_id: str) -> bool:
        return (
            event_id in self._event_ids
            or self._connection.execute(_KNOWN_ID, {"event": event_id}).one_or_none() is not None
        )

    def _post(self, fact: _Fact, arrival: Arrival) -> tuple[Verdict, str, bool]:
        """Verdict, why, and whether the personal part may be kept.

        A fact that cannot be posted leaves no trace but its event and the member's mark.
        """
        if fact.kind == AUDIT:
            return Verdict.ACCEPTED, "", True
        if not self._posting.knows(fact.kind):
            return Verdict.QUARANTINED, "总部还不认识这种记录，已原样保存。", True
        member_id = fact.body.get("member_id")
        told_of = member_id if isinstance(member_id, str) and _ID.fullmatch(member_id) else None
        part_kept = True
        try:
            with self._connection.begin_nested():
                ruling = self._posting.post(fact.kind, fact.body, arrival)
        except (*_POISON, StatementError) as error:
            if isinstance(error, DBAPIError) and not isinstance(error, (IntegrityError, DataError)):
                raise
            self._posting.forget()
            what = "销售单" if fact.kind == SALE else "记录"
            verdict, why = Verdict.QUARANTINED, f"{what}读不出来，已原样保存。"
        else:
            self._posting.settle()
            verdict, why, part_kept = _verdict(ruling.why), ruling.why, ruling.part_kept
            for notice in ruling.notices:
                self._tasks.raise_once(notice.kind, arrival.key, notice.what, told_of)
        self._posting.mark(fact.kind, fact.body, arrival.key)
        return verdict, why, part_kept

    def _keep_part(self, personal: ArrivedPart, key: EventKey) -> None:
        if personal.unfit:
            self._tasks.raise_once("part_unfit", key, "随附的个人资料与记录不符，没有保存：请与门店核对。")
        if personal.part is not None:
            place = {"terminal_id": key.terminal_id, "epoch": key.epoch, "seq": key.seq}
            self._parts.append({**place, "salt": personal.part.salt, "content": personal.part.content})

    def _keep(self, epoch: str, last_seq: int, last_hash: bytes) -> None:
        self._connection.execute(insert(events), self._rows)
        if self._parts:
            self._connection.execute(insert(event_parts), self._parts)
        self._connection.execute(
            update(epochs)
            .where(epochs.c.terminal_id == self._terminal.id, epochs.c.epoch == epoch)
            .values(last_seq=last_seq, last_hash=last_hash)
        )

    def _set_aside(self, request: wire.PushRequest, first: int, problem: str) -> None:
        """Keeps raw, and once, what the chain cannot take."""
        where = {"terminal": self._terminal.id, "of_epoch": request.epoch}
        known = {(row.seq, row.hash) for row in self._connection.execute(_ASIDE, where)}
        rows = [
            {
                "terminal_id": self._terminal.id,
                "epoch": request.epoch,
                "seq": seq,
                "canonical": event.canonical,
                "hash": event.hash,
                "why": problem,
                "received_at": self._now,
            }
            for seq, event in enumerate(request.events, request.first_seq)
            if seq >= first and (seq, event.hash) not in known
        ]
        if rows:
            self._connection.execute(insert(quarantine), rows)
        key = EventKey(terminal_id=self._terminal.id, epoch=request.epoch, seq=first)
        self._tasks.raise_once(problem, key, _PROBLEMS[problem])


def _verdict(why: str) -> Verdict:
    return Verdict.REJECTED if why else Verdict.ACCEPTED


def _mismatch(event: wire.WireEvent, known: _Held | None, previous: bytes) -> str:
    if known is not None and known.hash != event.hash:
        return "chain_diverged"
    return "" if chain_hash(previous, event.canonical) == event.hash else "chain_broken"


def _fact_of(canonical: bytes, key: EventKey) -> _Fact | None:
    """The fact in canonical bytes; None when they cannot be read, or speak of another place in another chain."""
    try:
        plain = json.loads(canonical)
        place = (plain["terminal_id"], plain["epoch"], plain["seq"])
        fact = _Fact(event_id=plain["event_id"], kind=plain["kind"], body=plain["body"], digest=plain.get("part"))
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    shaped = (
        place == (key.terminal_id, key.epoch, key.seq)
        and isinstance(fact.event_id, str)
        and _ID.fullmatch(fact.event_id) is not None
        and isinstance(fact.kind, str)
        and len(fact.kind) <= _KIND_LENGTH
        and fact.kind.isprintable()
        and isinstance(fact.body, dict)
    )
    return fact if shaped else None
