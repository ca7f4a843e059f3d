"""What is asked for again under the same id is done once; something else under that id is refused, not forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pos_member.domain.member_entry import MemberEntry
from pos_member.domain.shift import CashDirection
from tests.app.registers import PAPER, manager_signs_in
from tests.app.shop import MASKS, VITAMIN, Shop
from tests.storage.makers import TODAY, WANG

Deed = Callable[[Shop, str, str], object]


def adjust(shop: Shop, grant_id: str, word: str) -> object:
    return shop.till.points.adjust_points(grant_id, WANG, 10, word).grant


def move_cash(shop: Shop, movement_id: str, word: str) -> object:
    shift = shop.till.shifts.state().shift
    assert shift is not None
    return shop.till.shifts.move_cash(movement_id, shift.id, CashDirection.IN, 100, word).movement


def replace_card(shop: Shop, replacement_id: str, word: str) -> object:
    card = {"一": "NEW001", "二": "NEW002"}[word]
    return shop.till.members.replace_card(replacement_id, WANG, card, "卡遗失").cards


def enrol(shop: Shop, member_id: str, word: str) -> object:
    return shop.till.members.enrol(member_id, MemberEntry(name="张" + word, phone="13900000001"))


def edit(shop: Shop, change_id: str, word: str) -> object:
    return shop.till.members.edit(change_id, WANG, MemberEntry(address=word)).sheet.state.member


def reward(shop: Shop, redemption_id: str, word: str) -> object:
    goods = {"一": MASKS, "二": VITAMIN}[word]
    return shop.till.points.redeem_reward(redemption_id, WANG, "plasters", goods).redemption


def register_prescription(shop: Shop, prescription_id: str, word: str) -> object:
    paper = replace(PAPER, patient=word)
    return shop.till.registers.register_prescription(prescription_id, paper, TODAY, ("R001",)).basket


DEEDS: tuple[Deed, ...] = (adjust, move_cash, replace_card, enrol, edit, reward, register_prescription)


@pytest.mark.parametrize("deed", DEEDS)
def test_the_same_is_done_once_and_something_else_is_refused_also_after_a_restart(shop: Shop, deed: Deed) -> None:
    manager_signs_in(shop)
    shop.till.shifts.open_shift(shop.till.new_id(), 0)
    fact_id = shop.till.new_id()
    first = deed(shop, fact_id, "一")
    facts = shop.count("facts")
    assert deed(shop, fact_id, "一") == first
    assert shop.refused(lambda: deed(shop, fact_id, "二")) == "id_used"
    shop.restart()
    manager_signs_in(shop)
    assert deed(shop, fact_id, "一") == first
    assert shop.refused(lambda: deed(shop, fact_id, "二")) == "id_used"
    assert shop.count("facts") == facts
