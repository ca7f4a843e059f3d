"""A terminal joins with a one-time code, and can be shut out again."""

from __future__ import annotations

import stat
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from pos_member.app.counter import Link
from pos_member.domain.errors import Fault, Refusal
from sync.enrolment import enrol, load_identity, save_identity
from sync.head_office.server import serve
from tests.sync.chain import Chain, problem, until


def test_a_terminal_gets_an_identity_and_keeps_it_to_itself(chain: Chain, tmp_path: Path) -> None:
    code = chain.office.new_enrolment_code("S001", "前台一")

    identity = enrol(chain.url, code, "")
    save_identity(identity, tmp_path)

    assert (identity.name, identity.store_id, identity.terminal_no) == ("前台一", "S001", "01")
    assert identity.hq_epoch == chain.office.hq_epoch
    assert load_identity(tmp_path) == identity
    assert stat.S_IMODE((tmp_path / "identity.json").stat().st_mode) == 0o600
    secret = identity.credential.partition(".")[2]
    assert secret not in repr(identity)
    assert secret.encode() not in (tmp_path / "head-office.db").read_bytes()


def test_a_code_typed_carelessly_is_still_the_code(chain: Chain) -> None:
    code = chain.office.new_enrolment_code("S001", "前台一")

    assert enrol(chain.url, f" {code.lower().replace('-', ' ')} ", "收银台").name == "收银台"


def test_the_second_terminal_of_a_store_gets_the_next_number(chain: Chain) -> None:
    codes = [chain.office.new_enrolment_code("S001", name) for name in ("前台一", "前台二")]

    assert [enrol(chain.url, code, "").terminal_no for code in codes] == ["01", "02"]


def test_a_wrong_code_is_refused_with_the_way_on(chain: Chain) -> None:
    with pytest.raises(Refusal) as caught:
        enrol(chain.url, "AAAAA-AAAAA", "前台一")

    assert caught.value.code == "enrolment_code_unknown"
    assert "向总部要新的注册码" in caught.value.message


def test_a_code_works_only_once(chain: Chain) -> None:
    code = chain.office.new_enrolment_code("S001", "前台一")
    enrol(chain.url, code, "")

    with pytest.raises(Refusal) as caught:
        enrol(chain.url, code, "")

    assert caught.value.code == "enrolment_code_used"


def test_a_code_expires(chain: Chain) -> None:
    code = chain.office.new_enrolment_code("S001", "前台一", timedelta(hours=2))
    chain.clock.pass_by(hours=2)

    with pytest.raises(Refusal) as caught:
        enrol(chain.url, code, "")

    assert caught.value.code == "enrolment_code_expired"


def test_a_code_for_a_store_that_does_not_exist_is_not_made(chain: Chain) -> None:
    with pytest.raises(Refusal) as caught:
        chain.office.new_enrolment_code("S999", "前台一")

    assert caught.value.code == "store_unknown"


def test_guessing_codes_is_slowed_down(chain: Chain) -> None:
    for _ in range(20):
        with pytest.raises(Refusal):
            enrol(chain.url, "AAAAA-AAAAA", "")

    with pytest.raises(Fault) as caught:
        enrol(chain.url, chain.office.new_enrolment_code("S001", "前台一"), "")

    assert caught.value.code == "head_office_busy"


def test_a_revoked_terminal_is_told_so_and_keeps_its_records(chain: Chain) -> None:
    till = chain.till()
    till.pull()
    till.sell()
    chain.office.revoke(till.identity.terminal_id)

    with pytest.raises(Fault) as caught:
        till.push()

    assert caught.value.code == "head_office_refused"
    assert not caught.value.retryable
    assert "停用" in caught.value.message
    assert till.unsent() == 1


def test_the_status_of_a_revoked_terminal_is_refused(chain: Chain) -> None:
    till = chain.till()
    chain.office.revoke(till.identity.terminal_id)

    till.start_sync()

    until(lambda: any(status.link is Link.REFUSED for status in till.statuses), "the till is refused")
    assert "停用" in problem(till.statuses[-1])


def test_a_forged_credential_is_refused(chain: Chain) -> None:
    till = chain.till()
    terminal_id, _, secret = till.identity.credential.partition(".")
    for forged in ("", "x", f"{terminal_id}.{'0' * 64}", f"{'0' * 32}.{secret}"):
        stranger = till.again(credential=forged)
        with pytest.raises(Fault) as caught:
            stranger.pull()
        assert caught.value.code == "head_office_refused"


def test_enrolling_where_nobody_answers_says_so(chain: Chain) -> None:
    chain.stop_serving()

    with pytest.raises(Fault) as caught:
        enrol(chain.url, "AAAAA-AAAAA", "")

    assert caught.value.code == "head_office_unreachable"
    assert caught.value.retryable
    assert chain.url in caught.value.message


@pytest.mark.parametrize(
    "address", ["zongbu.example", "", "ftp://zongbu", "http://", "http://[", "http://zong bu", "http://zongbu:99999"]
)
def test_what_is_no_address_of_a_web_server_is_refused_with_the_reason(address: str) -> None:
    with pytest.raises(Fault) as caught:
        enrol(address, "AAAAA-AAAAA", "")

    assert caught.value.code == "head_office_address"


def test_a_terminal_that_was_never_enrolled_has_no_identity(tmp_path: Path) -> None:
    assert load_identity(tmp_path) is None


def test_a_damaged_identity_says_which_file_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "identity.json").write_text("{")

    with pytest.raises(Fault) as caught:
        load_identity(tmp_path)

    assert caught.value.code == "identity_damaged"
    assert str(tmp_path) in caught.value.message


def test_a_port_that_is_taken_says_so(chain: Chain) -> None:
    port = int(chain.url.rpartition(":")[2])
    announced: list[str] = []

    with pytest.raises(Fault) as caught:
        serve(chain.office, "127.0.0.1", port, announce=announced.append, stop=threading.Event())

    assert announced == []
    assert caught.value.code == "port_taken"
    assert str(port) in caught.value.message
