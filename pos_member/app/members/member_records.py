"""What a transaction of ``terminal.db`` reads and writes of members: what this till wrote, and what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pos_member.domain.ledger import LedgerEntry
from pos_member.domain.member import Card, Member
from pos_member.domain.own_records import OwnRecords
from pos_member.domain.sale import Sale


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalMember:
    """A member's profile and cards as this till last wrote them, by the event ``epoch``/``seq``.

    It counts until head office's state holds that event.
    """

    member: Member
    cards: tuple[Card, ...]
    epoch: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPosted:
    """A record of this till that head office did not post; ``kind`` as its event's, ``why`` in head office's words."""

    kind: str
    at: datetime
    why: str


class MemberRecords(Protocol):
    """The part of :class:`pos_member.app.ports.TerminalRecords` that is about members."""

    def save_local_member(self, local: LocalMember) -> None:
        """Keeps what this till wrote of a member, in place of what it wrote before."""
        ...

    def local_member(self, member_id: str) -> LocalMember | None:
        """What this till wrote of a member; None when it wrote nothing, or head office did not accept it."""
        ...

    def local_members_by_phone(self, phone: str) -> tuple[LocalMember, ...]:
        """Members whom this till wrote this phone number of."""
        ...

    def local_members_by_card(self, code: str) -> tuple[LocalMember, ...]:
        """Members whom this till wrote this card of (case-insensitive), whatever its status."""
        ...

    def search_local_members(self, text: str, limit: int) -> tuple[LocalMember, ...]:
        """As :meth:`pos_member.app.ports.Replica.search_members`, among those that this till wrote."""
        ...

    def own_records(self, member_id: str, applied: Mapping[str, int]) -> OwnRecords:
        """What this till recorded of a member and head office's figures do not hold yet, oldest first.

        ``applied`` is :attr:`MemberState.applied`. What head office has said not to have posted is none of it.
        """
        ...

    def entries_of_member(self, member_id: str, limit: int) -> tuple[LedgerEntry, ...]:
        """The latest ledger entries that this till posted to a member, latest first, also those of long ago."""
        ...

    def sales_of_member(self, member_id: str, limit: int) -> tuple[Sale, ...]:
        """The latest sales of this till to a member, latest first."""
        ...

    def not_posted(self, member_id: str) -> tuple[NotPosted, ...]:
        """What this till recorded of a member and head office did not post, oldest first."""
        ...

    def members_known_by_name(self) -> frozenset[str]:
        """Ids of the members of whom this till holds anything personal."""
        ...

    def forget_member(self, member_id: str) -> None:
        """Deletes what is personal about a member. The events stay, and their chain still verifies."""
        ...
