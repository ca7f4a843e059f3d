"""What goes wrong with a device, in the device's own words."""

from __future__ import annotations

from enum import StrEnum


class DeviceError(Exception):
    """Root of everything this package raises on purpose."""


class UnreachableError(DeviceError):
    """No connection could be made; nothing was sent."""


class BrokenConnectionError(DeviceError):
    """An open connection went away."""


class UnprintableError(DeviceError):
    """A document that no paper of this profile can hold; printing it again will not help."""


class ProfileError(DeviceError):
    """A printer profile's file is wrong; the text names the file and the reason."""


class PrinterProblem(StrEnum):
    """Why a job is not on paper, or not known to be. The values are stable codes."""

    UNREACHABLE = "unreachable"
    NO_ANSWER = "no_answer"
    OFFLINE = "offline"
    COVER_OPEN = "cover_open"
    PAPER_OUT = "paper_out"
    PRINTER_ERROR = "printer_error"
    INTERRUPTED = "interrupted"
    UNCONFIRMED = "unconfirmed"
    STOPPED = "stopped"
    UNPRINTABLE = "unprintable"
