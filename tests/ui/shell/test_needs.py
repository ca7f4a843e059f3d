"""What a basket needs before it can be paid, done by keys at the counter, and what stands in the database then."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from pos_member.app.selling.prescriptions import PrescriptionStatus
from pos_member.domain.obligations import Buyer
from tests.ui.shell.conftest import Station
from tests.ui.shell.counter import audits, key, rows, scan, shown, type_in
from tests.ui.shell.pharmacy import AMOXICILLIN, CEFALEXIN, COLD_TABLETS, PSEUDOEPHEDRINE, pharmacy
from tests.ui.shell.shop import PINS, VITAMIN_BARCODE, WANG_CARD, staff_id
from ui.screens.needs.panel import NeedsPanel
from ui.screens.needs.step import NeedStep
from ui.screens.selling import SellingScreen
from ui.widgets.form_field import FormField

F1, F11, DOWN, ESC = Qt.Key.Key_F1, Qt.Key.Key_F11, Qt.Key.Key_Down, Qt.Key.Key_Escape
ID_NUMBER = "11010519491231002X"


@pytest.fixture
def counter(station: Station) -> Station:
    """李芳 at the till with 陈蕾 on duty."""
    station.publish(*pharmacy())
    station.sign_in("李芳")
    key(station, F11)
    type_in(station, PINS["陈蕾"] + "\r")
    return station


def step(station: Station) -> NeedStep:
    step = station.panel(NeedsPanel).step
    assert step is not None
    return step


def fields(station: Station) -> dict[str, str]:
    """What is typed in the form that is open."""
    found = step(station).findChildren(FormField)
    return {field.name: field.text for field in found if field.isVisible()}


def register(station: Station, number: str = "RX0521") -> None:
    key(station, F1)
    type_in(station, f"{number}\r市人民医院\r赵医生\r周舟\r\r")


def test_a_prescription_drug_is_sold_from_the_scan_to_the_money_by_keys_alone(counter: Station) -> None:
    scan(counter, AMOXICILLIN)
    assert "阿莫西林胶囊 须凭处方销售" in counter.window.message
    register(counter)
    (prescription,) = counter.shop.till.registers.prescriptions()
    assert (prescription.paper.number, prescription.paper.patient) == ("RX0521", "周舟")
    assert (prescription.written_on.isoformat(), prescription.skus) == ("2026-05-21", ("R001",))
    words = counter.words_of(counter.panel(NeedsPanel))
    assert "审核处方" in words
    assert "市人民医院" in words

    type_in(counter, PINS["陈蕾"] + "\r")

    (prescription,) = counter.shop.till.registers.prescriptions()
    assert (prescription.status, prescription.decided_by) == (PrescriptionStatus.APPROVED, staff_id("2"))
    assert counter.window.open_panel is None
    assert counter.window.message == "待办已办完，可以收款：按 ＋"
    type_in(counter, "+")
    type_in(counter, "18\r")
    assert rows(counter, "SELECT prescription_id FROM sale_prescriptions") == [(prescription.id,)]
    assert rows(counter, "SELECT payable_fen FROM sales") == [(1800,)]


def test_the_line_and_the_card_beside_it_say_what_is_missing_until_it_is_there(counter: Station) -> None:
    selling = counter.screen(SellingScreen)
    scan(counter, AMOXICILLIN, PSEUDOEPHEDRINE)
    words = counter.words_of(selling)
    assert "阿莫西林胶囊 须凭处方销售；请先登记处方，再由药师审核" in words
    assert "另有 1 项待办" in words
    type_in(counter, "+")
    assert "须凭处方销售" in counter.window.message
    assert selling.currentWidget() is selling.checkout
    register(counter)
    type_in(counter, PINS["陈蕾"] + "\r")
    assert "含麻黄碱的药须登记购买人" in counter.words_of(selling)
    assert "另有 1 项待办" not in counter.words_of(selling)


def test_esc_leaves_and_what_was_typed_is_there_again(counter: Station) -> None:
    scan(counter, AMOXICILLIN)
    key(counter, F1)
    type_in(counter, "RX7\r市人")
    key(counter, ESC)
    assert counter.window.open_panel is None
    assert counter.screen(SellingScreen).checkout.input.hasFocus()
    assert counter.shop.till.registers.prescriptions() == ()
    key(counter, F1)
    assert (fields(counter)["处方号"], fields(counter)["开具机构"]) == ("RX7", "市人")


def test_a_scan_beside_a_half_typed_prescription_rings_up_and_leaves_the_typing(counter: Station) -> None:
    scan(counter, AMOXICILLIN)
    key(counter, F1)
    type_in(counter, "RX7\r市人")
    scan(counter, VITAMIN_BARCODE, CEFALEXIN)
    assert len(shown(counter).basket.lines) == 3
    type_in(counter, "民医院\r赵医生\r周舟\r\r")
    (prescription,) = counter.shop.till.registers.prescriptions()
    assert prescription.paper.institution == "市人民医院"
    assert prescription.skus == ("R001", "R002")


def test_goods_that_are_not_on_the_paper_are_unticked_by_space(counter: Station) -> None:
    scan(counter, AMOXICILLIN, CEFALEXIN)
    key(counter, F1)
    type_in(counter, "RX7\r市人民医院\r赵医生\r周舟\r")
    key(counter, DOWN, DOWN)
    type_in(counter, " \r")
    (prescription,) = counter.shop.till.registers.prescriptions()
    assert prescription.skus == ("R001",)


def test_full_width_numbers_and_dates_are_taken_for_what_they_mean(counter: Station) -> None:
    scan(counter, AMOXICILLIN)
    key(counter, F1)
    type_in(counter, "ＲＸ０５\r市人民医院\r赵医生\r周舟\r０５１９\r")
    (prescription,) = counter.shop.till.registers.prescriptions()
    assert prescription.paper.number == "RX05"
    assert prescription.written_on.isoformat() == "2026-05-19"
    type_in(counter, "２４６８０１\r")
    assert shown(counter).needs == ()


def test_what_is_wrong_with_a_prescription_is_said_in_place(counter: Station) -> None:
    scan(counter, AMOXICILLIN)
    key(counter, F1)
    type_in(counter, "RX7\r\r\r\r2026-13-40\r")
    assert "处方日期不对" in step(counter).refusal
    type_in(counter, "\b" * 10 + "20260521\r")
    assert "处方登记不全" in step(counter).refusal
    assert fields(counter)["处方号"] == "RX7"
    assert counter.shop.till.registers.prescriptions() == ()


def test_a_wrong_pin_approves_nothing(counter: Station) -> None:
    scan(counter, AMOXICILLIN)
    register(counter)
    type_in(counter, "000000\r")
    assert "密码不对，还可再试 4 次" in counter.words_of(step(counter))
    (prescription,) = counter.shop.till.registers.prescriptions()
    assert prescription.status is PrescriptionStatus.WAITING


def test_a_pharmacist_rejects_with_a_reason_and_another_prescription_is_asked_for(counter: Station) -> None:
    scan(counter, AMOXICILLIN)
    register(counter)
    key(counter, Qt.Key.Key_Delete)
    type_in(counter, "剂量不清\r")
    key(counter, ESC)
    assert counter.window.open_panel is not None
    key(counter, Qt.Key.Key_Delete)
    assert fields(counter)["驳回原因"] == "剂量不清"
    type_in(counter, "\r" + PINS["陈蕾"] + "\r")
    (prescription,) = counter.shop.till.registers.prescriptions()
    assert (prescription.status, prescription.reason) == (PrescriptionStatus.REJECTED, "剂量不清")
    assert "已被药师驳回" in counter.words_of(step(counter))
    assert fields(counter)["处方号"] == ""
    type_in(counter, "RX8\r市人民医院\r赵医生\r周舟\r\r")
    type_in(counter, PINS["陈蕾"] + "\r")
    assert shown(counter).needs == ()


def test_a_rejection_without_a_reason_is_refused(counter: Station) -> None:
    scan(counter, AMOXICILLIN)
    register(counter)
    key(counter, Qt.Key.Key_Delete)
    type_in(counter, "\r" + PINS["陈蕾"] + "\r")
    assert "驳回处方必须写明原因" in counter.words_of(step(counter))


def test_the_pharmacist_at_the_till_approves_with_enter(station: Station) -> None:
    station.publish(*pharmacy())
    station.sign_in("陈蕾")
    scan(station, AMOXICILLIN)
    register(station)
    type_in(station, "\r")
    assert shown(station).needs == ()


def test_the_buyer_of_ephedrine_is_registered_and_a_mistyped_number_is_refused(counter: Station) -> None:
    scan(counter, PSEUDOEPHEDRINE)
    key(counter, F1)
    type_in(counter, "吴敏\r110105194912310021\r")
    assert "最后一位与前 17 位不符" in step(counter).refusal
    type_in(counter, "\b" * 18 + ID_NUMBER.lower() + "\r")
    assert shown(counter).basket.buyer == Buyer(name="吴敏", id_number=ID_NUMBER)
    assert counter.window.open_panel is None
    assert ID_NUMBER not in counter.words_of(counter.window)


def test_too_many_packs_are_taken_out_in_the_basket(counter: Station) -> None:
    scan(counter, PSEUDOEPHEDRINE, PSEUDOEPHEDRINE, PSEUDOEPHEDRINE)
    key(counter, F1)
    assert "一次至多 2 个最小包装" in counter.words_of(step(counter))
    key(counter, ESC, Qt.Key.Key_F4)
    type_in(counter, "2\r")
    assert [need.code for need in shown(counter).needs] == ["ephedrine_buyer"]


def test_a_conflict_is_acknowledged_by_name_and_once(station: Station) -> None:
    station.publish(*pharmacy())
    station.sign_in("陈蕾")
    scan(station, AMOXICILLIN, WANG_CARD)
    register(station)
    type_in(station, "\r")
    words = station.words_of(step(station))
    assert "会员对阿莫西林过敏，阿莫西林胶囊 含有它" in words
    assert "确认后记在 陈蕾 名下" in words
    type_in(station, "\r")
    assert shown(station).needs == ()
    assert shown(station).basket.acknowledged == ("allergy:阿莫西林:R001",)
    assert [told["person"] for told in audits(station, "acknowledge_conflict")] == ["陈蕾"]


def test_enter_held_down_answers_for_no_conflict(station: Station) -> None:
    station.publish(*pharmacy())
    station.sign_in("陈蕾")
    scan(station, AMOXICILLIN, WANG_CARD)
    register(station)
    type_in(station, "\r")
    station.keyboard.press("\r", repeats=True)
    station.settle()
    assert [need.code for need in shown(station).needs] == ["conflict_unacknowledged"]


def test_a_pharmacist_who_has_left_comes_on_duty_again_where_it_is_asked(counter: Station) -> None:
    scan(counter, COLD_TABLETS)
    counter.shop.till.leave_duty()
    counter.publish()
    counter.screen(SellingScreen).load()
    counter.settle()
    assert [need.code for need in shown(counter).needs] == ["no_pharmacist"]
    key(counter, F1)
    type_in(counter, PINS["陈蕾"] + "\r")
    assert shown(counter).needs == ()
    assert counter.window.open_panel is None
    assert counter.bar_words("pharmacist") == "在岗药师 陈蕾"


def test_a_pharmacist_who_comes_on_duty_by_f11_is_what_the_basket_waited_for(counter: Station) -> None:
    scan(counter, COLD_TABLETS)
    key(counter, F11)
    counter.press_button(counter.window.open_panel or counter.window, "陈蕾 离岗")
    counter.settle()
    assert [need.code for need in shown(counter).needs] == ["no_pharmacist"]
    key(counter, F11)
    type_in(counter, PINS["陈蕾"] + "\r")
    assert shown(counter).needs == ()


def test_with_nothing_to_do_the_key_says_so(counter: Station) -> None:
    scan(counter, VITAMIN_BARCODE)
    key(counter, F1)
    assert counter.window.message == "没有待办，可以收款。"
    assert counter.window.open_panel is None


def test_locking_the_till_closes_the_panel_and_keeps_the_typing(counter: Station) -> None:
    scan(counter, AMOXICILLIN)
    key(counter, F1)
    type_in(counter, "RX7")
    key(counter, Qt.Key.Key_F12)
    assert counter.window.open_panel is None
    counter.sign_in("李芳")
    key(counter, F1)
    assert fields(counter)["处方号"] == "RX7"
