"""Goods that the law binds, and what the stories about them do again and again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pos_member.app.counter import CounterState
from pos_member.app.people.authorise import Approval
from pos_member.app.published import PublishedMember
from pos_member.domain.product import Category
from pos_member.domain.registers import PrescriptionPaper
from tests.app.people import SUN_WEI
from tests.app.shop import CHEN_LEI, Shop, gold, goods
from tests.storage.makers import TODAY

AMOXICILLIN, CEFALEXIN, COLD_SYRUP, PARACETAMOL = "6907000000014", "6907000000021", "6907000000038", "6907000000045"
BOUND = (
    goods(AMOXICILLIN, "R001", "阿莫西林胶囊", Category.RX, 1880, ingredients=("阿莫西林",), insurable=True),
    goods(CEFALEXIN, "R002", "头孢氨苄胶囊", Category.RX, 2200, ingredients=("头孢氨苄",), insurable=True),
    goods(COLD_SYRUP, "E001", "复方盐酸伪麻黄碱缓释胶囊", Category.OTC_A, 2500, ephedrine=True),
    goods(PARACETAMOL, "P001", "对乙酰氨基酚片", Category.OTC_B, 900, ingredients=("对乙酰氨基酚",)),
)
PAPER = PrescriptionPaper(number="CF20260305001", institution="市第一医院", prescriber="周明", patient="王晓明")
ID_NUMBER = "110101199003070011"
BY_PHARMACIST = Approval(staff_id=CHEN_LEI.id, pin="2222")


def allergic(*ingredients: str) -> PublishedMember:
    """王晓明, who does not bear these."""
    published = gold()
    return replace(published, state=replace(published.state, allergies=ingredients))


def register(shop: Shop, *skus: str, written_on: date = TODAY, paper: PrescriptionPaper = PAPER) -> str:
    """Registers a prescription for goods; its id."""
    prescription_id = shop.till.new_id()
    shop.till.registers.register_prescription(prescription_id, paper, written_on, skus)
    return prescription_id


def approve(shop: Shop, prescription_id: str) -> CounterState:
    """陈蕾 types her PIN."""
    return shop.till.registers.decide_prescription(
        shop.till.new_id(), prescription_id, approved=True, pharmacist=BY_PHARMACIST
    )


def manager_signs_in(shop: Shop) -> None:
    """孙伟 takes the till over."""
    shop.publish(SUN_WEI)
    shop.till.sign_in(SUN_WEI.id, "3333")
