"""Finds a member at the desk, whatever has become of the card: a lost one is what people come about."""

from __future__ import annotations

from pos_member.app.counter import Choice
from pos_member.app.members.directory import MemberDirectory
from pos_member.app.members.identify import CANDIDATES, member_candidate, normalise, unknown_phone
from pos_member.app.ports import Replica, TerminalRecords
from pos_member.domain.errors import Refusal
from pos_member.domain.member_entry import phone_of


def find_member(replica: Replica, records: TerminalRecords, text: str) -> str | Choice:
    """The id of the member that the text means, or several to choose from.

    ``Refusal``: ``no_member_entered``, ``unknown_phone``, ``member_not_found``.
    """
    wanted = normalise(text)
    if not wanted:
        raise Refusal("no_member_entered", "请扫会员卡，或输入卡号、手机号、姓名、拼音首字母")
    members = MemberDirectory(replica, records)
    card = members.card(wanted)
    if card is not None:
        return card.member_id
    phone = phone_of(wanted)
    if phone is not None:
        member_id = members.member_id_by_phone(phone)
        if member_id is None:
            raise unknown_phone(phone)
        return member_id
    found = members.search(wanted, CANDIDATES)
    if not found:
        template = "没有找到会员「{text}」：请核对卡号、手机号、姓名或拼音首字母；还不是会员的可办理入会"
        raise Refusal("member_not_found", template, text=wanted)
    if len(found) == 1:
        return found[0].member.id
    return Choice(text=wanted, candidates=tuple(map(member_candidate, found)))
