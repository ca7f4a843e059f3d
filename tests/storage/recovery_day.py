"""A day of a till with something of everything in its file, for the stories of recovery."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from pos_member.app.codec import to_plain
from pos_member.app.ports import SuspendedBasket
from pos_member.domain.basket import Basket
from pos_member.domain.bonuses import BonusKind
from pos_member.domain.event import PersonalPart
from pos_member.domain.granting import BonusGrant
from pos_member.domain.quantity import Quantity
from pos_member.domain.sale import Sale
from pos_member.storage.outbox import Outbox
from pos_member.storage.terminal_start import Started, start_terminal
from tests.storage.damage import fold_log_back
from tests.storage.makers import (
    NOW,
    TERMINAL_ID,
    TODAY,
    WANG,
    HandClock,
    cashier,
    new_id,
    open_store,
    print_job,
    product,
    sale,
    settle,
)

TABLES = ("sales", "sale_lines", "tenders", "ledger_entries", "facts", "events", "event_parts", "outbox", "meta")
TIMES = 30
BONUSES = 6


@dataclass(frozen=True)
class Day:
    """What a till recorded in a day, in the order of recording."""

    path: Path
    sales: tuple[Sale, ...]
    bonuses: tuple[BonusGrant, ...]
    basket: Basket

    @property
    def aside(self) -> list[Path]:
        """The databases that were set aside."""
        return sorted(self.path.parent.glob("terminal-*-aside.db"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """A day of sales and bonuses; head office has confirmed the first ten events. Switched off in good order."""
    path = tmp_path_factory.mktemp("whole") / "terminal.db"
    store = open_store(path, new_epoch="e1")
    sales, bonuses, events = [], [], []
    for turn in range(TIMES):
        with store.transaction() as records:
            number = records.next_receipt_number()
            sold = sale(number, points=100 if turn % 3 else 0)
            sales.append(sold)
            events.append(settle(records, sold))
            records.enqueue_print(print_job(sold.receipt_no, sale_id=sold.id))
        if turn % (TIMES // BONUSES) == 0:
            given = bonus()
            bonuses.append(given)
            with store.transaction() as records:
                records.add_fact("bonus", given)
                events.append(
                    records.append_event(
                        kind="bonus",
                        event_id=new_id(),
                        at=NOW,
                        body=to_plain(given),
                        member_id=WANG,
                        part=PersonalPart(salt=bytes(16), content=f'{{"turn":{turn}}}'.encode()),
                    )
                )
    basket, _ = Basket(id=new_id()).with_product(product(), Quantity.parse("2"))
    with store.transaction() as records:
        records.save_basket(basket)
        records.suspend_basket(SuspendedBasket(basket=replace(basket, id=new_id()), suspended_at=NOW, staff_id="c1"))
    store.close()
    outbox = Outbox.open(path)
    outbox.acknowledge("e1", 10, events[9].hash, ())
    outbox.close()
    fold_log_back(path)
    return Day(path=path, sales=tuple(sales), bonuses=tuple(bonuses), basket=basket)


def bonus() -> BonusGrant:
    entry = sale(1).entries[-1]
    fact_id = new_id()
    plain = replace(entry, id=new_id(), kind="check_in", points=1, source=fact_id)
    return BonusGrant(
        id=fact_id,
        at=NOW,
        business_date=TODAY,
        store_id="S001",
        terminal_id=TERMINAL_ID,
        staff_id=cashier().id,
        member_id=WANG,
        about="check_in",
        entries=(plain,),
        kind=BonusKind.CHECK_IN,
        points=1,
        source=fact_id,
    )


@pytest.fixture
def day(whole: Day, tmp_path: Path) -> Day:
    """A copy of that day's folder, to be damaged."""
    shutil.copytree(whole.path.parent, tmp_path / "till")
    return replace(whole, path=tmp_path / "till" / "terminal.db")


def start(day: Day) -> Started:
    return start_terminal(day.path, terminal_id=TERMINAL_ID, clock=HandClock(), new_epoch=new_id)


def sales_in(started: Started, day: Day) -> list[Sale]:
    with started.store.reading() as records:
        found = [records.sale(sold.id) for sold in day.sales]
    return [sold for sold in found if sold is not None]


def told(path: Path) -> dict[str, list[str]]:
    """The facts that head office holds (the first ten events) or will get, by what they are about."""
    outbox = Outbox.open(path)
    handed: dict[str, list[str]] = {}
    for chain in outbox.chains():
        for event in outbox.batch(chain.acked_seq, 1000, 10**9, chain.epoch):
            with closing(sqlite3.connect(path)) as connection:
                (subject,) = connection.execute(
                    "SELECT subject_id FROM events WHERE event_id = ?", (event.event_id,)
                ).fetchone()
            handed.setdefault(subject, []).append(chain.epoch)
    outbox.close()
    return handed


def told_epochs(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [epoch for (epoch,) in connection.execute("SELECT epoch FROM outbox ORDER BY number")]
