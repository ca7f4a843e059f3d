"""A till's first day: each story with a shop of its own."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pos_member.composition.demo_shop import DemoShop
from pos_member.domain.staff import Role
from tests.story.counter import DIAMOND, Counter, good


def test_a_sale_is_one_commit_with_all_its_rows(new_counter: Counter, tmp_path: Path) -> None:
    new_counter.scan(new_counter.shop.facts.cards[DIAMOND].code)
    new_counter.scan(good(new_counter.shop, "monitor"))
    settled = new_counter.pay(points=100, cash_yuan="300")
    new_counter.wait_for_paper(settled.sale.receipt_no)
    new_counter.wait_online_and_sent()
    with sqlite3.connect(tmp_path / "shop" / "till-1" / "terminal.db") as terminal:
        count = {
            table: terminal.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in ("sales", "sale_lines", "tenders", "ledger_entries", "print_jobs")
        }
        sale_events = terminal.execute("SELECT count(*) FROM events WHERE kind = 'sale'").fetchone()[0]
    assert count == {
        "sales": 1,
        "sale_lines": 1,
        "tenders": 1,
        "ledger_entries": len(settled.sale.entries),
        "print_jobs": 1,
    }
    assert sale_events == 1
    with sqlite3.connect(tmp_path / "shop" / "head-office" / "head-office.db") as office:
        posted = office.execute("SELECT count(*) FROM sales").fetchone()[0]
    assert posted == 1


def test_the_day_limit_at_one_till_holds_over_several_sales(new_counter: Counter) -> None:
    for _ in range(2):
        new_counter.scan(new_counter.shop.facts.cards[DIAMOND].code)
        new_counter.scan(good(new_counter.shop, "fish_oil"))
        new_counter.pay(points=1000, cash_yuan="100")
    new_counter.scan(new_counter.shop.facts.cards[DIAMOND].code)
    new_counter.scan(good(new_counter.shop, "fish_oil"))
    assert new_counter.state.allowance.points == 0
    assert new_counter.state.allowance.reason == "offline"


def test_class_a_drugs_wait_for_a_pharmacist(shop: DemoShop, qapp: QApplication) -> None:
    counter = Counter(shop, qapp)
    counter.open()
    try:
        counter.sign_in()
        counter.scan(good(shop, "ibuprofen"))
        assert "药师" in counter.message
        assert not counter.state.basket.lines
        counter.take_duty()
        counter.scan(good(shop, "ibuprofen"))
        assert len(counter.state.basket.lines) == 1
    finally:
        counter.close()


def test_five_wrong_pins_lock_for_a_minute_and_a_restart_gives_no_more_tries(
    shop: DemoShop, qapp: QApplication
) -> None:
    counter = Counter(shop, qapp)
    counter.open()
    try:
        for _ in range(5):
            counter.keys.type("1000000")
            counter.press(Qt.Key.Key_Return)
            counter.rest()
        assert counter.session is None
        counter.close()
        counter.open()
        counter.keys.type("1" + counter.pin(Role.CASHIER))
        counter.press(Qt.Key.Key_Return)
        counter.rest()
        assert counter.session is None
        counter.press(Qt.Key.Key_Escape)
        counter.keys.type("3" + counter.pin(Role.STORE_MANAGER))
        counter.press(Qt.Key.Key_Return)
        counter.wait(lambda: counter.session is not None)
    finally:
        counter.close()


def test_a_pharmacist_who_signs_in_is_on_duty_until_she_signs_out(shop: DemoShop, qapp: QApplication) -> None:
    counter = Counter(shop, qapp)
    counter.open()
    try:
        counter.keys.type("2" + counter.pin(Role.PHARMACIST))
        counter.press(Qt.Key.Key_Return)
        counter.wait(lambda: counter.session is not None)
        counter.rest()
        counter.scan(good(shop, "ibuprofen"))
        assert len(counter.state.basket.lines) == 1
        counter.press(Qt.Key.Key_F12)
        counter.wait(lambda: counter.session is None)
        counter.rest()
        counter.sign_in()
        assert counter.session is not None
        assert counter.session.pharmacist is None
    finally:
        counter.close()
