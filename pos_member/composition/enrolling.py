"""Enrols this counter PC with a one-time code."""

from __future__ import annotations

from pathlib import Path

from pos_member.composition.data_folder import TERMINAL_FILE, owned_folder
from pos_member.composition.journal import keep_journal
from pos_member.domain.errors import Refusal
from sync.enrolment import IDENTITY_FILE, enrol, load_identity, save_identity


def enrol_till(folder: Path, head_office: str, code: str, name: str = "") -> str:
    """Takes an identity from head office and keeps it in the folder; answers with a sentence about it.

    ``Refusal`` ``already_enrolled`` or ``sales_without_identity`` before the code is used up, and those of the code;
    ``Fault`` when head office or the disk does not answer.
    """
    with owned_folder(folder):
        keep_journal(folder, "enrolment")
        held = load_identity(folder)
        if held is not None:
            raise Refusal(
                "already_enrolled",
                "本机已是 {store} 的 {name}：不用再注册；要换一台，请用新的数据文件夹",
                store=held.store_id,
                name=held.name,
            )
        if (folder / TERMINAL_FILE).exists():
            raise Refusal(
                "sales_without_identity",
                "{folder} 里有别的终端的销售记录：请从备份恢复 {identity}，或用新的数据文件夹注册，并把旧的交给总部",
                folder=str(folder),
                identity=IDENTITY_FILE,
            )
        identity = enrol(head_office, code, name)
        save_identity(identity, folder)
    return f"{identity.store_id} · {identity.name} · {identity.terminal_no}"
