"""What the status bar says, whatever the link and the printer do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from pos_member.app.counter import HeadOfficeStatus, Link, PrinterState, PrinterStatus
from pos_member.app.ports import PrintJob, PrintState
from pos_member.domain.receipt import ReceiptDocument
from tests.ui.shell.shop import START
from ui.view_models.language import chinese
from ui.view_models.status import (
    head_office_facts,
    head_office_words,
    moment,
    print_job_row,
    printer_words,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 5, 21)
ONLINE = HeadOfficeStatus(link=Link.ONLINE, since=START, unsent=0, last_contact=START)
JOB = PrintJob(id="j1", title="S001-01-000001", document=ReceiptDocument(rows=()), queued_at=START)


def test_the_time_alone_is_said_for_today_and_the_day_too_for_earlier() -> None:
    assert moment(START, SHANGHAI, TODAY) == "14:02"
    assert moment(START - timedelta(days=1), SHANGHAI, TODAY) == "05-20 14:02"
    assert moment(START + timedelta(hours=11), SHANGHAI, TODAY) == "05-22 01:02"


@pytest.mark.parametrize(
    ("link", "unsent", "lamp", "words", "short"),
    [
        (Link.ONLINE, 0, "ok", "总部 在线", "总部"),
        (Link.ONLINE, 3, "ok", "总部 在线 · 3 笔待上传", "总部 · 3"),
        (Link.OFFLINE, 37, "warn", "离线 自 14:02 · 37 笔待上传", "离线 14:02 · 37"),
        (Link.CONNECTING, 0, "off", "总部 连接中", "总部"),
        (Link.REFUSED, 2, "bad", "总部 拒绝接入 · 2 笔待上传", "总部 拒绝 · 2"),
    ],
)
def test_head_office_is_told_by_link_and_by_what_is_unsent(
    link: Link, unsent: int, lamp: str, words: str, short: str
) -> None:
    told = head_office_words(replace(ONLINE, link=link, unsent=unsent), SHANGHAI, TODAY, chinese)
    assert (told.lamp, told.words, told.short) == (lamp, words, short)
    assert told.explanation.endswith("。")


def test_before_the_first_word_from_sync_nothing_is_claimed() -> None:
    assert head_office_words(None, SHANGHAI, TODAY, chinese).words == "总部 未连接"
    assert printer_words(None, chinese).words == "打印机 状态未知"


def test_a_till_that_never_reached_head_office_says_so() -> None:
    facts = head_office_facts(replace(ONLINE, link=Link.OFFLINE, last_contact=None), SHANGHAI, TODAY, chinese)
    assert {fact.what: fact.value for fact in facts}["最近一次联系"] == "还没有"


@pytest.mark.parametrize("state", PrinterState)
def test_only_a_printer_that_said_so_is_well(state: PrinterState) -> None:
    told = printer_words(PrinterStatus(state=state, waiting=0, uncertain=0), chinese)
    assert (told.lamp == "ok") == (state is PrinterState.READY)


def test_a_printer_in_trouble_keeps_its_lamp_when_a_slip_is_in_doubt() -> None:
    told = printer_words(PrinterStatus(state=PrinterState.PAPER_END, waiting=2, uncertain=1), chinese)
    assert (told.lamp, told.words) == ("bad", "打印机 缺纸 · 2 张待打 · 1 张待确认")
    assert printer_words(PrinterStatus(state=PrinterState.READY, waiting=0, uncertain=1), chinese).lamp == "warn"


def test_paper_that_runs_low_is_told_in_time() -> None:
    told = printer_words(PrinterStatus(state=PrinterState.READY, waiting=0, uncertain=0, near_end=True), chinese)
    assert (told.lamp, told.words) == ("warn", "打印机 纸将尽")


def test_only_an_uncertain_slip_is_asked_about_and_only_a_failed_one_retried() -> None:
    rows = {state: print_job_row(replace(JOB, state=state), SHANGHAI, TODAY, chinese) for state in PrintState}
    assert [state for state, row in rows.items() if row.question] == [PrintState.UNCERTAIN]
    assert [state for state, row in rows.items() if row.may_retry] == [PrintState.FAILED]
    waiting = replace(JOB, problem="连不上打印机")
    assert print_job_row(waiting, SHANGHAI, TODAY, chinese).may_retry


def test_a_reprint_is_called_one() -> None:
    assert print_job_row(replace(JOB, reprint=True), SHANGHAI, TODAY, chinese).title == "S001-01-000001（补打）"
