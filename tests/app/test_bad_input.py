"""What comes out of a keyboard, a scanner or a slip of the finger, in every box of the till: done, or told in a
sentence; never half done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pos_member.app.selling.settle_sale import Settlement
from pos_member.domain.errors import Refusal
from pos_member.domain.member_entry import MemberEntry
from pos_member.domain.shift import CashDirection
from pos_member.domain.tender import Tender, TenderKind
from tests.app.people import audits
from tests.app.registers import ID_NUMBER, PAPER, manager_signs_in
from tests.app.returning import back, pieces, take_back
from tests.app.shop import MASKS, VITAMIN, Shop, cash
from tests.storage.makers import TODAY, WANG

Deed = Callable[[Shop, str], object]
Amount = Callable[[Shop, int], object]

TEXTS = {
    "empty": "",
    "blank": " \t\n",
    "wide": "１２３４５６７８９０１",
    "endless": "汉" * 10_000,
    "picture": "😀👨‍👩‍👧",
    "nul": "a\0b",
    "turned": "\u202eabc\u202c",
    "half a sign": "\ud800x",
    "printer command": "\x1b@\x1dV",
    "negative": "-5",
    "digits": "9" * 400,
    "wildcards": "%_%",
    "gaps": "{name}{0}",
}


def shift_id(shop: Shop) -> str:
    shift = shop.till.shifts.state().shift
    assert shift is not None
    return shift.id


def cash_in(shop: Shop, reason: str) -> object:
    return shop.till.shifts.move_cash(shop.till.new_id(), shift_id(shop), CashDirection.IN, 100, reason)


def returning(shop: Shop, reason: str) -> object:
    return take_back(shop, shop.sell(MASKS).sale, pieces(0), reason=reason)


def returned_quantity(shop: Shop, text: str) -> object:
    line = shop.till.returns.find(shop.sell(MASKS).sale.receipt_no).lines[0]
    return shop.till.returns.quantity(line, text)


def voiding(shop: Shop, reason: str) -> object:
    redeemed = shop.till.points.donate(shop.till.new_id(), WANG, 100, "希望小学")
    return shop.till.points.void_redemption(shop.till.new_id(), redeemed.redemption.id, reason)


def rejecting(shop: Shop, reason: str) -> object:
    prescription_id = shop.till.new_id()
    shop.till.registers.register_prescription(prescription_id, PAPER, TODAY, ("R001",))
    decision_id = shop.till.new_id()
    return shop.till.registers.decide_prescription(decision_id, prescription_id, approved=False, reason=reason)


def registering(field: str) -> Deed:
    def register(shop: Shop, text: str) -> object:
        paper = replace(PAPER, **{field: text})
        return shop.till.registers.register_prescription(shop.till.new_id(), paper, TODAY, ("R001",))

    return register


def enrolling(field: str) -> Deed:
    def enrol(shop: Shop, text: str) -> object:
        entry = replace(MemberEntry(name="张三", phone="13900000001"), **{field: text})  # type: ignore[arg-type]
        return shop.till.members.enrol(shop.till.new_id(), entry)

    return enrol


DEEDS: dict[str, Deed] = {
    "scan": lambda shop, text: shop.till.enter(text),
    "choice": lambda shop, text: shop.till.choose(text),
    "quantity": lambda shop, text: (shop.scan(MASKS), shop.till.set_quantity(0, text)),
    "price": lambda shop, text: (shop.scan(MASKS), shop.till.change_price(0, 900, text)),
    "coupon": lambda shop, text: shop.till.apply_coupon(text),
    "drawer": lambda shop, text: shop.till.open_drawer(text),
    "reprint": lambda shop, text: shop.till.reprint(text),
    "pin": lambda shop, text: shop.till.unlock(text),
    "member": lambda shop, text: shop.till.members.find(text),
    "referrer": lambda shop, text: shop.till.members.enrol(
        shop.till.new_id(), MemberEntry(name="张三", phone="13900000001"), text
    ),
    "new card": lambda shop, text: shop.till.members.replace_card(shop.till.new_id(), WANG, text, "卡遗失"),
    "old card": lambda shop, text: shop.till.members.replace_card(shop.till.new_id(), WANG, "NEW001", "卡遗失", text),
    "card reason": lambda shop, text: shop.till.members.replace_card(shop.till.new_id(), WANG, "NEW001", text),
    "reveal": lambda shop, text: shop.till.members.reveal(WANG, text),
    "reward": lambda shop, text: shop.till.points.redeem_reward(shop.till.new_id(), WANG, "plasters", text),
    "donation": lambda shop, text: shop.till.points.donate(shop.till.new_id(), WANG, 100, text),
    "adjustment": lambda shop, text: shop.till.points.adjust_points(shop.till.new_id(), WANG, 1, text),
    "void": voiding,
    "receipt": lambda shop, text: shop.till.returns.find(text),
    "return": returning,
    "returned quantity": returned_quantity,
    "cash": cash_in,
    "closing": lambda shop, text: shop.till.shifts.close_shift(shop.till.new_id(), shift_id(shop), 1, text),
    "rejection": rejecting,
    "buyer": lambda shop, text: shop.till.registers.register_buyer(text, ID_NUMBER),
    "id number": lambda shop, text: shop.till.registers.register_buyer("李四", text),
    **{f"prescription {field}": registering(field) for field in ("number", "institution", "prescriber", "patient")},
    **{f"member {field}": enrolling(field) for field in ("name", "phone", "birthday", "gender", "address", "card")},
}

AMOUNTS: dict[str, Amount] = {
    "price": lambda shop, number: (shop.scan(MASKS), shop.till.change_price(0, number, "标签写错")),
    "line": lambda shop, number: (shop.scan(MASKS), shop.till.set_quantity(number, "1")),
    "points shown": lambda shop, number: (shop.scan_member(), shop.scan(VITAMIN), shop.till.payment(number)),
    "points": lambda shop, number: (shop.scan_member(), shop.scan(VITAMIN), shop.settle(number, cash(5000))),
    "agreed": lambda shop, number: (shop.scan(VITAMIN), shop.settle(agreed_fen=number)),
    "donated": lambda shop, number: shop.till.points.donate(shop.till.new_id(), WANG, number, "希望小学"),
    "adjusted": lambda shop, number: shop.till.points.adjust_points(shop.till.new_id(), WANG, number, "补记"),
    "cash in": lambda shop, number: shop.till.shifts.move_cash(
        shop.till.new_id(), shift_id(shop), CashDirection.IN, number, "备用金"
    ),
    "counted": lambda shop, number: shop.till.shifts.close_shift(shop.till.new_id(), shift_id(shop), number, "少了"),
    "exchange points": lambda shop, number: exchanging(shop, number, ()),
    "exchange cash": lambda shop, number: exchanging(shop, 0, cash(number)),
    **{f"paid by {kind}": lambda shop, number, kind=kind: paying(shop, kind, number) for kind in TenderKind},  # type: ignore[misc]
}


def paying(shop: Shop, kind: TenderKind, fen: int) -> object:
    shop.scan(VITAMIN)
    return shop.settle(0, (Tender(kind=kind, fen=fen),))


def exchanging(shop: Shop, points: int, tenders: tuple[Tender, ...]) -> object:
    sale = shop.sell(MASKS).sale
    shop.scan(VITAMIN)
    settlement = Settlement(basket_id=shop.till.counter().basket.id, points=points, tenders=tenders)
    goods = back(shop.till.returns.find(sale.receipt_no), pieces(0))
    return shop.till.returns.exchange(shop.till.new_id(), goods, settlement)


def answer(act: Callable[[], object]) -> str:
    """What the till says: a sentence where a rule says no, nothing else that goes wrong."""
    try:
        act()
    except Refusal as refusal:
        return refusal.message
    return "done"


@pytest.fixture
def till(shop: Shop) -> Shop:
    """The store manager is at the till, with a shift open and room for much in the print queue."""
    manager_signs_in(shop)
    shop.till.shifts.open_shift(shop.till.new_id(), 0)
    shop.till.take_duty("0197a0000000700080000000000000b1", "2222")
    return shop


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_whatever_text_is_typed_is_taken_or_told_and_head_office_can_take_it_too(till: Shop, deed: Deed) -> None:
    for text in TEXTS.values():
        assert answer(lambda text=text: deed(till, text))  # type: ignore[misc]
        if till.till.shifts.state().shift is None:
            till.till.shifts.open_shift(till.till.new_id(), 0)
        till.till.void_basket()
    assert max(len(event.canonical) for event in till.events()) < 8_000


@pytest.mark.parametrize("amount", AMOUNTS.values(), ids=AMOUNTS)
def test_whatever_number_is_typed_is_taken_or_told_and_the_shift_still_closes(till: Shop, amount: Amount) -> None:
    for number in (0, -1, -(10**6), 99, 10**9, 2**63 - 1, 2**63, 10**30, -(10**30)):
        assert answer(lambda number=number: amount(till, number))  # type: ignore[misc]
        till.till.void_basket()
        if till.till.shifts.state().shift is None:
            till.till.shifts.open_shift(till.till.new_id(), 0)
    till.till.shifts.close_shift(till.till.new_id(), shift_id(till), 0, "清点")


def test_points_below_nothing_and_amounts_beyond_all_drawers_are_refused_by_name(till: Shop) -> None:
    till.scan(VITAMIN)
    assert till.refused(lambda: till.till.payment(-100)) == "points_negative"
    assert till.refused(lambda: till.settle(-100)) == "points_negative"
    assert till.refused(lambda: till.settle(0, cash(10**9))) == "amount_most"
    assert till.settle(0, cash(10**9 - 1)).sale.quote.change_fen == 10**9 - 1 - 5000


def test_a_reason_is_kept_on_one_line_without_what_cannot_be_seen(till: Shop) -> None:
    till.till.open_drawer(" 换\n零\x1b 钱\u202e，两\ud800 次 ")
    assert audits(till, "open_drawer")[-1]["reason"] == "换 零 钱 ，两 次"
    assert till.refused(lambda: till.till.open_drawer("\0\u200b")) == "drawer_reason"
    assert till.refused(lambda: till.till.open_drawer("字" * 201)) == "text_too_long"
    till.till.open_drawer("字" * 200)


def test_a_pin_typed_full_width_is_the_same_pin(till: Shop) -> None:
    till.till.lock()
    assert till.till.unlock("３３３３").staff.number == "3"
