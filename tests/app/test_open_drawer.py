from __future__ import annotations

from pos_member.app.people.authorise import Approval
from tests.app.people import SUN_WEI, audits
from tests.app.registers import manager_signs_in
from tests.app.shop import MASKS, VITAMIN, Shop

BY_MANAGER = Approval(staff_id=SUN_WEI.id, pin="3333")


def test_the_drawer_is_opened_without_a_sale_by_right_and_for_a_reason(shop: Shop) -> None:
    manager_signs_in(shop)
    shop.woken.clear()
    shop.till.open_drawer("换零钱")
    (job,) = shop.till.print_jobs()
    assert (job.document.rows, job.document.kick_drawer) == ((), True)
    assert audits(shop, "open_drawer")[-1] == {"action": "open_drawer", "staff_id": SUN_WEI.id, "reason": "换零钱"}
    assert shop.woken == ["printer", "sync"]


def test_a_cashier_opens_it_only_by_the_store_managers_pin(shop: Shop) -> None:
    assert shop.refused(lambda: shop.till.open_drawer("换零钱")) == "right_missing"
    assert shop.till.print_jobs() == ()
    shop.publish(SUN_WEI)
    shop.till.open_drawer("换零钱", BY_MANAGER)
    assert shop.audited()[-2:] == ["open_drawer", "override"]


def test_without_a_reason_or_a_printer_it_stays_shut(shop: Shop) -> None:
    manager_signs_in(shop)
    assert shop.refused(lambda: shop.till.open_drawer(" ")) == "drawer_reason"
    shop.restart(printer=False)
    manager_signs_in(shop)
    assert shop.refused(lambda: shop.till.open_drawer("换零钱")) == "no_printer"
    assert "open_drawer" not in shop.audited()


def test_any_receipt_of_this_till_is_printed_again_by_its_number(shop: Shop) -> None:
    first = shop.sell(MASKS).sale
    shop.sell(VITAMIN)
    assert shop.till.reprint(f" {first.receipt_no} ").sale_id == first.id
    assert shop.refused(lambda: shop.till.reprint("S001-01-000009")) == "receipt_unknown"
    assert shop.audited().count("reprint") == 1


def test_what_is_taken_out_of_a_basket_is_audited_with_its_goods(shop: Shop) -> None:
    shop.scan(VITAMIN)
    shop.scan(VITAMIN)
    basket_id = shop.scan(MASKS).basket.id
    shop.till.remove_line(0)
    assert audits(shop, "void_line")[-1]["goods"] == "V100×2@5000"
    shop.scan(VITAMIN)
    shop.till.void_basket()
    assert audits(shop, "void_basket")[-1] | {"staff_id": ""} == {
        "action": "void_basket",
        "staff_id": "",
        "basket_id": basket_id,
        "lines": 2,
        "goods": "M010×1@1000 V100×1@5000",
    }
    assert shop.refused(lambda: shop.till.remove_line(0)) == "no_such_line"
