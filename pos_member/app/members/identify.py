"""Works out what scanned or typed text stands for: a product, a member, or several things to choose from."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from pos_member.app.counter import Candidate, CandidateKind, Choice
from pos_member.app.members.directory import MemberDirectory
from pos_member.app.ports import Replica, TerminalRecords
from pos_member.domain.errors import Refusal
from pos_member.domain.member import Card, CardStatus, MemberState, MemberStatus, mask_card, mask_name, mask_phone
from pos_member.domain.member_entry import phone_of
from pos_member.domain.money import yuan
from pos_member.domain.product import Product

CANDIDATES = 9
"""How many things typed text may mean, at most."""
_GROUP_SEPARATOR = "\x1d"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMember:
    """A member, and the card that was read, if it was one."""

    state: MemberState
    card_code: str | None


def normalise(text: str) -> str:
    """Half-width, without surrounding space: what a scanner or a Chinese input method may have widened.

    Halves of signs, which no text has, are left out.
    """
    whole = text.encode(errors="ignore").decode()
    return unicodedata.normalize("NFKC", whole).strip()


def identify(replica: Replica, records: TerminalRecords, text: str) -> Product | FoundMember | Choice:
    """What the text means, exact codes before names; members that this till wrote count as those of head office do.

    ``Refusal``: ``unknown_code``, ``unknown_card``, ``unknown_phone``, ``nothing_found``, ``card_lost``,
    ``card_replaced``, ``member_frozen``, ``nothing_entered``.
    """
    wanted = normalise(text)
    if not wanted:
        raise Refusal("nothing_entered", "请扫码，或输入条码、卡号、手机号、姓名、拼音首字母")
    product = product_of_code(replica, wanted)
    if product is not None:
        return product
    members = MemberDirectory(replica, records)
    card = members.card(wanted)
    if card is not None:
        return FoundMember(state=_member_of_card(members, card), card_code=card.code)
    phone = phone_of(wanted)
    if phone is not None:
        member_id = members.member_id_by_phone(phone)
        if member_id is None:
            raise unknown_phone(phone)
        return FoundMember(state=require_usable(members.member(member_id)), card_code=None)
    return _search(replica, members, wanted)


def require_known(state: MemberState | None) -> MemberState:
    """The member, who may be frozen. ``Refusal``: ``member_gone``."""
    if state is None or state.member.status is MemberStatus.ERASED:
        raise Refusal("member_gone", "这位会员的资料已不在：可不用会员继续收款")
    return state


def require_usable(state: MemberState | None) -> MemberState:
    """The member, if the membership can be used. ``Refusal``: ``member_frozen``, ``member_gone``."""
    state = require_known(state)
    if state.member.status is MemberStatus.FROZEN:
        raise Refusal(
            "member_frozen",
            "会员 {name} 已被冻结，不能积分也不能抵现：可不用会员继续收款，解冻请联系店长",
            name=mask_name(state.member.name),
        )
    return state


def require_active(card: Card) -> None:
    """That a card can be used. ``Refusal``: ``card_lost``, ``card_replaced``."""
    if card.status is CardStatus.LOST:
        raise Refusal(
            "card_lost",
            "卡 {card} 已挂失，不能使用：可用手机号查会员，或不用会员继续收款",
            card=mask_card(card.code),
        )
    if card.status is CardStatus.REPLACED:
        raise Refusal(
            "card_replaced",
            "卡 {card} 已换新卡：请用新卡，或用手机号查会员",
            card=mask_card(card.code),
        )


def _member_of_card(members: MemberDirectory, card: Card) -> MemberState:
    require_active(card)
    return require_usable(members.member(card.member_id))


def product_of_code(replica: Replica, text: str) -> Product | None:
    """The product that a scanned code stands for: a bar code in whatever form, or an SKU."""
    for code in _trade_numbers(text):
        product = replica.product_by_barcode(code)
        if product is not None:
            return product
    return replica.product_by_sku(text)


def _trade_numbers(text: str) -> tuple[str, ...]:
    """The ways one trade item number may be written in the catalogue: as scanned, as EAN-13, as UPC-A."""
    numbers = [text]
    if text.startswith("]") or _GROUP_SEPARATOR in text or (text.startswith("01") and len(text) >= 16):
        number = _gs1_trade_number(text)
        if number is not None:
            numbers += [number, *_written_otherwise(number)]
    elif text.isascii() and text.isdigit() and 12 <= len(text) <= 14:
        numbers += _written_otherwise(text)
    return tuple(dict.fromkeys(numbers))


def _written_otherwise(number: str) -> tuple[str, ...]:
    """A trade item number as EAN-13 and, where it is short enough, as UPC-A."""
    bare = number.lstrip("0")
    return bare.rjust(13, "0"), bare.rjust(12, "0")


def _gs1_trade_number(text: str) -> str | None:
    import biip

    try:
        parsed = biip.parse(text)
    except biip.ParseError:
        return None
    return parsed.gtin.value if parsed.gtin is not None else None


def unknown_phone(phone: str) -> Refusal:
    """That nobody is known by a phone number."""
    return Refusal("unknown_phone", "没有用手机号 {phone} 登记的会员：请核对号码，或直接继续收款", phone=phone)


def _search(replica: Replica, directory: MemberDirectory, text: str) -> Product | FoundMember | Choice:
    digits = text.isascii() and text.isdigit()
    if digits and len(text) > 4:
        raise _unknown_number(text)
    products = () if digits else replica.search_products(text, CANDIDATES)
    members = directory.search(text, CANDIDATES)
    if not products and not members:
        raise Refusal(
            "nothing_found", "没有找到「{text}」：请核对，或换用条码、卡号、手机号、名称、拼音首字母", text=text
        )
    if len(products) == 1 and not members:
        return products[0]
    if len(members) == 1 and not products:
        return FoundMember(state=require_usable(members[0]), card_code=None)
    return Choice(text=text, candidates=(*map(_of_product, products), *map(member_candidate, members))[:CANDIDATES])


def _unknown_number(text: str) -> Refusal:
    if len(text) >= 15:
        return Refusal(
            "unknown_card",
            "没有登记过卡 {card}：请核对，可用手机号查会员，或不用会员继续收款",
            card=mask_card(text),
        )
    return Refusal(
        "unknown_code",
        "没有条码为 {code} 的商品：请核对条码，或输入名称、拼音首字母查找",
        code=text,
    )


def _of_product(product: Product) -> Candidate:
    return Candidate(
        kind=CandidateKind.PRODUCT,
        key=f"product:{product.sku}",
        title=product.name,
        detail=f"{product.specification} · {product.maker} · {yuan(product.price_fen)}",
    )


def member_candidate(state: MemberState) -> Candidate:
    """A member to choose, as strangers may see them."""
    member = state.member
    return Candidate(
        kind=CandidateKind.MEMBER,
        key=f"member:{member.id}",
        title=mask_name(member.name),
        detail=mask_phone(member.phone) if member.phone else f"{member.joined_on:%Y-%m}",
    )
