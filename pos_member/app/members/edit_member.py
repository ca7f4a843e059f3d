"""Changes a member's profile (变更资料): only what was typed, and the consents."""

from __future__ import annotations

from dataclasses import replace

from pos_member.app.members.directory import MemberDirectory
from pos_member.app.members.enrol_member import require_same_entry
from pos_member.app.members.identify import require_usable
from pos_member.app.members.member_conflicts import require_card_free, require_phone_free
from pos_member.app.members.member_records import LocalMember
from pos_member.app.people.authorise import Approval, authorise
from pos_member.app.recorded_before import recorded_before
from pos_member.app.workplace import Workplace
from pos_member.domain.member import Card, CardStatus, Member
from pos_member.domain.member_entry import MemberEntry, changed_profile, read_name
from pos_member.domain.membership import MemberChange, Profile
from pos_member.domain.rights import Right
from pos_member.domain.staff import Staff


def edit_member(
    workplace: Workplace,
    person: Staff,
    change_id: str,
    member_id: str,
    entry: MemberEntry,
    approval: Approval | None = None,
) -> MemberChange:
    """Changes what ``entry`` names and leaves the rest as it is; a card in it comes to those the member has.

    ``Refusal``: ``right_missing``, ``id_used``, ``member_gone``, ``member_frozen``, those of
    :func:`pos_member.domain.member_entry.changed_profile`, ``phone_taken``, ``card_taken``, ``card_is_goods``.
    """
    authority = authorise(workplace, person, Right.EDIT_MEMBER, approval)
    initials = None if entry.name is None else workplace.initials(read_name(entry.name))
    with workplace.terminal.transaction() as records:
        known = recorded_before(records, MemberChange, change_id, member_id=member_id)
        if known is not None:
            require_same_entry(records, known, entry)
            return known
        moment = workplace.moment(records)
        members = MemberDirectory(workplace.replica, records)
        member = require_usable(members.member(member_id)).member
        cards = members.cards_of(member_id)
        before = profile_of(member, cards)
        profile = changed_profile(entry, before, moment.on)
        if profile.phone is not None and profile.phone != before.phone:
            require_phone_free(members, profile.phone, member_id)
        added = tuple(Card(code=code, member_id=member_id) for code in profile.cards if code not in before.cards)
        for card in added:
            require_card_free(workplace.replica, members, card.code)
        changed = _changed(member, profile, entry, initials)
        change = MemberChange(
            **workplace.stamp(records, moment, change_id, person),
            member_id=member_id,
            approved_by=authority.approver_id,
            marketing_consent=changed.marketing_consent,
            health_consent=changed.health_consent,
        )
        event = workplace.record(records, change, personal=profile)
        records.save_local_member(
            LocalMember(member=changed, cards=(*cards, *added), epoch=event.key.epoch, seq=event.key.seq)
        )
        authority.record(workplace, records, member_id=member_id)
    workplace.wake_sync()
    return change


def profile_of(member: Member, cards: tuple[Card, ...]) -> Profile:
    """Who a member is now, with the cards that can be used."""
    return Profile(
        name=member.name,
        phone=member.phone,
        birthday=member.birthday,
        gender=member.gender,
        address=member.address,
        cards=tuple(card.code for card in cards if card.status is CardStatus.ACTIVE),
    )


def _changed(member: Member, profile: Profile, entry: MemberEntry, initials: str | None) -> Member:
    marketing, health = entry.marketing_consent, entry.health_consent
    return replace(
        member,
        name=profile.name,
        initials=member.initials if initials is None else initials,
        phone=profile.phone,
        birthday=profile.birthday,
        gender=profile.gender,
        address=profile.address,
        marketing_consent=member.marketing_consent if marketing is None else marketing,
        health_consent=member.health_consent if health is None else health,
    )
