"""Settling a sale of ten lines to a member, with all its rows and its receipt, on a real disk."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import cycle
from pathlib import Path
from statistics import median

from pos_member.app.selling.settle_sale import Settlement
from pos_member.composition.counter_pc import CounterPc
from pos_member.composition.data_folder import TERMINAL_FILE
from pos_member.composition.system import SystemClock
from pos_member.domain.product import Product
from pos_member.storage.print_queue import PrintQueue
from tests.benchmarks.figure import Figure
from tests.durability.shop import PINS, Shop, furnish, make_shop, open_till

_LINES = 10
_SALES = 500
_PAPER_EVERY = 100


def settle_sale(folder: Path) -> Figure:
    """``settle_sale_ms``: value = p99, ratio = p50 ÷ p50 of one row committed durably, by turns on the same disk."""
    shutil.rmtree(folder, ignore_errors=True)
    shop = make_shop()
    furnish(folder, shop)
    pc = open_till(folder)
    with closing(_bare(folder / "bare.db")) as bare:
        ours, theirs = _measure(pc, shop, folder, bare)
    pc.stop()
    pc.close()
    p50, p99 = median(ours), sorted(ours)[int(len(ours) * 0.99)]
    against = "one row committed durably to a file of its own, nothing else done"
    return Figure(
        name="settle_sale_ms", value=p99, unit="ms", ratio=p50 / median(theirs), against=against, p50=p50, p99=p99
    )


def _measure(pc: CounterPc, shop: Shop, folder: Path, bare: sqlite3.Connection) -> tuple[list[float], list[float]]:
    till = pc.till
    for person in shop.staff[:2]:
        till.sign_in(person.id, PINS[person.number])
    goods = list(_unlike_goods(shop))
    ours, theirs = [], []
    for number, card in zip(range(_SALES), cycle(shop.cards), strict=False):
        till.enter(card)
        for product in goods:
            till.enter(product.barcodes[0])
        settlement = Settlement(basket_id=till.counter().basket.id)
        begin = time.perf_counter()
        till.settle(settlement)
        between = time.perf_counter()
        bare.execute("INSERT INTO bare VALUES (?)", (number,))
        end = time.perf_counter()
        ours.append((between - begin) * 1000)
        theirs.append((end - between) * 1000)
        if number % _PAPER_EVERY == _PAPER_EVERY - 1:
            _take_paper(folder)
    return ours, theirs


def _unlike_goods(shop: Shop) -> Iterator[Product]:
    """Ten products that need no register and share no ingredient."""
    seen: set[str] = set()
    free = [each for each in shop.goods if each.barcodes[0] in shop.barcodes and not each.by_weight]
    found = 0
    for each in free[:: len(free) // (2 * _LINES)]:
        if not seen & set(each.ingredients) and found < _LINES:
            seen |= set(each.ingredients)
            found += 1
            yield each


def _take_paper(folder: Path) -> None:
    queue = PrintQueue.open(folder / TERMINAL_FILE, clock=SystemClock())
    while (job := queue.next_job()) is not None:
        queue.mark_done(job.id)
    queue.close()


def _bare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE bare (number INTEGER)")
    return connection
