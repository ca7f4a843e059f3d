"""That no two members have one phone number or one card, as far as this till knows."""

from __future__ import annotations

from pos_member.app.members.directory import MemberDirectory
from pos_member.app.members.identify import product_of_code
from pos_member.app.ports import Replica
from pos_member.domain.errors import Refusal
from pos_member.domain.member import MemberState, MemberStatus, mask_card, mask_name, mask_phone


def require_phone_free(members: MemberDirectory, phone: str, member_id: str) -> None:
    """``Refusal`` ``phone_taken``: it is another member's, whose id is in the gap ``member_id`` to be used instead."""
    holder_id = members.member_id_by_phone(phone)
    holder = None if holder_id is None else _living(members.member(holder_id))
    if holder is not None and holder.member.id != member_id:
        raise Refusal(
            "phone_taken",
            "手机号 {phone} 已由会员 {name} 登记：如是同一人，请直接用这位会员；否则请换一个手机号",
            phone=mask_phone(phone),
            name=mask_name(holder.member.name),
            member_id=holder.member.id,
        )


def require_card_free(replica: Replica, members: MemberDirectory, code: str) -> None:
    """``Refusal``: ``card_taken`` (gap ``member_id`` as for phones) whatever the card's status, ``card_is_goods``."""
    card = members.card(code)
    holder = None if card is None else _living(members.member(card.member_id))
    if holder is not None:
        raise Refusal(
            "card_taken",
            "卡 {card} 已登记在会员 {name} 名下：如是同一人，请直接用这位会员；否则请换一张卡",
            card=mask_card(code),
            name=mask_name(holder.member.name),
            member_id=holder.member.id,
        )
    product = product_of_code(replica, code)
    if product is not None:
        raise Refusal(
            "card_is_goods", "{code} 是商品「{name}」的条码，不能作会员卡：请扫会员卡", code=code, name=product.name
        )


def _living(state: MemberState | None) -> MemberState | None:
    return None if state is None or state.member.status is MemberStatus.ERASED else state
