from __future__ import annotations

from dataclasses import replace

import pytest

from pos_member.app.counter import CandidateKind, Choice
from pos_member.domain.member import Card, CardStatus, MemberStatus
from pos_member.domain.product import Category
from tests.app.shop import VITAMIN, Shop, gold, goods
from tests.storage.makers import LI, WANG, member


@pytest.mark.parametrize(
    "code",
    [
        VITAMIN,
        f"  {VITAMIN}\r",
        "".join(chr(ord(sign) + 0xFEE0) for sign in VITAMIN),
        f"0{VITAMIN}",
        f"010{VITAMIN}1726123110ABC\x1d21XYZ",
        f"\x1d010{VITAMIN}10ABC",
        f"]C1010{VITAMIN}10ABC",
        f"]d2010{VITAMIN}21XYZ\x1d17261231",
        "V100",
        "v100",
        "ｖ１００",
        f"{VITAMIN}\ud83d",
    ],
)
def test_a_pack_is_known_however_its_code_comes_in(shop: Shop, code: str) -> None:
    assert shop.scan(code).basket.lines[0].product.sku == "V100"


@pytest.mark.parametrize("written", ["036000291452", "0036000291452"])
@pytest.mark.parametrize("scanned", ["036000291452", "0036000291452", "00036000291452", "010003600029145210L1"])
def test_an_american_code_is_the_same_with_and_without_its_zero(shop: Shop, written: str, scanned: str) -> None:
    shop.publish(goods(written, "U001", "鱼油", Category.SUPPLEMENT, 9900))
    assert shop.scan(scanned).basket.lines[0].product.sku == "U001"


def test_a_case_of_packs_is_not_sold_for_the_price_of_one(shop: Shop) -> None:
    assert shop.refused(lambda: shop.scan(f"1{VITAMIN[:-1]}9")) == "unknown_code"


@pytest.mark.parametrize(
    "typed",
    [
        "6200000000000001",
        "13800138000",
        "+86 138-0013-8000",
        "１３８ ００１３ ８０００",
        "王晓",
        "wxm",
        "WXM",
        "8000",
        "old-0001",
    ],
)
def test_a_member_is_found_by_card_phone_name_or_initials(shop: Shop, typed: str) -> None:
    card = Card(code="6200000000000001", member_id=WANG)
    shop.publish(replace(gold(), cards=(card, Card(code="OLD-0001", member_id=WANG))))
    state = shop.scan(typed)
    assert state.member is not None
    assert state.member.state.member.id == WANG


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "nothing_entered"),
        ("　 ", "nothing_entered"),
        ("6900000000990", "unknown_code"),
        ("6200999900001111", "unknown_card"),
        ("13911112222", "unknown_phone"),
        ("没有这个", "nothing_found"),
        ("%", "nothing_found"),
        ("12345", "unknown_code"),
        ("]C1", "nothing_found"),
        ("x" * 5000, "nothing_found"),
        ("\x00", "nothing_found"),
    ],
)
def test_what_nobody_knows_is_said_and_changes_nothing(shop: Shop, typed: str, code: str) -> None:
    before = shop.scan(VITAMIN)
    assert shop.refused(lambda: shop.till.enter(typed)) == code
    assert shop.till.counter().basket == before.basket


@pytest.mark.parametrize(("status", "code"), [(CardStatus.LOST, "card_lost"), (CardStatus.REPLACED, "card_replaced")])
def test_a_lost_or_replaced_card_says_so_and_the_sale_goes_on(shop: Shop, status: CardStatus, code: str) -> None:
    shop.publish(replace(gold(), cards=(Card(code="6200000000000001", member_id=WANG, status=status),)))
    shop.scan(VITAMIN)
    assert shop.refused(lambda: shop.scan("6200000000000001")) == code
    assert shop.sell().sale.member_id is None


@pytest.mark.parametrize(
    ("status", "code"), [(MemberStatus.FROZEN, "member_frozen"), (MemberStatus.ERASED, "member_gone")]
)
@pytest.mark.parametrize("how", ["card", "phone", "choice"])
def test_a_membership_that_cannot_be_used_says_so(shop: Shop, status: MemberStatus, code: str, how: str) -> None:
    shop.freeze(gold(), status)
    typed = {"card": gold().cards[0].code, "phone": "13800138000"}
    act = (lambda: shop.till.choose(f"member:{WANG}")) if how == "choice" else (lambda: shop.till.enter(typed[how]))
    assert shop.refused(act) == code


def test_a_name_that_means_several_things_is_asked_about(shop: Shop) -> None:
    shop.publish(member(LI, "王小美", phone="13900138000"), goods("111", "W001", "王老吉", Category.SUNDRY, 400))
    choice = shop.till.enter("王")

    assert isinstance(choice, Choice)
    kinds = [candidate.kind for candidate in choice.candidates]
    assert kinds == [CandidateKind.PRODUCT, CandidateKind.MEMBER, CandidateKind.MEMBER]
    assert all(candidate.title in ("王老吉", "王*明", "王*美") for candidate in choice.candidates)
    state = shop.till.choose(choice.candidates[0].key)
    assert state.basket.lines[0].product.sku == "W001"


def test_a_thirty_thousand_sign_scan_is_only_unknown(shop: Shop) -> None:
    assert shop.refused(lambda: shop.till.enter("7" * 30_000)) == "unknown_card"
