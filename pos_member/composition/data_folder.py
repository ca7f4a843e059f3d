"""A folder that one running program owns: made if need be, writable, and locked against a second start."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pos_member.domain.errors import Fault
from pos_member.storage.database_file import require_writable, unwritable

REPLICA_FILE = "replica.db"
TERMINAL_FILE = "terminal.db"


@contextmanager
def owned_folder(folder: Path) -> Iterator[Path]:
    """Owns the folder while the block runs.

    ``Fault``: ``folder_unwritable`` (with what the system said), ``already_running`` (another program owns it).
    """
    require_writable(folder)
    lock = FileLock(folder / "in-use.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise Fault(
            "already_running",
            "数据文件夹 {folder} 正被另一个程序使用：请切换到已打开的窗口，或先关闭它再启动",
            retryable=True,
            folder=str(folder),
        ) from None
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        yield folder
    finally:
        lock.release()
