from __future__ import annotations

import queue

from hardware.document import PrintDocument, TextRow
from hardware.encoder import encode
from hardware.transports import TcpTransport
from hardware.virtual.job_buffer import JobBuffer
from hardware.virtual.printer import PrintedJob, VirtualPrinter
from tests.hardware.receipts import WIDE, receipt


def test_new_paper_is_told_at_once_and_only_the_latest_is_kept() -> None:
    told: queue.Queue[PrintedJob] = queue.Queue()
    with VirtualPrinter(WIDE, on_paper=told.put, keep=3) as printer:
        for index in range(5):
            with TcpTransport(*printer.address).open() as connection:
                payload = encode(PrintDocument(rows=(TextRow(text=f"NO{index}"),)), WIDE)
                assert connection.write(payload, 1.0) == len(payload)
                assert connection.read(5.0) == b"\x00"
            assert told.get(timeout=5).paper.text().strip() == f"NO{index}"
        assert [job.paper.text().strip() for job in printer.jobs] == ["NO2", "NO3", "NO4"]


def test_the_bytes_kept_are_the_very_bytes_sent() -> None:
    payload = encode(receipt(), WIDE)
    with VirtualPrinter(WIDE) as printer:
        with TcpTransport(*printer.address).open() as connection:
            connection.write(b"\x10\x04\x01", 1.0)
            assert connection.read(5.0) == b"\x12"
            connection.write(payload, 1.0)
            connection.read(5.0)
        assert [job.raw for job in printer.jobs] == [payload]


def test_a_status_question_split_over_two_packets_is_answered_once() -> None:
    with VirtualPrinter(WIDE) as printer, TcpTransport(*printer.address).open() as connection:
        connection.write(b"\x10", 1.0)
        assert connection.read(0.1) == b""
        connection.write(b"\x04\x01", 1.0)
        assert connection.read(5.0) == b"\x12"
        assert connection.read(0.1) == b""


def test_commands_split_at_any_byte_make_the_same_job() -> None:
    payload = encode(receipt(kick_drawer=True), WIDE)
    for cut in range(1, len(payload)):
        buffer = JobBuffer()
        buffer.begin_connection()
        buffer.receive(payload[:cut])
        early = list(buffer.work_off())
        buffer.receive(payload[cut:])
        assert [job.raw for job in (*early, *buffer.work_off())] == [payload]


def test_bytes_that_waited_for_paper_are_printed_after_their_connection_has_gone() -> None:
    payload = encode(receipt(), WIDE)
    buffer = JobBuffer()
    buffer.begin_connection()
    buffer.receive(payload)
    buffer.end_connection()
    (job,) = buffer.work_off()
    assert (job.raw, job.answerable) == (payload, False)
    assert list(buffer.work_off()) == []
