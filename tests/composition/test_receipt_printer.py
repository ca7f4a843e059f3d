"""The till's print queue and a printer on a real socket."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.profiles import load_profiles
from hardware.transports import TcpTransport
from hardware.virtual.printer import PrintedJob, VirtualPrinter
from pos_member.app.counter import PrinterState, PrinterStatus
from pos_member.app.ports import PrintJob
from pos_member.composition.receipt_printer import ReceiptPrinter
from pos_member.composition.resources import PRINTER_PROFILES
from pos_member.domain.receipt import ReceiptDocument
from pos_member.storage.print_queue import PrintQueue
from tests.storage.makers import HandClock, open_store, print_job


def print_it(folder: Path, job: PrintJob, minutes: int = 0) -> PrintedJob:
    """What comes out of the printer for a job, so long after it was queued."""
    clock = HandClock()
    store = open_store(folder / "terminal.db")
    with store.transaction() as records:
        records.enqueue_print(job)
    clock.pass_by(minutes=minutes)
    told: list[PrinterStatus] = []
    profile = load_profiles(PRINTER_PROFILES)["generic-80mm"]
    with VirtualPrinter(profile) as paper:
        printer = ReceiptPrinter(
            queue=PrintQueue.open(folder / "terminal.db", clock=clock),
            transport=TcpTransport(*paper.address),
            profile=profile,
            clock=clock,
            on_status=told.append,
        )
        printer.start()
        until = time.monotonic() + 10
        while not (told and told[-1].waiting == 0 and paper.jobs) and time.monotonic() < until:
            time.sleep(0.01)
        printer.stop()
        (printed,) = paper.jobs
    assert told[-1].state is PrinterState.READY
    store.close()
    return printed


@pytest.mark.parametrize(("minutes", "kicks"), [(0, 1), (20, 0)])
def test_a_receipt_that_waited_long_for_the_printer_leaves_the_drawer_shut(
    tmp_path: Path, minutes: int, kicks: int
) -> None:
    assert print_it(tmp_path, print_job(), minutes).paper.drawer_kicks == kicks


def test_the_drawer_alone_opens_without_a_strip_of_paper(tmp_path: Path) -> None:
    drawer = replace(print_job(), document=ReceiptDocument(rows=(), kick_drawer=True))
    paper = print_it(tmp_path, drawer).paper
    assert (paper.drawer_kicks, paper.rows, paper.errors) == (1, (), ())
