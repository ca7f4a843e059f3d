"""Works out what scanned or typed text stands for: a product, a member, or several things to choose from."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from pos_member.app.counter import Candidate, CandidateKind, Choice
from pos_member.app.ports import Replica
from pos_member.domain.errors import Refusal
from pos_member.domain.member import Card, CardStatus, MemberState, MemberStatus, mask_card, mask_name, mask_phone
from pos_member.domain.money import yuan
from pos_member.domain.product import Product

_CANDIDATES = 9
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


def identify(replica: Replica, text: str) -> Product | FoundMember | Choice:
    """What the text means, exact codes before names.

    ``Refusal``: ``unknown_code``, ``unknown_card``, ``unknown_phone``, ``nothing_found``, ``card_lost``,
    ``card_replaced``, ``member_frozen``, ``nothing_entered``.
    """
    wanted = normalise(text)
    if not wanted:
        raise Refusal("nothing_entered", "请扫码，或输入条码、卡号、手机号、姓名、拼音首字母")
    product = _product(replica, wanted)
    if product is not None:
        return product
    card = replica.card(wanted)
    if card is not None:
        return FoundMember(state=member_of_card(replica, card), card_code=card.code)
    if _is_phone(wanted):
        member_id = replica.member_id_by_phone(wanted)
        if member_id is None:
            raise Refusal("unknown_phone", "没有用手机号 {phone} 登记的会员：请核对号码，或直接继续收款", phone=wanted)
        return FoundMember(state=usable_member(replica, member_id), card_code=None)
    return _search(replica, wanted)


def usable_member(replica: Replica, member_id: str) -> MemberState:
    """A member whose membership can be used. ``Refusal``: ``member_frozen``, ``member_gone``."""
    return require_usable(replica.member(member_id))


def require_usable(state: MemberState | None) -> MemberState:
    """The member, if the membership can be used. ``Refusal``: ``member_frozen``, ``member_gone``."""
    if state is None or state.member.status is MemberStatus.ERASED:
        raise Refusal("member_gone", "这位会员的资料已不在：可不用会员继续收款")
    if state.member.status is MemberStatus.FROZEN:
        raise Refusal(
            "member_frozen",
            "会员 {name} 已被冻结，不能积分也不能抵现：可不用会员继续收款，解冻请联系店长",
            name=mask_name(state.member.name),
        )
    return state


def member_of_card(replica: Replica, card: Card) -> MemberState:
    """The member a card stands for. ``Refusal``: ``card_lost``, ``card_replaced`` and those of the member."""
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
    return usable_member(replica, card.member_id)


def _product(replica: Replica, text: str) -> Product | None:
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


def _is_phone(text: str) -> bool:
    return len(text) == 11 and text.isascii() and text.isdigit() and text.startswith("1")


def _search(replica: Replica, text: str) -> Product | FoundMember | Choice:
    digits = text.isascii() and text.isdigit()
    if digits and len(text) > 4:
        raise _unknown_number(text)
    products = () if digits else replica.search_products(text, _CANDIDATES)
    members = replica.search_members(text, _CANDIDATES)
    if not products and not members:
        raise Refusal(
            "nothing_found", "没有找到「{text}」：请核对，或换用条码、卡号、手机号、名称、拼音首字母", text=text
        )
    if len(products) == 1 and not members:
        return products[0]
    if len(members) == 1 and not products:
        return FoundMember(state=usable_member(replica, members[0].member.id), card_code=None)
    return Choice(text=text, candidates=(*map(_of_product, products), *map(_of_member, members))[:_CANDIDATES])


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


def _of_member(state: MemberState) -> Candidate:
    member = state.member
    return Candidate(
        kind=CandidateKind.MEMBER,
        key=f"member:{member.id}",
        title=mask_name(member.name),
        detail=mask_phone(member.phone) if member.phone else f"{member.joined_on:%Y-%m}",
    )
