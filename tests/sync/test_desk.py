"""A till asks head office while a customer waits: it answers, or the till goes on without it."""

from __future__ import annotations

import socket
import threading
from dataclasses import replace
from typing import NoReturn

import msgspec
import pytest

from pos_member.domain.errors import Fault
from pos_member.domain.quantity import Quantity
from pos_member.domain.returns import ReturnedLine
from sync import wire
from sync.desk import HeadOfficeDesk
from tests.sync.chain import Chain, Till
from tests.sync.counters import bring_back, workplace_of
from tests.sync.line import Line


def _desk(till: Till, url: str = "") -> HeadOfficeDesk:
    return HeadOfficeDesk(msgspec.structs.replace(till.identity, base_url=url or till.identity.base_url))


def _refused(desk: HeadOfficeDesk) -> Fault:
    with pytest.raises(Fault) as caught:
        desk.sale("01-000001")
    return caught.value


def test_a_sale_of_another_till_is_found_with_what_came_back_of_it(chain: Chain) -> None:
    wang = chain.join()
    first, second = chain.till("前台一"), chain.till("前台二")
    first.pull()
    sale = first.sell(wang, packs=5)
    back = bring_back(workplace_of(chain, first), chain.ids.new(), sale, 2).fact
    desk = _desk(second)
    assert desk.sale(sale.receipt_no) is None

    first.push()

    found = desk.sale(sale.receipt_no)
    assert found is not None
    assert found.sale == sale
    assert found.returned == {back.id: (ReturnedLine(line=0, quantity=Quantity.whole(2)),)}


def test_of_two_sales_under_one_number_the_later_is_found(chain: Chain) -> None:
    """A till that was copied has given the number twice."""
    first, second = chain.till("前台一"), chain.till("前台二")
    for till in (first, second):
        till.pull()
    older = replace(first.ring_up(), receipt_no="01-000007")
    chain.clock.pass_by(minutes=1)
    later = replace(second.ring_up(packs=2), receipt_no="01-000007")
    for till, sale in ((second, later), (first, older)):
        till.record(sale)
        till.push()

    found = _desk(first).sale("01-000007")

    assert found is not None
    assert found.sale.id == later.id


@pytest.mark.parametrize("typed", ["", "01-999999", "../members", "01/02", "a b", "?", "9" * 65, "Ω-１２"])
def test_what_is_no_receipt_of_the_chain_is_not_found(chain: Chain, typed: str) -> None:
    assert _desk(chain.till()).sale(typed) is None


def test_a_head_office_that_says_nothing_does_not_keep_the_customer(chain: Chain) -> None:
    line = Line(chain.url, silent=True)
    try:
        fault = _refused(_desk(chain.till(), line.url))
    finally:
        line.close()

    assert (fault.code, fault.retryable) == ("head_office_unreachable", True)
    assert "没有及时回答" in fault.message


def test_a_head_office_that_answers_byte_by_byte_does_not_keep_the_customer(chain: Chain) -> None:
    """Something is always coming, and it never ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        gone = threading.Event()
        dripping = threading.Thread(target=_drip, args=(listening, gone))
        dripping.start()
        try:
            fault = _refused(_desk(chain.till(), f"http://127.0.0.1:{listening.getsockname()[1]}"))
        finally:
            gone.set()
            dripping.join()

    assert fault.code == "head_office_unreachable"


def _drip(listening: socket.socket, gone: threading.Event) -> None:
    connection, _ = listening.accept()
    with connection:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not gone.wait(0.05):
            try:
                connection.sendall(b".")
            except OSError:
                return


def test_a_name_that_takes_for_ever_to_look_up_does_not_keep_the_customer(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    till = chain.till()
    told = threading.Event()
    waited: list[bool] = []

    def hanging(*_: object, **__: object) -> NoReturn:
        waited.append(told.wait(20))
        raise socket.gaierror(socket.EAI_AGAIN, "no name server")

    monkeypatch.setattr(socket, "getaddrinfo", hanging)
    fault = _refused(_desk(till, "http://head-office.example:8000"))
    told.set()

    assert fault.code == "head_office_unreachable"
    for thread in threading.enumerate():
        if thread.daemon and thread is not threading.current_thread():
            thread.join(5)
    assert waited == [True]


def test_a_head_office_that_is_not_there_is_told_apart_at_once(chain: Chain) -> None:
    till = chain.till()
    chain.stop_serving()

    fault = _refused(_desk(till))

    assert (fault.code, fault.retryable) == ("head_office_unreachable", True)
    assert "网络不通" in fault.message


def test_a_shut_out_till_is_told_so(chain: Chain) -> None:
    till = chain.till()
    chain.office.revoke(till.identity.terminal_id)

    assert _refused(_desk(till)).code == "head_office_refused"


def test_a_sale_in_words_of_a_newer_head_office_is_a_fault_and_no_crash(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    till = chain.till()
    monkeypatch.setattr(chain.office, "sale", lambda _: wire.SaleAnswer(document=b'{"id":"x"}', returned={}))

    assert _refused(_desk(till)).code == "head_office_not_understood"
