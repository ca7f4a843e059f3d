"""Serving head office on a port until told to stop."""

from __future__ import annotations

import asyncio
import errno
import socket
import sys
import threading
from collections.abc import Callable

import uvicorn

from pos_member.domain.errors import Fault
from sync.head_office.bell import Bell
from sync.head_office.office import HeadOffice
from sync.head_office.web import Web

_MOST_CONNECTIONS = 2_000
_KEEP_ALIVE_SECONDS = 75
_GRACE_SECONDS = 2
_BACKLOG = 256


def serve(office: HeadOffice, host: str, port: int, *, announce: Callable[[str], None], stop: threading.Event) -> None:
    """Serves until ``stop`` is set, or on the main thread until a signal ends it.

    ``port`` 0 takes a free one. ``announce`` is called once with the base address when tills can come. ``Fault``
    ``port_taken``, ``address_unusable``.
    """
    listening = _listen(host, port)
    try:
        asyncio.run(_serve(office, listening, announce, stop))
    finally:
        listening.close()


async def _serve(
    office: HeadOffice, listening: socket.socket, announce: Callable[[str], None], stop: threading.Event
) -> None:
    bell = Bell()
    config = uvicorn.Config(
        Web(office, bell).application(),
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    server = _Server(config, bell, lambda: announce(_address(listening)))
    telling = asyncio.create_task(_stop_when_told(server, stop))
    office.when_published(bell.ring)
    try:
        await server.serve(sockets=[listening])
    finally:
        office.when_published(None)
        stop.set()
        await telling


class _Server(uvicorn.Server):
    """Says when it is up, and sends long polls home before it waits for what is under way."""

    def __init__(self, config: uvicorn.Config, bell: Bell, up: Callable[[], None]) -> None:
        super().__init__(config)
        self._bell = bell
        self._up = up

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._up()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._bell.close()
        await super().shutdown(sockets)


async def _stop_when_told(server: _Server, stop: threading.Event) -> None:
    await asyncio.to_thread(stop.wait)
    server.should_exit = True


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _unusable(host, port, error) from error
    try:
        if sys.platform != "win32":  # there it would let two programs share the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_BACKLOG)
        listening.settimeout(0)
    except OSError as error:
        listening.close()
        raise _unusable(host, port, error) from error
    return listening


def _unusable(host: str, port: int, error: OSError) -> Fault:
    if error.errno == errno.EADDRINUSE:
        return Fault(
            "port_taken",
            "端口 {port} 已被别的程序占用：请关掉那个程序，或用 --port 换一个端口。",
            retryable=False,
            port=port,
        )
    return Fault(
        "address_unusable",
        "不能在 {host}:{port} 上提供服务：{reason}。请换一个地址或端口。",
        retryable=False,
        host=host,
        port=port,
        reason=error.strerror or "地址不可用",
    )


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
