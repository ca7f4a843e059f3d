"""Whether there is a screen to put a window on. Qt ends the whole program when it finds out too late."""

from __future__ import annotations

import os
import re
import socket
import sys
from contextlib import suppress

_DISPLAY = re.compile(r"(?P<host>[^:/]*):(?P<number>\d{1,5})(\.\d+)?")
_X_PORT = 6000
_ANSWER_SECONDS = 1.0


def has_display() -> bool:
    """Whether a display is named and answers."""
    if sys.platform in ("win32", "darwin") or os.environ.get("WAYLAND_DISPLAY"):
        return True
    named = _DISPLAY.fullmatch(os.environ.get("DISPLAY", ""))
    return named is not None and _answers(named["host"], int(named["number"]))


def _answers(host: str, number: int) -> bool:
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers listen
        return any(_connects(socket.AF_UNIX, address) for address in (path, f"\0{path}"))
    return _connects(socket.AF_INET, (host, _X_PORT + number))


def _connects(family: socket.AddressFamily, address: str | tuple[str, int]) -> bool:
    with suppress(OSError), socket.socket(family, socket.SOCK_STREAM) as wire:
        wire.settimeout(_ANSWER_SECONDS)
        wire.connect(address)
        return True
    return False
