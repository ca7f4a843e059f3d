"""A document as ESC/POS bytes.

The text is GB18030 (or GBK) in kanji mode and aligned by spaces; the library's own text routines know single-byte
code pages only. The bytes end with a question (``GS r 1``) that the printer answers when all before it is done.
"""

from __future__ import annotations

from typing import Final, assert_never

from escpos import constants

from hardware.columns import text_columns
from hardware.document import PrintDocument
from hardware.layout import LaidFeed, LaidQr, LaidRow, LaidText, lay_out
from hardware.profiles import PrinterProfile
from hardware.qr import QUIET_MODULES, Modules, module_dots, qr_modules

ESC: Final[bytes] = constants.ESC
FS: Final[bytes] = constants.FS
GS: Final[bytes] = constants.GS
LINE_FEED: Final[bytes] = constants.CTL_LF
BOLD: Final[dict[bool, bytes]] = constants.TXT_STYLE["bold"]
ALIGN: Final[dict[str, bytes]] = constants.TXT_STYLE["align"]
LATIN_SIZE: Final[bytes] = constants.TXT_SIZE
INITIALISE: Final[bytes] = constants.HW_INIT
CUTS: Final[dict[str, bytes]] = {
    "none": b"",
    "partial": constants.PAPER_PART_CUT,
    "full": constants.PAPER_FULL_CUT,
}
RASTER: Final[bytes] = constants.S_RASTER_N
KANJI_ON = FS + b"&"
KANJI_OFF = FS + b"."
KANJI_SPACING_NONE = FS + b"S\x00\x00"
_KANJI_DOUBLE = {"fs_bang": (FS + b"!\x0c", FS + b"!\x00"), "fs_w": (FS + b"W\x01", FS + b"W\x00")}
_LATIN_DOUBLE = (LATIN_SIZE + b"\x11", LATIN_SIZE + b"\x00")
DISABLE_PULSE_ARGUMENTS = b"\x14\x01\x00"
ENABLE_PULSE_ARGUMENTS = b"\x14\x01\x01"
_REAL_TIME_PULSE_OFF = GS + b"(D\x03\x00" + DISABLE_PULSE_ARGUMENTS
_REAL_TIME_PULSE_ON = GS + b"(D\x03\x00" + ENABLE_PULSE_ARGUMENTS
COMPLETION_QUESTION = GS + b"r\x01"


def encode(document: PrintDocument, profile: PrinterProfile) -> bytes:
    """The whole job; without rows no paper moves. :class:`UnprintableError` when the paper cannot hold it."""
    parts = [INITIALISE, KANJI_SPACING_NONE]
    if document.rows:
        parts += [_encode_row(row, profile) for row in lay_out(document, profile)]
        parts.append(_finish(profile))
    if document.kick_drawer:
        parts.append(drawer_pulse(profile))
    parts.append(COMPLETION_QUESTION)
    return b"".join(parts)


def drawer_pulse(profile: PrinterProfile) -> bytes:
    """``ESC p m t1 t2``: the pulse that opens the till drawer; t in units of 2 ms."""
    connector = 0 if profile.drawer_pin == 2 else 1
    return ESC + b"p" + bytes((connector, profile.drawer_on_ms // 2, profile.drawer_off_ms // 2))


def _encode_row(row: LaidRow, profile: PrinterProfile) -> bytes:
    match row:
        case LaidText():
            return _encode_text(row, profile)
        case LaidQr():
            return _native_qr(row, profile) if profile.native_qr else _image_qr(row, profile)
        case LaidFeed():
            return _feed(row.lines)
        case _:
            assert_never(row)


def _encode_text(row: LaidText, profile: PrinterProfile) -> bytes:
    text = row.text.rstrip(" ")
    if not text:
        return LINE_FEED * row.size
    kanji = text_columns(text) > len(text)
    kanji_on, kanji_off = _KANJI_DOUBLE[profile.kanji_double]
    latin_on, latin_off = _LATIN_DOUBLE
    before, after = [], []
    if kanji:
        before.append(KANJI_ON)
        after.append(KANJI_OFF)
    if row.bold:
        before.append(BOLD[True])
        after.append(BOLD[False])
    if row.size == 2:
        before += [latin_on, kanji_on] if kanji else [latin_on]
        after += [latin_off, kanji_off] if kanji else [latin_off]
    # The line ends while the larger size is on: the paper then feeds by its full height.
    return b"".join([*before, text.encode(profile.encoding), LINE_FEED, *reversed(after)])


def _feed(lines: int) -> bytes:
    return b"".join(ESC + b"d" + bytes((min(lines - done, 255),)) for done in range(0, lines, 255))


def _finish(profile: PrinterProfile) -> bytes:
    return _feed(profile.feed_lines) + CUTS[profile.cutter]


def _native_qr(row: LaidQr, profile: PrinterProfile) -> bytes:
    payload = row.payload.encode()
    size = module_dots(len(qr_modules(payload)), profile.dots)
    steps = (b"1A2\x00", b"1C" + bytes((size,)), b"1E1", b"1P0" + payload, b"1Q0")
    code = b"".join(GS + b"(k" + len(step).to_bytes(2, "little") + step for step in steps)
    return ALIGN["center"] + code + ALIGN["left"]


def _image_qr(row: LaidQr, profile: PrinterProfile) -> bytes:
    """As an image, between commands that stop it from opening the drawer should it contain ``DLE DC4 1``."""
    modules = qr_modules(row.payload.encode())
    size = module_dots(len(modules), profile.dots)
    raster = _raster(modules, size, profile.dots)
    height = len(raster) // (profile.dots // 8)
    header = RASTER + (profile.dots // 8).to_bytes(2, "little") + height.to_bytes(2, "little")
    return _REAL_TIME_PULSE_OFF + header + raster + _REAL_TIME_PULSE_ON


def _raster(modules: Modules, size: int, paper_dots: int) -> bytes:
    """One bit a dot, rows as wide as the paper, with the quiet zone above and below."""
    left = (paper_dots - len(modules) * size) // 2
    blank = bytes(paper_dots // 8)
    rows = [blank] * (QUIET_MODULES * size)
    for line in modules:
        dots = 0
        for dark in line:
            dots = (dots << size) | ((1 << size) - 1 if dark else 0)
        rows += [(dots << (paper_dots - left - len(line) * size)).to_bytes(paper_dots // 8, "big")] * size
    return b"".join(rows + [blank] * (QUIET_MODULES * size))
