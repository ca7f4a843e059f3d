"""Enrols this counter PC with a one-time code."""

from __future__ import annotations

from pathlib import Path

from pos_member.composition.data_folder import owned_folder
from pos_member.domain.errors import Refusal
from sync.enrolment import enrol, load_identity, save_identity


def enrol_till(folder: Path, head_office: str, code: str, name: str = "") -> str:
    """Takes an identity from head office and keeps it in the folder; answers with a sentence about it.

    ``Refusal`` ``already_enrolled``, and those of the code; ``Fault`` when head office or the disk does not answer.
    """
    with owned_folder(folder):
        held = load_identity(folder)
        if held is not None:
            raise Refusal(
                "already_enrolled",
                "本机已是 {store} 的 {name}：不用再注册；要换一台，请用新的数据文件夹",
                store=held.store_id,
                name=held.name,
            )
        identity = enrol(head_office, code, name)
        save_identity(identity, folder)
    return f"{identity.store_id} · {identity.name} · {identity.terminal_no}"
