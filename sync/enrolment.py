"""Enrolling a terminal (登记终端): a one-time code against an identity, kept outside both databases."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import msgspec

from pos_member.domain.errors import Fault
from sync import wire
from sync.transport import Transport

IDENTITY_FILE = "identity.json"


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Who this terminal is to head office. ``credential`` is secret: it goes into no database, log or screen."""

    terminal_id: str
    terminal_no: str
    name: str
    store_id: str
    base_url: str
    credential: str
    hq_epoch: str

    def __repr__(self) -> str:
        """Without the credential."""
        return f"Identity(terminal_id={self.terminal_id!r}, base_url={self.base_url!r})"


def enrol(base_url: str, code: str, name: str) -> Identity:
    """Takes an identity from head office; blocks for at most half a minute.

    ``Refusal``: ``enrolment_code_unknown``, ``enrolment_code_used``, ``enrolment_code_expired``.
    ``Fault``: ``head_office_unreachable`` and its kin.
    """
    return asyncio.run(_enrol(base_url, code, name))


async def _enrol(base_url: str, code: str, name: str) -> Identity:
    async with Transport(base_url) as transport:
        answer = await transport.enrol(wire.EnrolRequest(code=code, name=name))
    return Identity(
        terminal_id=answer.terminal_id,
        terminal_no=answer.terminal_no,
        name=answer.name,
        store_id=answer.store_id,
        base_url=base_url.rstrip("/"),
        credential=answer.credential,
        hq_epoch=answer.hq_epoch,
    )


def save_identity(identity: Identity, folder: Path) -> None:
    """Keeps the identity in a folder, readable by its owner alone. ``Fault`` ``disk_write_failed``."""
    path = folder / IDENTITY_FILE
    draft = folder / f"{IDENTITY_FILE}.new"
    try:
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(identity)))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise Fault(
            "disk_write_failed",
            "终端身份写不进 {path}：{reason}。请检查磁盘空间与权限后再登记。",
            retryable=False,
            path=path,
            reason=error.strerror or "磁盘错误",
        ) from error


def load_identity(folder: Path) -> Identity | None:
    """The identity kept in a folder, None when this terminal was never enrolled. ``Fault`` ``identity_damaged``."""
    path = folder / IDENTITY_FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Identity)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise Fault(
            "identity_damaged",
            "终端身份文件 {path} 读不出来。请从备份恢复该文件，或用新的数据文件夹重新登记，并把旧文件夹交给总部。",
            retryable=False,
            path=path,
        ) from error
