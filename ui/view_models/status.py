"""The status bar and the panels behind it in words: what is known, since when, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Literal

from pos_member.app.counter import HeadOfficeStatus, Link, PrinterState, PrinterStatus, Session
from pos_member.app.ports import PrintJob, PrintState
from pos_member.domain.errors import Sentence
from ui.view_models.labels import PRINT_PROBLEMS
from ui.view_models.language import Translate

Lamp = Literal["ok", "warn", "bad", "off"]
"""How a thing is; each has a shape of its own, and the words say the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusWords:
    """A thing in the status bar: lamp and words, one sentence that explains them, and fewer words for want of room."""

    lamp: Lamp
    words: str
    explanation: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A line of a panel: what, and how it is. A sentence stands below what it tells of, a figure beside it."""

    what: str
    value: str
    is_sentence: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintJobRow:
    """A job in the print queue, and what may be asked or done about it."""

    id: str
    title: str
    queued: str
    state: str
    tone: str
    problem: str
    question: str
    may_retry: bool


_LINK_WORDS: dict[Link, tuple[Lamp, str, str, str]] = {
    Link.CONNECTING: ("off", "总部 连接中", "总部", "正在联系总部。收款照常，不必等待。"),
    Link.ONLINE: (
        "ok",
        "总部 在线",
        "总部",
        "与总部保持同步。销售记录随收随传，商品与会员资料自动更新。",
    ),
    Link.OFFLINE: (
        "warn",
        "离线 自 {since}",
        "离线 {since}",
        "现在连不上总部。收款照常，记录存在本机，恢复后自动上传；每位会员当日抵现有离线上限。",
    ),
    Link.REFUSED: (
        "bad",
        "总部 拒绝接入",
        "总部 拒绝",
        "总部不接受本机：请联系总部检查本机的登记。收款照常，记录存在本机。",
    ),
}

_PRINTER_WORDS: dict[PrinterState, tuple[Lamp, str, str]] = {
    PrinterState.UNKNOWN: ("off", "打印机 状态未知", "打印机还没有回答。小票会排队，不影响收款。"),
    PrinterState.READY: ("ok", "打印机", "打印机正常。"),
    PrinterState.UNREACHABLE: (
        "bad",
        "打印机 未连接",
        "连不上打印机：请检查电源和连线。接通后自动续打，不影响收款。",
    ),
    PrinterState.COVER_OPEN: ("bad", "打印机 盖未合", "打印机盖开着：合上后自动续打，不影响收款。"),
    PrinterState.PAPER_END: ("bad", "打印机 缺纸", "打印机缺纸：装纸后自动续打，也可稍后补打。"),
    PrinterState.ERROR: ("bad", "打印机 故障", "打印机报告故障：请关机再开；排队的小票会保留。"),
}

_JOB_WORDS: dict[PrintState, tuple[str, str]] = {
    PrintState.QUEUED: ("排队中", "info"),
    PrintState.SENDING: ("打印中", "info"),
    PrintState.DONE: ("已打出", "ok"),
    PrintState.FAILED: ("未打出", "danger"),
    PrintState.UNCERTAIN: ("待确认", "warn"),
}


def moment(at: datetime, zone: tzinfo, today: date) -> str:
    """An instant as the store's clock shows it: the time alone today, else with the day."""
    local = at.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == today else f"{local:%m-%d %H:%M}"


def head_office_words(status: HeadOfficeStatus | None, zone: tzinfo, today: date, translate: Translate) -> StatusWords:
    """Head office in the status bar."""
    if status is None:
        return StatusWords(lamp="off", words=translate("总部 未连接"), explanation=translate("本机还没有联系总部。"))
    since = moment(status.since, zone, today)
    lamp, words, short, explanation = _LINK_WORDS[status.link]
    unsent = translate(" · {count} 笔待上传", count=status.unsent) if status.unsent else ""
    few = f" · {status.unsent}" if status.unsent else ""
    return StatusWords(
        lamp=lamp,
        words=translate(words, since=since) + unsent,
        short=translate(short, since=since) + few,
        explanation=translate(explanation),
    )


def head_office_facts(
    status: HeadOfficeStatus | None, zone: tzinfo, today: date, translate: Translate
) -> tuple[Fact, ...]:
    """What the head office panel lists."""
    if status is None:
        return ()
    contact = moment(status.last_contact, zone, today) if status.last_contact is not None else translate("还没有")
    facts = [
        Fact(what=translate("如此状态自"), value=moment(status.since, zone, today)),
        Fact(what=translate("最近一次联系"), value=contact),
        Fact(what=translate("待上传记录"), value=translate("{count} 笔", count=status.unsent)),
        Fact(what=translate("资料版本"), value=f"{status.feed_no:,}"),
    ]
    if status.problem:
        gaps = {name: translate(gap) if isinstance(gap, str) else gap for name, gap in status.problem.gaps.items()}
        problem = translate(status.problem.template, **gaps)
        facts.append(Fact(what=translate("原因"), value=problem, is_sentence=True))
    return tuple(facts)


def printer_words(status: PrinterStatus | None, translate: Translate) -> StatusWords:
    """The printer in the status bar; a question that waits for an answer comes before all else."""
    if status is None:
        lamp, words, explanation = _PRINTER_WORDS[PrinterState.UNKNOWN]
        return StatusWords(lamp=lamp, words=translate(words), explanation=translate(explanation))
    lamp, words, explanation = _PRINTER_WORDS[status.state]
    told = translate(words)
    if status.near_end and lamp == "ok":
        lamp, told = "warn", translate("打印机 纸将尽")
        explanation = "打印纸快用完了：请备好新纸。"
    waiting = translate(" · {count} 张待打", count=status.waiting) if status.waiting else ""
    short = told
    if status.uncertain:
        lamp = "warn" if lamp in ("ok", "off") else lamp
        asked = translate(" · {count} 张待确认", count=status.uncertain)
        waiting += asked
        short = translate("打印机") + asked
    return StatusWords(lamp=lamp, words=told + waiting, short=short, explanation=translate(explanation))


def pharmacist_words(session: Session | None, translate: Translate) -> StatusWords | None:
    """Who is the pharmacist on duty; None before anybody has signed in."""
    if session is None:
        return None
    if session.pharmacist is None:
        return StatusWords(
            lamp="warn",
            words=translate("无药师在岗"),
            short=translate("无药师"),
            explanation=translate("没有药师在岗时不能销售处方药。药师输入密码即可在岗。"),
        )
    name = session.pharmacist.name
    words, short = translate("在岗药师 {name}", name=name), translate("药师 {name}", name=name)
    return StatusWords(lamp="ok", words=words, short=short)


def notice_words(notice: Sentence | None, translate: Translate) -> StatusWords | None:
    """What happened to this till's records; None where all is well with them."""
    if notice is None:
        return None
    explanation = translate(notice.template, **notice.gaps)
    return StatusWords(
        lamp="warn", words=translate("本机记录 有提示"), short=translate("本机记录"), explanation=explanation
    )


def cashier_words(session: Session | None, translate: Translate) -> StatusWords | None:
    """Who is signed in; None while nobody is."""
    if session is None:
        return None
    name = session.staff.name
    return StatusWords(lamp="ok", words=translate("收银 {name}", name=name), short=name)


def print_job_row(job: PrintJob, zone: tzinfo, today: date, translate: Translate) -> PrintJobRow:
    """A job as the printer panel lists it."""
    words, tone = _JOB_WORDS[job.state]
    title = translate("{title}（补打）", title=job.title) if job.reprint else job.title
    question = ""
    if job.state is PrintState.UNCERTAIN:
        question = translate("{title} 是否已经打出？请看一眼打印机。", title=job.title)
    return PrintJobRow(
        id=job.id,
        title=title,
        queued=moment(job.queued_at, zone, today),
        state=translate(words),
        tone=tone,
        problem=translate(PRINT_PROBLEMS.get(job.problem, job.problem)) if job.problem else "",
        question=question,
        may_retry=job.state is PrintState.FAILED or (job.state is PrintState.QUEUED and bool(job.problem)),
    )


def scanner_words(last_scan: datetime, zone: tzinfo, today: date, translate: Translate) -> StatusWords:
    """The scanner, known by what it last read."""
    return StatusWords(
        lamp="ok",
        words=translate("扫码枪 {time}", time=moment(last_scan, zone, today)),
        short=translate("扫码枪"),
        explanation=translate("扫码枪正常，这是最近一次扫码的时间。扫码随时有效，不用先点输入框。"),
    )
