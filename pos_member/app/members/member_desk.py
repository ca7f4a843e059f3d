"""What a screen can ask about members: find, enrol, change, replace a card, and look at all there is."""

from __future__ import annotations

from pos_member.app.counter import Choice
from pos_member.app.members.edit_member import edit_member
from pos_member.app.members.enrol_member import Enrolled, enrol_member
from pos_member.app.members.find_member import find_member
from pos_member.app.members.member_page import MemberPage, member_page
from pos_member.app.members.replace_card import replace_card
from pos_member.app.members.reveal_member import Revealed, reveal_member
from pos_member.app.people.authorise import Approval
from pos_member.app.people.seat import Seat
from pos_member.app.workplace import Workplace
from pos_member.domain.member_entry import MemberEntry


class MemberDesk:
    """The members' part of a till. Ids of what is to be done come from :meth:`Till.new_id`, one for each attempt."""

    def __init__(self, workplace: Workplace, seat: Seat) -> None:
        self._workplace = workplace
        self._seat = seat

    def find(self, text: str) -> MemberPage | Choice:
        """The member that scanned or typed text means, or several for :meth:`choose`.

        ``Refusal``: those of :func:`pos_member.app.members.find_member.find_member`.
        """
        self._seat.person()
        with self._workplace.terminal.reading() as records:
            found = find_member(self._workplace.replica, records, text)
            return found if isinstance(found, Choice) else member_page(self._workplace, records, found)

    def choose(self, key: str) -> MemberPage:
        """The page of one of the candidates of a choice. ``Refusal``: ``member_gone``."""
        return self.page(key.partition(":")[2])

    def page(self, member_id: str) -> MemberPage:
        """All that this till can tell of a member. ``Refusal``: ``member_gone``."""
        self._seat.person()
        with self._workplace.terminal.reading() as records:
            return member_page(self._workplace, records, member_id)

    def enrol(
        self, member_id: str, entry: MemberEntry, referrer: str = "", approval: Approval | None = None
    ) -> Enrolled:
        """Makes a member; see :func:`pos_member.app.members.enrol_member.enrol_member`."""
        return enrol_member(self._workplace, self._seat.person(), member_id, entry, referrer, approval)

    def edit(self, change_id: str, member_id: str, entry: MemberEntry, approval: Approval | None = None) -> MemberPage:
        """Changes a member's profile; see :func:`pos_member.app.members.edit_member.edit_member`."""
        edit_member(self._workplace, self._seat.person(), change_id, member_id, entry, approval)
        return self.page(member_id)

    def replace_card(
        self,
        replacement_id: str,
        member_id: str,
        new: str,
        reason: str,
        old: str | None = None,
        approval: Approval | None = None,
    ) -> MemberPage:
        """Gives a member a new card; see :func:`pos_member.app.members.replace_card.replace_card`."""
        replace_card(self._workplace, self._seat.person(), replacement_id, member_id, new, reason, old, approval)
        return self.page(member_id)

    def reveal(self, member_id: str, reason: str, approval: Approval | None = None) -> Revealed:
        """A member's data unmasked; see :func:`pos_member.app.members.reveal_member.reveal_member`."""
        return reveal_member(self._workplace, self._seat.person(), member_id, reason, approval)
