"""What a transaction of ``terminal.db`` does for members: see :mod:`pos_member.app.members.member_records`."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from pos_member.app.members.member_records import LocalMember, NotPosted
from pos_member.domain.ledger import LedgerEntry
from pos_member.domain.own_records import OwnRecords
from pos_member.domain.sale import Sale
from pos_member.storage import fact_rows, local_rows, member_rows


class MemberRecords:
    """The part of :class:`pos_member.storage.terminal_records.TerminalRecords` that is about members."""

    def __init__(self, connection: Connection, *, terminal_id: str, epoch: str) -> None:
        self._connection = connection
        self._terminal_id = terminal_id
        self._epoch = epoch

    @property
    def epoch(self) -> str:
        """The epoch that is written in now."""
        return self._epoch

    def save_local_member(self, local: LocalMember) -> None:
        """Keeps what this till wrote of a member, in place of what it wrote before."""
        local_rows.save_local_member(self._connection, local)

    def local_member(self, member_id: str) -> LocalMember | None:
        """What this till wrote of a member; None when it wrote nothing, or head office did not accept it."""
        return local_rows.read_local_member(self._connection, member_id)

    def local_members_by_phone(self, phone: str) -> tuple[LocalMember, ...]:
        """Members whom this till wrote this phone number of."""
        return local_rows.read_local_by_phone(self._connection, phone)

    def local_members_by_card(self, code: str) -> tuple[LocalMember, ...]:
        """Members whom this till wrote this card of (case-insensitive), whatever its status."""
        return local_rows.read_local_by_card(self._connection, code)

    def search_local_members(self, text: str, limit: int) -> tuple[LocalMember, ...]:
        """By the last four digits of the phone, by name or by pinyin initials, among those that this till wrote."""
        return local_rows.search_local(self._connection, text, limit)

    def own_records(self, member_id: str, applied: Mapping[str, int]) -> OwnRecords:
        """What this till recorded of a member and head office's figures do not hold yet, oldest first."""
        return fact_rows.read_own_records(self._connection, self._terminal_id, self._epoch, member_id, applied)

    def entries_of_member(self, member_id: str, limit: int) -> tuple[LedgerEntry, ...]:
        """The latest ledger entries that this till posted to a member, latest first, also those of long ago."""
        return member_rows.read_entries(self._connection, member_id, limit)

    def sales_of_member(self, member_id: str, limit: int) -> tuple[Sale, ...]:
        """The latest sales of this till to a member, latest first."""
        return member_rows.read_sales(self._connection, member_id, limit)

    def not_posted(self, member_id: str) -> tuple[NotPosted, ...]:
        """What this till recorded of a member and head office did not post, oldest first."""
        return member_rows.read_not_posted(self._connection, member_id)

    def members_known_by_name(self) -> frozenset[str]:
        """Ids of the members of whom this till holds anything personal."""
        return member_rows.read_known_by_name(self._connection)

    def forget_member(self, member_id: str) -> None:
        """Deletes what is personal about a member. The events stay, and their chain still verifies."""
        member_rows.forget(self._connection, member_id)
