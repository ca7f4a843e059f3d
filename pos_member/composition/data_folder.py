"""A folder that one running program owns: made if need be, writable, and locked against a second start."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pos_member.domain.errors import Fault


@contextmanager
def owned_folder(folder: Path) -> Iterator[Path]:
    """Owns the folder while the block runs.

    ``Fault``: ``folder_unwritable`` (with what the system said), ``already_running`` (another program owns it).
    """
    _require_writable(folder)
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
    try:
        yield folder
    finally:
        lock.release()


def _require_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Fault(
            "folder_unwritable",
            "数据文件夹 {folder} 不能写入（{reason}）：请换一个文件夹，或请管理员开放权限",
            retryable=False,
            folder=str(folder),
            reason=error.strerror or type(error).__name__,
        ) from None
