"""The one place that speaks HTTP to head office: deadlines on everything, failures told as faults."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from types import TracebackType
from typing import TypeVar
from urllib.parse import quote

import httpx

from pos_member.domain.errors import Fault, Refusal
from sync import wire

CONNECT_SECONDS = 4.0
SILENCE_SECONDS = 8.0
"""The longest head office may say nothing in the middle of an answer."""
REQUEST_SECONDS = 30.0
"""The longest one request may take, long polls and snapshots apart."""
COMPRESS_FROM = 1024

M = TypeVar("M", bound=wire.Message)


class HeadOfficeBusy(Fault):
    """Head office is up and says when to come again: ``retry_after`` in seconds, if it said."""

    def __init__(self, retry_after: float | None) -> None:
        super().__init__("head_office_busy", "总部暂时繁忙，稍后自动重试；销售照常。", retryable=True)
        self.retry_after = retry_after


class Transport:
    """Requests to one head office. Used as an asynchronous context; leaving it cuts whatever is in flight."""

    def __init__(self, base_url: str, credential: str = "") -> None:
        self._base_url = _checked(base_url).rstrip("/")
        headers = {"Accept": wire.MEDIA_TYPE, "Accept-Encoding": "gzip"}
        if credential:
            headers["Authorization"] = f"Bearer {credential}"
        self._client = httpx.AsyncClient(
            base_url=self._base_url,
            headers=headers,
            timeout=httpx.Timeout(SILENCE_SECONDS, connect=CONNECT_SECONDS),
            trust_env=False,
        )

    async def __aenter__(self) -> Transport:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def enrol(self, request: wire.EnrolRequest) -> wire.EnrolAnswer:
        """Takes an identity. ``Refusal`` with head office's code when it says no; ``Fault`` as every request."""
        return await self._ask(wire.EnrolAnswer, "POST", "/v1/enrol", message=request)

    async def health(self) -> wire.Health:
        """Whether head office is there."""
        return await self._ask(wire.Health, "GET", "/v1/health")

    async def push(self, request: wire.PushRequest) -> wire.PushAnswer:
        """Hands events over."""
        return await self._ask(wire.PushAnswer, "POST", "/v1/push", message=request)

    async def feed(self, after: int, limit: int, wait: int) -> wire.FeedAnswer:
        """Changes after a number; when there are none, waits for one up to ``wait`` seconds."""
        query = {"after": after, "limit": limit, "wait": wait}
        return await self._ask(wire.FeedAnswer, "GET", "/v1/feed", query=query, patience=float(wait))

    async def snapshot(self) -> wire.SnapshotManifest:
        """What there is to fetch. Head office may have to build it first."""
        return await self._ask(wire.SnapshotManifest, "GET", "/v1/snapshot", patience=60.0)

    async def member(self, member_id: str) -> wire.MemberFigure:
        """Head office's own figure of a member, now. ``Refusal`` ``member_unknown``."""
        return await self._ask(wire.MemberFigure, "GET", f"/v1/members/{member_id}")

    async def sale(self, receipt_no: str) -> wire.SaleAnswer:
        """A sale of the chain by its receipt number, and what came back of it. ``Refusal`` ``sale_unknown``."""
        return await self._ask(wire.SaleAnswer, "GET", f"/v1/sales/{quote(receipt_no, safe='')}")

    @asynccontextmanager
    async def download(self, digest: str, start: int) -> AsyncIterator[tuple[int, AsyncIterator[bytes]]]:
        """A snapshot's bytes from ``start`` on; gives where they really begin (0 when head office sends the whole).

        ``Fault`` ``snapshot_gone`` (retryable) when there is a newer one.
        """
        headers = {"Accept-Encoding": "identity", "Range": f"bytes={start}-"}
        with _telling_faults(self._base_url):
            async with self._client.stream("GET", f"/v1/snapshot/{digest}", headers=headers) as response:
                if response.status_code == 404:
                    raise Fault("snapshot_gone", "总部换了新的数据文件，稍后重新下载；销售照常。", retryable=True)
                if response.status_code >= 400:
                    await response.aread()
                    raise self._no(response)
                yield (start if response.status_code == 206 else 0), response.aiter_raw()

    async def _ask(
        self,
        kind: type[M],
        method: str,
        path: str,
        *,
        message: wire.Message | None = None,
        query: dict[str, int] | None = None,
        patience: float = 0.0,
    ) -> M:
        body, headers = _packed(message)
        timeout = httpx.Timeout(SILENCE_SECONDS, connect=CONNECT_SECONDS, read=SILENCE_SECONDS + patience)
        with _telling_faults(self._base_url):
            async with asyncio.timeout(REQUEST_SECONDS + patience):
                response = await self._client.request(
                    method, path, content=body, headers=headers, params=query, timeout=timeout
                )
        if response.status_code >= 400:
            raise self._no(response)
        try:
            return wire.decode(kind, response.content)
        except ValueError as error:
            raise not_understood(self._base_url) from error

    def _no(self, response: httpx.Response) -> Exception:
        status = response.status_code
        if status in (429, 503):
            return HeadOfficeBusy(_retry_after(response))
        try:
            problem = wire.decode(wire.Problem, response.content)
        except ValueError:
            problem = wire.Problem(code="", message=f"HTTP {status}")
        if status in (401, 403):
            return Fault(
                "head_office_refused",
                "总部不接受本机的凭据：{why}销售照常，但不再同步；请联系总部重新注册本机。",
                retryable=False,
                why=problem.message,
            )
        if status >= 500:
            sentence = "总部出错（HTTP {status}），稍后自动重试；销售照常。"
            return Fault("head_office_failed", sentence, retryable=True, status=status)
        if problem.code:
            return Refusal(problem.code, "{why}", why=problem.message)
        return not_understood(self._base_url)


def _packed(message: wire.Message | None) -> tuple[bytes | None, dict[str, str]]:
    if message is None:
        return None, {}
    body = wire.encode(message)
    headers = {"Content-Type": wire.MEDIA_TYPE}
    if len(body) >= COMPRESS_FROM:
        body = gzip.compress(body, compresslevel=6, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return body, headers


def _retry_after(response: httpx.Response) -> float | None:
    told = response.headers.get("Retry-After", "")
    return float(told) if told.isascii() and told.isdigit() else None


@contextmanager
def _telling_faults(base_url: str) -> Iterator[None]:
    """Turns the HTTP library's failures into faults."""
    try:
        yield
    except (httpx.TransportError, TimeoutError) as error:
        raise _unreachable(base_url, error) from error
    except (httpx.HTTPError, httpx.StreamError) as error:
        raise not_understood(base_url) from error


def _checked(address: str) -> str:
    """The address, if it is one of a web server. ``Fault`` ``head_office_address``."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise _bad_address(address) from error
    port_fits = url.port is None or 0 < url.port < 65536
    if url.scheme not in ("http", "https") or not url.host or "%" in url.host or not port_fits:
        raise _bad_address(address)
    return address


def _unreachable(base_url: str, error: Exception) -> Fault:
    late = isinstance(error, (httpx.TimeoutException, TimeoutError))
    return Fault(
        "head_office_unreachable",
        "连不上总部（{address}）：{reason}。销售照常，恢复后自动上传。",
        retryable=True,
        address=base_url,
        reason="没有及时回答" if late else "网络不通或总部没有运行",
    )


def not_understood(base_url: str) -> Fault:
    return Fault(
        "head_office_not_understood",
        "{address} 的回答看不懂：可能不是总部的地址，或版本不合。请核对总部地址与程序版本。",
        retryable=False,
        address=base_url,
    )


def _bad_address(base_url: str) -> Fault:
    return Fault(
        "head_office_address",
        "总部地址“{address}”不对：要以 http:// 或 https:// 开头。请改正地址。",
        retryable=False,
        address=base_url,
    )
