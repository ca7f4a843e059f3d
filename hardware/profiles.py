"""What a printer can do: a profile, read from a TOML file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import msgspec

from hardware.errors import ProfileError

COLUMN_DOTS = 12
"""Width of a one-byte character of font A in dots; a Chinese character is twice as wide."""


class PrinterProfile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A model of receipt printer.

    ``columns`` and ``dots`` are the printable width (58 mm: 32 and 384, 80 mm: 48 and 576). ``four_byte_glyphs`` when
    the font holds the characters of GB18030's four-byte codes. ``feed_lines`` brings the last row past the cutter or
    the tear bar. ``native_qr`` when ``GS ( k`` is known; otherwise a code goes as an image. ``kanji_double`` is the
    command that doubles Chinese characters: ``FS !`` or ``FS W``. The drawer hangs on connector pin 2 or 5 and gets a
    pulse of ``drawer_on_ms``.
    """

    name: str
    columns: Literal[32, 48]
    dots: Literal[384, 576]
    encoding: Literal["gb18030", "gbk"] = "gb18030"
    four_byte_glyphs: bool = False
    cutter: Literal["none", "partial", "full"] = "partial"
    feed_lines: int = 4
    native_qr: bool = True
    kanji_double: Literal["fs_bang", "fs_w"] = "fs_bang"
    drawer_pin: Literal[2, 5] = 2
    drawer_on_ms: int = 100
    drawer_off_ms: int = 500

    def __post_init__(self) -> None:
        if self.columns * COLUMN_DOTS != self.dots:
            raise ValueError(f"{self.columns} columns need {self.columns * COLUMN_DOTS} dots, not {self.dots}")
        if self.four_byte_glyphs and self.encoding != "gb18030":
            raise ValueError("four-byte codes exist in gb18030 only")
        if not 0 <= self.feed_lines <= 20:
            raise ValueError("feed_lines is 0 to 20")
        if not (2 <= self.drawer_on_ms <= 510 and 2 <= self.drawer_off_ms <= 510):
            raise ValueError("a drawer pulse is 2 to 510 ms")


def load_profile(path: Path) -> PrinterProfile:
    """The profile in one file. :class:`ProfileError` when it is unreadable or wrong."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=PrinterProfile)
    except (OSError, UnicodeDecodeError, msgspec.DecodeError) as error:
        raise ProfileError(f"{path.name}: {error}") from error


def load_profiles(folder: Path) -> Mapping[str, PrinterProfile]:
    """All profiles of a folder by file name without its suffix. :class:`ProfileError` at the first wrong one."""
    return MappingProxyType({path.stem: load_profile(path) for path in sorted(folder.glob("*.toml"))})
