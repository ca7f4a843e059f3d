"""Members as this till knows them: head office's list, with what this till wrote and head office does not hold yet."""

from __future__ import annotations

from dataclasses import replace

from pos_member.app.members.member_records import LocalMember
from pos_member.app.ports import Replica, TerminalRecords
from pos_member.domain.member import Card, MemberState, MemberStatus
from pos_member.domain.tier import Tier


class MemberDirectory:
    """Look-ups of members within one transaction. Nothing here waits for the network."""

    def __init__(self, replica: Replica, records: TerminalRecords) -> None:
        self._replica = replica
        self._records = records

    def member(self, member_id: str) -> MemberState | None:
        """A member's state; one whom this till enrolled has no figures but those of its own records.

        Who has taken back the consent to a health file has none.
        """
        state = self._replica.member(member_id)
        local = self._records.local_member(member_id)
        return state if local is None or not self._counts(local, state) else self._overlay(local, state)

    def card(self, code: str) -> Card | None:
        """A card by its code (case-insensitive), whatever its status."""
        wanted = code.upper()
        for local in self._records.local_members_by_card(wanted):
            if self._counts(local, self._replica.member(local.member.id)):
                return next(card for card in local.cards if card.code.upper() == wanted)
        return self._replica.card(code)

    def cards_of(self, member_id: str) -> tuple[Card, ...]:
        """All cards of a member, whatever their status, by code."""
        published = {card.code.upper(): card for card in self._replica.cards_of(member_id)}
        local = self._records.local_member(member_id)
        if local is not None and self._counts(local, self._replica.member(member_id)):
            published |= {card.code.upper(): card for card in local.cards}
        return tuple(published[code] for code in sorted(published))

    def member_id_by_phone(self, phone: str) -> str | None:
        """Who registered a phone number."""
        for local in self._records.local_members_by_phone(phone):
            if self._counts(local, self._replica.member(local.member.id)):
                return local.member.id
        found = self._replica.member_id_by_phone(phone)
        if found is None:
            return None
        state = self.member(found)
        return found if state is not None and state.member.phone == phone else None

    def search(self, text: str, limit: int) -> tuple[MemberState, ...]:
        """Members by the last four digits of the phone, by name (prefix), or by pinyin initials (prefix).

        What this till changed is looked for as it is now, not as head office still has it.
        """
        found: dict[str, MemberState] = {}
        for local in self._records.search_local_members(text, limit):
            published = self._replica.member(local.member.id)
            if self._counts(local, published):
                found[local.member.id] = self._overlay(local, published)
        for state in self._replica.search_members(text, limit):
            changed = self._records.local_member(state.member.id)
            if changed is None or not self._counts(changed, state):
                found[state.member.id] = state
        return tuple(found.values())[:limit]

    def _counts(self, local: LocalMember, state: MemberState | None) -> bool:
        """Whether what this till wrote is not yet in head office's state; nothing counts of a member who is erased."""
        if state is None:
            return True
        terminal_id = self._records.chain.partition(":")[0]
        held = state.applied.get(f"{terminal_id}:{local.epoch}", 0)
        return state.member.status is not MemberStatus.ERASED and held < local.seq

    def _overlay(self, local: LocalMember, state: MemberState | None) -> MemberState:
        if state is None:
            return MemberState(member=local.member, tier=Tier.BASIC)
        return replace(
            state,
            member=replace(local.member, status=state.member.status),
            allergies=state.allergies if local.member.health_consent else (),
        )
