"""The commands about what is on a till's disk: backup, restore, check."""

from __future__ import annotations

from pathlib import Path

from pos_member.app.file_report import FileReport
from pos_member.composition.data_folder import TERMINAL_FILE, owned_folder
from pos_member.composition.sentences import sentence
from pos_member.composition.system import SystemClock, system_ids
from pos_member.domain.errors import Fault, Sentence, Spoken
from pos_member.storage.backup import back_up, require_database, restore
from pos_member.storage.full_check import check_file
from sync.enrolment import IDENTITY_FILE, load_identity

FOUND = 1
"""The exit status of a check that found something."""


def run_backup(folder: Path, target: Path) -> int:
    """Takes a backup of a till's sales, also while it sells; one line for each thing in it that does not add up.

    ``Fault`` as :func:`back_up`.
    """
    made = back_up(folder / TERMINAL_FILE, target, SystemClock())
    template = "已备份到 {path}：{sales} 笔销售，{facts} 条其他记录。身份文件 identity.json 含密钥，不在备份里"
    _say(template, path=str(made.path), sales=made.report.sales, facts=made.report.facts)
    return _tell_findings(made.report)


def run_restore(folder: Path, backup: Path) -> int:
    """Puts a backup back; the till must not run.

    ``Fault``: ``identity_missing``, ``already_running``, and those of :func:`restore`.
    """
    identity = load_identity(folder)
    if identity is None:
        template = "{folder} 里没有终端身份文件 {identity}，不能恢复：备份里不含身份，请先把本机原来的身份文件放回"
        raise Fault("identity_missing", template, retryable=False, folder=str(folder), identity=IDENTITY_FILE)
    with owned_folder(folder):
        done = restore(folder / TERMINAL_FILE, backup, terminal_id=identity.terminal_id, new_epoch=system_ids().new())
    if done.aside is None:
        _say("已恢复，备份到第 {receipt} 号小票为止", receipt=done.last_receipt)
    else:
        template = "已恢复，备份到第 {receipt} 号小票为止；恢复前的文件保留为 {aside}"
        _say(template, receipt=done.last_receipt, aside=done.aside.name)
    return 0


def run_check(folder: Path) -> int:
    """Looks at everything a till holds: one line a finding. ``Fault`` as :func:`require_database`."""
    path = folder / TERMINAL_FILE
    require_database(path, current=True)
    report = check_file(path)
    if not report.findings:
        _say_sound(report)
    return _tell_findings(report)


def _tell_findings(report: FileReport) -> int:
    """One line a finding; the exit status."""
    for finding in report.findings:
        _tell(finding.what)
    return FOUND if report.findings else 0


def _say_sound(report: FileReport) -> None:
    template = "检查完毕，没有问题：{sales} 笔销售，{facts} 条其他记录，{events} 条上传记录"
    _say(template, sales=report.sales, facts=report.facts, events=report.events)


def _say(template: str, **gaps: object) -> None:
    _tell(Sentence(template=template, gaps=gaps))


def _tell(told: Sentence) -> None:
    print(sentence(Spoken("told", told.template, **told.gaps)))
