"""Prescription drugs: registered, approved by the pharmacist who is here, used once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from pos_member.app.counter import NeedKind
from pos_member.app.people.authorise import Approval
from pos_member.app.selling.prescriptions import PrescriptionStatus
from pos_member.domain.registers import PrescriptionDecided, PrescriptionPaper, PrescriptionRegistered
from pos_member.domain.staff import Role
from tests.app.registers import AMOXICILLIN, BOUND, BY_PHARMACIST, CEFALEXIN, PAPER, approve, register
from tests.app.shop import CHEN_LEI, LI_FANG, VITAMIN, Shop, cash
from tests.storage.makers import TODAY, cashier

ZHAO_MIN = cashier("0197a0000000700080000000000000b2", "4", name="赵敏", role=Role.PHARMACIST, pin_hash="4444")


@pytest.fixture
def pharmacy(shop: Shop) -> Shop:
    shop.publish(*BOUND, ZHAO_MIN)
    return shop


def test_a_prescription_drug_is_sold_once_its_prescription_is_registered_and_approved(pharmacy: Shop) -> None:
    shop = pharmacy
    state = shop.scan(AMOXICILLIN)
    assert [(need.kind, need.skus) for need in state.needs] == [(NeedKind.PRESCRIPTION, ("R001",))]
    assert shop.refused(lambda: shop.till.payment(0)) == "prescription_missing"
    assert shop.refused(shop.settle) == "prescription_missing"

    prescription_id = register(shop, "R001")
    (need,) = shop.till.counter().needs
    assert (need.kind, need.prescription_id) == (NeedKind.APPROVAL, prescription_id)
    assert "CF20260305001" in need.sentence.message
    assert shop.refused(shop.settle) == "prescription_not_approved"

    assert approve(shop, prescription_id).needs == ()
    sale = shop.settle().sale
    assert sale.prescription_ids == (prescription_id,)
    assert sale.pharmacist_id == CHEN_LEI.id


def test_what_stands_on_the_prescription_is_kept_apart_from_the_chain(pharmacy: Shop) -> None:
    shop = pharmacy
    shop.scan(AMOXICILLIN)
    prescription_id = register(shop, "R001")
    approve(shop, prescription_id)
    shop.settle()

    with shop.terminal.reading() as records:
        fact = records.fact(PrescriptionRegistered, prescription_id)
        (decided,) = records.facts_about(PrescriptionDecided, prescription_id)
        assert records.part_about(prescription_id) == {
            "number": PAPER.number,
            "institution": PAPER.institution,
            "prescriber": PAPER.prescriber,
            "patient": PAPER.patient,
        }
    assert fact is not None
    assert (fact.staff_id, fact.skus, fact.written_on) == (LI_FANG.id, ("R001",), TODAY)
    assert (decided.staff_id, decided.approved) == (CHEN_LEI.id, True)
    assert "override" in shop.audited()
    with sqlite3.connect(shop.folder / "terminal.db") as connection:
        told = b"".join(row[0] for row in connection.execute("SELECT canonical FROM events")).decode()
        sales = "".join(row[0] for row in connection.execute("SELECT document FROM sales"))
    for personal in (PAPER.number, PAPER.patient, PAPER.prescriber):
        assert personal not in told
        assert personal not in sales


def test_one_prescription_is_for_one_sale_and_for_the_goods_it_names(pharmacy: Shop) -> None:
    shop = pharmacy
    shop.scan(AMOXICILLIN)
    shop.scan(CEFALEXIN)
    prescription_id = register(shop, "R001")
    state = approve(shop, prescription_id)
    assert [(need.code, need.skus) for need in state.needs] == [("prescription_missing", ("R002",))]
    shop.till.remove_line(1)
    shop.settle()

    shop.scan(AMOXICILLIN)
    shop.till.registers.attach_prescription(prescription_id)
    assert shop.refused(shop.settle) == "prescription_used"
    assert shop.refused(lambda: approve(shop, prescription_id)) == "prescription_used"
    (registered,) = shop.till.registers.prescriptions()
    assert registered.status is PrescriptionStatus.USED
    another = register(shop, "R001", "R002")
    approve(shop, another)
    shop.scan(CEFALEXIN)
    assert shop.settle().sale.prescription_ids == (another,)


def test_a_prescription_whose_goods_were_taken_out_is_not_used_up(pharmacy: Shop) -> None:
    shop = pharmacy
    shop.scan(AMOXICILLIN)
    prescription_id = register(shop, "R001")
    approve(shop, prescription_id)
    shop.till.remove_line(0)
    assert shop.sell(VITAMIN).sale.prescription_ids == ()

    shop.scan(AMOXICILLIN)
    assert shop.till.registers.attach_prescription(prescription_id).needs == ()
    assert shop.settle().sale.prescription_ids == (prescription_id,)


def test_a_rejected_prescription_sells_nothing_and_stays_rejected(pharmacy: Shop) -> None:
    shop = pharmacy
    shop.scan(AMOXICILLIN)
    prescription_id = register(shop, "R001")

    def decide(*, approved: bool, reason: str = "") -> object:
        return shop.till.registers.decide_prescription(
            shop.till.new_id(), prescription_id, approved=approved, reason=reason, pharmacist=BY_PHARMACIST
        )

    assert shop.refused(lambda: decide(approved=False, reason="  ")) == "rejection_reason"
    decide(approved=False, reason="剂量有误")
    assert shop.refused(shop.settle) == "prescription_rejected"
    assert shop.refused(lambda: decide(approved=True)) == "prescription_decided"
    (registered,) = shop.till.registers.prescriptions()
    assert (registered.status, registered.reason) == (PrescriptionStatus.REJECTED, "剂量有误")


def test_the_pharmacist_who_approved_has_to_be_here_when_it_is_sold(pharmacy: Shop) -> None:
    shop = pharmacy
    shop.scan(AMOXICILLIN)
    prescription_id = register(shop, "R001")
    approve(shop, prescription_id)
    assert shop.refused(lambda: approve(shop, prescription_id)) == "prescription_decided"
    shop.till.leave_duty()
    assert shop.refused(shop.settle) == "no_pharmacist"
    shop.till.take_duty(ZHAO_MIN.id, "4444")
    assert shop.refused(shop.settle) == "prescription_approver_away"
    assert shop.refused(lambda: approve(shop, prescription_id)) == "pharmacist_not_here"

    by_zhao = Approval(staff_id=ZHAO_MIN.id, pin="4444")
    shop.till.registers.decide_prescription(shop.till.new_id(), prescription_id, approved=True, pharmacist=by_zhao)
    assert shop.settle().sale.pharmacist_id == ZHAO_MIN.id


def test_only_a_pharmacist_approves_and_by_their_own_pin(pharmacy: Shop) -> None:
    shop = pharmacy
    shop.scan(AMOXICILLIN)
    prescription_id = register(shop, "R001")

    def decide(pharmacist: Approval | None) -> object:
        return shop.till.registers.decide_prescription(
            shop.till.new_id(), prescription_id, approved=True, pharmacist=pharmacist
        )

    assert shop.refused(lambda: decide(None)) == "right_missing"
    assert shop.refused(lambda: decide(Approval(staff_id=LI_FANG.id, pin="1111"))) == "right_missing"
    assert shop.refused(lambda: decide(Approval(staff_id=CHEN_LEI.id, pin="9"))) == "pin_wrong"
    assert shop.refused(shop.settle) == "prescription_not_approved"


def test_a_pharmacist_at_the_till_approves_without_another_pin(pharmacy: Shop) -> None:
    shop = pharmacy
    shop.till.sign_out()
    shop.till.sign_in(CHEN_LEI.id, "2222")
    shop.scan(AMOXICILLIN)
    prescription_id = register(shop, "R001")
    shop.till.registers.decide_prescription(shop.till.new_id(), prescription_id, approved=True)
    assert shop.settle().sale.cashier_id == CHEN_LEI.id
    assert "override" not in shop.audited()


@pytest.mark.parametrize("missing", ["number", "institution", "prescriber", "patient"])
def test_a_prescription_with_something_missing_is_not_registered(pharmacy: Shop, missing: str) -> None:
    paper: PrescriptionPaper = replace(PAPER, **{missing: "　 "})
    assert pharmacy.refused(lambda: register(pharmacy, "R001", paper=paper)) == "prescription_incomplete"
    assert pharmacy.refused(lambda: register(pharmacy)) == "prescription_incomplete"
    assert pharmacy.count("facts") == 0


def test_a_prescription_is_not_of_tomorrow_but_may_be_old(pharmacy: Shop) -> None:
    shop = pharmacy
    tomorrow = TODAY + timedelta(days=1)
    assert shop.refused(lambda: register(shop, "R001", written_on=tomorrow)) == "prescription_ahead"
    shop.scan(AMOXICILLIN)
    approve(shop, register(shop, "R001", written_on=TODAY - timedelta(days=400)))
    assert shop.settle().sale.prescription_ids != ()


def test_registering_and_deciding_twice_is_once_also_after_a_restart(pharmacy: Shop) -> None:
    shop = pharmacy
    shop.scan(AMOXICILLIN)
    prescription_id, decision_id = shop.till.new_id(), shop.till.new_id()

    def both() -> None:
        desk = shop.till.registers
        desk.register_prescription(prescription_id, PAPER, TODAY, ("R001",))
        desk.decide_prescription(decision_id, prescription_id, approved=True, pharmacist=BY_PHARMACIST)

    both()
    events = shop.count("events")
    both()
    shop.restart()
    both()
    assert shop.count("facts") == 2
    assert [action for action in shop.audited() if action == "override"] == ["override"]
    assert shop.count("events") == events + 1  # the sign-in
    clash: tuple[Callable[[], object], ...] = (
        lambda: shop.till.registers.register_prescription(prescription_id, PAPER, TODAY, ("R002",)),
        lambda: shop.till.registers.decide_prescription(
            decision_id, prescription_id, approved=False, reason="不符", pharmacist=BY_PHARMACIST
        ),
    )
    for act in clash:
        assert shop.refused(act) == "id_used"
    assert shop.settle(0, cash(2000)).sale.prescription_ids == (prescription_id,)


def test_a_prescription_nobody_registered_here_is_not_known(pharmacy: Shop) -> None:
    assert pharmacy.refused(lambda: approve(pharmacy, "0" * 32)) == "prescription_unknown"
    assert pharmacy.refused(lambda: pharmacy.till.registers.attach_prescription("0" * 32)) == "prescription_unknown"
