"""The ESC/POS commands the virtual printer knows, cut out of a stream of bytes. Everything else is *unknown*."""

from __future__ import annotations

from dataclasses import dataclass

_FIXED: dict[bytes, int] = {
    b"\n": 0,
    b"\x1b@": 0,
    b"\x1bE": 1,
    b"\x1ba": 1,
    b"\x1bd": 1,
    b"\x1bp": 3,
    b"\x1c&": 0,
    b"\x1c.": 0,
    b"\x1cS": 2,
    b"\x1c!": 1,
    b"\x1cW": 1,
    b"\x1d!": 1,
    b"\x1dV": 1,
    b"\x1dr": 1,
    b"\x10\x04": 1,
}
_COUNTED = frozenset({b"\x1d(k", b"\x1d(D"})
_RASTER = b"\x1dv0"
TEXT = b"text"
UNKNOWN = b"unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command by its first bytes (``TEXT`` and ``UNKNOWN`` aside), its arguments and its length in the stream."""

    name: bytes
    arguments: bytes
    length: int


def next_command(stream: bytes, *, ended: bool) -> Command | None:
    """The command at the beginning of the stream, None when it is not complete.

    Text is complete at the next control byte, or when the stream has ``ended``.
    """
    if not stream:
        return None
    if stream[0] >= 0x20:
        return _text(stream, ended=ended)
    for width in (1, 2, 3):
        name = stream[:width]
        if name in _FIXED:
            return _cut(stream, name, width, _FIXED[name])
        if name in _COUNTED:
            return _counted(stream, name)
        if name == _RASTER:
            return _raster(stream)
    if len(stream) < 3 and not ended and _may_continue(stream):
        return None
    return Command(name=UNKNOWN, arguments=stream[:2], length=min(2, len(stream)))


def _may_continue(stream: bytes) -> bool:
    return any(name.startswith(stream) for name in (*_FIXED, *_COUNTED, _RASTER))


def _text(stream: bytes, *, ended: bool) -> Command | None:
    end = next((index for index, byte in enumerate(stream) if byte < 0x20), None)
    if end is None:
        if not ended:
            return None
        end = len(stream)
    return Command(name=TEXT, arguments=stream[:end], length=end)


def _cut(stream: bytes, name: bytes, start: int, size: int) -> Command | None:
    if len(stream) < start + size:
        return None
    return Command(name=name, arguments=stream[start : start + size], length=start + size)


def _counted(stream: bytes, name: bytes) -> Command | None:
    if len(stream) < 5:
        return None
    return _cut(stream, name, 5, int.from_bytes(stream[3:5], "little"))


def _raster(stream: bytes) -> Command | None:
    """``GS v 0 m xL xH yL yH``: the arguments are m, the four size bytes and the dots."""
    if len(stream) < 8:
        return None
    row_bytes, rows = int.from_bytes(stream[4:6], "little"), int.from_bytes(stream[6:8], "little")
    return _cut(stream, _RASTER, 3, 5 + row_bytes * rows)
