"""Turns the very bytes a printer gets into paper, as strictly as a printer without mercy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from hardware.encoder import DISABLE_PULSE_ARGUMENTS, ENABLE_PULSE_ARGUMENTS
from hardware.errors import UnprintableError
from hardware.profiles import COLUMN_DOTS, PrinterProfile
from hardware.qr import Modules, qr_modules
from hardware.virtual.commands import TEXT, Command, next_command
from hardware.virtual.paper import Cut, Figure, Glyph, Line, PaperRow, PaperStrip

Scale = Literal[1, 2]


def read_paper(stream: bytes, profile: PrinterProfile) -> PaperStrip:
    """The paper that a job's bytes make on a printer of this profile."""
    head = PrintHead(profile)
    rest = stream
    while (command := next_command(rest, ended=True)) is not None:
        head.obey(command)
        rest = rest[command.length :]
    if rest:
        head.complain(f"the bytes break off inside a command: {rest[:8].hex(' ')}")
    return head.tear_off()


@dataclass(slots=True)
class _Modes:
    """What ``ESC @`` resets."""

    kanji: bool = False
    kanji_gap: tuple[int, int] = (0, 2)
    kanji_scale: Scale = 1
    latin_scale: Scale = 1
    bold: bool = False
    centred: bool = False


class PrintHead:
    """A printer's modes and position while it works."""

    def __init__(self, profile: PrinterProfile) -> None:
        self._profile = profile
        self._rows: list[PaperRow] = []
        self._errors: list[str] = []
        self._kicks = 0
        self._finished = False
        self._initialised = False
        self._modes = _Modes()
        self._qr = _QrSymbol()
        self._line: list[Glyph] = []
        self._x = 0
        self._duties: dict[bytes, Callable[[bytes], None]] = {
            TEXT: self._write,
            b"\n": lambda _: self._end_line(),
            b"\x1b@": self._initialise,
            b"\x1bE": self._set_bold,
            b"\x1ba": self._align,
            b"\x1bd": self._feed,
            b"\x1bp": self._kick,
            b"\x1c&": self._enter_kanji,
            b"\x1c.": self._leave_kanji,
            b"\x1cS": self._set_kanji_gap,
            b"\x1c!": self._double_kanji_by_mode,
            b"\x1cW": self._double_kanji,
            b"\x1d!": self._double_latin,
            b"\x1dV": self._cut,
            b"\x1d(k": self._qr_step,
            b"\x1d(D": self._guard_pulse,
            b"\x1dv0": self._image,
            b"\x1dr": self._finish,
            b"\x10\x04": lambda _: None,
        }

    def obey(self, command: Command) -> None:
        """One command."""
        if not self._initialised and command.name not in {b"\x1b@", b"\x10\x04"}:
            self.complain("printing begins without ESC @")
            self._initialised = True
        duty = self._duties.get(command.name)
        if duty is None:
            self.complain(f"unknown command: {command.arguments.hex(' ')}")
        else:
            duty(command.arguments)

    def complain(self, sentence: str) -> None:
        """Notes a mistake."""
        self._errors.append(sentence)

    def tear_off(self) -> PaperStrip:
        """The paper so far."""
        if self._line:
            self.complain("text without a line feed is left in the print buffer")
            self._end_line()
        return PaperStrip(
            columns=self._profile.columns,
            dots=self._profile.dots,
            rows=tuple(self._rows),
            errors=tuple(self._errors),
            drawer_kicks=self._kicks,
            finished=self._finished,
        )

    def _initialise(self, _: bytes) -> None:
        self._initialised = True
        self._modes = _Modes()
        self._line = []
        self._x = 0

    def _set_bold(self, arguments: bytes) -> None:
        self._modes.bold = bool(arguments[0] & 1)

    def _enter_kanji(self, _: bytes) -> None:
        self._expect(not self._line, "FS & inside a line", b"")
        self._modes.kanji = True

    def _leave_kanji(self, _: bytes) -> None:
        self._modes.kanji = False

    def _set_kanji_gap(self, arguments: bytes) -> None:
        self._modes.kanji_gap = (arguments[0], arguments[1])

    def _double_kanji_by_mode(self, arguments: bytes) -> None:
        self._expect(self._profile.kanji_double == "fs_bang" and arguments[0] in {0, 12}, "FS !", arguments)
        self._modes.kanji_scale = 2 if arguments[0] == 12 else 1

    def _double_kanji(self, arguments: bytes) -> None:
        self._expect(self._profile.kanji_double == "fs_w", "FS W", arguments)
        self._modes.kanji_scale = 2 if arguments[0] & 1 else 1

    def _double_latin(self, arguments: bytes) -> None:
        self._expect(arguments[0] in {0x00, 0x11}, "GS !", arguments)
        self._modes.latin_scale = 2 if arguments[0] == 0x11 else 1

    def _guard_pulse(self, arguments: bytes) -> None:
        self._expect(arguments in {DISABLE_PULSE_ARGUMENTS, ENABLE_PULSE_ARGUMENTS}, "GS ( D", arguments)

    def _finish(self, arguments: bytes) -> None:
        self._expect(arguments == b"\x01", "GS r", arguments)
        self._finished = True

    def _expect(self, holds: bool, what: str, arguments: bytes) -> None:
        if not holds:
            self.complain(f"{what} is not known to this printer: {arguments.hex(' ')}")

    def _write(self, codes: bytes) -> None:
        while codes:
            length = self._code_length(codes)
            code, codes = codes[:length], codes[length:]
            if length == 1:
                self._put(self._latin(code), 1, self._modes.latin_scale)
            else:
                before, after = self._modes.kanji_gap
                self._x += before
                self._put(self._chinese(code), 2, self._modes.kanji_scale)
                self._x += after

    def _code_length(self, codes: bytes) -> int:
        if not self._modes.kanji or codes[0] < 0x80:
            return 1
        if self._profile.encoding == "gb18030" and codes[1:2].isdigit():
            return 4
        return 2

    def _latin(self, code: bytes) -> str:
        if code[0] < 0x7F:
            return code.decode("ascii")
        self.complain(f"byte {code.hex()} outside kanji mode")
        return "?"

    def _chinese(self, code: bytes) -> str:
        if len(code) == 4 and not self._profile.four_byte_glyphs:
            self.complain(f"no glyph for the four-byte code {code.hex(' ')}")
            return " "
        try:
            char = code.decode(self._profile.encoding)
        except UnicodeDecodeError:
            char = ""
        if len(char) != 1:
            self.complain(f"no character has the code {code.hex(' ')}")
            return "?"
        return char

    def _put(self, char: str, columns: Literal[1, 2], scale: Scale) -> None:
        width = columns * scale * COLUMN_DOTS
        if self._x + width > self._profile.dots:
            self.complain(f"{char!r} does not fit the line any more, at {self._x} dots")
            self._end_line()
        self._line.append(Glyph(char=char, left_dots=self._x, columns=columns, scale=scale, bold=self._modes.bold))
        self._x += width

    def _end_line(self) -> None:
        scale: Scale = 1
        if self._line:
            scale = 2 if any(glyph.scale == 2 for glyph in self._line) else 1
            if scale == 2 and any(glyph.scale == 1 and glyph.char != " " for glyph in self._line):
                self.complain("a line mixes single and double size")
        shift = (self._profile.dots - self._x) // 2 if self._modes.centred else 0
        if shift and self._line:
            self.complain("text is aligned by the printer, not by its columns")
        self._rows.append(Line(glyphs=tuple(self._line), scale=scale))
        self._line = []
        self._x = 0

    def _align(self, arguments: bytes) -> None:
        mode = arguments[0]
        self._expect(not self._line and mode in {0, 1}, "ESC a inside a line, or to the right", arguments)
        self._modes.centred = mode == 1

    def _feed(self, arguments: bytes) -> None:
        lines = arguments[0]
        if self._line:
            self._end_line()
            lines -= 1
        self._rows += [Line()] * lines

    def _kick(self, arguments: bytes) -> None:
        wanted = 0 if self._profile.drawer_pin == 2 else 1
        self._expect(arguments[0] == wanted, "ESC p to a connector without a drawer", arguments)
        self._kicks += 1

    def _cut(self, arguments: bytes) -> None:
        self._expect(self._profile.cutter != "none" and arguments[0] in {0, 1} and not self._line, "GS V", arguments)
        self._rows.append(Cut(full=arguments[0] == 0))

    def _image(self, arguments: bytes) -> None:
        row_bytes = int.from_bytes(arguments[1:3], "little")
        self._expect(arguments[0] == 0 and 8 * row_bytes <= self._profile.dots, "GS v 0", arguments[:5])
        dots = arguments[5:]
        rows = [dots[start : start + row_bytes] for start in range(0, len(dots), row_bytes)]
        modules = tuple(tuple(bool(byte >> bit & 1) for byte in row for bit in range(7, -1, -1)) for row in rows)
        self._rows.append(Figure(modules=modules, module_dots=1, left_dots=0))

    def _qr_step(self, arguments: bytes) -> None:
        self._expect(self._profile.native_qr, "GS ( k", arguments[:2])
        if arguments == b"1Q0":
            self._print_qr()
        elif not self._qr.accept(arguments):
            self.complain(f"GS ( k with wrong arguments: {arguments[:8].hex(' ')}")

    def _print_qr(self) -> None:
        try:
            modules: Modules = qr_modules(self._qr.stored)
        except UnprintableError as error:
            self.complain(str(error))
            return
        width = len(modules) * self._qr.module_dots
        if not self._qr.stored or width > self._profile.dots:
            self.complain(f"a QR code of {width} dots cannot be printed")
            return
        left = (self._profile.dots - width) // 2 if self._modes.centred else 0
        self._rows.append(
            Figure(
                modules=modules,
                module_dots=self._qr.module_dots,
                left_dots=left,
                payload=self._qr.stored.decode(errors="replace"),
            )
        )


class _QrSymbol:
    """The symbol storage behind ``GS ( k``: what the functions 65, 67, 69 and 80 set."""

    def __init__(self) -> None:
        self.stored = b""
        self.module_dots = 3

    def accept(self, arguments: bytes) -> bool:
        """Whether a function is known: model 2, size 1 to 16, error correction M, storing."""
        if arguments in {b"1A2\x00", b"1E1"}:
            return True
        if arguments[:2] == b"1C" and len(arguments) == 3 and 1 <= arguments[2] <= 16:
            self.module_dots = arguments[2]
            return True
        if arguments[:3] == b"1P0":
            self.stored = arguments[3:]
            return True
        return False
