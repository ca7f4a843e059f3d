"""What every posting works with, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from pos_member.domain.clock import instant_text, parse_instant
from pos_member.domain.event import EventKey
from pos_member.domain.fact import Fact
from pos_member.domain.ledger import fold
from pos_member.domain.sale import Sale
from sync.head_office.drafts import Drafts
from sync.head_office.ledger_book import any_known
from sync.head_office.personal_parts import ArrivedPart
from sync.head_office.rules_in_force import RulesInForce
from sync.head_office.terminals import Terminal
from sync.head_office.till_dates import R, held_to

MOST_POINTS = 10**9
MOST_FEN = 10**12
"""Bounds on one figure of one fact: millions of such still fit into a column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Head office's books within one transaction; ``today`` is head office's own date."""

    connection: Connection
    drafts: Drafts
    rules: RulesInForce
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """How a fact came: from which terminal, under which key, with which personal part."""

    terminal: Terminal
    key: EventKey
    personal: ArrivedPart

    @property
    def chain(self) -> str:
        """The till's chain as ``applied`` maps call it."""
        return f"{self.key.terminal_id}:{self.key.epoch}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that a person at head office has to look at; ``what`` is a sentence with nothing personal in it."""

    kind: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What became of a fact: posted, or not and ``why``, a sentence. ``part_kept``: its personal part may be kept."""

    why: str = ""
    notices: tuple[Notice, ...] = ()
    part_kept: bool = True


def granted_twice(labels: tuple[str, ...]) -> tuple[Notice, ...]:
    """The notice that two tills gave what is given once (docs/programme §8); none where there is nothing to name."""
    what = f"给了会员已经有过的优惠：{'、'.join(labels)}。"
    return (Notice(kind="granted_twice", what=what),) if labels else ()


def held(books: Books, told: R) -> tuple[R, tuple[Notice, ...]]:
    """The record under a date that head office can stand by, and the notice where that is not what the till said."""
    record = held_to(books.today, told, books.rules.of_version)
    if record is told:
        return record, ()
    what = "这笔销售" if isinstance(told, Sale) else "这条记录"
    dates = f"{what}记为 {told.business_date}，按 {record.business_date} 入账"
    return record, (Notice(kind="clock_ahead", what=f"终端时钟超前：{dates}。请校准该终端的时钟。"),)


def wrong_with_origin(record: Sale | Fact, arrival: Arrival) -> str:
    """A sentence when a record names another till or store than the one it came from."""
    if (record.terminal_id, record.store_id) == (arrival.terminal.id, arrival.terminal.store_id):
        return ""
    what = "销售单" if isinstance(record, Sale) else "记录"
    return f"{what}写的不是上传它的终端和门店。"


def wrong_with_entries(books: Books, record: Sale | Fact, member_id: str | None) -> str:
    """A sentence when a record's ledger entries cannot be posted to the member."""
    if any(entry.member_id != member_id for entry in record.entries):
        return "积分流水记的不是这位会员。"
    if any(abs(entry.points) > MOST_POINTS for entry in record.entries) or not _foldable(record):
        return "积分流水有格式错误。"
    if any_known(books.connection, [entry.id for entry in record.entries]):
        return "积分流水号与已有的重复。"
    return ""


def points_moved(record: Sale | Fact) -> tuple[int, int]:
    """Points that a record's entries add, and points that they take."""
    points = [entry.points for entry in record.entries]
    return sum(each for each in points if each > 0), -sum(each for each in points if each < 0)


def _foldable(record: Sale | Fact) -> bool:
    """Whether the entries fold, and are told again as they were: the whole ledger is folded from what is stored."""
    try:
        fold(record.entries, record.business_date)
        for entry in record.entries:
            parse_instant(instant_text(entry.occurred_at))
    except ValueError:
        return False
    return True
