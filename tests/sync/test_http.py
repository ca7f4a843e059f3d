"""What head office does with requests that no till of ours sends, and with more than it can take."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import httpx
import msgspec
import pytest

from sync import wire
from sync.head_office.admission import Admission, Throttle, TooManyError
from tests.sync.chain import Chain


@pytest.fixture
def client(chain: Chain) -> Iterator[httpx.Client]:
    """Someone who holds a till's credential."""
    till = chain.till()
    headers = {"Authorization": f"Bearer {till.identity.credential}"}
    with httpx.Client(base_url=chain.url, headers=headers, trust_env=False) as made:
        yield made


def _code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, wire.decode(wire.Problem, answer.content).code


def test_head_office_says_that_it_is_well(chain: Chain, client: httpx.Client) -> None:
    health = wire.decode(wire.Health, client.get("/v1/health").content)

    assert (health.protocol, health.hq_epoch) == (1, chain.office.hq_epoch)
    assert health.feed_no > 0


def test_a_member_can_be_asked_about_now(chain: Chain, client: httpx.Client) -> None:
    wang = chain.join()
    chain.give(wang, 250)

    figure = wire.decode(wire.MemberFigure, client.get(f"/v1/members/{wang.id}").content)

    assert (figure.available, figure.debt, figure.tier) == (250, 0, "basic")
    assert [lot.points for lot in figure.lots] == [250]


def test_points_that_lapsed_since_they_were_published_are_not_counted(chain: Chain, client: httpx.Client) -> None:
    wang = chain.join()
    chain.give(wang, 250)
    chain.clock.pass_by(days=500)

    assert wire.decode(wire.MemberFigure, client.get(f"/v1/members/{wang.id}").content).available == 0


def test_a_stranger_learns_nothing(chain: Chain) -> None:
    with httpx.Client(base_url=chain.url, trust_env=False) as stranger:
        wang = chain.join()
        pages = ("/v1/feed?after=0&limit=10", "/v1/snapshot", "/v1/snapshot/x", "/v1/sales/01-000001")
        for path in (f"/v1/members/{wang.id}", *pages):
            assert _code(stranger.get(path)) == (401, "credential_unknown")
        assert _code(stranger.post("/v1/push", content=b"")) == (401, "credential_unknown")


def test_what_does_not_fit_is_answered_not_swallowed(client: httpx.Client) -> None:
    assert _code(client.post("/v1/push", content=b"{}")) == (400, "not_understood")
    packed = {"Content-Encoding": "gzip"}
    assert _code(client.post("/v1/push", content=b"not gzip", headers=packed)) == (400, "not_understood")
    assert _code(client.get("/v1/feed?after=-1&limit=1")) == (400, "not_understood")
    assert _code(client.get("/v1/feed?after=0&limit=0")) == (400, "not_understood")
    assert _code(client.get("/v1/feed?after=0&limit=1&wait=9999")) == (400, "not_understood")
    assert _code(client.get("/v1/members/nobody")) == (404, "member_unknown")
    assert _code(client.get(f"/v1/members/{'0' * 32}")) == (422, "member_unknown")
    assert _code(client.get("/v1/snapshot/none")) == (404, "snapshot_gone")
    assert _code(client.get("/v1/sales/01-000001")) == (422, "sale_unknown")
    assert _code(client.get("/v1/sales/no%20receipt")) == (404, "sale_unknown")
    assert _code(client.get(f"/v1/sales/{'9' * 65}")) == (404, "sale_unknown")
    empty = wire.PushRequest(epoch="e", first_seq=1, prev_hash=bytes(32), events=())
    assert _code(client.post("/v1/push", content=wire.encode(empty))) == (422, "push_malformed")
    assert client.get("/v2/anything").status_code == 404


def test_bodies_are_bounded_packed_or_not(client: httpx.Client) -> None:
    assert _code(client.post("/v1/push", content=bytes(5_000_000))) == (413, "too_large")
    bomb = gzip.compress(bytes(50_000_000))
    assert _code(client.post("/v1/push", content=bomb, headers={"Content-Encoding": "gzip"})) == (413, "too_large")


def test_a_field_that_is_not_known_yet_is_passed_over() -> None:
    newer = {"protocol": 9, "hq_epoch": "e", "feed_no": 3, "now": "2026-03-05T02:30:00Z", "mood": "good"}

    assert wire.decode(wire.Health, msgspec.msgpack.encode(newer)).feed_no == 3


def test_beyond_its_bound_head_office_tells_when_to_come_again() -> None:
    admission = Admission(most=2, retry_after=5)
    with admission.one(), admission.one():
        with pytest.raises(TooManyError) as caught, admission.one():
            pass
        assert caught.value.retry_after == 5
    with admission.one():
        pass


def test_tries_are_counted_within_a_minute() -> None:
    seconds = [0.0]
    throttle = Throttle(2, 60, lambda: seconds[0])
    throttle.one_more()
    throttle.one_more()
    with pytest.raises(TooManyError):
        throttle.one_more()
    seconds[0] = 60.0
    throttle.one_more()
