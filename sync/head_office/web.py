"""Head office over HTTP: routes, limits, and how a refusal or a fault is answered (docs/sync.md, "Messages")."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from pos_member.domain.errors import Fault, Refusal
from sync import wire
from sync.head_office.admission import Admission, Throttle, TooManyError
from sync.head_office.bell import Bell
from sync.head_office.office import HeadOffice
from sync.head_office.terminals import NotAdmitted, Terminal

BODY_SECONDS = 30.0
MOST_FEED_ROWS = 5_000
MOST_AT_WORK = 64
BUSY_SECONDS = 5
ENROLMENTS_A_MINUTE = 20
_COMPRESS_FROM = 1024

T = TypeVar("T")
M = TypeVar("M", bound=wire.Message)
_Handler = Callable[[Request], Awaitable[Response]]


class _BadRequestError(Exception):
    """A request that no till of ours sends: an HTTP status and a code."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(status, code)
        self.status = status
        self.code = code


class Web:
    """The routes over one head office. One thread writes at a time, a few read."""

    def __init__(self, office: HeadOffice, bell: Bell) -> None:
        self._office = office
        self._bell = bell
        self._writer = CapacityLimiter(1)
        self._readers = CapacityLimiter(4)
        self._work = Admission(MOST_AT_WORK, BUSY_SECONDS)
        self._enrolments = Throttle(ENROLMENTS_A_MINUTE, 60, asyncio.get_running_loop().time)

    def application(self) -> Starlette:
        """The ASGI application."""
        table: list[tuple[str, str, _Handler]] = [
            ("GET", "/v1/health", self._health),
            ("POST", "/v1/enrol", self._enrol),
            ("POST", "/v1/push", self._push),
            ("GET", "/v1/feed", self._feed),
            ("GET", "/v1/snapshot", self._snapshot),
            ("GET", "/v1/snapshot/{digest}", self._snapshot_file),
            ("GET", "/v1/members/{member_id}", self._member),
            ("GET", "/v1/sales/{receipt_no}", self._sale),
        ]
        return Starlette(routes=[Route(path, _answering(handler), methods=[method]) for method, path, handler in table])

    async def _health(self, request: Request) -> Response:
        return await self._read(request, self._office.health)

    async def _enrol(self, request: Request) -> Response:
        self._enrolments.one_more()
        message = await _message(request, wire.EnrolRequest)
        answer = await run_sync(self._office.enrol, message, limiter=self._writer)
        return _answer(request, answer)

    async def _push(self, request: Request) -> Response:
        with self._work.one():
            terminal = await self._admitted(request)
            message = await _message(request, wire.PushRequest)
            answer = await run_sync(self._office.push, terminal, message, limiter=self._writer)
            return _answer(request, answer)

    async def _feed(self, request: Request) -> Response:
        terminal = await self._admitted(request)
        after = _number(request, "after", 0, 2**62)
        limit = _number(request, "limit", 1, MOST_FEED_ROWS)
        wait = _number(request, "wait", 0, wire.MAX_WAIT_SECONDS)
        until = asyncio.get_running_loop().time() + wait
        while True:
            news = self._bell.listen()
            answer = await run_sync(self._office.feed, terminal, after, limit, limiter=self._readers)
            left = until - asyncio.get_running_loop().time()
            if answer.head != after or left <= 0 or self._bell.closed or await request.is_disconnected():
                return await run_sync(_answer, request, answer, limiter=self._readers)
            await _heard(news, left)

    async def _snapshot(self, request: Request) -> Response:
        with self._work.one():
            await self._admitted(request)
            return await self._read(request, self._office.snapshot)

    async def _snapshot_file(self, request: Request) -> Response:
        await self._admitted(request)
        path = self._office.snapshot_file(request.path_params["digest"])
        if path is None:
            raise _BadRequestError(404, "snapshot_gone")
        return FileResponse(path, media_type=wire.SNAPSHOT_MEDIA_TYPE)

    async def _member(self, request: Request) -> Response:
        await self._admitted(request)
        member_id = request.path_params["member_id"]
        if not (len(member_id) == 32 and set(member_id) <= set("0123456789abcdef")):
            raise _BadRequestError(404, "member_unknown")
        return await self._read(request, partial(self._office.member_figure, member_id))

    async def _sale(self, request: Request) -> Response:
        await self._admitted(request)
        receipt_no = request.path_params["receipt_no"]
        if not wire.RECEIPT_NO.fullmatch(receipt_no):
            raise _BadRequestError(404, "sale_unknown")
        return await self._read(request, partial(self._office.sale, receipt_no))

    async def _admitted(self, request: Request) -> Terminal:
        scheme, _, credential = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            credential = ""
        return await run_sync(self._office.admit, credential, limiter=self._readers)

    async def _read(self, request: Request, read: Callable[[], wire.Message]) -> Response:
        return _answer(request, await run_sync(read, limiter=self._readers))


def _answering(handler: _Handler) -> _Handler:
    """Turns what a handler raises into an answer that a till understands."""

    async def answering(request: Request) -> Response:
        try:
            return await handler(request)
        except NotAdmitted as refusal:
            status = 403 if refusal.code == "terminal_revoked" else 401
            return _problem(status, refusal.code, refusal.message)
        except Refusal as refusal:
            return _problem(422, refusal.code, refusal.message)
        except TooManyError as busy:
            return _problem(503, "busy", "总部暂时繁忙。", retry_after=busy.retry_after)
        except Fault as fault:
            return _problem(503, fault.code, fault.message, retry_after=BUSY_SECONDS)
        except _BadRequestError as bad:
            return _problem(bad.status, bad.code, "请求不合格式。")
        except (TimeoutError, ClientDisconnect):
            return _problem(408, "too_slow", "请求没有及时送完。")

    return answering


def _answer(request: Request, message: wire.Message) -> Response:
    body = wire.encode(message)
    headers = {"Cache-Control": "no-store"}
    if len(body) >= _COMPRESS_FROM and "gzip" in request.headers.get("Accept-Encoding", ""):
        body = gzip.compress(body, compresslevel=3, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type=wire.MEDIA_TYPE, headers=headers)


def _problem(status: int, code: str, message: str, retry_after: int | None = None) -> Response:
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    body = wire.encode(wire.Problem(code=code, message=message))
    return Response(body, status_code=status, media_type=wire.MEDIA_TYPE, headers=headers)


async def _message(request: Request, kind: type[M]) -> M:
    """The request's message, bounded in size, packed or not, and in time."""
    body = bytearray()
    async with asyncio.timeout(BODY_SECONDS):
        async for chunk in request.stream():
            body += chunk
            if len(body) > wire.MAX_BODY_BYTES:
                raise _BadRequestError(413, "too_large")
    try:
        plain = _unpacked(bytes(body)) if request.headers.get("Content-Encoding") == "gzip" else bytes(body)
        return wire.decode(kind, plain)
    except ValueError as error:
        raise _BadRequestError(400, "not_understood") from error


def _unpacked(packed: bytes) -> bytes:
    inflater = zlib.decompressobj(wbits=31)
    try:
        plain = inflater.decompress(packed, wire.MAX_BODY_BYTES)
    except zlib.error as error:
        raise ValueError("gzip") from error
    if inflater.unconsumed_tail:
        raise _BadRequestError(413, "too_large")
    if not inflater.eof:
        raise ValueError("gzip")
    return plain


def _number(request: Request, name: str, low: int, high: int) -> int:
    text = request.query_params.get(name, "0")
    if not (text.isascii() and text.isdigit() and len(text) <= 19 and low <= int(text) <= high):
        raise _BadRequestError(400, "not_understood")
    return int(text)


async def _heard(news: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await news.wait()
    except TimeoutError:
        return
