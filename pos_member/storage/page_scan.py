"""Reading rows out of a damaged SQLite file, page by page: nothing but the pages themselves has to be whole.

Every leaf of a table is found by its looks, wherever the tree above it, the schema or the file's header are gone. Which
table a row is of, and whether it is sound, is for the caller to see from its values. The format is SQLite's own
(https://www.sqlite.org/fileformat2.html).
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

Content = bytes | mmap.mmap
Value = int | float | str | bytes | None

_LEAF = 0x0D
_PAGE_SIZES = (512, 1024, 2048, 4096, 8192, 16384, 32768, 65536)
_USUAL_SIZE = 4096
_WAL_MAGIC = (0x377F0682, 0x377F0683)
_WAL_HEADER, _FRAME_HEADER = 32, 24
_MAGIC = b"SQLite format 3\0"
_LONGEST = 64 * 1024 * 1024
_INTEGER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScannedRow:
    """A row as a page held it. ``rowid`` stands for the column that is the integer primary key, which is None here."""

    rowid: int
    values: tuple[Value, ...]


def scan(path: Path) -> Iterator[ScannedRow]:
    """Every row on every readable leaf page of the database and the committed part of the log beside it.

    A page that the log has a later version of is read there alone. ``OSError`` when the file cannot be read at all.
    """
    log = path.with_name(path.name + "-wal")
    logged = log.read_bytes() if log.exists() else b""
    if not path.exists() or path.stat().st_size == 0:
        yield from _leaves_of(b"", logged)
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        yield from _leaves_of(content, logged)


def _leaves_of(content: Content, log: bytes) -> Iterator[ScannedRow]:
    size = _page_size(content, log)
    pages = _Pages(content, size, _committed(log, size))
    for number in pages.numbers():
        page = pages.page(number)
        header = 100 if number == 1 else 0
        if len(page) == size and page[header] == _LEAF:
            yield from _rows(pages, page, header)


class _Pages:
    def __init__(self, content: Content, size: int, logged: Mapping[int, bytes]) -> None:
        self._content = content
        self._logged = logged
        self.size = size

    def numbers(self) -> range:
        return range(1, max(len(self._content) // self.size, max(self._logged, default=0)) + 1)

    def page(self, number: int) -> bytes:
        logged = self._logged.get(number)
        if logged is not None:
            return logged
        return self._content[(number - 1) * self.size : number * self.size]


def _page_size(content: Content, log: bytes) -> int:
    """As the header or the log says; where they are gone, the one that SQLite makes files with."""
    if content[:16] == _MAGIC:
        (said,) = struct.unpack(">H", content[16:18])
        size = 65536 if said == 1 else int(said)
        if size in _PAGE_SIZES:
            return size
    if len(log) >= _WAL_HEADER:
        magic, _, size = struct.unpack(">III", log[:12])
        if magic in _WAL_MAGIC and size in _PAGE_SIZES:
            return int(size)
    return _USUAL_SIZE


def _committed(log: bytes, size: int) -> dict[int, bytes]:
    """The pages of a write-ahead log up to its last commit whose checksums hold."""
    if len(log) < _WAL_HEADER:
        return {}
    magic, _, page_size = struct.unpack(">III", log[:12])
    if magic not in _WAL_MAGIC or page_size != size:
        return {}
    order = ">" if magic == _WAL_MAGIC[1] else "<"
    salt, sums = log[16:24], _checksum(log[:24], order, (0, 0))
    if struct.pack(">II", *sums) != log[24:32]:
        return {}
    committed: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    for at in range(_WAL_HEADER, len(log) - _FRAME_HEADER - size + 1, _FRAME_HEADER + size):
        frame, page = log[at : at + _FRAME_HEADER], log[at + _FRAME_HEADER : at + _FRAME_HEADER + size]
        sums = _checksum(page, order, _checksum(frame[:8], order, sums))
        if frame[8:16] != salt or struct.pack(">II", *sums) != frame[16:24]:
            break
        number, after = struct.unpack(">II", frame[:8])
        pending[number] = page
        if after:
            committed.update(pending)
            pending.clear()
    return committed


def _checksum(content: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for one, other in zip(words[::2], words[1::2], strict=True):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + other + first) & 0xFFFFFFFF
    return first, second


def _rows(pages: _Pages, page: bytes, header: int) -> Iterator[ScannedRow]:
    (cells,) = struct.unpack(">H", page[header + 3 : header + 5])
    for position in range(min(cells, (pages.size - header - 8) // 2)):
        at = header + 8 + 2 * position
        (start,) = struct.unpack(">H", page[at : at + 2])
        try:
            length, start = _varint(page, start)
            rowid, start = _varint(page, start)
            if length <= _LONGEST:
                yield ScannedRow(rowid=rowid, values=_record(_payload(pages, page, start, length)))
        except (IndexError, ValueError, struct.error):
            continue


def _payload(pages: _Pages, page: bytes, start: int, length: int) -> bytes:
    """The bytes of a row, those on its overflow pages included. ``ValueError`` when they do not lead on."""
    most = pages.size - 35
    if length <= most:
        return page[start : start + length]
    least = (pages.size - 12) * 32 // 255 - 23
    here = least + (length - least) % (pages.size - 4)
    here = here if here <= most else least
    parts, left = [page[start : start + here]], length - here
    (following,) = struct.unpack(">I", page[start + here : start + here + 4])
    while left > 0:
        overflow = pages.page(following) if following else b""
        if len(overflow) < pages.size:
            raise ValueError("overflow")
        parts.append(overflow[4 : 4 + left])
        left -= pages.size - 4
        (following,) = struct.unpack(">I", overflow[:4])
    return b"".join(parts)


def _record(payload: bytes) -> tuple[Value, ...]:
    end, at = _varint(payload, 0)
    kinds = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values, at = [], end
    for kind in kinds:
        value, at = _value(payload, kind, at)
        values.append(value)
    if at != len(payload):
        raise ValueError("length")
    return tuple(values)


def _value(payload: bytes, kind: int, at: int) -> tuple[Value, int]:
    if kind in (0, 8, 9):
        return (None if kind == 0 else kind - 8), at
    if kind in _INTEGER_BYTES:
        end = at + _INTEGER_BYTES[kind]
        return int.from_bytes(payload[at:end], "big", signed=True), end
    if kind == 7:
        return float(struct.unpack(">d", payload[at : at + 8])[0]), at + 8
    if kind < 12:
        raise ValueError("kind")
    end = at + (kind - 12) // 2
    content = payload[at:end]
    return (content.decode() if kind % 2 else content), end


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for position in range(8):
        byte = content[at + position]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + position + 1
    return value << 8 | content[at + 8], at + 9
