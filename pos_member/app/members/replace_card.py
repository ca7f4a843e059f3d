"""Replaces a member's lost card (换卡): the new one counts at once, the old one at this till no more."""

from __future__ import annotations

from dataclasses import replace

from pos_member.app.codec import from_plain
from pos_member.app.members.directory import MemberDirectory
from pos_member.app.members.identify import normalise, require_active, require_usable
from pos_member.app.members.member_conflicts import require_card_free
from pos_member.app.members.member_records import LocalMember
from pos_member.app.people.authorise import Approval, authorise
from pos_member.app.recorded_before import id_used, recorded_before
from pos_member.app.workplace import Workplace
from pos_member.app.written import required_reason
from pos_member.domain.errors import Refusal
from pos_member.domain.member import Card, CardStatus, mask_card, mask_name
from pos_member.domain.member_entry import read_card
from pos_member.domain.membership import CardReplacement, ReplacedCard
from pos_member.domain.rights import Right
from pos_member.domain.staff import Staff


def replace_card(
    workplace: Workplace,
    person: Staff,
    replacement_id: str,
    member_id: str,
    new: str,
    reason: str,
    old: str | None = None,
    approval: Approval | None = None,
) -> CardReplacement:
    """Gives a member the card ``new`` in place of ``old``; None, its number being unknown: of all that can be used.

    A card that was reported lost counts as replaced once it is named here, otherwise it stays lost.
    ``Refusal``: ``right_missing``, ``card_reason``, ``text_too_long``, ``card_malformed``, ``id_used``,
    ``member_gone``, ``member_frozen``, ``card_of_another``, ``card_replaced``, ``card_taken``, ``card_is_goods``.
    """
    code = read_card(new)
    why = required_reason("card_reason", "换卡必须写明原因，如「卡遗失」；请填写原因后再换", reason)
    authority = authorise(workplace, person, Right.REPLACE_CARD, approval)
    with workplace.terminal.transaction() as records:
        known = recorded_before(records, CardReplacement, replacement_id, member_id=member_id)
        if known is not None:
            told = records.part_about(replacement_id)
            if told is not None and from_plain(ReplacedCard, told).new != code:
                raise id_used()
            return known
        moment = workplace.moment(records)
        members = MemberDirectory(workplace.replica, records)
        member = require_usable(members.member(member_id)).member
        cards = members.cards_of(member_id)
        gone = _codes_to_go(cards, old, member.name)
        require_card_free(workplace.replica, members, code)
        replacement = CardReplacement(
            **workplace.stamp(records, moment, replacement_id, person),
            member_id=member_id,
            approved_by=authority.approver_id,
            reason=why,
        )
        part = ReplacedCard(old=None if old is None else gone[0], new=code)
        event = workplace.record(records, replacement, personal=part)
        kept = tuple(replace(card, status=CardStatus.REPLACED) if card.code in gone else card for card in cards)
        fresh = Card(code=code, member_id=member_id)
        records.save_local_member(
            LocalMember(member=member, cards=(*kept, fresh), epoch=event.key.epoch, seq=event.key.seq)
        )
        authority.record(workplace, records, member_id=member_id)
    workplace.wake_sync()
    return replacement


def _codes_to_go(cards: tuple[Card, ...], old: str | None, name: str) -> tuple[str, ...]:
    """The member's cards that count no more. ``Refusal``: ``card_of_another``, ``card_replaced``."""
    if old is None:
        return tuple(card.code for card in cards if card.status is CardStatus.ACTIVE)
    wanted = normalise(old).upper()
    found = next((card for card in cards if card.code.upper() == wanted), None)
    if found is None:
        template = "卡 {card} 不是会员 {name} 的：请核对卡号；不知道旧卡号时可留空，名下各卡一并作废"
        raise Refusal("card_of_another", template, card=mask_card(wanted), name=mask_name(name))
    if found.status is CardStatus.REPLACED:
        require_active(found)
    return (found.code,)
