from __future__ import annotations

import socket

import pytest

from hardware.errors import BrokenConnectionError, PrinterProblem, UnreachableError
from hardware.status import Paper, ask_status, is_status_byte, read_status
from hardware.transports import Connection, TcpTransport
from hardware.virtual.printer import Faults, VirtualPrinter
from tests.hardware.receipts import WIDE

OK = 0b0001_0010


class TalkingConnection:
    """A connection whose other side has said things already and then answers by the list."""

    def __init__(self, before: bytes, answers: list[bytes]) -> None:
        self.pending = before
        self.answers = answers

    def write(self, payload: bytes, _wait_s: float) -> int:
        self.pending += self.answers.pop(0) if self.answers else b""
        return len(payload)

    def read(self, _wait_s: float) -> bytes:
        said, self.pending = self.pending, b""
        return said

    def close(self) -> None:
        self.pending = b""

    def __enter__(self) -> TalkingConnection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def ask(connection: Connection) -> PrinterProblem | None:
    return ask_status(connection, 0.05).problem


@pytest.mark.parametrize(
    ("faults", "problem"),
    [
        (Faults(), None),
        (Faults(paper_near_end=True), None),
        (Faults(offline=True), PrinterProblem.OFFLINE),
        (Faults(paper_end=True), PrinterProblem.PAPER_OUT),
        (Faults(cover_open=True), PrinterProblem.COVER_OPEN),
        (Faults(cover_open=True, paper_end=True), PrinterProblem.COVER_OPEN),
        (Faults(silent=True), PrinterProblem.NO_ANSWER),
    ],
)
def test_a_printer_says_over_the_wire_what_is_wrong(faults: Faults, problem: PrinterProblem | None) -> None:
    with VirtualPrinter(WIDE) as printer:
        printer.faults = faults
        with TcpTransport(*printer.address).open() as connection:
            assert ask_status(connection, 0.3).problem == problem


def test_paper_running_low_is_told_and_stops_nothing() -> None:
    status = read_status(OK, OK, OK | 0b0000_1100)
    assert (status.paper, status.problem) == (Paper.NEAR_END, None)


def test_an_error_such_as_a_jammed_knife_is_a_problem() -> None:
    assert read_status(OK | 0b1000, OK | 0b0100_0000, OK).problem is PrinterProblem.PRINTER_ERROR


def test_the_drawer_signal_is_read() -> None:
    assert read_status(OK | 0b0100, OK, OK).drawer_signal is True
    assert read_status(OK, OK, OK).drawer_signal is False


def test_no_answer_is_unknown_and_never_ok() -> None:
    for answers in ((None, None, None), (OK, None, None), (OK, OK, None)):
        assert read_status(*answers).problem is PrinterProblem.NO_ANSWER


def test_only_bytes_with_the_fixed_bits_are_answers() -> None:
    assert [byte for byte in range(256) if is_status_byte(byte)] == [
        0x12, 0x16, 0x1A, 0x1E, 0x32, 0x36, 0x3A, 0x3E, 0x52, 0x56, 0x5A, 0x5E, 0x72, 0x76, 0x7A, 0x7E,
    ]  # fmt: skip


def test_stale_and_foreign_bytes_are_not_taken_for_answers() -> None:
    stale_offline = bytes((OK | 0b1000,))
    connection = TalkingConnection(
        before=stale_offline, answers=[b"\x00\xff" + bytes((OK,)), bytes((OK,)), bytes((OK,))]
    )
    assert ask(connection) is None


def test_a_printer_that_talks_rubbish_is_unknown() -> None:
    assert ask(TalkingConnection(before=b"", answers=[b"\x00\xff\x80"] * 3)) is PrinterProblem.NO_ANSWER


def test_a_printer_switched_off_is_unreachable_and_the_same_transport_reaches_it_once_it_is_back() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address: tuple[str, int] = listener.getsockname()
    transport = TcpTransport(*address)
    for _ in range(2):
        with pytest.raises(UnreachableError):
            transport.open()
    with socket.create_server(address), transport.open() as connection:
        assert connection.write(b"\x10\x04\x01", 1.0) == 3


def test_a_connection_the_printer_closed_says_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        connection = TcpTransport(*listener.getsockname()).open()
        listener.accept()[0].close()
        with pytest.raises(BrokenConnectionError):
            connection.read(5.0)
        connection.close()


def test_a_printer_that_takes_nothing_more_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, TcpTransport(*listener.getsockname()).open() as connection:
        chunk = b"x" * 1_000_000
        while connection.write(chunk, 0.05):
            pass
        assert connection.write(chunk, 0.05) == 0


def test_an_address_must_be_numeric_because_looking_up_a_name_knows_no_deadline() -> None:
    with pytest.raises(ValueError, match=r"printer\.local"):
        TcpTransport("printer.local", 9100)
