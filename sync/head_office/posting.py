"""What a till's facts change at head office, one by one, and what is published of it (docs/sync.md, "Posting")."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection

from pos_member.app.codec import from_plain, to_text
from pos_member.app.facts import FACTS, SALE
from pos_member.app.published import Entity, PublishedMember
from pos_member.domain.event import EventKey
from pos_member.domain.fact import Fact
from pos_member.domain.member import MemberStatus
from pos_member.domain.sale import Sale
from sync.head_office.drafts import Drafts
from sync.head_office.fact_book import add_fact, posted_as
from sync.head_office.feed import EntityKey
from sync.head_office.ledger_book import with_ledger
from sync.head_office.posted import Arrival, Books, Ruling, held, wrong_with_origin
from sync.head_office.posting_bonus import post_bonus
from sync.head_office.posting_member import post_card_replacement, post_change, post_enrolment
from sync.head_office.posting_redemption import post_redemption, post_void
from sync.head_office.posting_return import post_return
from sync.head_office.posting_sale import post_sale
from sync.head_office.rules_in_force import RulesInForce

_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


def _post_plain(books: Books, told: Fact, _arrival: Arrival) -> Ruling:
    """Keeps a fact that changes no figure of a member: a shift, cash, a register."""
    fact, notices = held(books, told)
    if fact.entries:
        return Ruling(why="这种记录不带积分流水。")
    add_fact(books.connection, fact)
    return Ruling(notices=notices)


_POSTINGS: Final[Mapping[str, Callable[[Books, Any, Arrival], Ruling]]] = MappingProxyType(
    {
        SALE: post_sale,
        "return": post_return,
        "redemption": post_redemption,
        "redemption_void": post_void,
        "bonus": post_bonus,
        "enrolment": post_enrolment,
        "member_change": post_change,
        "card_replacement": post_card_replacement,
    }
)


@dataclass(frozen=True, slots=True)
class Overdraft:
    """A member whose debt grew, and the event after which it did. ``points`` is the whole debt."""

    member_id: str
    key: EventKey
    points: int


class Posting:
    """The postings of one transaction. Facts are written at once; members are refolded and published at the end."""

    def __init__(self, connection: Connection, rules: RulesInForce, today: date) -> None:
        self._connection = connection
        self._today = today
        self._drafts = Drafts(connection)
        self._books = Books(connection=connection, drafts=self._drafts, rules=rules, today=today)
        self._last: dict[str, EventKey] = {}

    @staticmethod
    def knows(kind: str) -> bool:
        """Whether facts of this kind are posted."""
        return kind == SALE or kind in FACTS

    def post(self, kind: str, body: Mapping[str, Any], arrival: Arrival) -> Ruling:
        """Posts a fact, or says why it breaks a rule; then nothing is written.

        One that was posted already and is told again (a till does so whose file was recovered) changes nothing.
        ``ValueError`` and its like when it cannot be read: then the caller rolls back what it wrote, and calls
        :meth:`forget`.
        """
        record: Sale | Fact = from_plain(Sale, body) if kind == SALE else from_plain(FACTS[kind], body)
        ids = (record.id, record.member_id, getattr(record, "referrer_id", None))
        if not all(each is None or _ID.fullmatch(each) for each in ids):
            raise ValueError("id")
        why = wrong_with_origin(record, arrival)
        if why:
            return Ruling(why=why)
        posted = posted_as(self._connection, record)
        if posted is None:
            return _POSTINGS.get(kind, _post_plain)(self._books, record, arrival)
        if posted == to_text(record):
            return Ruling(part_kept=not self._is_erased(record.member_id))
        return Ruling(why="这个编号已经入账，内容不同。")

    def settle(self) -> None:
        """What the last fact changed stands."""
        self._drafts.keep()

    def forget(self) -> None:
        """What the last fact would have changed is as if it had never come."""
        self._drafts.drop()

    def mark(self, kind: str, body: Mapping[str, Any], key: EventKey) -> None:
        """The figures of the fact's member hold this event of a till now, whatever became of it."""
        member_id = body.get("id") if kind == "enrolment" else body.get("member_id")
        if not isinstance(member_id, str) or not _ID.fullmatch(member_id):
            return
        published = self._drafts.member(member_id)
        if published is None:
            return
        state = published.state
        applied = {**state.applied, f"{key.terminal_id}:{key.epoch}": key.seq}
        self._drafts.put(replace(published, state=replace(state, applied=applied)))
        self._drafts.keep()
        self._last[member_id] = key

    def refolded(self) -> tuple[dict[EntityKey, Entity | None], tuple[Overdraft, ...]]:
        """All that has changed, members with their ledgers folded anew, and which of those went into debt."""
        entities: dict[EntityKey, Entity | None] = {}
        overdrafts = []
        for key, entity in self._drafts.changed().items():
            fresh = entity
            if isinstance(entity, PublishedMember):
                state = with_ledger(self._connection, entity.state, self._today)
                fresh = replace(entity, state=state)
                if state.debt > entity.state.debt:
                    overdrafts.append(Overdraft(state.member.id, self._last[state.member.id], state.debt))
            entities[key] = fresh
        return entities, tuple(overdrafts)

    def _is_erased(self, member_id: str | None) -> bool:
        published = self._drafts.member(member_id)
        return published is not None and published.state.member.status is MemberStatus.ERASED
