"""Enrols a member (入会): one commit of the profile, the welcome bonus, and what this till knows them by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pos_member.app.codec import from_plain
from pos_member.app.members.directory import MemberDirectory
from pos_member.app.members.identify import normalise
from pos_member.app.members.member_conflicts import require_card_free, require_phone_free
from pos_member.app.members.member_records import LocalMember
from pos_member.app.people.authorise import Approval, authorise
from pos_member.app.points.record_bonus import post_bonus
from pos_member.app.ports import TerminalRecords
from pos_member.app.recorded_before import id_used
from pos_member.app.workplace import Moment, Workplace
from pos_member.domain.bonuses import BonusKind, registration_bonus
from pos_member.domain.errors import Refusal
from pos_member.domain.granting import BonusGrant
from pos_member.domain.member import Card, Member, MemberStatus
from pos_member.domain.member_entry import MemberEntry, changed_profile, new_profile, phone_of, read_name
from pos_member.domain.membership import Enrolment, MemberChange, Profile
from pos_member.domain.rights import Right
from pos_member.domain.staff import Staff

_ID: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """A recorded enrolment, and the points that the member was welcomed with."""

    enrolment: Enrolment
    points: int


def enrol_member(
    workplace: Workplace,
    person: Staff,
    member_id: str,
    entry: MemberEntry,
    referrer: str = "",
    approval: Approval | None = None,
) -> Enrolled:
    """Makes a member under a new id; ``referrer`` is the phone, card or id of who brought them, or empty.

    ``Refusal``: ``right_missing``, those of :func:`pos_member.domain.member_entry.new_profile`, ``phone_taken``,
    ``card_taken``, ``card_is_goods``, ``referrer_self``, ``referrer_unknown``, ``id_used``.
    """
    authority = authorise(workplace, person, Right.ENROL_MEMBER, approval)
    initials = workplace.initials(read_name(entry.name or ""))
    with workplace.terminal.transaction() as records:
        known = records.fact(Enrolment, member_id)
        if known is not None:
            require_same_entry(records, known, entry)
            return Enrolled(enrolment=known, points=_welcome_points(records, member_id))
        moment = workplace.moment(records)
        profile = new_profile(entry, moment.on)
        members = MemberDirectory(workplace.replica, records)
        if profile.phone is not None:
            require_phone_free(members, profile.phone, member_id)
        for code in profile.cards:
            require_card_free(workplace.replica, members, code)
        enrolment = Enrolment(
            **workplace.stamp(records, moment, member_id, person),
            member_id=member_id,
            approved_by=authority.approver_id,
            referrer_id=_referrer(members, normalise(referrer), member_id, profile),
            marketing_consent=bool(entry.marketing_consent),
            health_consent=bool(entry.health_consent),
        )
        _write(workplace, records, enrolment, profile, initials)
        _welcome(workplace, records, moment, person, member_id)
        authority.record(workplace, records, member_id=member_id)
        enrolled = Enrolled(enrolment=enrolment, points=_welcome_points(records, member_id))
    workplace.wake_sync()
    return enrolled


def require_same_entry(records: TerminalRecords, known: Enrolment | MemberChange, entry: MemberEntry) -> None:
    """``Refusal`` ``id_used`` where what was recorded of a member is not what ``entry`` would have made of them.

    Who was erased since is not looked at any more.
    """
    part = records.part_about(known.id)
    profile = None if part is None else from_plain(Profile, part)
    if profile is not None and changed_profile(entry, profile, known.business_date) != profile:
        raise id_used()
    consents = ((entry.marketing_consent, known.marketing_consent), (entry.health_consent, known.health_consent))
    if any(asked not in (None, given) for asked, given in consents):
        raise id_used()


def _write(
    workplace: Workplace, records: TerminalRecords, enrolment: Enrolment, profile: Profile, initials: str
) -> None:
    event = workplace.record(records, enrolment, personal=profile)
    member = Member(
        id=enrolment.id,
        name=profile.name,
        initials=initials,
        phone=profile.phone,
        birthday=profile.birthday,
        gender=profile.gender,
        joined_on=enrolment.business_date,
        home_store=enrolment.store_id,
        address=profile.address,
        channel=enrolment.channel,
        referrer_id=enrolment.referrer_id,
        marketing_consent=enrolment.marketing_consent,
        health_consent=enrolment.health_consent,
    )
    cards = tuple(Card(code=code, member_id=member.id) for code in profile.cards)
    records.save_local_member(LocalMember(member=member, cards=cards, epoch=event.key.epoch, seq=event.key.seq))


def _welcome(workplace: Workplace, records: TerminalRecords, moment: Moment, person: Staff, member_id: str) -> None:
    """Posts the registration bonus, where the rules give one."""
    if moment.ruleset.bonuses.registration_points:
        bonus = registration_bonus((), member_id, moment.ruleset)
        grant_id = workplace.ids.new()
        post_bonus(workplace, records, moment, person, bonus, grant_id=grant_id, member_id=member_id, about=member_id)


def _welcome_points(records: TerminalRecords, member_id: str) -> int:
    grants = records.facts_about(BonusGrant, member_id)
    return sum(grant.points for grant in grants if grant.kind is BonusKind.REGISTRATION)


def _referrer(members: MemberDirectory, text: str, member_id: str, profile: Profile) -> str | None:
    """The id of who is meant. ``Refusal``: ``referrer_self``, ``referrer_unknown``."""
    if not text:
        return None
    phone = phone_of(text)
    if text == member_id or text.upper() in profile.cards or (phone is not None and phone == profile.phone):
        raise Refusal("referrer_self", "推荐人不能是入会的人自己：请填另一位会员的手机号或卡号，没有推荐人就留空")
    card = members.card(text)
    if card is not None:
        found: str | None = card.member_id
    elif phone is not None:
        found = members.member_id_by_phone(phone)
    else:
        found = text if _ID.fullmatch(text) else None
    state = None if found is None else members.member(found)
    if state is None or state.member.status is MemberStatus.ERASED:
        raise Refusal("referrer_unknown", "没有找到推荐人「{text}」：请核对手机号或卡号，没有推荐人就留空", text=text)
    return state.member.id
