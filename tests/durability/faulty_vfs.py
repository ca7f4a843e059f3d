"""A disk under SQLite that can be told to fail, and that remembers what was written and what was made durable.

It is a VFS of the very library that Python's ``sqlite3`` uses, set up through ctypes: every file is opened by the
system's own VFS and gets a copy of its methods in which writing, cutting off and syncing go through here.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p
from dataclasses import dataclass, field
from pathlib import Path

OK = 0
IOERR_FSYNC = 1034
_SLOTS_OF_METHODS = 19
_SLOTS_OF_VFS = 21
_XCLOSE, _XWRITE, _XTRUNCATE, _XSYNC = 1, 3, 4, 5
_NEXT, _NAME, _XOPEN, _XDELETE = 2, 3, 5, 6

_Close = CFUNCTYPE(c_int, c_void_p)
_Write = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
_Sync = CFUNCTYPE(c_int, c_void_p, c_int)
_Delete = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)
# a name stays the pointer that SQLite gave: the file keeps it, and names its -shm after it, long after the call
_Open = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, POINTER(c_int))


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes put to a file at a place."""

    file: str
    offset: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    """A file cut off, or made longer."""

    file: str
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """All of a file so far is on the disk now."""

    file: str


@dataclass(frozen=True, slots=True)
class Delete:
    """A file removed; ``durable`` when SQLite waited for that."""

    file: str
    durable: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A line that the till has said, and what other files of the folder were like at that moment."""

    line: str
    beside: dict[str, bytes]


Operation = Write | Truncate | Sync | Delete | Told


@dataclass(slots=True)
class FaultyDisk:
    """What happens beneath SQLite. ``fail_syncs`` of the next syncs fail; operations are kept while ``recording``."""

    recording: bool = False
    fail_syncs: int = 0
    failed: int = 0
    operations: list[Operation] = field(default_factory=list)

    def sync(self, file: str) -> bool:
        """Whether a sync may go through."""
        if self.fail_syncs:
            self.fail_syncs -= 1
            self.failed += 1
            return False
        self.note(Sync(file))
        return True

    def note(self, operation: Operation) -> None:
        """Remembers what happened, in order."""
        if self.recording:
            self.operations.append(operation)


def library_of_sqlite() -> str | None:
    """The dynamic library that ``sqlite3`` has loaded; None where it was built in, or cannot be told."""
    import sqlite3  # noqa: F401 - to be loaded

    maps = Path("/proc/self/maps")
    if not maps.exists():
        return None
    loaded = {line.split()[-1] for line in maps.read_text().splitlines() if "libsqlite3" in line}
    return next(iter(loaded), None)


class Shim:
    """The VFS, default for all that this process opens from now on. It must live as long as the process does."""

    def __init__(self, library: str, disk: FaultyDisk) -> None:
        self._disk = disk
        self._files: dict[int, str] = {}
        self._tables: dict[int, ctypes.Array[c_void_p]] = {}
        self._kept: list[object] = []
        sqlite = ctypes.CDLL(library)
        sqlite.sqlite3_vfs_find.restype = c_void_p
        sqlite.sqlite3_vfs_find.argtypes = [c_char_p]
        sqlite.sqlite3_vfs_register.argtypes = [c_void_p, c_int]
        found = sqlite.sqlite3_vfs_find(None)
        real = (c_void_p * _SLOTS_OF_VFS).from_address(found)
        self._vfs = (c_void_p * _SLOTS_OF_VFS)(*real)
        self._name = ctypes.create_string_buffer(b"faulty")
        self._vfs[_NAME] = ctypes.addressof(self._name)
        self._vfs[_NEXT] = None
        self._vfs[_XOPEN] = self._pointer(_Open(self._opened(_Open(real[_XOPEN] or 0), found)))
        self._vfs[_XDELETE] = self._pointer(_Delete(self._deleted(_Delete(real[_XDELETE] or 0), found)))
        if sqlite.sqlite3_vfs_register(ctypes.addressof(self._vfs), 1) != OK:
            raise RuntimeError("the VFS was not taken")

    def _pointer(self, callback: object) -> int:
        self._kept.append(callback)
        return ctypes.cast(callback, c_void_p).value or 0  # type: ignore[arg-type]

    def _opened(self, real_open: Callable[..., int], vfs: int) -> Callable[..., int]:
        def x_open(_vfs: int, name: int | None, file: int, flags: int, out_flags: object) -> int:
            code = real_open(vfs, name, file, flags, out_flags)
            slot = c_void_p.from_address(file)
            if code == OK and slot.value and name:
                self._files[file] = _file_name(name)
                slot.value = ctypes.addressof(self._table_for(slot.value))
            return code

        return x_open

    def _deleted(self, real_delete: Callable[..., int], vfs: int) -> Callable[..., int]:
        def x_delete(_vfs: int, name: int, sync_folder: int) -> int:
            code = real_delete(vfs, name, sync_folder)
            if code == OK:
                self._disk.note(Delete(_file_name(name), bool(sync_folder)))
            return code

        return x_delete

    def _table_for(self, methods: int) -> ctypes.Array[c_void_p]:
        """The methods of a file with ours in place of four of them."""
        if methods not in self._tables:
            real = (c_void_p * _SLOTS_OF_METHODS).from_address(methods)
            table = (c_void_p * _SLOTS_OF_METHODS)(*real)
            close, write = _Close(real[_XCLOSE] or 0), _Write(real[_XWRITE] or 0)
            truncate, sync = _Truncate(real[_XTRUNCATE] or 0), _Sync(real[_XSYNC] or 0)

            def x_close(file: int) -> int:
                self._files.pop(file, None)
                return int(close(file))

            def x_write(file: int, content: int, size: int, offset: int) -> int:
                code = write(file, content, size, offset)
                if code == OK and self._disk.recording:
                    self._disk.note(Write(self._files[file], offset, ctypes.string_at(content, size)))
                return int(code)

            def x_truncate(file: int, size: int) -> int:
                code = truncate(file, size)
                if code == OK:
                    self._disk.note(Truncate(self._files[file], size))
                return int(code)

            def x_sync(file: int, flags: int) -> int:
                return int(sync(file, flags)) if self._disk.sync(self._files[file]) else IOERR_FSYNC

            table[_XCLOSE] = self._pointer(_Close(x_close))
            table[_XWRITE] = self._pointer(_Write(x_write))
            table[_XTRUNCATE] = self._pointer(_Truncate(x_truncate))
            table[_XSYNC] = self._pointer(_Sync(x_sync))
            self._tables[methods] = table
        return self._tables[methods]


def _file_name(address: int) -> str:
    return os.path.basename(ctypes.string_at(address).decode())
