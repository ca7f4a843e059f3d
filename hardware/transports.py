"""How bytes reach a device. Every call has a deadline; a connection serves one job and is thrown away."""

from __future__ import annotations

import ipaddress
import socket
from types import TracebackType
from typing import Protocol, Self

from hardware.errors import BrokenConnectionError, UnreachableError

_CHUNK = 4096


class Connection(Protocol):
    """An open connection. Every call raises :class:`BrokenConnectionError` when the other side is gone."""

    def write(self, payload: bytes, wait_s: float) -> int:
        """How many bytes were accepted within the wait; 0 when the device takes none for now."""
        ...

    def read(self, wait_s: float) -> bytes:
        """What arrived, empty when nothing did within the wait."""
        ...

    def close(self) -> None:
        """Lets go; never raises, may be called twice."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...


class Transport(Protocol):
    """Where a device is. A failed :meth:`open` leaves nothing behind: the next one starts afresh."""

    def open(self) -> Connection:
        """A new connection. :class:`UnreachableError` when there is none within the deadline."""
        ...


class TcpTransport:
    """A device on the network, by IP address (a name would have to be looked up, which knows no deadline)."""

    def __init__(self, host: str, port: int, *, connect_s: float = 1.0) -> None:
        self._address = (str(ipaddress.ip_address(host)), port)
        self._connect_s = connect_s

    def open(self) -> TcpConnection:
        """A new connection. :class:`UnreachableError` when there is none within ``connect_s``."""
        try:
            wire = socket.create_connection(self._address, timeout=self._connect_s)
        except OSError as error:
            raise UnreachableError(f"no connection to {self._address[0]}:{self._address[1]}: {error}") from error
        return TcpConnection(wire)


class TcpConnection:
    """A connected socket."""

    def __init__(self, wire: socket.socket) -> None:
        self._wire = wire

    def write(self, payload: bytes, wait_s: float) -> int:
        """How many bytes were accepted within the wait; 0 when the device takes none for now."""
        self._wire.settimeout(wait_s)
        try:
            return self._wire.send(payload)
        except (TimeoutError, BlockingIOError):
            return 0
        except OSError as error:
            raise BrokenConnectionError(str(error)) from error

    def read(self, wait_s: float) -> bytes:
        """What arrived, empty when nothing did within the wait."""
        self._wire.settimeout(wait_s)
        try:
            received = self._wire.recv(_CHUNK)
        except (TimeoutError, BlockingIOError):
            return b""
        except OSError as error:
            raise BrokenConnectionError(str(error)) from error
        if not received:
            raise BrokenConnectionError("closed by the device")
        return received

    def close(self) -> None:
        """Lets go; never raises, may be called twice."""
        self._wire.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def drain(connection: Connection) -> None:
    """Throws away what the device said unasked, so that it is not taken for an answer."""
    while connection.read(0):
        pass
